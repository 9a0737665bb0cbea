/* forms.js: one send a press, nothing typed lost, errors found, filters that apply themselves. */
import { text } from "./text.js";

/* A second press while the first is on its way does nothing; coming back to the page frees it. */
function guard() {
	const busy = new Map();
	document.addEventListener("submit", (e) => {
		const form = e.target;
		if (e.defaultPrevented || form.method !== "post") return;
		if (busy.has(form)) return e.preventDefault();
		const button = e.submitter;
		busy.set(form, button);
		/* Later: a disabled button's name would not be sent. */
		setTimeout(() => button?.setAttribute("aria-busy", "true"));
		setTimeout(() => free(form), 15000);
	});
	const free = (form) => {
		busy.get(form)?.removeAttribute("aria-busy");
		busy.delete(form);
	};
	addEventListener("pageshow", (e) => e.persisted && [...busy.keys()].forEach(free));
}

function unsaved() {
	let dirty = false;
	document.addEventListener("input", (e) => {
		if (e.target.form?.matches("form[method=post]:not([data-theme-form])")) dirty = true;
	});
	document.addEventListener("submit", (e) => {
		if (!e.target.matches("[data-theme-form]")) dirty = false;
	});
	addEventListener("beforeunload", (e) => {
		if (!dirty) return;
		e.preventDefault();
		e.returnValue = text("leave");
	});
	return () => dirty;
}

export let isDirty = () => false;

/* The summary of errors is the first thing to hear; the title says so too. */
function summary() {
	const box = document.querySelector("[data-error-summary]");
	if (!box) return;
	if (!document.title.startsWith(text("error"))) document.title = text("error") + " " + document.title;
	box.focus();
	box.addEventListener("click", (e) => {
		const at = e.target.closest("a") && document.getElementById(e.target.closest("a").hash.slice(1));
		if (!at) return;
		e.preventDefault();
		(at.closest(".field") ?? at).scrollIntoView({ block: "center" });
		at.focus({ preventScroll: true });
	});
}

/* <form data-auto>: a changed select or date sends it; empty fields stay out of the address. */
function auto() {
	for (const form of document.querySelectorAll("form[data-auto]")) {
		form.querySelectorAll("[data-auto-hide]").forEach((b) => (b.hidden = true));
		form.addEventListener("change", (e) => {
			if (e.target.matches("select, input[type=date], input[type=checkbox][name]")) form.requestSubmit();
		});
		form.addEventListener("submit", () => {
			for (const field of form.elements) if (field.value === "") field.disabled = true;
		});
	}
	addEventListener("pageshow", (e) => {
		if (e.persisted)
			document.querySelectorAll("form[data-auto] :disabled").forEach((f) => (f.disabled = false));
	});
}

export function forms() {
	guard();
	isDirty = unsaved();
	summary();
	auto();
}
