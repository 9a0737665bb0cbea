/* suggest.js: <input data-suggest="/machines/suggest">: what one types is looked up; data-many: several, commas between them. */
import { make } from "./text.js";

const PAUSE = 180;

function field(input, n) {
	const list = make("datalist", { id: `suggestions-${n}` });
	const many = input.hasAttribute("data-many");
	let asked, timer;

	const show = (names) => {
		const before = many ? input.value.slice(0, input.value.lastIndexOf(",") + 1) : "";
		list.replaceChildren(...names.map((name) => make("option", { value: before ? `${before} ${name}` : name })));
	};
	const ask = async () => {
		const q = (many ? input.value.slice(input.value.lastIndexOf(",") + 1) : input.value).trim();
		if (q === asked) return;
		asked = q;
		try {
			const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(q)}`, { headers: { accept: "application/json" } });
			if (answer.ok && q === asked) show((await answer.json()).suggestions);
		} catch {
			/* no network: the name is typed without help */
		}
	};
	input.after(list);
	input.setAttribute("list", list.id);
	input.addEventListener("focus", ask, { once: true });
	input.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(ask, PAUSE);
	});
}

export function suggest() {
	document.querySelectorAll("[data-suggest]").forEach(field);
}
