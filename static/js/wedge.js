/*
 * wedge.js: scanners that type.  After a pause, at least six keys less than 35 ms apart, without a blank, ended by Enter or
 * Tab, are a scan: the text is taken out of the field it fell into, and the code's page opens.  Fields with data-scan keep it.
 * Password fields and pages of people who are signed out are left alone: a password must not land in an address.
 */
const GAP = 35, PAUSE = 150, LEAST = 6;

/** Where a code leads: our own address as it stands, anything else by /q/. */
export function placeOf(code) {
	if (/^https?:/i.test(code)) {
		try {
			const url = new URL(code);
			return url.origin === location.origin ? url.pathname + url.search : null;
		} catch {
			return null;
		}
	}
	return `/q/${encodeURIComponent(code)}`;
}

export function wedge() {
	if (document.body.classList.contains("plain")) return;
	let typed = "", last = 0, person = false, field = null, before = null;
	document.addEventListener("keydown", (e) => {
		if (e.ctrlKey || e.metaKey || e.altKey) return;
		if (e.target.matches?.("input[type=password]")) {
			typed = "";
			return;
		}
		const gap = e.timeStamp - last, slow = gap > GAP;
		last = e.timeStamp;
		if (e.key.length === 1) {
			if (slow) {
				typed = "";
				person = gap < PAUSE;
				field = e.target.matches?.("input, textarea") ? e.target : null;
				before = field?.value;
			}
			typed += e.key;
			return;
		}
		if (e.key === "Shift") return;
		const code = typed.trim();
		typed = "";
		if ((e.key !== "Enter" && e.key !== "Tab") || slow || person || code.length < LEAST || /\s/.test(code)) return;
		if (field?.matches("[data-scan]")) return;
		const place = placeOf(code);
		if (place === null) return;
		e.preventDefault();
		e.stopPropagation();
		if (field) field.value = before;
		location.assign(place);
	}, true);
}
