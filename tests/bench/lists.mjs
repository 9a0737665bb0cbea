/*
 * lists.mjs: lists of a million machines and a hundred thousand parts, their search, a machine's page and the download,
 * one question at a time, as an administrator asks it.  The product promises a page within 150 ms (95 of 100).
 */
import { readFileSync, readdirSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import { performance } from 'node:perf_hooks';
import { bar } from './bars.mjs';
import { person, sql, url } from './plant.mjs';

const N = Number(process.env.BENCH_MACHINES || process.env.BENCH_SIZE);
const list = (query) => `/machines?${query}`;
const at = (all, share) => [...all].sort((x, y) => x - y)[Math.min(all.length - 1, Math.floor(all.length * share))];

/* [what it is, its address]: words by how many machines have them. */
function pages() {
	const [[middle, number]] = sql(`SELECT id, number FROM machine WHERE name >= 'Packing' ORDER BY name, id LIMIT 1`);
	const [[part, code]] = sql(`SELECT id, number FROM part WHERE name >= 'Long' ORDER BY name, id LIMIT 1`);
	return [
		['machines', list('')], ['from the middle on', list(`after=${middle}`)],
		['by number, backwards', list('sort=-number')],
		['a department, by number', list('department=7&sort=number')],
		['a department, middle', list(`department=7&after=${middle}`)],
		['one in 100: DOWN', list('status=DOWN')], ['DOWN, by number', list('status=DOWN&sort=number')],
		['DOWN, by number, on', list(`status=DOWN&sort=number&after=${N / 2}`)],
		['two filters', list('status=DOWN&department=7&criticality=HIGH')],
		['a hall', list('location=77')], ['a class', list('class=3')], ['a model, by number', list('model=77&sort=number')],
		['search: a number', list(`search=${number}`)], ['its beginning', list('search=MCH-0012')],
		['a rare word', list(`search=SN${13 * (N - 77)}`)], ['one in 100 has it', list('search=M77')],
		['one in 10', list('search=siemens')], ['one in 5', list('search=robot')],
		['two frequent words', list('search=siemens+robot')], ['frequent and rare', list('search=robot+M77')], ['word and filter', list('search=M77&status=DOWN')],
		['word, hall, by number', list('search=M77&location=7&sort=-number')],
		['word, tenth, by number', list('search=M77&department=7&sort=number')],
		['no such in the hall', list('search=robot+M76&location=7&sort=-number')],
		['by number', list('search=M77&sort=number')], ['nobody has it', list('search=xyzzy')],
		['parts', '/parts?'], ['from the middle on', `/parts?after=${part}`], ['search: a number', `/parts?search=${code}`],
		['two frequent words', '/parts?search=hydraulic+bearing'], ['one in 10', '/parts?search=seal'],
		['a machine', `/machines/${N - 77}`], ['a machine with orders', '/machines/77'],
	];
}

/* MB that the workers take, and the most that they ever took. */
function memory() {
	const own = (p) => readFileSync(`/proc/${p}/environ`, 'latin1').includes(`MILLWRIGHT_CONF=${process.env.MILLWRIGHT_VAR}/`);
	const mb = (text, name) => (Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)[1]) / 1024).toFixed(1);
	return readdirSync('/proc').filter((p) => /^\d+$/.test(p)).flatMap((p) => {
		try {
			const text = readFileSync(`/proc/${p}/status`, 'utf8');
			return /^Name:\tmillwright.fcgi/m.test(text) && own(p) ? [`${mb(text, 'VmRSS')} (${mb(text, 'VmHWM')})`] : [];
		} catch {
			return [];	/* It has ended. */
		}
	}).join(', ');
}

/* A whole file, thrown away: seconds to its first byte and its last, MB. */
function download(who, path) {
	const from = performance.now();
	return new Promise((resolve, reject) => http.get(url + path, { headers: { cookie: who.cookie }, agent: false }, (r) => {
		let first, bytes = 0;
		r.on('data', (b) => { first ??= performance.now() - from; bytes += b.length; })
			.on('end', () => resolve({ code: r.statusCode, first: first / 1000, all: (performance.now() - from) / 1000, mb: bytes / 2 ** 20 }))
			.on('error', reject);
	}).on('error', reject));
}

export async function lists(worked) {
	const who = await person(1);
	await ask(who, worked);
	await downloads(who);
}

/* worked(): milliseconds of processor time that the plant's programs have used so far. */
export async function ask(who, worked = () => 0, times = Number(process.env.BENCH_LISTS || 20)) {
	const all = [], each = [];
	console.log(`\nlists of ${N}, load ${os.loadavg()[0].toFixed(1)}`.padEnd(65) + '   p50    p95    cpu    KB');
	for (const [name, path] of pages()) {
		const took = [];
		let before, answer;
		for (let i = 0; i < times + 2; i++) {
			if (i === 2)
				before = worked();
			const start = performance.now();
			answer = await who.get(path);
			if (i >= 2)
				took.push(performance.now() - start);
			if (answer.status !== 200)
				throw new Error(`${path}: ${answer.status}`);
		}
		all.push(...took);
		each.push({ name, ms: at(took, 0.95), cpu: (worked() - before) / times });
		console.log(`${name.padEnd(22)} ${path.slice(0, 42).padEnd(42)} ${at(took, 0.5).toFixed(1).padStart(6)} ${at(took, 0.95).toFixed(1).padStart(6)} ${each.at(-1).cpu.toFixed(1).padStart(6)} ${(answer.text.length / 1024).toFixed(0).padStart(5)}`);
	}
	console.log(`lists: p50 ${at(all, 0.5).toFixed(1)} ms, p95 ${at(all, 0.95).toFixed(1)} ms, of ${all.length}; workers' memory, MB (most): ${memory()}`);
	bar(`lists of ${N} and a machine's page, as one waits: 95 of 100`, 150, at(all, 0.95));
	const worst = each.reduce((x, y) => (y.cpu > x.cpu ? y : x));
	bar(`lists, processor time of the dearest: ${worst.name}`, 150, worst.cpu);
}

export async function downloads(who) {
	for (const path of ['/machines/export.csv', '/machines/export.xlsx']) {
		const d = await download(who, path);
		console.log(`${path}: ${d.code}, first byte after ${d.first.toFixed(1)} s, all ${d.mb.toFixed(1)} MB after ${d.all.toFixed(1)} s; workers: ${memory()}`);
	}
}
