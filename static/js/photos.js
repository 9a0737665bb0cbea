/* photos.js: shows the chosen photos and makes them small before they are sent: at most 1920 px, JPEG, no place data. */
import { icon, make, text } from "./text.js";

const MOST = 1920, SMALL = 400 * 1024;

/** The smaller file, or the same one when it cannot be read here (HEIC) or is small already. */
export async function shrink(file) {
	if (!/^image\/(jpeg|png|webp)$/.test(file.type) || !globalThis.OffscreenCanvas) return file;
	try {
		const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
		const scale = Math.min(1, MOST / Math.max(picture.width, picture.height));
		if (scale === 1 && file.size < SMALL && file.type !== "image/jpeg") return file;
		const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
		canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
		picture.close();
		const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.82 });
		if (blob.size >= file.size && scale === 1) return file;
		return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
	} catch {
		return file;
	}
}

function put(input, files) {
	const all = new DataTransfer();
	files.forEach((f) => all.items.add(f));
	input.files = all.files;
}

function picker(box) {
	const input = box.querySelector("input[type=file]");
	const list = box.querySelector("[data-previews]");
	const status = box.querySelector("[data-photos-status]");
	const wrong = box.querySelector("[data-photos-wrong]"), most = Number(box.dataset.most) * (1 << 20);
	let chosen = [], working = Promise.resolve();

	const show = () => {
		list.querySelectorAll("img").forEach((i) => URL.revokeObjectURL(i.src));
		list.replaceChildren(...chosen.map((file) => make("li", {},
			make("figure", {},
				make("img", { src: URL.createObjectURL(file), alt: file.name }),
				make("figcaption", {}, `${Math.max(1, Math.round(file.size / 1024))} KB`)),
			...(/^image\/(jpeg|png|webp)$/.test(file.type) ? [make("button", { class: "button button-quiet button-wide", type: "button", onclick: () => work(async () => {
				const { annotate } = await import("./annotate.js");
				const drawn = await annotate(file, box);
				chosen = chosen.map((f) => (f === file ? drawn : f));
			}) }, icon("edit"), text("draw"))] : []),
			make("button", { class: "button button-quiet button-wide", type: "button", onclick: () => {
				chosen = chosen.filter((f) => f !== file);
				put(input, chosen);
				show();
			} }, icon("x"), text("remove-photo")))));
	};
	const work = (what) => {
		working = working.then(async () => {
			status.textContent = text("shrinking");
			await what();
			put(input, chosen);
			show();
			status.textContent = "";
		});
	};
	const add = (files) => work(async () => {
		const large = [];
		for (const file of files) {
			const small = await shrink(file);
			(small.size > most ? large : chosen).push(small);
		}
		wrong.hidden = large.length === 0;
		wrong.replaceChildren(icon("error"), make("span", {}, `${text("photo-large")} ${large.map((f) => f.name).join(", ")}`));
	});
	input.addEventListener("change", () => add([...input.files]));
	/* Sent before they are small: wait, then send. */
	input.form?.addEventListener("submit", (e) => {
		if (!status.textContent) return;
		e.preventDefault();
		e.stopPropagation();
		working.then(() => input.form.requestSubmit(e.submitter));
	});
	const area = box.querySelector(".picker");
	area.addEventListener("dragover", (e) => { e.preventDefault(); area.classList.add("picker-over"); });
	area.addEventListener("dragleave", () => area.classList.remove("picker-over"));
	area.addEventListener("drop", (e) => {
		e.preventDefault();
		area.classList.remove("picker-over");
		add([...e.dataTransfer.files].filter((f) => f.type.startsWith("image/")));
	});
}

export function photos() {
	document.querySelectorAll("[data-photos]").forEach(picker);
}
