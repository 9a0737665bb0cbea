/*
 * import_page.test.mjs: files into registers through the pages: every encoding and separator, columns guessed and
 * mapped, the trial, all or nothing, undo, what the sample files hold, and a job that is killed in the middle.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { client, sql, unescape, words } from './harness.mjs';
import { mark, one, person, quote, until } from './stage.mjs';

const shared = new URL('../../../shared/data/', import.meta.url).pathname;
let admin;
before(async () => { admin = await person('ADMIN'); });

/* ---- a person with the wizard ---- */

const field = (name, filename, bytes) => ({ [name]: [{ name: filename, type: 'text/csv', bytes }] });

async function upload(who, kind, data, name = 'file.csv') {
	const answer = await who.postMultipart('/imports/new', { ...who.hidden(), kind },
		field('file', name, Buffer.isBuffer(data) ? data : Buffer.from(data)));
	assert.equal(answer.status, 303, words(answer).slice(0, 400));
	return Number(/\/imports\/(\d+)\/columns$/.exec(answer.location)[1]);
}

/* What the page of the columns proposes: { column_0: 'number', given_…, encoding … }. */
async function proposed(who, id) {
	const page = await who.get(`/imports/${id}/columns`);
	assert.equal(page.status, 200, words(page).slice(0, 400));
	const fields = { version: /name="version" value="(\d+)"/.exec(page.text)[1] };
	for (const [, name, body] of page.text.matchAll(/<select[^>]*name="(\w+)"[^>]*>(.*?)<\/select>/gs))
		fields[name] = /<option value="([^"]*)" selected/.exec(body)?.[1] ?? '';
	for (const [, name, value] of page.text.matchAll(/<input class="input" type="text"[^>]*name="(given_\w+)" value="([^"]*)"/g))
		fields[name] = unescape(value);
	for (const [, name, checked] of page.text.matchAll(/type="checkbox" name="(\w+)" value="1"( checked)?/g))
		if (checked)
			fields[name] = '1';
	return { page, fields };
}

const counts = ['state', 'read_count', 'fresh_count', 'changed_count', 'same_count', 'wrong_count', 'failure', 'failure_line'];

async function settled(id, seconds = 60) {
	const row = await until(async () => {
		const r = (await sql(`SELECT ${counts.join()} FROM import WHERE id = ${id}`))[0];
		return /ING$/.test(r[0]) && r[0] !== 'MAPPING' ? null : r;
	}, seconds, `import ${id} comes to an end`);
	const found = Object.fromEntries(counts.map((c, i) => [c, row[i]]));
	return { state: found.state, read: +found.read_count, fresh: +found.fresh_count, changed: +found.changed_count,
		same: +found.same_count, wrong: +found.wrong_count, failure: found.failure, line: +found.failure_line };
}

/* Maps as proposed, with what is said otherwise, and waits for the trial. */
async function check(who, id, more = {}) {
	const { fields } = await proposed(who, id);
	await who.must(`/imports/${id}/columns`, { ...fields, ...more, then: 'check' });
	return settled(id);
}

async function apply(who, id, fields = {}) {
	await who.must(`/imports/${id}/apply`, fields);
	return settled(id);
}

/* A whole import that must go well; answers its id. */
async function bring(kind, data, more = {}, name = undefined) {
	const id = await upload(admin, kind, data, name);
	const trial = await check(admin, id, more);
	assert.equal(trial.wrong, 0, await wrongs(id));
	const done = trial.fresh + trial.changed > 0 ? await apply(admin, id) : trial;
	return { id, trial, done };
}

const wrongs = async (id) => (await sql(`SELECT line, detail FROM import_line WHERE import_id = ${id} AND kind = 'WRONG'
	ORDER BY line LIMIT 8`)).map((r) => r.join(': ')).join('\n');
