/* worker.js: registers the service worker; says when a new version waits; loads it once, when asked. */
import { isDirty } from "./forms.js";
import { make, text } from "./text.js";

/* The one Trusted Types policy: our own addresses only. */
const policy = globalThis.trustedTypes?.createPolicy("app", {
	createScriptURL: (url) => {
		if (new URL(url, location.href).origin !== location.origin) throw new TypeError(url);
		return url;
	},
});
export const scriptUrl = (url) => policy?.createScriptURL(url) ?? url;

function offer(waiting) {
	if (document.querySelector("[data-update]")) return;
	document.body.append(make("div", { class: "banner", role: "status", "data-update": "" },
		make("span", {}, text("update")),
		make("button", { class: "button", type: "button", onclick: () => {
			if (!isDirty() || confirm(text("leave"))) waiting.postMessage("skipWaiting");
		} }, text("reload"))));
}

export async function worker() {
	const sw = navigator.serviceWorker;
	if (!sw || !isSecureContext) return;
	const first = !sw.controller;
	let reloading = false;
	sw.addEventListener("controllerchange", () => {
		if (first || reloading) return;
		reloading = true;
		location.reload();
	});
	try {
		const r = await sw.register(scriptUrl("/sw.js"), { updateViaCache: "none" });
		if (r.waiting && sw.controller) offer(r.waiting);
		r.addEventListener("updatefound", () => {
			const coming = r.installing;
			coming?.addEventListener("statechange", () => {
				if (coming.state === "installed" && sw.controller) offer(coming);
			});
		});
		let checked = Date.now();
		document.addEventListener("visibilitychange", () => {
			if (document.hidden || Date.now() - checked < 3600e3) return;
			checked = Date.now();
			r.update().catch(() => {});
		});
	} catch {
		/* Private windows and old devices: the pages work without it. */
	}
}
