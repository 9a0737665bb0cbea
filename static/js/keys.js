/* keys.js: "/" goes to the search, "g" and a letter to a place, Escape closes what is open. */
const places = { h: "/", w: "/work-orders", m: "/machines", p: "/parts", s: "/scan", n: "/notifications" };
const typing = (e) => e.target.closest?.("input, textarea, select, [contenteditable]");

export function keys() {
	let g = 0;
	document.addEventListener("keydown", (e) => {
		if (e.key === "Escape") {
			const open = document.querySelector("details.confirm[open]");
			if (open) {
				open.open = false;
				open.querySelector("summary").focus();
			}
		}
		if (e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
		if (e.key === "/") {
			const field = [...document.querySelectorAll("[data-shortcut], main input[type=search]")]
				.find((f) => f.checkVisibility?.() ?? true);
			if (field) {
				e.preventDefault();
				field.focus();
			}
		} else if (e.key === "g") g = e.timeStamp;
		else if (e.timeStamp - g < 900 && places[e.key]) location.assign(places[e.key]);
	});
	/* A press beside an open panel closes it. */
	document.addEventListener("click", (e) => {
		for (const d of document.querySelectorAll("details.confirm[open]")) if (!d.contains(e.target)) d.open = false;
	});
}