const csv = (rows, s = ',', br = '\r\n') => rows.map((r) => r.map((c) => (/["\r\n,;\t]/.test(c)
	? `"${c.replaceAll('"', '""')}"` : c)).join(s)).join(br) + br;
const utf16 = (text, big) => {
	const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
	return big ? bytes.swap16() : bytes;
};

/* ---- files of every kind ---- */

const encodings = {
	'UTF-8': (t) => Buffer.from(t),
	'UTF-8 with a mark': (t) => Buffer.from(`\ufeff${t}`),
	'Latin-1': (t) => Buffer.from(t, 'latin1'),
	'UTF-16, little end first': (t) => utf16(t),
	'UTF-16, big end first': (t) => utf16(t, true),
	'UTF-16 without a mark': (t) => utf16(t).subarray(2),
};

for (const [encoding, encode] of Object.entries(encodings))
	for (const [separator, br] of [[',', '\r\n'], [';', '\n'], ['\t', '\r']])
		test(`${encoding}, ${JSON.stringify(separator)}, lines ending in ${JSON.stringify(br)}`, async () => {
			const m = mark();
			const text = csv([['Numéro', 'Désignation', 'Description', 'Unité', 'Stock minimum'],
				[`É-${m}`, 'Câble "épais"', `première ligne${br}deuxième; ligne, fin`, 'm', separator === ';' ? '1.234,5' : '1,234.5'],
				[`F-${m}`, 'Joint', '', 'pc', '2']], separator, br);
			const { trial, done } = await bring('part', encode(text));
			assert.deepEqual([trial.fresh, done.state], [2, 'DONE']);
			const rows = await sql(`SELECT number, name, description, unit, minimum FROM part WHERE number IN ('É-${m}', 'F-${m}')
				ORDER BY minimum DESC`);
			assert.equal(rows[0][0], `É-${m}`);
			assert.equal(rows[0][1], 'Câble "épais"');
			assert.equal(Number(rows[0][4]), 1234.5);
			assert.match(rows[0][2], /^première ligne.*deuxième; ligne, fin$/s);
		});

test('The same file again changes nothing; a change is told from to, written and undone', async () => {
	const m = mark();
	const rows = [['Part Number', 'Name', 'Group', 'Min Qty'], [`A-${m}`, 'Bearing', 'Bearings', '4'], [`B-${m}`, 'Belt', '', '']];
	await bring('part', csv(rows));
	const again = await bring('part', csv(rows));
	assert.deepEqual([again.trial.fresh, again.trial.changed, again.trial.same], [0, 0, 2]);

	rows[1][1] = 'Bearing 6204';
	const { id, done } = await bring('part', csv([...rows, [`C-${m}`, 'Chain', '', '']]));
	assert.deepEqual([done.state, done.fresh, done.changed, done.same], ['DONE', 1, 1, 1]);
	const page = await admin.get(`/imports/${id}?show=CHANGED`);
	assert.match(words(page), /Bearing → Bearing 6204|Name: Bearing.*Bearing 6204/);
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE kind = 'part' AND title IN ('A-${m}', 'C-${m}')`), '3',
		'one event a record and act');
	assert.equal(await one(`SELECT user_id FROM event WHERE kind = 'part' AND title = 'C-${m}'`), String(admin.id));

	await admin.must(`/imports/${id}/undo`);
	assert.equal((await settled(id)).state, 'UNDONE');
	assert.equal(await one(`SELECT name FROM part WHERE number = 'A-${m}'`), 'Bearing');
	assert.equal(await one(`SELECT archived_at IS NOT NULL FROM part WHERE number = 'C-${m}'`), '1');
	assert.equal(await one(`SELECT archived_at IS NULL FROM part WHERE number = 'B-${m}'`), '1');

	/* Again: what was archived comes back. */
	const back = await bring('part', csv([...rows, [`C-${m}`, 'Chain', '', '']]));
	assert.equal(back.done.state, 'DONE');
	assert.equal(await one(`SELECT archived_at IS NULL FROM part WHERE number = 'C-${m}'`), '1');
});

test('What was changed or used since is not undone, and it says why', async () => {
	const m = mark();
	const { id } = await bring('department', csv([['Department'], [`Dep ${m}`], [`Other ${m}`]]));
	const department = await one(`SELECT id FROM department WHERE name = 'Dep ${m}'`);
	await sql(`INSERT INTO machine (code, number, name, department_id) VALUES ('${m.slice(0, 9)}', 'U-${m}', 'x', ${department})`);
	await admin.must(`/imports/${id}/undo`);
	const found = await settled(id);
	assert.equal(found.state, 'DONE');
	assert.match(words(await admin.get(`/imports/${id}`)), new RegExp(`Dep ${m} ?: Something refers to it by now`));
	assert.equal(await one(`SELECT archived_at IS NULL FROM department WHERE name = 'Other ${m}'`), '1', 'all or nothing');

	await sql(`DELETE FROM machine WHERE number = 'U-${m}'`);
	await sql(`UPDATE department SET note = 'mine', version = version + 1 WHERE name = 'Other ${m}'`);
	await admin.must(`/imports/${id}/undo`);
	assert.equal((await settled(id)).state, 'DONE');
	assert.match(words(await admin.get(`/imports/${id}`)), new RegExp(`Other ${m} ?: It was changed by now`));
});

test('Line by line and column by column what is wrong; nothing is written until the wrong ones are left out', async () => {
	const m = mark();
	const text = csv([['Number', 'Name', 'Department', 'Criticality', 'In service since', 'Assembly of'],
		[`M1-${m}`, 'Press', `New ${m}`, 'haute', '21/11/2026', ''],
		[`M2-${m}`, '', `New ${m}`, 'very', '31/02/2026', ''],
		['6.37702E+15', 'Pump', `New ${m}`, 'LOW', '', ''],
		[`m1-${m}`, 'Press again', `New ${m}`, 'Low', '', ''],
		[`M3-${m}`, 'Motor', `New ${m}`, 'Low', '', 'nobody'],
		[`M4-${m}`, 'Roller', `New ${m}`, 'Low', '2020-05-06', `M9-${m}`],
		[`M9-${m}`, 'Conveyor', `New ${m}`, 'Low', '', ''],
		[`M5-${m}`, 'Too \ufffd bad', `New ${m}`, 'Low', '', '']]);
	const id = await upload(admin, 'machine', text);
	const first = await check(admin, id, { make_missing: '' });
	assert.equal(first.wrong, 8, 'a department that is not there is wrong');
	const trial = await check(admin, id, { make_missing: '1' });
	assert.deepEqual([trial.fresh, trial.wrong, trial.state], [3, 5, 'CHECKED'], await wrongs(id));
	const found = Object.fromEntries((await sql(`SELECT line, detail FROM import_line WHERE import_id = ${id} AND kind = 'WRONG'`))
		.map(([line, detail]) => [line, detail.replaceAll('\\t', '\t').replaceAll('\\n', '\n')]));
	assert.match(found[3], /^name\t/m);
	assert.match(found[3], /^criticality\tvery\t/m);
	assert.match(found[3], /^installed_on\t31\/02\/2026\t/m);
	assert.match(found[4], /shortened/);
	assert.match(found[5], /Line %1 has it already\.\t2/);
	assert.match(found[6], /^parent_number\tnobody/m);
	assert.match(found[9], /cannot be read/);
	const wrong = await admin.get(`/imports/${id}/wrong.csv`);
	assert.match(wrong.text, /^3,Criticality,very,/m);
	assert.equal((await admin.act(`/imports/${id}/apply`)).status, 409, 'not while something is wrong');
	assert.equal(await one(`SELECT COUNT(*) FROM machine WHERE number LIKE '%-${m}'`), '0');

	const done = await apply(admin, id, { leave: '1' });
	assert.deepEqual([done.state, done.fresh], ['DONE', 3]);
	const rows = await sql(`SELECT m.number, m.criticality, m.installed_on, p.number, d.name FROM machine m
		JOIN department d ON d.id = m.department_id LEFT JOIN machine p ON p.id = m.parent_id WHERE m.number LIKE '%-${m}' ORDER BY m.number`);
	assert.deepEqual(rows.map((r) => [r[0], r[1], r[4]]), [[`M1-${m}`, 'HIGH', `New ${m}`], [`M4-${m}`, 'LOW', `New ${m}`], [`M9-${m}`, 'LOW', `New ${m}`]]);
	assert.equal(rows[0][2], '2026-11-21');
	assert.equal(rows[1][3], `M9-${m}`, 'a row may name one that comes behind it');
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'department.created' AND title = 'New ${m}'`), '1');

	await admin.must(`/imports/${id}/undo`);
	assert.equal((await settled(id)).state, 'UNDONE');
	assert.equal(await one(`SELECT COUNT(*) FROM machine WHERE number LIKE '%-${m}' AND archived_at IS NULL`), '0');
	assert.equal(await one(`SELECT archived_at IS NOT NULL FROM department WHERE name = 'New ${m}'`), '1', 'what it made for its rows, too');
});

