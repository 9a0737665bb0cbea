/* bulk.js: <label data-all="id"> ticks every box of that name; the bar of acts stays in sight while one is ticked. */
export function bulk() {
	for (const all of document.querySelectorAll("[data-all]")) {
		const box = all.querySelector("input");
		const form = all.closest("form");
		const boxes = [...form.elements].filter((e) => e.name === all.dataset.all);
		const look = () => {
			const ticked = boxes.filter((b) => b.checked).length;
			box.checked = ticked === boxes.length;
			box.indeterminate = ticked > 0 && ticked < boxes.length;
			form.classList.toggle("bulk-on", ticked > 0);
			form.classList.toggle("bulk-off", ticked === 0);
		};
		all.hidden = boxes.length === 0;
		box.addEventListener("change", () => {
			boxes.forEach((b) => (b.checked = box.checked));
			look();
		});
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
