/*
 * dialog.js: the view with the camera's picture.  A code of this plant opens the page where the next thing is done, or goes into
 * the field that it was asked for; another's is said to be one, and can be searched for.  The code can be typed instead.
 */
import { icon, make, text } from "../js/text.js";
import { Camera, whyNot } from "./camera.js";
import { codeOf, placeOf } from "./code.js";
import { reader } from "./reader.js";

const PAUSE = 120; /* ms between two pictures */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const button = (kind, attributes, ...children) => make("button", { class: `button ${kind}`, type: "button", ...attributes }, ...children);

let open = null; /* at most one */

/* What is on the page while it is open. */
function build(field) {
	const video = make("video", { playsinline: "", muted: "", "aria-hidden": "true" });
	video.muted = true;
	const said = make("p", { class: "scanner-said", role: "status" }, text("scan-starting"));
	const found = make("div", { class: "stack-s", hidden: "" });
	const torch = button("", { "aria-pressed": "false", hidden: "" }, icon("light"), text("scan-torch"));
	const cameras = make("select", { class: "input", "aria-label": text("scan-camera"), hidden: "" });
	const typed = make("input", { class: "input input-code", id: "scanner-code", type: "text", maxlength: "400", autocomplete: "off",
		autocapitalize: "characters", spellcheck: "false", enterkeyhint: "go", "data-scan": "own" });
	const form = make("form", { class: "stack-s", method: "dialog" }, make("label", { for: "scanner-code" }, text("scan-type")),
		make("div", { class: "row scanner-type" }, typed, make("button", { class: "button" }, text(field ? "scan-use" : "scan-open"))));
	const photo = make("input", { type: "file", accept: "image/*", capture: "environment" });
	const take = make("label", { class: "button scanner-photo", hidden: "" }, icon("photo"), text("scan-photo"), photo);
	const close = button("button-quiet button-icon", {}, icon("x"), make("span", { class: "hide" }, text("scan-close")));
	const dialog = make("dialog", { class: "scanner", "aria-labelledby": "scanner-title" },
		make("div", { class: "row split" }, make("h2", { id: "scanner-title" }, text("scan-title")), close),
		make("div", { class: "scanner-view" }, video), said, found, take,
		make("div", { class: "row scanner-tools" }, torch, cameras), form);
	return { dialog, video, said, found, torch, cameras, typed, form, close, photo, take };
}

class Scanner {
	#last = ""; /* a text that is not ours counts when it is read twice: lines misread now and then */
	#shown = "";

	constructor(field) {
		this.field = field;
		this.ui = build(field);
		this.camera = new Camera(this.ui.video);
		const { dialog, form, typed, close, torch, cameras, photo } = this.ui;
		close.addEventListener("click", () => dialog.close());
		dialog.addEventListener("close", () => this.#end());
		dialog.addEventListener("click", (e) => e.target === dialog && dialog.close());
		form.addEventListener("submit", (e) => {
			e.preventDefault();
			if (typed.value.trim()) this.#typed(typed.value.trim());
		});
		torch.addEventListener("click", () => this.#torch(torch.ariaPressed !== "true"));
		cameras.addEventListener("change", () => this.#start(() => this.camera.choose(cameras.value)));
		photo.addEventListener("change", () => photo.files[0] && this.#photo(photo.files[0]));
		document.body.append(dialog);
		dialog.showModal();
		this.leave = () => this.#end();
		addEventListener("pagehide", this.leave);
	}

	async run() {
		const starts = reader(), live = await this.#start(() => this.camera.open());
		this.reader = await starts;
		if (open !== this) return this.reader.end();
		try {
			if (live) await this.#watch();
		} catch {
			if (open === this) this.#fail("scan-unread");
		}
	}

	async #start(how) {
		const { said, dialog, torch, cameras } = this.ui;
		try {
			await how();
		} catch (e) {
			if (open === this) this.#fail(whyNot(e));
			return false;
		}
		if (open !== this) return false;
		dialog.dataset.live = "";
		said.textContent = text("scan-aim");
		torch.hidden = !this.camera.hasTorch;
		torch.ariaPressed = "false";
		const all = await this.camera.all();
		cameras.hidden = all.length < 2;
		cameras.replaceChildren(...all.map((c) => make("option", { value: c.id, ...(c.current && { selected: "" }) }, c.label)));
		return true;
	}

	#fail(why) {
		this.camera.end();
		delete this.ui.dialog.dataset.live;
		this.ui.torch.hidden = this.ui.cameras.hidden = true;
		this.ui.take.hidden = why === "scan-unread";
		this.ui.said.replaceChildren(icon("warn"), make("span", {}, text(why)));
		this.ui.typed.focus();
	}

	/* Phones take photos without being asked, and at addresses without https, too. */
	async #photo(file) {
		const { said, photo } = this.ui;
		said.textContent = text("scan-looking");
		let texts = [];
		try {
			const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
			texts = await this.reader.read(picture);
			if (texts.length > 0) this.#last = texts[0];
		} catch {
			/* not a picture, or none that can be read here */
		}
		if (open !== this) return;
		photo.value = "";
		if (texts.length === 0) said.replaceChildren(icon("warn"), make("span", {}, text("scan-nothing")));
		else this.#read(texts);
	}

	async #torch(on) {
		await this.camera.torch(on).then(() => (this.ui.torch.ariaPressed = String(on)), () => (this.ui.torch.hidden = true));
	}

