/*
 * bench.mjs: four pages against a worker that does nothing else (bare.c), with ten thousand and a million work orders.
 *
 *	page	what the product does
 *	a	nginx and a bare worker that sends the same bytes
 *	b	the same, after running the page's own prepared query and fetching its rows
 *	c	the same, after running everything that the page asks of the database
 *
 * Then, of the last size, search (search.mjs), lists of as many machines (lists.mjs), and what was promised (bars.mjs).
 *
 * cpu is milliseconds of processor time a request (database, nginx, workers), b-cpu the ratio b of those: it holds
 * on a busy machine, too.
 *
 * Started by tests/bench/run, once for each of BENCH_SIZES (BENCH_SIZE; of the last one BENCH_LAST=1), in a plant of
 * its own.  BENCH_PAGES: which of "list", "work order", "machine", "report", "search", "lists"; BENCH_SECONDS: of one
 * measurement; BENCH_ROUNDS.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import { bar, found, keep, tell } from './bars.mjs';
import { build, filled, here, logging, MACHINES, pause, person, setting, settings, sql, start, statements, url } from './plant.mjs';
import { plans } from './plans.mjs';
import { lists } from './lists.mjs';
import { search } from './search.mjs';

const only = process.env.BENCH_PAGES?.split(/, */);
const seconds = Number(process.env.BENCH_SECONDS || 2);
const rounds = Number(process.env.BENCH_ROUNDS || 3);
const folder = process.env.MILLWRIGHT_VAR;
const pages = [
	{ name: 'list', path: () => '/work-orders?state=COMPLETED', own: /^SELECT STRAIGHT_JOIN w\.id/ },
	{ name: 'work order', path: (n) => `/work-orders/${n - 40}`, own: /^SELECT w\.id, w\.number/ },
	{ name: 'machine', path: () => '/machines/77', own: /^SELECT .* FROM machine/ },
	{ name: 'report', form: 'priority=MEDIUM&description=It+smokes&another=1', own: /^INSERT INTO work_order / },
];
const kinds = ['page', 'a', 'b', 'c'];
const median = (list) => [...list].sort((x, y) => x - y)[list.length >> 1];

/* A connection that answers, then the answer; only what the worker sent. */
function ask(who, page, n) {
	const headers = { cookie: who.cookie, origin: url };
	const body = page.form && `${page.form}&csrf=${who.csrf}&once=${page.once = `capture-${n}-${Date.now()}`}`;
	const options = { method: body ? 'POST' : 'GET', headers, agent: false };
	if (body)
		headers['content-type'] = 'application/x-www-form-urlencoded';
	return new Promise((resolve, reject) => http.request(url + (body ? '/machines/1/report' : page.path(n)), options, (r) => {
		const bytes = [];
		r.on('data', (b) => bytes.push(b)).on('end', () => {
			let head = `Status: ${r.statusCode}\r\n`;
			for (let i = 0; i < r.rawHeaders.length; i += 2)
				if (!/^(server|date|connection|transfer-encoding|vary|x-queries|content-length)$/i.test(r.rawHeaders[i]))
					head += `${r.rawHeaders[i]}: ${r.rawHeaders[i + 1]}\r\n`;
			resolve({ code: r.statusCode, location: r.headers.location,
				bytes: Buffer.concat([Buffer.from(`${head}\r\n`), ...bytes]) });
		});
	}).on('error', reject).end(body));
}

/* One argument in the words of bare.c. */
function argument(value, made) {
	const text = /^(?:TIMESTAMP|DATE)?'(.*)'$/s.exec(value)?.[1].replace(/\\(.)|''/g, (all, c) => c ?? "'");
	if (value === 'NULL')
		return '0';
	if (text !== undefined)
		return made.unique.includes(text) ? 'u' : `s ${text.replace(/\n/g, ' ')}`;
	return value in made.ids ? `l ${made.ids[value]}` : made.machine === value ? `m ${MACHINES}` : `n ${value}`;
}

function script(list, made) {
	return list.map((s) => (s.sql === null ? `= ${s.text}\n`
		: `? ${s.sql.replace(/\s+/g, ' ')}\n${s.args.map((a) => `${argument(a, made)}\n`).join('')}`)).join('');
}

