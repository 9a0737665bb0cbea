/* text.js: the page's language; and elements made without markup (Trusted Types). */
const kept = document.getElementById("texts")?.content;

export const text = (name) => kept?.querySelector(`[data-text="${name}"]`)?.textContent ?? "";

/** make("p", {class: "hint", onclick: f}, "words", child…) */
export function make(tag, attributes = {}, ...children) {
	const svg = tag === "svg" || tag === "use" || tag === "path";
	const e = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
	for (const [name, value] of Object.entries(attributes))
		if (typeof value === "function") e.addEventListener(name.slice(2), value);
		else e.setAttribute(name, value);
	e.append(...children);
	return e;
}

export const assets = new URL("..", import.meta.url).pathname.replace(/\/$/, "");
export const icon = (name) =>
	make("svg", { class: "icon", "aria-hidden": "true" }, make("use", { href: `${assets}/icons.svg#${name}` }));
