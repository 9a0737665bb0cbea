/*
 * search.test.mjs: what one may see is found by words, their beginnings and parts, codes and with a letter wrong, a
 * second after it was written; what one may not see is neither found nor counted.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { sql, words } from './harness.mjs';
import { idOf, inParallel, machine, mark, one, part, person, report, stage, typed, until } from './stage.mjs';

const s = await stage();
const admin = s.admin ?? await person('ADMIN');
s.requester ??= await person('REQUESTER', [s.department]);

const find = async (who, typed) => {
	const answer = await who.get(`/search.json?q=${encodeURIComponent(typed)}`);
	assert.equal(answer.status, 200, `${typed}: ${words(answer).slice(0, 300)}`);
	assert.match(answer.headers.get('content-type'), /^application\/json/);
	return JSON.parse(answer.text);
};
const paths = (found) => found.groups.flatMap((g) => g.hits.map((h) => h.path));
const plain = (pieces) => pieces.map(([text]) => text).join('');
/* As soon as the words lead there; the product promises two seconds, the machine may be busy. */
const soon = (who, typed, path) => until(async () => paths(await find(who, typed)).includes(path), 10, `${typed} finds ${path}`);

const other = (letter) => (letter === 'q' ? 'w' : 'q');
const wrong = (word) => word.slice(0, 3) + other(word[3]) + word.slice(4);
const less = (word) => word.slice(0, 3) + word.slice(4);
const turned = (word) => word.slice(0, 3) + word[4] + word[3] + word.slice(5);

test('a machine: by number, code, name, serial number, parts of them, and a letter wrong', async () => {
	const m = mark(), serial = `SN-77${Date.now() % 1e6}`;
	const it = await machine(s.department, { name: `Étuve ${m}`, serial_number: serial, manufacturer: 'Förster' });
	const path = `/machines/${it.id}`;
	const from = Date.now();
	await soon(admin, m, path);
	const took = Date.now() - from;
	for (const typed of [it.number, it.code, it.code.replace('-', ''), serial, serial.replace('-', ''), serial.slice(3, 8), m.slice(0, 6), m.slice(2, 8),
		m.toUpperCase(), `etuve ${m}`, `ÉTUVE ${m}`, `forster ${m}`, `${m} étuve`, wrong(m), less(m), turned(m), `${m}s`])
		assert.ok(paths(await find(admin, typed)).includes(path), `${typed} (of ${m} ${serial}) in ${took} ms`);
	for (const typed of [`${m}zz`, `x${m.slice(0, 4)}q`, `${m} zwxvq`])
		assert.ok(!paths(await find(admin, typed)).includes(path), typed);
	const found = await find(admin, wrong(m));
	assert.ok(found.meant.includes(m), 'it says what it looked for instead');
	const hit = (await find(admin, m)).groups[0].hits[0];
	assert.deepEqual(hit.name.filter(([, marked]) => marked), [[m, 1]]);
});

test('the code of a label is found typed in one, also when it has no digit', async () => {
	const code = mark().slice(0, 8).replace(/[^a-z]/g, 'x').replace(/[ilou]/g, 'h').toUpperCase();
	const it = await machine(s.department);
	await sql(`UPDATE machine SET code = '${code.slice(0, 4)}-${code.slice(4)}' WHERE id = ${it.id}`);
	const path = `/machines/${it.id}/edit`;
	await admin.must(path, { ...typed((await admin.get(path)), path), name: `Renamed ${mark()}` });
	await soon(admin, code, `/machines/${it.id}`);
});

test('a code that is typed whole leads straight there', async () => {
	const it = await machine(s.department), p = await part();
	const order = await report(s.supervisor, it.id);
	const number = await one(`SELECT number FROM work_order WHERE id = ${order}`);
	for (const [typed, path] of [[it.number, `/machines/${it.id}`], [it.number.toLowerCase(), `/machines/${it.id}`], [it.code, `/machines/${it.id}`],
		[` ${it.code.replace('-', '')} `, `/machines/${it.id}`], [p.number, `/parts/${p.id}`], [number, `/work-orders/${order}`]]) {
		const answer = await admin.get(`/search?q=${encodeURIComponent(typed)}`);
		assert.equal(answer.status, 303, typed);
		assert.equal(answer.location, path, typed);
	}
	/* Asking for a list of results gets one. */
	assert.equal((await admin.get(`/search?q=${it.number}&kind=ALL`)).status, 200);
	assert.ok(paths(await find(admin, number.slice(0, -1))).length > 0, 'the beginning of a number');
	assert.ok(paths(await find(admin, String(Number(number.split('-')[2])))).includes(`/work-orders/${order}`), 'its digits alone');
});