/* What a report has made, so that the bare worker makes other rows and not the same. */
function made_by(page, list, answer) {
	if (!page.form)
		return { unique: [], ids: {} };
	const id = answer.location.split('/').pop();
	const [[number]] = sql(`SELECT number FROM work_order WHERE id = ${id}`);
	const [[event]] = sql(`SELECT MAX(id) FROM event WHERE work_order_id = ${id}`);
	const nth = (start) => list.findIndex((s) => s.sql?.startsWith(start));
	return { unique: [page.once, number], machine: '1',
		ids: { [id]: nth('INSERT INTO work_order '), [event]: nth('INSERT INTO event ') } };
}

/* Writes what the bare worker sends and runs for this page. */
async function capture(who, page, n) {
	let answer;

	await logging(true);
	await who.get('/health');
	const all = (await statements(async () => { answer = await ask(who, page, n); }))
		.filter((s) => s.sql !== undefined && !settings.test(s.text));
	const list = all.filter((s) => s.thread === all.findLast((o) => o.sql && page.own.test(o.sql))?.thread);
	await logging(false);
	if (answer.code >= 400)
		throw new Error(`${page.name}: ${answer.code}`);
	const own = list.findIndex((s) => s.sql && page.own.test(s.sql));
	if (own < 0)
		throw new Error(`${page.name}: not understood in the log: ${list.map((s) => s.text.slice(0, 60))}`);
	for (const s of list.filter(({ sql: text }) => text?.startsWith('INSERT INTO once ')))
		s.args[2] = `'${'x'.repeat(32)}'`;	/* a digest: bytes that the log does not show */
	const made = made_by(page, list, answer);
	const file = (kind, end) => `${folder}/bare/${n}-${page.name.replace(' ', '-')}.${kind}.${end}`;
	for (const kind of ['a', 'b', 'c'])
		writeFileSync(file(kind, 'bytes'), answer.bytes);
	writeFileSync(file('b', 'sql'), script([list[own]], { ...made, ids: {} }));
	writeFileSync(file('c', 'sql'), script(list, made));
	return { queries: list.filter((s) => s.sql).length, bytes: answer.bytes.length };
}

/* Milliseconds of processor time that the plant's programs have used: all that `millwright run` has started. */
function worked() {
	const all = new Map();
	for (const p of readdirSync('/proc').filter((d) => /^\d+$/.test(d)))
		try {
			const f = readFileSync(`/proc/${p}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ');
			all.set(Number(p), { parent: Number(f[1]), ms: (Number(f[11]) + Number(f[12])) * 10 });
		} catch {
			/* It has ended. */
		}
	const ours = (p) => p === process.ppid || (p !== process.pid && all.has(p) && ours(all.get(p).parent));
	const bare = (p) => bareOnes.includes(p) || (all.has(p) && bare(all.get(p).parent));
	return [...all].filter(([p]) => ours(p) || bare(p)).reduce((sum, [, { ms }]) => sum + ms, 0);
}

const bareOnes = [];
let run = 0;

/* One measurement by wrk: four connections, as many as two workers keep busy. */
function load(who, page, n, kind, port) {
	const at = `http://127.0.0.1:${port}`;
	const headers = { Cookie: who.cookie, Origin: url };
	if (page.form)
		headers['Content-Type'] = 'application/x-www-form-urlencoded';
	if (kind !== 'page')
		headers['X-Bare'] = `${n}-${page.name.replace(' ', '-')}.${kind}`;
	const env = { ...process.env, BENCH_RUN: `r${++run}`, BENCH_MACHINES: String(MACHINES) };
	if (page.form)
		env.BENCH_FORM = `${page.form}&csrf=${who.csrf}`;
	const before = worked();
	return new Promise((resolve, reject) => {
		const wrk = spawn('wrk', ['-t1', '-c4', `-d${seconds}s`, '-s', `${here}/load.lua`,
			...Object.entries(headers).flatMap(([k, v]) => ['-H', `${k}: ${v}`]),
			page.form ? `${at}/` : at + page.path(n)], { env, stdio: ['ignore', 'pipe', 'inherit'] });
		let out = '';
		wrk.stdout.on('data', (text) => { out += text; });
		wrk.on('error', reject).on('close', () => {
			const f = JSON.parse(/FIGURES (.*)/.exec(out)?.[1] ?? '{"errors":-1}');
			if (f.errors !== 0 || /^status/m.test(out) || f.requests === 0)
				return reject(new Error(`${page.name} ${kind}: ${f.errors} errors\n${out.slice(0, 500)}`));
			resolve({ cpu: (worked() - before) / f.requests, rate: f.requests / f.us * 1e6, p50: f.p50 / 1000, p95: f.p95 / 1000 });
		});
	});
}

const freePort = () => new Promise((resolve) => {
	const s = net.createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => resolve(port)); });
});

