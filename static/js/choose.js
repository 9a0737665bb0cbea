/* choose.js: a select of very many options: one types a word of it, and chooses among a few large buttons. */
import { make, text } from "./text.js";

const SHOWN = 8;
const fold = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function narrow(select) {
	const options = [...select.options].filter((o) => o.value);
	const words = options.map((o) => fold(o.text));
	const found = make("div", { class: "stack-s" });
	const label = `${text("choose")} (${select.labels[0]?.firstChild?.textContent.trim() ?? ""})`;
	const input = make("input", { class: "input", type: "search", autocomplete: "off", placeholder: text("choose"), "aria-label": label });
	const status = make("p", { class: "hide", role: "status" });

	const choose = (option) => {
		select.value = option.value;
		select.dispatchEvent(new Event("input", { bubbles: true }));
		input.value = "";
		found.replaceChildren();
		select.focus();
	};
	const look = () => {
		const asked = fold(input.value).split(/\s+/).filter(Boolean);
		const fit = asked.length ? options.filter((o, i) => asked.every((w) => words[i].includes(w))) : [];
		found.replaceChildren(
			...fit.slice(0, SHOWN).map((o) => make("button", { class: "button button-wide", type: "button", onclick: () => choose(o) }, o.text)));
		status.textContent = !asked.length ? "" : fit.length ? `${text("found")}: ${fit.length}` : text("none");
		status.classList.toggle("hide", !asked.length || fit.length > 0);
		return fit;
	};
	input.addEventListener("input", look);
	input.addEventListener("keydown", (e) => {
		if (e.key !== "Enter") return;
		e.preventDefault();
		const fit = look();
		if (fit.length) choose(fit[0]);
	});
	select.before(input, status, found);
}

export function choosing() {
	for (const select of document.querySelectorAll("main form select.input")) if (select.length > 40) narrow(select);
}
