/*
 * signature.js: <div data-signature hidden> with <svg class="signature" viewBox="0 0 600 200"><path/></svg>, a hidden
 * field and <button type="button" data-clear>.  The field gets SVG path data (M and L, whole numbers); the typed name
 * beside it is what counts without script.
 */
const WIDE = 600, HIGH = 200, MOST = 20000;

function pad(box) {
	const svg = box.querySelector("svg"), path = svg.querySelector("path");
	const field = box.querySelector("input[type=hidden]");
	let d = field.value, down = false, last = "";

	const point = (e) => {
		const r = svg.getBoundingClientRect();
		const x = Math.min(WIDE, Math.max(0, Math.round(((e.clientX - r.x) / r.width) * WIDE)));
		const y = Math.min(HIGH, Math.max(0, Math.round(((e.clientY - r.y) / r.height) * HIGH)));
		return `${x} ${y}`;
	};
	const show = () => {
		path.setAttribute("d", d);
		field.value = d;
	};
	const draw = (e, how) => {
		const p = point(e);
		if (p === last || d.length > MOST) return;
		last = p;
		d += how + p;
		show();
	};
	box.hidden = false;
	show();
	svg.addEventListener("pointerdown", (e) => {
		if (e.button) return;
		e.preventDefault();
		svg.setPointerCapture(e.pointerId);
		down = true;
		last = "";
		draw(e, "M");
	});
	svg.addEventListener("pointermove", (e) => {
		if (!down) return;
		for (const p of e.getCoalescedEvents?.() ?? [e]) draw(p, "L");
	});
	for (const end of ["pointerup", "pointercancel"])
		svg.addEventListener(end, () => {
			down = false;
			field.dispatchEvent(new Event("input", { bubbles: true }));
		});
	box.querySelector("[data-clear]").addEventListener("click", () => {
		d = "";
		show();
	});
}

export function signature() {
	document.querySelectorAll("[data-signature]").forEach(pad);
}