/* The bare workers behind an nginx with the plant's own configuration. */
async function bareWorld() {
	const port = await freePort();
	const socket = `${setting('db_socket').replace(/db\.sock$/, '')}bare.sock`;
	const conf = readFileSync(`${folder}/conf/nginx.conf`, 'utf8')
		.replace(/listen 127.0.0.1:\d+/, `listen 127.0.0.1:${port}`).replace(/server unix:[^;]*/, `server unix:${socket}`)
		.replace('nginx.pid', 'bare.pid').replace(/nginx\.log/g, 'bare.log').replace('access.log', 'bare.access.log');
	const env = { ...process.env, BARE_SOCKET: setting('db_socket'), BARE_USER: setting('db_owner'), BARE_SCHEMA: 'mw_demo',
		BARE_PASSWORD: readFileSync(setting('db_owner_password_file'), 'utf8').trim() };
	const multiwatch = execFileSync('sh', ['-c', 'command -v multiwatch'], { encoding: 'utf8' }).trim();
	mkdirSync(`${folder}/bare`, { recursive: true });
	writeFileSync(`${folder}/conf/bare.conf`, conf);
	bareOnes.push(start('spawn-fcgi', ['-n', '-M0600', `-s${socket}`, '--', multiwatch, '-f', '2', '--', `${build}/bench/bare`, `${folder}/bare`], { env }).pid);
	bareOnes.push(start('nginx', ['-p./', '-cconf/bare.conf', '-elog/bare.log'], { cwd: folder }).pid);
	await pause(500);
	return port;
}

/* Of each of the plant's workers: "13.0 MB (4.3 its own)"; the rest is pages of libraries that all of them share. */
function resident() {
	return readdirSync('/proc').filter((p) => /^\d+$/.test(p)).map((p) => {
		try {
			const own = readFileSync(`/proc/${p}/environ`, 'latin1').includes(`MILLWRIGHT_CONF=${folder}/`);
			const status = readFileSync(`/proc/${p}/status`, 'utf8');
			const mb = (name) => (Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1024).toFixed(1);
			return own && /^Name:\tmillwright.fcgi/m.test(status)
				&& { mb: Number(mb('VmRSS')), text: `${mb('VmRSS')} MB (${mb('RssAnon')} its own)` };
		} catch {
			return false;
		}
	}).filter((found) => found);
}

/* Milliseconds from the start of a worker to its first answer, over its own socket. */
async function starting() {
	const socket = `${setting('db_socket').replace(/db\.sock$/, '')}start.sock`;
	const pair = (k, v) => Buffer.concat([Buffer.from([k.length, v.length]), Buffer.from(k + v)]);
	const record = (type, body) => Buffer.concat([Buffer.from([1, type, 0, 1, body.length >> 8, body.length & 255, 0, 0]), body]);
	const request = Buffer.concat([record(1, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])),
		record(4, Buffer.concat([pair('REQUEST_METHOD', 'GET'), pair('DOCUMENT_URI', '/health')])), record(4, Buffer.alloc(0)),
		record(5, Buffer.alloc(0))]);
	const took = [];
	for (let i = 0; i < 5; i++) {
		const from = performance.now();
		const worker = spawn('spawn-fcgi', ['-n', `-s${socket}.${i}`, '--', `${build}/millwright.fcgi`], { stdio: 'ignore' });
		await new Promise((resolve) => {
			const attempt = () => {
				const s = net.connect(`${socket}.${i}`, () => s.write(request));
				s.on('error', () => setTimeout(attempt, 1)).once('data', () => { s.destroy(); resolve(); });
			};
			attempt();
		});
		took.push(performance.now() - from);
		const ended = new Promise((resolve) => worker.on('close', resolve));
		worker.kill();
		await ended;
	}
	return median(took);
}

