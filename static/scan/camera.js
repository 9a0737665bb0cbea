/* camera.js: the device's camera: opened, chosen among several, its light switched, closed. */
const KEPT = "camera"; /* the one that was chosen last */

/** Which text (data-text) says why there is no picture. */
export function whyNot(e) {
	if (!isSecureContext || !navigator.mediaDevices) return "scan-insecure";
	if (e.name === "NotAllowedError" || e.name === "SecurityError") return "scan-refused";
	if (e.name === "NotFoundError" || e.name === "OverconstrainedError") return "scan-none";
	return "scan-busy";
}

const ask = (id) => navigator.mediaDevices.getUserMedia({ audio: false, video: {
	width: { ideal: 1280 }, height: { ideal: 720 }, ...(id ? { deviceId: { exact: id } } : { facingMode: { ideal: "environment" } }),
} });

export class Camera {
	#stream = null;
	#ended = false;

	constructor(video) {
		this.video = video;
	}

	async open(id = localStorage.getItem(KEPT)) {
		this.#stop();
		/* A camera that was chosen once may be gone. */
		const stream = await ask(id).catch((e) => (id && e.name !== "NotAllowedError" ? ask() : Promise.reject(e)));
		this.#stream = stream;
		if (this.#ended) return this.#stop();
		this.video.srcObject = stream;
		await this.video.play().catch(() => {});
	}

	choose(id) {
		localStorage.setItem(KEPT, id);
		return this.open(id);
	}

	get track() {
		return this.#stream?.getVideoTracks()[0];
	}

	/** [{id, label, current}] */
	async all() {
		const current = this.track?.getSettings().deviceId;
		return (await navigator.mediaDevices.enumerateDevices()).filter((d) => d.kind === "videoinput" && d.deviceId)
			.map((d, i) => ({ id: d.deviceId, label: d.label || String(i + 1), current: d.deviceId === current }));
	}

	get hasTorch() {
		return Boolean(this.track?.getCapabilities?.().torch);
	}

	torch(on) {
		return this.track.applyConstraints({ advanced: [{ torch: on }] });
	}

	#stop() {
		this.#stream?.getTracks().forEach((t) => t.stop());
		this.#stream = null;
		this.video.srcObject = null;
	}

	end() {
		this.#ended = true;
		this.#stop();
	}
}