test('Cells that a spreadsheet would run come back as they were', async () => {
	const m = mark();
	await bring('part', csv([['Number', 'Name'], [`X-${m}`, "'=1+1"], [`Y-${m}`, "''=2"], [`Z-${m}`, '-5']]));
	assert.deepEqual((await sql(`SELECT name FROM part WHERE number LIKE '_-${m}' ORDER BY number`)).map((r) => r[0]), ['=1+1', "'=2", '-5']);
});

test('The mapping is kept for the next file with the same columns; a mapping by hand wins', async () => {
	const m = mark();
	const id = await upload(admin, 'part', csv([[`code ${m}`, `what ${m}`], [`K-${m}`, 'Nut']]));
	assert.deepEqual([(await proposed(admin, id)).fields.column_0, (await proposed(admin, id)).fields.column_1], ['', '']);
	await check(admin, id, { column_0: 'number', column_1: 'name' });
	const next = await upload(admin, 'part', csv([[`code ${m}`, `what ${m}`], [`L-${m}`, 'Bolt']]));
	const { fields } = await proposed(admin, next);
	assert.deepEqual([fields.column_0, fields.column_1], ['number', 'name']);
	const twice = await admin.act(`/imports/${next}/columns`, { ...fields, column_1: 'number', then: 'check' });
	assert.equal(twice.status, 422);
	assert.match(words(twice), /Two columns cannot both be: Number/);
});

