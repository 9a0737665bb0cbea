/*
 * map.js: <form data-map>: each row's mark is dragged over the plan, and its two number fields follow.  What is not on
 * the map yet waits below in its row: a click on the row's name puts it into the middle.
 */
const WIDE = 1000, HIGH = 625;
const svg = "http://www.w3.org/2000/svg";

function mark(form, plan, row) {
	const id = row.dataset.row, x = form.elements[`x_${id}`], y = form.elements[`y_${id}`];
	let g = plan.querySelector(`[data-spot="${id}"]`);

	const show = () => {
		const on = x.value !== "" && y.value !== "";
		g.style.display = on ? "" : "none";
		if (on) g.setAttribute("transform", `translate(${x.value} ${y.value})`);
	};
	const set = (e) => {
		const r = plan.getBoundingClientRect();
		x.value = Math.round(Math.min(1, Math.max(0, (e.clientX - r.x) / r.width)) * WIDE);
		y.value = Math.round(Math.min(1, Math.max(0, (e.clientY - r.y) / r.height)) * HIGH);
		show();
	};
	if (!g) {
		g = document.createElementNS(svg, "g");
		g.setAttribute("class", id[0] === "m" ? "spot" : "spot spot-place");
		g.dataset.word = row.dataset.status;
		g.dataset.spot = id;
		const dot = document.createElementNS(svg, id[0] === "m" ? "circle" : "rect");
		for (const [k, v] of Object.entries(id[0] === "m" ? { r: 24 } : { x: -30, y: -24, width: 60, height: 48, rx: 8 }))
			dot.setAttribute(k, v);
		const text = document.createElementNS(svg, "text");
		text.setAttribute("y", 46);
		text.textContent = row.dataset.number;
		g.append(dot, text);
		plan.append(g);
	}
	g.addEventListener("click", (e) => e.preventDefault());
	g.addEventListener("dragstart", (e) => e.preventDefault());
	g.addEventListener("pointerdown", (e) => {
		if (e.button) return;
		e.preventDefault();
		g.setPointerCapture(e.pointerId);
		g.onpointermove = set;
	});
	for (const end of ["pointerup", "pointercancel"])
		g.addEventListener(end, () => {
			g.onpointermove = null;
			x.dispatchEvent(new Event("input", { bubbles: true }));
		});
	g.addEventListener("keydown", (e) => {
		const step = { ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, -5], ArrowDown: [0, 5] }[e.key];
		if (!step) return;
		e.preventDefault();
		x.value = Math.min(WIDE, Math.max(0, Number(x.value) + step[0]));
		y.value = Math.min(HIGH, Math.max(0, Number(y.value) + step[1]));
		show();
	});
	for (const field of [x, y]) field.addEventListener("input", show);
	row.querySelector("[data-place]").addEventListener("click", () => {
		if (x.value === "") x.value = WIDE / 2;
		if (y.value === "") y.value = HIGH / 2;
		show();
		g.focus();
		plan.scrollIntoView({ block: "nearest" });
	});
	show();
}

export function map() {
	for (const form of document.querySelectorAll("form[data-map]")) {
		const ground = form.querySelector("[data-map-ground]"), plan = ground.querySelector("svg");
		ground.hidden = false;
		plan.querySelector(".plan-ground").setAttribute("height", HIGH);
		plan.setAttribute("viewBox", `0 0 ${WIDE} ${HIGH}`);
		for (const row of form.querySelectorAll("[data-row]")) {
			row.querySelector("[data-place]").hidden = false;
			mark(form, plan, row);
		}
	}
}
