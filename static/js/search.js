/*
 * search.js: results while one types, under any field with data-search (a combobox: arrows choose, Enter opens, Escape
 * closes).  Without it the form asks for the page of results, which is the same list.
 */
import { icon, make, text } from "./text.js";

const PAUSE = 150, LEAST = 2;

const pieces = (list) => list.map(([part, marked]) => (marked ? make("mark", {}, part) : part));

function line(hit, id) {
	const name = make("span", { class: "found-name" });
	if (hit.number.length) name.append(make("b", {}, ...pieces(hit.number)), " ");
	name.append(make("bdi", {}, ...pieces(hit.name)));
	const words = make("span", { class: "found-text" }, name, make("small", {}, make("bdi", {}, ...pieces(hit.detail))));
	if (hit.text.some(([, marked]) => marked)) words.append(make("small", { class: "found-say", dir: "auto" }, ...pieces(hit.text)));
	const a = make("a", { href: hit.path, role: "option", id, tabindex: "-1", "aria-selected": "false" }, words);
	if (hit.archived) a.append(make("span", { class: "badge" }, text("archived")));
	if (hit.label) a.append(make("span", { class: "badge", "data-word": hit.state }, hit.label));
	return a;
}

function group(g, at, prefix) {
	const head = make("p", { class: "found-head", id: `${prefix}-g${at}` }, icon(g.icon), g.title);
	const box = make("div", { role: "group", "aria-labelledby": head.id, class: "found" }, head);
	g.hits.forEach((hit, i) => box.append(line(hit, `${prefix}-${at}-${i}`)));
	if (g.all) box.append(make("a", { href: g.all, role: "option", id: `${prefix}-${at}-all`, tabindex: "-1", "aria-selected": "false", class: "found-all" }, g.all_text));
	return box;
}

function combobox(input, n) {
	const prefix = `search-${n}`;
	const list = make("div", { role: "listbox", id: prefix, "aria-label": text("found"), class: "found-list" });
	const said = make("p", { role: "status", class: "found-said small muted" });
	const panel = make("div", { class: "found-panel", popover: "manual" }, said, list);
	let asked = null, timer = 0, shown = "", at = -1;

	for (const [k, v] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": prefix }))
		input.setAttribute(k, v);
	/* Beside the field, so that a reader of the page comes to it; shown above everything. */
	input.closest("form").after(panel);

	const options = () => [...list.querySelectorAll("[role=option]")];
	const open = () => panel.matches(":popover-open");

	function place() {
		const r = input.getBoundingClientRect(), width = Math.min(Math.max(r.width, 560), innerWidth - 16);
		const rtl = document.dir === "rtl", start = rtl ? r.right - width : r.left;
		panel.style.width = `${width}px`;
		panel.style.left = `${Math.max(8, Math.min(start, innerWidth - 8 - width))}px`;
		panel.style.top = `${r.bottom + 6}px`;
		panel.style.maxHeight = `${Math.max(160, (visualViewport?.height ?? innerHeight) - r.bottom - 14)}px`;
	}

	function show(on) {
		if (on === open()) return;
		if (on) place();
		on ? panel.showPopover() : panel.hidePopover();
		input.setAttribute("aria-expanded", String(on));
		if (!on) choose(-1);
	}

	/* -1: none, the field itself. */
	function choose(i) {
		const all = options(), it = all[i];
		all[at]?.setAttribute("aria-selected", "false");
		at = it ? i : -1;
		if (!it) return input.removeAttribute("aria-activedescendant");
		it.setAttribute("aria-selected", "true");
		it.scrollIntoView({ block: "nearest" });
		input.setAttribute("aria-activedescendant", it.id);
	}

	function fill(found) {
		choose(-1);
		list.replaceChildren(...found.groups.map((g, i) => group(g, i, prefix)));
		said.textContent = found.meant ?? found.said;
		said.classList.toggle("hide", found.count > 0 && !found.meant);
		show(true);
	}

	async function ask() {
		const typed = input.value.trim();
		asked?.abort();
		if ([...typed].length < LEAST) {
			shown = "";
			return show(false);
		}
		if (typed === shown) return show(true);
		asked = new AbortController();
		try {
			const answer = await fetch(`/search.json?q=${encodeURIComponent(typed)}`, { signal: asked.signal, headers: { Accept: "application/json" } });
			/* Signed out in the meantime, or no network: the form still works. */
			if (!answer.ok || answer.redirected) return show(false);
			const found = await answer.json();
			if (document.activeElement !== input) return;
			shown = typed;
			fill(found);
		} catch (e) {
			if (e.name !== "AbortError") show(false);
		}
	}

	input.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(ask, PAUSE);
	});
	input.addEventListener("keydown", (e) => {
		if (e.isComposing) return;
		if (e.key === "Escape" && open()) {
			e.preventDefault();
			e.stopPropagation();
			show(false);
		} else if (e.key === "ArrowDown" && !open()) {
			e.preventDefault();
			shown = "";
			ask();
		} else if (e.key === "ArrowDown" || e.key === "ArrowUp") {
			e.preventDefault();
			choose(e.key === "ArrowDown" ? at + 1 : at < 0 ? options().length - 1 : at - 1);
		} else if (e.key === "Enter" && at >= 0 && open()) {
			e.preventDefault();
			options()[at].click();
		} else if (e.key === "Enter") {
			clearTimeout(timer);
			asked?.abort();
			show(false);
		}
	});
	/* A press on a result keeps the focus, so that the panel is there when the press ends. */
	panel.addEventListener("pointerdown", (e) => e.preventDefault());
	input.addEventListener("blur", () => show(false));
	addEventListener("resize", () => open() && place());
	addEventListener("scroll", (e) => open() && !panel.contains(e.target) && place(), true);
	addEventListener("pageshow", (e) => e.persisted && show(false));
}

export function search() {
	if (!HTMLElement.prototype.showPopover) return;
	document.querySelectorAll("[data-search]").forEach(combobox);
}