/* What is promised of a list page beside the bare worker, and of the last size beside the first. */
function compare(all) {
	const [few] = Object.keys(all).map(Number).sort((x, y) => x - y);
	for (const { name, form } of pages.filter((p) => all[n][p.name])) {
		const f = all[n][name];
		if (!form)	/* a page, not an act */
			bar(`${name}: queries`, name === 'list' ? 3 : 5, f.queries, '');
		if (name === 'list')
			bar('list: share of a bare worker that runs its query (processor)', 0.7, f.share, '', true);
		if (few === n || !all[few][name])
			continue;
		const longer = all[few][name].rate / f.rate, cpu = f.cpu / all[few][name].cpu;
		console.log(`${name}: ${n} take ${longer.toFixed(2)} times as long as ${few} (processor: ${cpu.toFixed(2)})`);
		bar(`${name}: ${n} beside ${few} (processor)`, 1.2, cpu, '×');
	}
}

async function measure(who, n, port) {
	const pagesFound = {};
	const measured = pages.filter(({ name }) => asked(name));
	if (measured.length > 0)
		console.log('\n    rows page          req/s     p50     p95    cpu     a     b     c b-cpu  queries   KB');
	for (const page of measured) {
		const kept = { page: [], a: [], b: [], c: [] };
		const known = await capture(who, page, n);
		for (let r = 0; r < rounds; r++)
			for (const kind of kinds)
				kept[kind].push(await load(who, page, n, kind, kind === 'page' ? new URL(url).port : port));
		const ratio = (kind) => median(kept.page.map((p, i) => p.rate / kept[kind][i].rate));
		const of = (what) => median(kept.page.map((p) => p[what]));
		const share = median(kept.page.map((p, i) => kept.b[i].cpu / p.cpu));
		pagesFound[page.name] = { rate: of('rate'), p50: of('p50'), p95: of('p95'), cpu: of('cpu'), share, ...known,
			a: ratio('a'), b: ratio('b'), c: ratio('c') };
		const f = pagesFound[page.name];
		console.log([String(n).padStart(8), page.name.padEnd(11), f.rate.toFixed(0).padStart(7), f.p50.toFixed(1).padStart(7),
			f.p95.toFixed(1).padStart(7), f.cpu.toFixed(2).padStart(6), ...['a', 'b', 'c', 'share'].map((k) => f[k].toFixed(2).padStart(5)),
			String(f.queries).padStart(8), (f.bytes / 1024).toFixed(0).padStart(5)].join(' '));
	}
	return pagesFound;
}

const port = await bareWorld();
const n = Number(process.env.BENCH_SIZE);
const last = process.env.BENCH_LAST === '1';
const asked = (part) => !only || only.includes(part);

console.log(`\n${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)}, 2 workers, 4 connections, ${rounds} rounds of ${seconds} s`);
await filled(n, last ? Number(process.env.BENCH_MACHINES || n) : MACHINES);
const who = await person(1);	/* an administrator: may see all and report */
const all = found(n, await measure(who, n, port));
if (last) {
	compare(all);
	console.log(`workers' resident memory: ${resident().map(({ text }) => text).join(', ')}`);
	bar('a worker\'s memory after that', 16, Math.max(...resident().map(({ mb }) => mb)), 'MB');
	const ms = await starting();
	console.log(`a worker starts in ${ms.toFixed(0)} ms`);
	bar('a worker starts', 100, ms);
	if (asked('search'))
		await search(n, worked);
	if (asked('lists'))
		await lists(worked);
	if (process.env.BENCH_PLANS)
		await plans(n);
	tell();
}
keep();
process.exit(0);