test('Existing records can be left as they are; empty cells are filled as said', async () => {
	const m = mark();
	await bring('part', csv([['Number', 'Name'], [`E-${m}`, 'Old']]));
	const { done } = await bring('part', csv([['Number', 'Name', 'Unit'], [`E-${m}`, 'New', ''], [`G-${m}`, 'Oil', '']]),
		{ keep_existing: '1', given_unit: 'l', given_group_name: 'Group of {Name}' });
	assert.equal(done.same, 1);
	assert.equal(await one(`SELECT name FROM part WHERE number = 'E-${m}'`), 'Old');
	assert.deepEqual((await sql(`SELECT unit, group_name FROM part WHERE number = 'G-${m}'`))[0], ['l', 'Group of Oil']);
});

test('Who may not change a register may not import it', async () => {
	const store = await person('INVENTORY');
	const id = await upload(admin, 'machine', csv([['Number'], ['1']]));
	assert.equal((await store.get(`/imports/${id}`)).status, 404);
	assert.equal((await store.act(`/imports/${id}/apply`)).status, 404);
	const page = await store.get('/imports/new');
	assert.match(page.text, /value="part"/);
	assert.doesNotMatch(page.text, /value="machine"/);
	for (const role of ['SUPERVISOR', 'TECHNICIAN', 'MANAGER', 'REQUESTER'])
		assert.equal((await (await person(role)).get('/imports')).status, 403, role);
	assert.equal((await store.postMultipart('/imports/new', { ...store.hidden(), kind: 'machine' },
		field('file', 'a.csv', Buffer.from('Number\n1\n')))).status, 422);
});

test('What is no CSV file is refused with what to do', async () => {
	for (const data of [Buffer.from('PK\u0003\u0004rest'), Buffer.from('%PDF-1.7'), Buffer.alloc(0)]) {
		const answer = await admin.postMultipart('/imports/new', { ...admin.hidden(), kind: 'part' },
			data.length > 0 ? field('file', 'book.xlsx', data) : {});
		assert.equal(answer.status, 422);
		assert.match(words(answer), data.length > 0 ? /save it as CSV/ : /Choose a file/);
	}
});

/* ---- histories ---- */

