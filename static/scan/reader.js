/* reader.js: what reads codes: the browser's own detector, or else a worker with zxing.  Both: async (video or photo) => texts. */
import { assets, make } from "../js/text.js";
import { scriptUrl } from "../js/worker.js";

const FORMATS = ["qr_code", "data_matrix", "aztec", "code_128", "code_39", "ean_13", "ean_8", "upc_a"];
/* Of the live picture: finds a label at arm's length, and takes some 30 ms on a phone. */
const WIDE = 960, WIDE_PHOTO = 2000;

async function native() {
	const known = (await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
	if (!known.includes("qr_code")) return null;
	const detector = new BarcodeDetector({ formats: FORMATS.filter((f) => known.includes(f)) });
	return { read: async (video) => (await detector.detect(video)).map((f) => f.rawValue), end() {} };
}

function zxing() {
	const worker = new Worker(scriptUrl(`${assets}/scan/worker.js`), { type: "module" });
	const canvas = make("canvas"), c = canvas.getContext("2d", { willReadFrequently: true });
	let wrong;
	const broken = new Promise((_, fail) => worker.addEventListener("error", (e) => fail((wrong = new Error(e.message || "worker")))));
	broken.catch(() => {});
	return {
		async read(video) {
			if (wrong) throw wrong;
			const live = video.videoWidth > 0, wide = live ? video.videoWidth : video.width, high = live ? video.videoHeight : video.height;
			const scale = Math.min(1, (live ? WIDE : WIDE_PHOTO) / Math.max(wide, high));
			canvas.width = Math.round(wide * scale);
			canvas.height = Math.round(high * scale);
			c.drawImage(video, 0, 0, canvas.width, canvas.height);
			const { data, width, height } = c.getImageData(0, 0, canvas.width, canvas.height);
			const answer = new Promise((done) => worker.addEventListener("message", done, { once: true }));
			worker.postMessage({ data, width, height }, [data.buffer]);
			const said = (await Promise.race([answer, broken])).data;
			if (said.wrong) throw new Error(said.wrong);
			return said.texts;
		},
		end: () => worker.terminate(),
	};
}

/** Some devices list a detector that does not work: the other one takes over. */
export async function reader() {
	let one = (await native()) ?? zxing(), second = !globalThis.BarcodeDetector;
	return {
		async read(video) {
			try {
				return await one.read(video);
			} catch (e) {
				if (second) throw e;
				second = true;
				one = zxing();
				return [];
			}
		},
		end: () => one.end(),
	};
}