	async #watch() {
		const { video } = this.ui;
		while (open === this && !this.done) {
			if (!document.hidden && video.readyState >= 2 && video.videoWidth > 0) this.#read(await this.reader.read(video));
			await pause(PAUSE);
		}
	}

	#read(texts) {
		if (open !== this || this.done || texts.length === 0) return;
		const ours = texts.find((t) => placeOf(t));
		if (ours) return this.#take(ours);
		const [first] = texts, twice = first === this.#last;
		this.#last = first;
		if (!twice || first === this.#shown) return;
		if (this.field) return this.#take(first);
		this.#foreign(first);
	}

	#take(read) {
		this.done = true;
		navigator.vibrate?.(60);
		this.ui.dialog.dataset.done = "";
		this.ui.said.replaceChildren(icon("check"), make("span", {}, text("scan-found"), " ", make("bdi", {}, codeOf(read) ?? read)));
		this.camera.end();
		if (this.field) this.#fill(codeOf(read) ?? read);
		else location.assign(placeOf(read));
	}

	/* A person knows what she types: what is no code may be the number of a machine. */
	#typed(what) {
		if (placeOf(what) || this.field) this.#take(what);
		else location.assign(`/scan?code=${encodeURIComponent(what)}`);
	}

	#foreign(what) {
		this.#shown = what;
		navigator.vibrate?.([40, 60, 40]);
		this.ui.said.replaceChildren(icon("warn"), make("span", {}, text("scan-foreign")));
		const look = make("a", { class: "button button-primary", href: `/search?q=${encodeURIComponent(what.slice(0, 100))}` },
			icon("search"), text("scan-search"));
		this.ui.found.replaceChildren(make("p", { class: "scanner-text" }, make("bdi", {}, what.slice(0, 300))), look);
		this.ui.found.hidden = false;
	}

	/* On with what the field is for: it is sent, or the next field has its turn. */
	#fill(code) {
		const { field } = this, all = [...(field.form?.elements ?? [])].filter((e) => e.matches("input:not([type=hidden]), select, textarea"));
		this.ui.dialog.close();
		field.value = field.maxLength > 0 ? code.slice(0, field.maxLength) : code;
		for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
		field.focus();
		if (field.dataset.scan === "go") field.form.requestSubmit(field.closest(".look, .row, .form")?.querySelector("button:not([type=button])"));
		else all[all.indexOf(field) + 1]?.focus();
	}

	#end() {
		if (open !== this) return;
		open = null;
		removeEventListener("pagehide", this.leave);
		this.camera.end();
		this.reader?.end();
		this.ui.dialog.remove();
	}
}

/** field: where the code goes, or nothing: it opens its page. */
export function scan(field) {
	if (open) return;
	open = new Scanner(field);
	open.run();
}
