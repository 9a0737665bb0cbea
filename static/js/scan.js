/*
 * scan.js: the ways to the camera: what has data-scanner, and a button at every field that takes a code (data-scan).
 * The view itself, half a megabyte with its reader, is loaded when it is first opened.
 */
import { icon, make, text } from "./text.js";

async function open(field, otherwise) {
	try {
		(await import("../scan/dialog.js")).scan(field);
	} catch {
		otherwise(); /* no network, and never opened before */
	}
}

/* Beside the field, in one row with it. */
function beside(field) {
	const b = make("button", { class: "button button-icon scan-field", type: "button", title: text("scan-title"),
		onclick: () => open(field, () => field.focus()) }, icon("scan"), make("span", { class: "hide" }, text("scan-title")));
	const holder = field.closest("label");
	if (holder) return holder.after(b);
	if (field.parentElement.matches(".row")) return field.after(b);
	const row = make("div", { class: "row scan-row" });
	field.before(row);
	row.append(field, b);
}

/* Links to the page where a code is typed open the camera where people hold it in their hand. */
const WAYS = "[data-scanner], a.scan[href='/scan'], .bottombar a[href='/scan']";

export function scan() {
	if (!document.querySelector("[data-scanner]")) return;
	document.querySelectorAll("[data-scanner]").forEach((b) => (b.hidden = false));
	document.querySelectorAll("[data-scan]:not([data-scan=own])").forEach(beside);
	document.addEventListener("click", (e) => {
		const b = e.target.closest?.(WAYS);
		if (!b || e.ctrlKey || e.metaKey || e.shiftKey) return;
		e.preventDefault();
		open(null, () => location.assign("/scan"));
	});
}
