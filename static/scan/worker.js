/*
 * worker.js: reads codes from pictures, for browsers without BarcodeDetector.  {data, width, height} in, the texts found out.
 * nginx sends this file with a policy of its own: only here may WebAssembly be compiled.
 */
import { prepareZXingModule, readBarcodes } from "../zxing/es/reader/index.js";

const FORMATS = ["QRCode", "MicroQRCode", "DataMatrix", "Aztec", "Code128", "Code39", "EAN13", "EAN8", "UPCA"];

/* Without this the library asks a server that is not ours. */
prepareZXingModule({ overrides: { locateFile: (name) => new URL(`../zxing/reader/${name}`, import.meta.url).href } });

addEventListener("message", async (e) => {
	const { data, width, height } = e.data;
	try {
		const found = await readBarcodes({ data, width, height, colorSpace: "srgb" },
			{ formats: FORMATS, tryHarder: true, maxNumberOfSymbols: 4 });
		postMessage({ texts: found.filter((f) => f.isValid).map((f) => f.text) });
	} catch (wrong) {
		postMessage({ wrong: String(wrong) });
	}
});
