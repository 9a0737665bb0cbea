/*
 * bulk.js: <label data-all="id"> ticks every box of that name; the bar of acts stays in sight while one is ticked.  What is
 * ticked on the other pages of the same list goes along, until something is done with it.
 */
const MOST = 400; // in one address

/* The list, whatever page of it. */
function listed() {
	const asked = new URLSearchParams(location.search);
	asked.delete("after");
	return `ticked ${location.pathname}?${asked}`;
}

export function bulk() {
	for (const all of document.querySelectorAll("[data-all]")) {
		const box = all.querySelector("input");
		const form = all.closest("form");
		const name = all.dataset.all;
		const boxes = [...form.elements].filter((e) => e.name === name);
		const here = new Set(boxes.map((b) => b.value));
		const note = form.querySelector("[data-elsewhere]");
		const key = listed();
		let elsewhere = JSON.parse(sessionStorage.getItem(key) ?? "[]");
		for (const b of boxes) if (elsewhere.includes(b.value)) b.checked = true;
		elsewhere = elsewhere.filter((id) => !here.has(id)).slice(0, MOST);

		const look = () => {
			const ticked = boxes.filter((b) => b.checked).map((b) => b.value);
			const any = ticked.length + elsewhere.length > 0;
			box.checked = boxes.length > 0 && ticked.length === boxes.length;
			box.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
			form.classList.toggle("bulk-on", any);
			form.classList.toggle("bulk-off", !any);
			note.hidden = elsewhere.length === 0;
			note.querySelector("b").textContent = elsewhere.length;
			sessionStorage.setItem(key, JSON.stringify([...elsewhere, ...ticked]));
		};
		all.hidden = boxes.length === 0;
		box.addEventListener("change", () => {
			boxes.forEach((b) => (b.checked = box.checked));
			look();
		});
		note.querySelector("button").addEventListener("click", () => {
			elsewhere = [];
			look();
		});
		form.addEventListener("formdata", (e) => elsewhere.forEach((id) => e.formData.append(name, id)));
		form.addEventListener("submit", () => sessionStorage.removeItem(key));
		/* From one to another with Shift: all between. */
		let last = -1;
		boxes.forEach((b, i) => b.addEventListener("click", (e) => {
			if (e.shiftKey && last >= 0)
				boxes.slice(Math.min(i, last), Math.max(i, last)).forEach((o) => (o.checked = b.checked));
			last = i;
			look();
		}));
		addEventListener("pageshow", look);
		look();
	}
}