test('a work order is found by its words, its machine and what was done; changes are followed', async () => {
	const m = mark(), done = mark(), it = await machine(s.department);
	const order = await report(s.supervisor, it.id, { description: `Fuite d’huile côté ${m}` });
	const path = `/work-orders/${order}`;
	await soon(s.supervisor, m, path);
	for (const typed of [`fuite ${m}`, `huile ${m}`, `cote ${m}`, `${it.number} ${m}`, m.slice(1, 7)])
		assert.ok(paths(await find(s.supervisor, typed)).includes(path), typed);
	await s.technician.must(`${path}/accept`);
	await s.technician.must(`${path}/complete`, { cause_code_id: await one("SELECT MIN(id) FROM failure_code WHERE kind = 'CAUSE' AND archived_at IS NULL"),
		remedy_code_id: await one("SELECT MIN(id) FROM failure_code WHERE kind = 'REMEDY' AND archived_at IS NULL"), resolution: `Joint ${done}`, minutes: '' });
	await soon(s.supervisor, done, path);
	/* Another name of its machine. */
	const named = mark(), page = await admin.get(`/machines/${it.id}/edit`);
	const version = /name="version"[^>]*value="(\d+)"/.exec(page.text)?.[1];
	await admin.must(`/machines/${it.id}/edit`, { version, number: it.number, name: `Four ${named}`, department_id: s.department, location: 'Hall 1', criticality: 'HIGH',
		status: 'OPERATIONAL', parent_number: '', manufacturer: '', model: '', serial_number: '', installed_on: '' });
	await soon(s.supervisor, `${named} ${m}`, path);
});

test('only what one may see is found and counted, in every role', async () => {
	const m = mark(), word = mark(), theirs = await stage();
	theirs.requester ??= await person('REQUESTER', [theirs.department]);
	const ours = await machine(s.department, { name: `Ours ${m}` }), foreign = await machine(theirs.department, { name: `Foreign ${m}` });
	const p = await admin.must('/parts/new', { number: `Q-${mark()}`, name: `Part ${m}`, description: '', group_name: '', unit: 'pc', place: '', minimum: '0' });
	const mine = await report(s.supervisor, ours.id, { description: `${word} here` });
	const other_ = await report(theirs.supervisor, foreign.id, { description: `${word} there` });
	const asked = await report(s.requester, ours.id, { description: `${word} asked` });
	for (const id of [mine, other_, asked])
		await soon(s.manager, word, `/work-orders/${id}`);
	await soon(s.manager, m, p);
	const sees = async (who, typed, expected) => {
		const found = await find(who, typed);
		assert.deepEqual(paths(found).sort(), [...expected].sort(), `${who.role} ${typed}`);
		assert.equal(found.count, expected.length, `${who.role} ${typed} counts`);
		for (const g of found.groups)
			assert.equal(g.count, g.hits.length, `${who.role} ${typed} ${g.kind}`);
	};
	const wo = (...ids) => ids.map((id) => `/work-orders/${id}`), both = [`/machines/${ours.id}`, `/machines/${foreign.id}`];
	await sees(s.manager, word, wo(mine, other_, asked));
	await sees(s.supervisor, word, wo(mine, asked));
	await sees(theirs.supervisor, word, wo(other_));
	await sees(s.technician, word, wo(mine, asked));
	await sees(theirs.technician, word, wo(other_));
	await sees(s.requester, word, wo(asked));
	await sees(theirs.requester, word, []);
	/* Taken by one technician, it is no longer the others'. */
	await s.technician.must(`/work-orders/${mine}/accept`);
	await until(async () => (await find(s.technician2, word)).count === 1, 10, 'the other technician no longer counts it');
	await sees(s.technician2, word, wo(asked));
	await sees(s.technician, word, wo(mine, asked));
	/* The page says the same. */
	const page = await theirs.supervisor.get(`/search?q=${word}&kind=WORK_ORDER`);
	assert.ok(page.text.includes(`/work-orders/${other_}"`) && !page.text.includes(`/work-orders/${mine}"`));
	/* Parts are not a requester's, people only an administrator's and a manager's. */
	const found = await find(s.requester, m);
	assert.ok(!paths(found).includes(p));
	assert.ok(paths(found).includes(both[0]) && paths(found).includes(both[1]));
	assert.ok(paths(await find(s.technician, m)).includes(p));
	const someone = await person('TECHNICIAN', [s.department], { name: `Ada ${mark()}` });
	await admin.must(`/users/${someone.id}/edit`, { version: await one(`SELECT version FROM user WHERE id = ${someone.id}`), name: someone.name, email: someone.email,
		role: 'TECHNICIAN', departments: s.department, hourly_rate: '', phone: '', language: 'en' }).catch(() => {});
	await soon(admin, someone.name.split(' ')[1], `/users/${someone.id}`);
	for (const who of [s.supervisor, s.technician, s.requester])
		assert.equal((await find(who, someone.name.split(' ')[1])).count, 0, who.role);
	assert.equal((await (new (await import('./harness.mjs')).Client()).get('/search.json?q=a')).status, 303);
});

