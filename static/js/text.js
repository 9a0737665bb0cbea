/* text.js: the page's language; and elements made without markup (Trusted Types). */
const kept = [...document.querySelectorAll("#texts, template[data-texts]")].map((t) => t.content);

export const text = (name) => {
	for (const place of kept) {
		const found = place.querySelector(`[data-text="${name}"]`);
		if (found) return found.textContent;
	}
	return "";
};

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
