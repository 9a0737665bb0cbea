/*
 * sw.js: the service worker: the shell and the kept pages, for when there is no network.  A classic script.
 * "@REV@", "@SHELL@" and "@SCAN@" are put in by the build.
 *
 * Pages are network first; they are kept only when the server says X-Offline: keep, and never past a sign-out.
 * What is written is not touched: the queue of offline writes has its place at `outbox` below.
 */
"use strict";
const REV = "@REV@";
const SHELL = "shell-" + REV;
const PAGES = "pages";
const FILES = [/*@SHELL@*/];
const SCANNER = [/*@SCAN@*/]; /* half a megabyte: kept once somebody has scanned, and then from version to version */
const MOST_PAGES = 150, PATIENCE = 4000;
const NEVER = /^\/(sign-in|sign-out|files|events|api|account|reset|invitation)(\/|$)/;

const stale = new Set(); /* the pages (client ids) that came from the store */
let generation = 0; /* grows at a sign-out, so that a page on its way is not kept after it */

self.addEventListener("install", (e) => {
	const fresh = (f) => new Request(f, { cache: "reload" });
	e.waitUntil((async () => {
		const scans = await hasScanned(), c = await caches.open(SHELL);
		const may = ["/offline", ...(scans ? SCANNER : [])];
		await Promise.all([...may.map((f) => c.add(fresh(f)).catch(() => {})), ...FILES.map((f) => c.add(fresh(f)))]);
	})());
});

self.addEventListener("activate", (e) => {
	e.waitUntil((async () => {
		for (const name of await caches.keys())
			if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
		await self.clients.claim();
	})());
});

self.addEventListener("message", (e) => {
	if (e.data === "skipWaiting") self.skipWaiting();
	if (e.data === "stored?" && stale.has(e.source.id)) e.source.postMessage("stored");
});

async function hasScanned() {
	for (const name of await caches.keys())
		for (const kept of name.startsWith("shell-") ? await (await caches.open(name)).keys() : [])
			if (kept.url.includes("/scan/")) return true;
	return false;
}

async function fromShell(e, path) {
	const kept = await caches.match(e.request);
	if (kept) return kept;
	const answer = await fetch(e.request);
	if (answer.status === 200 && SCANNER.includes(path)) {
		const copy = answer.clone();
		e.waitUntil(caches.open(SHELL).then((c) => c.put(path, copy)));
	}
	return answer;
}

async function keep(request, answer, then) {
	if (then !== generation || answer.redirected || answer.status !== 200 ||
	    answer.headers.get("X-Offline") !== "keep") return;
	const pages = await caches.open(PAGES);
	await pages.put(request, answer);
	const all = await pages.keys();
	for (const old of all.slice(0, Math.max(0, all.length - MOST_PAGES))) await pages.delete(old);
	if (then !== generation) await caches.delete(PAGES);
}

async function stored(e) {
	const pages = await caches.open(PAGES);
	const answer = await pages.match(e.request);
	if (answer) stale.add(e.resultingClientId);
	return answer;
}

/* What was scanned without a network: the kept page of a machine that shows this code. */
async function ofCode(path) {
	if (!/^\/q\/[^/]+$/.test(path)) return;
	const pages = await caches.open(PAGES);
	for (const kept of await pages.keys())
		if (/\/machines\/\d+$/.test(kept.url) && (await (await pages.match(kept)).text()).includes(`src="${path}/`))
			return Response.redirect(kept.url);
}

/* The network, unless it is slower than PATIENCE and the page is here. */
async function page(e) {
	const then = generation;
	const network = fetch(e.request).then((answer) => {
		const copy = answer.clone();
		e.waitUntil(keep(e.request, copy, then));
		return answer;
	});
	network.catch(() => {});
	try {
		const late = new Promise((done) => setTimeout(done, PATIENCE)).then(() => stored(e));
		return (await Promise.race([network, late])) ?? (await network);
	} catch {
		return (await stored(e)) ?? (await ofCode(new URL(e.request.url).pathname)) ?? (await caches.match("/offline")) ?? Response.error();
	}
}

/* Somebody leaves, or somebody else may have come: nothing of the one before stays. */
async function forget() {
	generation++;
	await caches.delete(PAGES);
}

async function signOut(request) {
	const answer = fetch(request);
	await forget();
	return answer;
}

self.addEventListener("fetch", (e) => {
	const url = new URL(e.request.url);
	if (url.origin !== location.origin) return;
	if (e.request.method === "POST" && url.pathname === "/sign-out") return e.respondWith(signOut(e.request));
	if (e.request.method === "POST" && url.pathname.startsWith("/sign-in")) e.waitUntil(forget());
	if (e.request.method !== "GET" || NEVER.test(url.pathname)) return; /* outbox: POSTs of data-offline forms */
	if (url.pathname.startsWith("/assets/")) return e.respondWith(fromShell(e, url.pathname));
	if (e.request.mode === "navigate") e.respondWith(page(e));
});