test('Past work orders: closed, with their stop; the same file again adds none', async () => {
	const m = mark();
	await bring('machine', csv([['Number', 'Name', 'Department'], [`H-${m}`, `Mill ${m}`, `Dep ${m}`]]), { make_missing: '1' });
	const file = csv([['ID', 'Asset Name', 'Title', 'Priority', 'Date created', 'Completed On', 'Total cost', 'Downtime'],
		[`7${m}`, `Mill ${m}`, 'Belt torn', 'Haute', '01/08/2025 05:00', '01/08/2025 09:30', '120,50', '2.5'],
		[`8${m}`, `H-${m}`, 'Oil changed', 'none', '2025-09-02', '2025-09-03', '', '']]);
	const { done } = await bring('work_order', file);
	assert.deepEqual([done.state, done.fresh], ['DONE', 2]);
	const rows = await sql(`SELECT w.state, w.priority, w.other_cost, TIMESTAMPDIFF(MINUTE, s.started_at, s.ended_at) FROM work_order w
		LEFT JOIN stop s ON s.work_order_id = w.id WHERE w.source_key LIKE '%${m}' ORDER BY w.source_key`);
	assert.deepEqual(rows.map((r) => [r[0], r[1], Number(r[2]), r[3]]), [['COMPLETED', 'HIGH', 120.5, '150'], ['COMPLETED', 'LOW', 0, null]]);
	const again = await bring('work_order', file);
	assert.deepEqual([again.trial.fresh, again.trial.same], [0, 2]);
});

test('Stock on hand: a receipt of each part that never moved', async () => {
	const m = mark();
	await bring('part', csv([['Number', 'Name'], [`S-${m}`, 'Seal'], [`T-${m}`, 'Tube']]));
	const store = await person('INVENTORY');
	const file = csv([['Part Number', 'Quantity', 'Cost'], [`S-${m}`, '12.5', '$3.20'], [`T-${m}`, '4', '']]);
	const id = await upload(store, 'stock', file);
	assert.equal((await check(store, id)).wrong, 0, await wrongs(id));
	assert.equal((await apply(store, id)).state, 'DONE');
	assert.deepEqual((await sql(`SELECT on_hand, average_cost FROM part WHERE number = 'S-${m}'`))[0].map(Number), [12.5, 3.2]);
	const next = await upload(store, 'stock', file);
	assert.equal((await check(store, next)).same, 2);
	await store.must(`/imports/${id}/undo`);
	assert.equal((await settled(id)).state, 'UNDONE');
	assert.deepEqual((await sql(`SELECT on_hand, average_cost FROM part WHERE number = 'S-${m}'`))[0].map(Number), [0, 0]);
});

