/* small.js: the theme seen at once, stepper buttons, copying, installing. */
import { make, text } from "./text.js";

function theme() {
	const root = document.documentElement;
	const mark = () => {
		for (const b of document.querySelectorAll("[data-theme-form] button"))
			b.setAttribute("aria-pressed", String(b.value === root.dataset.theme));
	};
	mark();
	document.addEventListener("submit", (e) => {
		if (!e.target.matches("[data-theme-form]") || !e.submitter) return;
		root.dataset.theme = e.submitter.value;
		mark();
	});
}

/* <div class="number-step"><button type="button" data-step="-1"> <input> <button type="button" data-step="1"></div> */
function steppers() {
	document.addEventListener("click", (e) => {
		const step = e.target.closest?.("[data-step]");
		const field = step?.parentElement.querySelector("input");
		if (!field) return;
		const least = Number(field.dataset.least ?? 0), most = Number(field.dataset.most ?? Infinity);
		const now = Number(field.value.replace(",", ".")) || 0;
		field.value = String(Math.min(most, Math.max(least, now + Number(step.dataset.step))));
		field.dispatchEvent(new Event("input", { bubbles: true }));
	});
}

/* <button data-copy="the text"> */
function copying() {
	document.addEventListener("click", async (e) => {
		const b = e.target.closest?.("[data-copy]");
		if (!b || !navigator.clipboard) return;
		await navigator.clipboard.writeText(b.dataset.copy);
		b.after(make("span", { class: "small muted", role: "status" }, text("copied")));
		setTimeout(() => b.nextElementSibling?.remove(), 2000);
	});
	document.addEventListener("click", (e) => e.target.closest?.("[data-print]") && print());
}

/* Asked once a device, and only on the page that says data-install. */
function installing() {
	addEventListener("beforeinstallprompt", (e) => {
		e.preventDefault();
		const place = document.querySelector("[data-install]");
		if (!place || localStorage.getItem("install-asked")) return;
		const done = () => {
			localStorage.setItem("install-asked", "1");
			box.remove();
		};
		const box = make("div", { class: "note", "data-word": "info" },
			make("div", {}, make("p", {}, text("install")), make("p", { class: "row" },
				make("button", { class: "button button-primary", type: "button", onclick: () => { e.prompt(); done(); } }, text("install-yes")),
				make("button", { class: "button button-quiet", type: "button", onclick: done }, text("later")))));
		place.append(box);
	});
}

export function small() {
	theme();
	steppers();
	copying();
	installing();
}
