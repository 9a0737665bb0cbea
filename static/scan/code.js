/* code.js: which codes are this plant's: "K7QP-2M4X", and the addresses that its labels carry. */
import { text } from "../js/text.js";

/* As rule/number.c reads them; the server looks at the check character. */
const CODE = /^([0-9A-Z]{4})[- ]?([0-9A-Z]{4})$/i;
const normal = (code) => code.toUpperCase().replace(CODE, "$1-$2");

/* The address that labels carry; people inside of the plant may come by another one. */
const homes = () => [location.origin, ...[text("scan-home")].filter((h) => URL.canParse?.(h) ?? true).map((h) => new URL(h).origin)];

function addressOf(read) {
	try {
		const url = new URL(read);
		return homes().includes(url.origin) ? url : null;
	} catch {
		return null;
	}
}

/** "K7QP-2M4X" of either; null when it is no code of this plant. */
export function codeOf(read) {
	const what = read.trim();
	if (CODE.test(what)) return normal(what);
	const path = addressOf(what)?.pathname ?? "";
	const code = path.startsWith("/q/") ? decodeURIComponent(path.slice(3)) : "";
	return CODE.test(code) ? normal(code) : null;
}

/** Where it leads, on this site; null: nowhere. */
export function placeOf(read) {
	const code = codeOf(read), url = addressOf(read.trim());
	return code ? `/q/${encodeURIComponent(code)}` : url ? url.pathname + url.search : null;
}