test('A job that is killed in the middle leaves nothing, and the next one begins again', async () => {
	const m = mark(), n = 20000;
	const file = csv([['Number', 'Name'], ...Array.from({ length: n }, (_, i) => [`${i}-${m}`, `Part ${i}`])]);
	const id = await upload(admin, 'part', file);
	assert.equal((await check(admin, id)).fresh, n);
	await admin.must(`/imports/${id}/apply`);
	const owner = await until(async () => (await sql(`SELECT i.owner FROM import i JOIN import_turn t ON t.import_id = i.id
		WHERE i.id = ${id} AND i.owner <> '' AND t.progress > 50`))[0]?.[0], 30);
	process.kill(Number(owner.split(':')[0]), 'SIGKILL');
	assert.equal(await one(`SELECT COUNT(*) FROM part WHERE number LIKE '%-${m}'`), '0', 'half an import is never seen');
	const done = await settled(id, 120);
	assert.deepEqual([done.state, done.fresh, done.failure], ['DONE', n, '']);
	assert.notEqual(await one(`SELECT owner FROM import WHERE id = ${id}`), owner);
	assert.equal(await one(`SELECT COUNT(*) FROM part WHERE number LIKE '%-${m}'`), String(n));
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'part.created' AND title LIKE '%-${m}'`), String(n));
});

/* ---- the sample files of the issue ---- */

const sample = (path) => (existsSync(shared + path) ? readFileSync(shared + path) : null);

for (const name of ['assets-sample-BAD.csv', 'assets-sample-BLANKS.csv', 'assets-sample.csv'])
	test(`snipeit-samples/${name}`, async (t) => {
		const data = sample(`snipeit-samples/${name}`);
		if (!data)
			return t.skip('the shared data are not here');
		const id = await upload(admin, 'machine', data, name);
		const { fields } = await proposed(admin, id);
		const columns = Object.entries(fields).filter(([k, v]) => k.startsWith('column_') && v).map(([, v]) => v);
		for (const member of ['number', 'name', 'manufacturer'])
			assert.ok(columns.includes(member), `${member} of ${columns}`);
		const trial = await check(admin, id, { make_missing: '1', given_department_id: `Snipe ${mark()}` });
		assert.equal(trial.state, 'CHECKED');
		assert.equal(trial.read, name === 'assets-sample.csv' ? 22 : 200);
		assert.equal(trial.fresh + trial.changed + trial.same + trial.wrong, trial.read);
		assert.ok(trial.wrong < trial.read / 2, `${trial.wrong} wrong: ${await wrongs(id)}`);
	});

test('cmms-demo-telecom/Locations.csv: a field more in each row than in the first; parents by name', async (t) => {
	const data = sample('cmms-demo-telecom/Locations.csv');
	if (!data)
		return t.skip('the shared data are not here');
	const id = await upload(admin, 'location', data);
	const trial = await check(admin, id);
	/* Two lie in a place, SOC, that the file does not have. */
	assert.deepEqual([trial.read, trial.wrong], [12, 2], await wrongs(id));
	assert.equal((await apply(admin, id, { leave: '1' })).state, 'DONE');
	assert.equal(await one("SELECT p.name FROM location l JOIN location p ON p.id = l.parent_id"
		+ " WHERE l.name = 'Network Operations Center (NOC)'"), 'Data Center 1');
});

test('inventree-demo: its companies are vendors, its parts are parts, and their stock lies on hand', async (t) => {
	const data = sample('inventree-demo/inventree_parts_stock.json');
	if (!data)
		return t.skip('the shared data are not here');
	const records = JSON.parse(data), m = mark();
	const of = (model) => records.filter((r) => r.model === model);
	const groups = new Map(of('part.partcategory').map((c) => [c.pk, c.fields.name]));
	const companies = of('company.company'), parts = of('part.part');
	const made = await bring('vendor', csv([['Name', 'Website', 'Phone', 'Note'], ...companies.map(({ fields: f }) =>
		[`${f.name} ${m}`, f.website ?? '', f.phone ?? '', f.description ?? ''])]));
	assert.deepEqual([made.trial.fresh, made.done.state], [companies.length, 'DONE']);
	const name = (text) => Array.from(text).slice(0, 120).join('');
	const brought = await bring('part', csv([['Number', 'Name', 'Description', 'Group', 'Unit', 'Minimum stock'],
		...parts.map(({ pk, fields: f }) => [`${m}-${pk}`, name(f.name), f.description ?? '', groups.get(f.category) ?? '',
			(f.units || 'pc').slice(0, 12), f.minimum_stock])]));
	assert.deepEqual([brought.trial.read, brought.trial.fresh, brought.done.state], [parts.length, parts.length, 'DONE']);
	assert.equal(await one(`SELECT COUNT(*) FROM part WHERE number LIKE '${m}-%'`), String(parts.length));
	assert.equal(await one(`SELECT name FROM part WHERE number = '${m}-1'`), parts.find((p) => p.pk === 1).fields.name);
	const stock = new Map();
	for (const { fields: f } of of('stock.stockitem'))
		stock.set(f.part, (stock.get(f.part) ?? 0) + Number(f.quantity));
	const held = [...stock].filter(([part, quantity]) => quantity > 0 && parts.some((p) => p.pk === part));
	const store = await person('INVENTORY');
	const file = await upload(store, 'stock', csv([['Part Number', 'Quantity', 'Cost'], ...held.map(([part, quantity]) =>
		[`${m}-${part}`, quantity.toFixed(4), '1'])]));
	const trial = await check(store, file);
	assert.equal(trial.wrong, 0, await wrongs(file));
	assert.equal((await apply(store, file)).state, 'DONE');
	assert.equal(await one(`SELECT COUNT(*) FROM part WHERE number LIKE '${m}-%' AND on_hand > 0`), String(held.length));
	assert.equal(await one(`SELECT COUNT(*) FROM part p WHERE p.number LIKE '${m}-%' AND p.on_hand <>
		COALESCE((SELECT SUM(v.quantity) FROM movement v WHERE v.part_id = p.id), 0)`), '0');
});
