/* import.js: the bar of an import that is under way; the page is loaded anew when that ends. */
export function imports() {
	const bar = document.querySelector("[data-import]");
	const look = async () => {
		try {
			const answer = await fetch(bar.dataset.import, { headers: { Accept: "application/json" } });
			const { state, percent } = await answer.json();
			if (state !== bar.dataset.state) return location.reload();
			bar.value = percent;
		} catch { /* no network: again */ }
		setTimeout(look, 1000);
	};
	setTimeout(look, 700);
}
