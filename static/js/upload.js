/*
 * upload.js: <form data-upload>: files by choosing, dragging or pasting; drawn on before they are sent; sent one by one
 * with progress; what fails says why, and is sent again with the same value for "once", so that it is never there twice.
 */
import { icon, make, text } from "./text.js";
import { shrink } from "./photos.js";

const size = (n) => (n >= 1 << 20 ? `${(n / (1 << 20)).toFixed(1)} MB` : `${Math.max(1, Math.round(n / 1024))} KB`);
const once = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

/* What the answer says to a person, and whether the file is there now. */
function verdict(xhr) {
	const page = xhr.response;
	const wrong = page?.querySelector("[data-error-summary] li") ?? page?.querySelector(".note[data-word=error]");
	const said = page?.querySelector("#main .note[role=status]");
	if (xhr.status === 200 && !wrong) return { good: true, words: said?.textContent.trim() ?? "" };
	return { good: false, words: wrong?.textContent.trim() || text("upload-failed") };
}

function sender(form) {
	const list = form.querySelector("[data-sending]"), status = form.querySelector("[data-upload-status]");
	const inputs = [...form.querySelectorAll("input[type=file]")];
	const most = Number(form.dataset.most) * (1 << 20), single = !inputs[0].multiple;
	const area = form.closest("[data-files]") ?? form;
	let items = [], running = null, working = Promise.resolve(), waiting = 0;
	/* Made small, drawn on: one after the other, and nothing is sent before. */
	const first = (work) => {
		waiting++;
		working = working.then(work).finally(() => waiting--);
	};

	const button = (name, words, act) => make("button", { class: "button button-quiet button-icon", type: "button", title: words,
		/* Later: a press on what is gone by then would count as one beside the panel. */
		onclick: () => setTimeout(act) }, icon(name), make("span", { class: "hide" }, words));

	const forget = (item) => {
		if (item.url) URL.revokeObjectURL(item.url);
		item.url = undefined;
	};

	const row = (item) => {
		const { file } = item;
		const view = /^image\/(jpeg|png|webp)$/.test(file.type)
			? make("img", { src: (item.url ??= URL.createObjectURL(file)), alt: "" })
			: make("span", { class: "file-page" }, icon(/^video/.test(file.type) ? "VIDEO" : /^audio/.test(file.type) ? "SOUND" : "DOCUMENT"));
		const acts = make("span", { class: "row" });
		if (item.state === "ready" && view.tagName === "IMG") acts.append(button("edit", `${text("draw")}: ${file.name}`, () => first(async () => {
			const { annotate } = await import("./annotate.js");
			item.file = await annotate(file, form);
			forget(item);
			show();
		})));
		if (item.state === "failed") acts.append(button("refresh", `${text("upload-again")}: ${file.name}`, () => send([item])));
		if (item.state === "sending") acts.append(button("x", `${text("upload-cancel")}: ${file.name}`, () => running?.abort()));
		else if (item.state !== "done") acts.append(button("remove", `${text("remove-photo")}: ${file.name}`, () => {
			items = items.filter((i) => i !== item);
			show();
			forget(item);
		}));
		if (item.state === "done") acts.append(icon("check"));
		item.bar = make("progress", { max: "1", value: String(item.part ?? 0), "aria-label": file.name });
		return make("li", { "data-state": item.state }, view,
			make("span", { class: "file-text" }, make("bdi", {}, file.name), make("br"),
				make("span", { class: "muted small" }, item.state === "done" && item.words ? item.words : size(file.size))),
			acts, ...(item.state === "sending" ? [item.bar] : []),
			...(item.state === "failed" ? [make("p", { class: "complaint" }, icon("error"), make("span", {}, item.words))] : []));
	};
	const show = () => {
		list.replaceChildren(...items.map(row));
	};

	const add = (files) => first(async () => {
		form.closest("details")?.setAttribute("open", "");
		const many = single ? files.slice(0, 1) : files;
		if (single && many.length) items = [];
		status.textContent = text("shrinking");
		for (const file of many) {
			const small = await shrink(file);
			items.push({ file: small, once: once(), state: small.size > most ? "failed" : "ready", words: text("upload-large") });
		}
		status.textContent = "";
		inputs.forEach((i) => (i.value = ""));
		show();
	});

	const transfer = (item) => new Promise((settled) => {
		const data = new FormData(form), xhr = (running = new XMLHttpRequest());
		for (const input of inputs) data.delete(input.name);
		data.set("once", item.once);
		data.set("script", "1");
		data.append("file", item.file, item.file.name);
		xhr.upload.addEventListener("progress", (e) => e.lengthComputable && (item.bar.value = item.part = e.loaded / e.total));
		const end = (state, words) => {
			Object.assign(item, { state, words });
			settled();
		};
		xhr.addEventListener("load", () => {
			const { good, words } = verdict(xhr);
			end(good ? "done" : "failed", words);
		});
		xhr.addEventListener("error", () => end("failed", text("upload-failed")));
		xhr.addEventListener("abort", () => end("failed", text("upload-stopped")));
		xhr.open("POST", form.action);
		xhr.responseType = "document";
		xhr.send(data);
	});

	const send = async (chosen) => {
		if (running) return;
		for (const item of chosen) {
			Object.assign(item, { state: "sending", part: 0 });
			show();
			await transfer(item);
			show();
		}
		running = null;
		if (items.some((i) => i.state !== "done")) return (status.textContent = text("upload-left"));
		status.textContent = text("upload-done");
		form.reset();
		if (form.dataset.back) location.assign(`${form.dataset.back}#files`);
		else location.reload();
	};

	for (const input of inputs) input.addEventListener("change", () => add([...input.files]));
	form.addEventListener("submit", (e) => {
		if (!items.length && !waiting) return;
		e.preventDefault();
		working.then(() => send(items.filter((i) => i.state === "ready" || (i.state === "failed" && i.file.size <= most))));
	});
	area.addEventListener("dragover", (e) => {
		if (![...e.dataTransfer.types].includes("Files")) return;
		e.preventDefault();
		area.classList.add("card-over");
	});
	area.addEventListener("dragleave", (e) => area.contains(e.relatedTarget) || area.classList.remove("card-over"));
	area.addEventListener("drop", (e) => {
		if (!e.dataTransfer.files.length) return;
		e.preventDefault();
		area.classList.remove("card-over");
		add([...e.dataTransfer.files]);
	});
	form.dataset.ready = "";
	document.addEventListener("paste", (e) => {
		const files = [...(e.clipboardData?.files ?? [])];
		if (!files.length) return;
		e.preventDefault();
		add(files);
	});
}

/* Photos whose small pictures are being made: looked for until they are there. */
function waits(img, tries = 0) {
	if (tries > 14) return;
	setTimeout(async () => {
		const answer = await fetch(img.src, { cache: "no-store" }).catch(() => null);
		if (!answer?.ok || answer.headers.get("content-type")?.includes("svg")) return waits(img, tries + 1);
		img.src = `${img.src}?made`;
	}, 500 * 1.3 ** tries);
}

export function files() {
	document.querySelectorAll("form[data-upload]").forEach(sender);
	document.querySelectorAll("img[data-waits]").forEach((img) => waits(img));
	document.addEventListener("keydown", (e) => {
		const way = { ArrowLeft: "prev", ArrowRight: "next" }[e.key];
		if (!way || e.altKey || e.ctrlKey || e.metaKey || e.target.closest("input, textarea, audio, video, dialog")) return;
		document.querySelector(`main a[rel=${way}]`)?.click();
	});
}
