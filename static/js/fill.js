/*
 * fill.js: what a page shows but need not wait for, fetched when it comes near the screen: [data-fill] names where.
 * XMLHttpRequest, for only that makes a document of an answer where texts must not become markup (Trusted Types).
 */
function fetched(box) {
	const asked = new XMLHttpRequest();
	asked.open("GET", box.dataset.fill);
	asked.responseType = "document";
	/* Else what stands there stays: it is true, too, only less. */
	asked.onload = () => {
		if (asked.status === 200 && asked.responseURL.endsWith(box.dataset.fill))
			box.replaceChildren(...asked.response.body.children);
	};
	asked.send();
}

export function fill() {
	const seen = new IntersectionObserver((entries) => {
		for (const entry of entries.filter((e) => e.isIntersecting)) {
			seen.unobserve(entry.target);
			fetched(entry.target);
		}
	}, { rootMargin: "600px" });
	for (const box of document.querySelectorAll("[data-fill]"))
		seen.observe(box);
}
