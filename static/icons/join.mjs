/* join.mjs: joins the icons that list.txt names into one sprite.  node icons/join.mjs <lucide-static/icons> > icons.svg */
import { readFileSync } from "node:fs";

const folder = process.argv[2];
const list = readFileSync(new URL("list.txt", import.meta.url), "utf8");
const symbols = [];

/* Ours: three bars, of which so many count. */
const bars = ["M5 20v-3", "M12 20v-8", "M19 20V6"];
const level = (n) =>
	`<path stroke-width="4" d="${bars.slice(0, n).join("")}"/>` +
	(n < 3 ? `<path stroke-width="4" opacity=".3" d="${bars.slice(n).join("")}"/>` : "");

for (const line of list.split("\n")) {
	if (!line || line.startsWith("#")) continue;
	const [name, lucide = name] = line.split("=");
	if (lucide.startsWith("level-")) {
		symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${level(Number(lucide.slice(6)))}</symbol>`);
		continue;
	}
	const svg = readFileSync(`${folder}/${lucide}.svg`, "utf8");
	const inside = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
	symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${inside.trim().replace(/\s*\n\s*/g, "").replaceAll(" />", "/>")}</symbol>`);
}
process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Lucide (ISC), see LICENSES.txt; made by icons/join.mjs -->\n${symbols.join("\n")}\n</svg>\n`);
