/* times.js: "5 min. ago" stays true while the page is open; a stored page says how old it is. */
import { make, text } from "./text.js";

const root = document.documentElement;
const steps = [["minute", 60, 3600], ["hour", 3600, 86400], ["day", 86400, 7 * 86400], ["week", 7 * 86400, 1e12]];

function refresh(format) {
	for (const t of document.querySelectorAll("time[data-ago]")) {
		const seconds = (Date.parse(t.dateTime) - Date.now()) / 1000;
		const [unit, size] = steps.find(([, , below]) => Math.abs(seconds) < below) ?? steps[3];
		if (Number.isFinite(seconds)) t.textContent = format.format(Math.round(seconds / size), unit);
	}
}

export function times() {
	const format = new Intl.RelativeTimeFormat(root.lang || "en", { numeric: "auto", style: "short" });
	const shown = Date.parse(root.dataset.renderedAt ?? "");
	/* The first words are the server's; a device whose clock is wrong keeps them. */
	if (Math.abs(Date.now() - shown) < 86400e3) setInterval(() => document.hidden || refresh(format), 60e3);
	/* The service worker knows whether this page came from its store; the clocks may differ. */
	const sw = navigator.serviceWorker;
	sw?.addEventListener("message", (e) => e.data === "stored" && stale(shown));
	sw?.startMessages();
	sw?.controller?.postMessage("stored?");
}

function stale(shown) {
	const at = new Intl.DateTimeFormat(root.lang || "en", { dateStyle: "medium", timeStyle: "short" }).format(shown);
	document.querySelector("main")?.prepend(
		make("p", { class: "note", "data-word": "warning", role: "status" }, `${text("stale")} ${at}`));
}
