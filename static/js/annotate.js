/* annotate.js: arrow, circle and words on a photo, before it is sent.  Loaded when somebody asks for it. */
import { icon, make, text } from "./text.js";

const RED = "#e02020";

/* A light line below the red one: seen on dark and on bright photos. */
function stroke(c, width, path) {
	c.lineCap = c.lineJoin = "round";
	for (const [color, w] of [["#fff", width * 1.8], [RED, width]]) {
		c.strokeStyle = color;
		c.lineWidth = w;
		c.beginPath();
		path();
		c.stroke();
	}
}

const draw = {
	arrow(c, s, unit) {
		const turn = Math.atan2(s.y2 - s.y, s.x2 - s.x), head = unit * 5;
		stroke(c, unit, () => {
			c.moveTo(s.x, s.y);
			c.lineTo(s.x2, s.y2);
			for (const side of [-0.5, 0.5]) {
				c.moveTo(s.x2, s.y2);
				c.lineTo(s.x2 - head * Math.cos(turn + side), s.y2 - head * Math.sin(turn + side));
			}
		});
	},
	circle(c, s, unit) {
		const rx = Math.abs(s.x2 - s.x) / 2, ry = Math.abs(s.y2 - s.y) / 2;
		stroke(c, unit, () => c.ellipse((s.x + s.x2) / 2, (s.y + s.y2) / 2, rx, ry, 0, 0, 7));
	},
	text(c, s, unit) {
		c.font = `600 ${unit * 8}px Geist, sans-serif`;
		c.textBaseline = "middle";
		c.lineJoin = "round";
		c.lineWidth = unit * 2;
		c.strokeStyle = "#fff";
		c.strokeText(s.words, s.x, s.y);
		c.fillStyle = RED;
		c.fillText(s.words, s.x, s.y);
	},
};

/* Where the keyboard is: a cross with a ring, not part of the photo. */
function cross(c, [x, y], unit) {
	stroke(c, unit / 2, () => {
		c.moveTo(x - unit * 6, y);
		c.lineTo(x + unit * 6, y);
		c.moveTo(x, y - unit * 6);
		c.lineTo(x, y + unit * 6);
		c.moveTo(x + unit * 3, y);
		c.arc(x, y, unit * 3, 0, 7);
	});
}

const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The file with what was drawn on it; the same file when nothing was. `near`: where the dialog belongs. */
export async function annotate(file, near) {
	const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
	const canvas = make("canvas", { width: picture.width, height: picture.height, tabindex: "0", role: "application",
		"aria-label": text("draw-title"), "aria-describedby": "draw-keys" });
	const c = canvas.getContext("2d"), unit = Math.max(picture.width, picture.height) / 200;
	const shapes = [];
	let tool = "arrow", now = null, spot = null;

	const show = () => {
		c.drawImage(picture, 0, 0);
		for (const s of now ? [...shapes, now] : shapes) draw[s.tool](c, s, unit);
		if (spot) cross(c, spot, unit);
		undo.disabled = shapes.length === 0;
	};
	const words = make("input", { class: "input", type: "text", maxlength: "60", "aria-label": text("draw-words"), placeholder: text("draw-words"), hidden: "" });
	const choose = (name) => {
		tool = name;
		for (const b of tools) b.setAttribute("aria-pressed", String(b.dataset.tool === name));
		words.hidden = name !== "text";
		if (name === "text") words.focus();
	};
	const tools = ["arrow", "circle", "text"].map((name) => make("button", { class: "button", type: "button", "data-tool": name,
		"aria-pressed": String(name === tool), onclick: () => choose(name) }, icon(name), text(`draw-${name}`)));
	const undo = make("button", { class: "button", type: "button", disabled: "", onclick: () => {
		shapes.pop();
		show();
	} }, icon("undo"), text("draw-undo"));
	const done = make("button", { class: "button button-primary", type: "button", onclick: () => dialog.close("done") }, text("draw-done"));
	const cancel = make("button", { class: "button button-quiet", type: "button", onclick: () => dialog.close() }, text("draw-cancel"));
	const dialog = make("dialog", { class: "draw", "aria-label": text("draw-title") },
		make("div", { class: "row", role: "toolbar", "aria-label": text("draw-title") }, ...tools, undo, words),
		canvas, make("p", { class: "muted small", id: "draw-keys" }, text("draw-keys")), make("div", { class: "row split" }, cancel, done));

	const at = (e) => {
		const r = canvas.getBoundingClientRect();
		return [((e.clientX - r.x) / r.width) * canvas.width, ((e.clientY - r.y) / r.height) * canvas.height];
	};
	const begin = (x, y) => {
		if (tool !== "text") now = { tool, x, y, x2: x, y2: y };
		else if (words.value.trim()) shapes.push({ tool, x, y, words: words.value.trim() });
		else words.focus();
		show();
	};
	const end = () => {
		if (now && Math.hypot(now.x2 - now.x, now.y2 - now.y) > unit * 2) shapes.push(now);
		now = null;
		show();
	};
	canvas.addEventListener("pointerdown", (e) => {
		if (e.button) return;
		e.preventDefault();
		spot = null;
		begin(...at(e));
		if (now) canvas.setPointerCapture(e.pointerId);
	});
	canvas.addEventListener("pointermove", (e) => {
		if (!now || spot) return;
		[now.x2, now.y2] = at(e);
		show();
	});
	canvas.addEventListener("pointerup", () => spot || end());
	/* By the keyboard: arrows move a cross (Shift: further), Enter or the space bar begins and ends. */
	canvas.addEventListener("keydown", (e) => {
		const way = ways[e.key], step = unit * (e.shiftKey ? 20 : 4);
		if (!way && e.key !== "Enter" && e.key !== " ") return;
		e.preventDefault();
		spot ??= [canvas.width / 2, canvas.height / 2];
		if (way) {
			spot = [Math.min(canvas.width, Math.max(0, spot[0] + way[0] * step)), Math.min(canvas.height, Math.max(0, spot[1] + way[1] * step))];
			if (now) [now.x2, now.y2] = spot;
			show();
		} else if (now) end();
		else begin(...spot);
	});
	canvas.addEventListener("blur", () => {
		spot = null;
		end();
	});
	canvas.addEventListener("pointercancel", () => {
		now = null;
		show();
	});
	/* Escape closes the dialog, not the panel that it stands in; Enter in the words sends nothing. */
	dialog.addEventListener("keydown", (e) => {
		e.stopPropagation();
		if (e.key === "Enter" && e.target === words) e.preventDefault();
		if (e.key === "z" && (e.ctrlKey || e.metaKey) && e.target !== words) undo.click();
	});
	for (const kind of ["input", "change", "click"]) dialog.addEventListener(kind, (e) => e.stopPropagation());

	near.append(dialog);
	show();
	dialog.showModal();
	await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
	const drawn = dialog.returnValue === "done" && shapes.length > 0;
	now = spot = null;
	show();
	const blob = drawn && await new Promise((made) => canvas.toBlob(made, "image/jpeg", 0.88));
	picture.close();
	dialog.remove();
	return drawn ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
}
