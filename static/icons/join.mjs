/* join.mjs: joins the icons that list.txt names into one sprite.  node icons/join.mjs <lucide-static/icons> > icons.svg */
import { readFileSync } from "node:fs";

const folder = process.argv[2];
const list = readFileSync(new URL("list.txt", import.meta.url), "utf8");
const symbols = [];
for (const line of list.split("\n")) {
	if (!line || line.startsWith("#")) continue;
	const [name, lucide = name] = line.split("=");
	const svg = readFileSync(`${folder}/${lucide}.svg`, "utf8");
	const inside = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
	const ghost = lucide.startsWith("signal-") ? `<path opacity=".22" d="M2 20h.01M7 20v-4M12 20v-8M17 20V8"/>` : "";
	symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${ghost}${inside.trim().replace(/\s*\n\s*/g, "").replaceAll(" />", "/>")}</symbol>`);
}
process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Lucide (ISC), see LICENSES.txt; made by icons/join.mjs -->\n${symbols.join("\n")}\n</svg>\n`);