test('archived records come last and say so; what is more than a page has a next one', async () => {
	const m = mark(), made = [];
	for (let i = 0; i < 23; i++)
		made.push(await machine(s.department, { name: `Row ${m} ${i}` }));
	await admin.must(`/machines/${made[22].id}/archive`);
	await until(async () => (await find(admin, m)).count === 23, 10, 'all of them');
	await until(async () => !paths(await find(admin, m)).includes(`/machines/${made[22].id}`), 10, 'the archived one behind');
	const seen = [];
	let page = await admin.get(`/search?q=${m}&kind=MACHINE`), pages = 1;
	for (;; pages++) {
		seen.push(...[...page.text.matchAll(/href="\/machines\/(\d+)"/g)].map(([, id]) => Number(id)));
		const next = /href="(\?[^"]*after=\d+[^"]*)"[^>]*rel="next"/.exec(page.text);
		if (!next)
			break;
		page = await admin.get(`/search${next[1].replace(/&amp;/g, '&')}`);
	}
	assert.equal(pages, 2);
	assert.deepEqual([...seen].sort((a, b) => a - b), made.map(({ id }) => id).sort((a, b) => a - b), 'each once');
	assert.equal(seen.at(-1), made[22].id);
	assert.match(words(page), /Archived/);
});

/* One page of text. */
function pdf(text) {
	const stream = `BT /F1 12 Tf 50 700 Td (${text}) Tj ET`;
	const parts = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
		`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'];
	let out = '%PDF-1.4\n';
	const at = parts.map((p, i) => { const from = out.length; out += `${i + 1} 0 obj\n${p}\nendobj\n`; return from; });
	const xref = out.length;
	out += `xref\n0 6\n0000000000 65535 f \n${at.map((n) => `${String(n).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
	return Buffer.from(out, 'latin1');
}

test('documents are found by their names and by what they say, with the words around it', async () => {
	const name = mark(), said = mark(), listed = mark(), it = await machine(s.department);
	const add = async (file) => admin.act('/files/add', { kind: 'machine', record: it.id, title: '' }, { file: [file] });
	for (const answer of [await add({ name: `manual-${name}.pdf`, type: 'application/pdf', bytes: pdf(`Grease the ${said} bearing every month`) }),
		await add({ name: `list-${mark()}.csv`, type: 'text/csv', bytes: Buffer.from(`part;torque\nflange ${listed};80\nbolt ${'x'.repeat(200)};9\n`) })])
		assert.equal(answer.status, 303, words(answer).slice(0, 300));
	const found = async (typed) => until(async () => {
		const group = (await find(admin, typed)).groups.find((g) => g.kind === 'DOCUMENT');
		return group?.hits[0];
	}, 20, typed);
	assert.equal(plain((await found(name)).name), `manual-${name}.pdf`);
	const hit = await found(said);
	assert.ok(plain(hit.text).includes(`Grease the ${said} bearing`), plain(hit.text));
	assert.deepEqual(hit.text.filter(([, marked]) => marked), [[said, 1]]);
	assert.ok(plain(hit.detail).includes(it.number));
	assert.equal((await admin.get(hit.path)).status, 200);
	assert.ok(plain((await found(listed)).text).includes(`flange ${listed}`));
	await found(wrong(said));
	/* A removed one is not found any more. */
	await admin.must(hit.path.replace('/view', '/remove'));
	await until(async () => (await find(admin, said)).count === 0, 10, 'gone');
});

test('whatever is typed is an answer', async () => {
	const long = 'bearing '.repeat(3000);
	for (const typed of ['', ' ', '%', '_', '\\', "'", '"', '*', '+-~<>()@', '-', 'WO-', 'wo-2026-', '0', '00000000000000000000', '9'.repeat(400), 'ß', '軸受', 'ใบสั่งงาน',
		'a'.repeat(5000), long.slice(0, 3000), '\u0301\u0301', 'a b c d e f g h i j k l m n o p', 'the the the', "' OR 1=1 --", ':d3', '\u202e\ufeff', '1'.repeat(10)]) {
		const from = performance.now();
		const found = await find(admin, typed);
		assert.ok(performance.now() - from < 5000, typed.slice(0, 40));
		assert.equal(typeof found.count, 'number');
		assert.ok([200, 303].includes((await admin.get(`/search?q=${encodeURIComponent(typed)}`)).status), typed.slice(0, 40));
	}
	for (const odd of ['kind=NONE', 'kind=PERSON&after=-1', 'kind=MACHINE&after=99999999999999999999', 'kind=WORK_ORDER&after=x', 'after=3'])
		assert.equal((await admin.get(`/search?q=press&${odd}`)).status, 200, odd);
	assert.equal((await admin.get('/search.json?q=%ff')).status, 400);
});

const folder = new URL('../../../shared/data/bad-input-strings', import.meta.url).pathname;
test('strings that broke other programs are an answer, too', { skip: existsSync(folder) ? false : 'no ../shared' }, async () => {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile() && /\.txt$/.test(f.name));
	const lines = files.flatMap((f) => readFileSync(path.join(f.path ?? f.parentPath, f.name), 'utf8').split('\n'))
		.filter((l) => l && !l.startsWith('#') && !l.includes('\0')).filter((l, i) => i % 5 === 0).slice(0, 250);
	assert.ok(lines.length > 20);
	await inParallel(lines, 2, async (line) => {
		const answer = await admin.get(`/search.json?q=${encodeURIComponent(line.slice(0, 1000))}`);
		assert.equal(answer.status, 200, JSON.stringify(line));
		JSON.parse(answer.text);
	});
});
