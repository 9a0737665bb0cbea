/* app.js: what every page gets.  Each module finds its own elements; a page works without any of them. */
import { worker } from "./worker.js";
import { forms } from "./forms.js";
import { times } from "./times.js";
import { keys } from "./keys.js";
import { wedge } from "./wedge.js";
import { scan } from "./scan.js";
import { small } from "./small.js";

const some = (selector) => document.querySelector(selector) !== null;

forms();
small();
times();
keys();
wedge();
scan();
if (some("[data-fill]")) import("./fill.js").then((m) => m.fill());
if (some("[data-photos]")) import("./photos.js").then((m) => m.photos());
if (some("[data-suggest]")) import("./suggest.js").then((m) => m.suggest());
if ([...document.querySelectorAll("main form select.input")].some((s) => s.length > 40)) import("./choose.js").then((m) => m.choosing());
if (some("[data-signature]")) import("./signature.js").then((m) => m.signature());
if (some("form[data-map]")) import("./map.js").then((m) => m.map());
if (some("[data-all]")) import("./bulk.js").then((m) => m.bulk());
if (some("[data-search]")) import("./search.js").then((m) => m.search());
if (some("[data-import]")) import("./import.js").then((m) => m.imports());
if (some("[data-upload], [data-files], [data-file-stage]")) import("./upload.js").then((m) => m.files());
worker();
