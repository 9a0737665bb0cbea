/*
 * roundtrip.test.mjs: every register goes out as a file and comes into an empty site as it was: the demo plant's
 * records, and texts that files, spreadsheets and separators stumble over.
 *
 * Two sites of its own: the first is filled as the demo plant is, and gets the hostile ones through the forms; the
 * second gets nothing but the first one's files.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { sheet } from './book.mjs';
import { Client, folder, sql, url, words } from './harness.mjs';
import { inParallel, mark, quote, routes, typed, until } from './stage.mjs';

const program = readlinkSync(`/proc/${readFileSync(`${folder}/lock`, 'utf8').trim()}/exe`);
const m = mark();
const port = new URL(url).port;
const sites = [`rta${m}`, `rtb${m}`];
let from, to;		// the person in each of them
const kindOf = (base) => (base === '/readings' ? 'meter_reading' : kindOfRegister(base));
const kindOfRegister = (base) => base.slice(1).replaceAll('-', '_').replace(/(?<=ss)es$|s$/, '');
const schema = (site) => `mw_${site}`;

/* What there is to go through: the registers that the program has routes for, and the histories, each behind what it names. */
const histories = ['/work-orders', '/movements', '/stops', '/readings'];
const bases = routes.filter((r) => /^\/[^/]+\/export\.csv$/.test(r.pattern)).map((r) => r.pattern.replace('/export.csv', ''))
	.filter((b) => !histories.includes(b));
/* Those that others name come first; the rest as they stand. */
const first = ['/custom-fields', '/tags', '/departments', '/skills', '/vendors', '/locations', '/machine-classes',
	'/shift-calendars', '/machine-models'];
const order = [...first, ...bases.filter((b) => !first.includes(b))];

function millwright(...args) {
	return new Promise((resolve, reject) => {
		execFile(program, ['--config', `${folder}/conf/millwright.conf`, ...args], (error, out, err) =>
			(error ? reject(new Error(err)) : resolve(out)));
	});
}

/* ---- two sites ---- */

async function enter(site, role) {
	const email = `${role.toLowerCase()}-${m}@files.example`;
	const made = await millwright('user', 'create', '--site', site, '--email', email, '--name', `Files ${role} ${m}`, '--role', role);
	const who = new Client();
	who.headers = { host: `${site}.localhost:${port}` };
	who.origin = `http://${site}.localhost:${port}`;
	await who.signIn({ email, password: made.trim().split('\t')[2] });
	who.site = site;
	return who;
}

async function site(name, filled) {
	const [[zone, currency]] = await sql('SELECT zone, currency FROM plant');
	/* Again while another test makes one: only one is made at a time. */
	await until(() => millwright('site', 'create', name, '--host', `${name}.localhost`, '--title', name, '--zone', zone,
		'--currency', currency).then(() => true, (e) => assert.match(e.message, /another migration runs/)), 60);
	if (filled)
		await millwright('demo', '--site', name);
	return enter(name, 'ADMIN');
}

/* ---- files ---- */

/* Rows of cells as they are between quotes. */
function cells(text) {
	const rows = [[]];
	let cell = '';
	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (c === '"') {
			for (i++; text[i] !== '"' || text[i + 1] === '"'; i++) {
				i += text[i] === '"';
				cell += text[i];
			}
		} else if (c === ',') {
			rows.at(-1).push(cell);
			cell = '';
		} else if (c === '\r') {
			i++;
			rows.at(-1).push(cell);
			rows.push([]);
			cell = '';
		} else {
			cell += c;
		}
	}
	assert.deepEqual([rows.pop(), cell], [[], ''], 'the last line ends');
	return rows;
}

async function file(who, base, query = 'plain=1') {
	const answer = await who.get(`${base}/export.csv?${query}`);
	assert.equal(answer.status, 200, `${base}: ${words(answer).slice(0, 300)}`);
	assert.equal(answer.bytes.subarray(0, 3).toString('hex'), 'efbbbf');
	return answer.text.replace(/^\ufeff/, '');
}

const line = (row) => JSON.stringify(row);

/* ---- the wizard ---- */

/* As it proposes: { fields, trial } of a file; the trial's counts. */
async function bring(who, kind, text, more = {}) {
	const page = await who.get('/imports/new');
	const form = typed(page, '/imports/new');
	const sent = await who.postMultipart('/imports/new', { ...form, kind },
		{ file: [{ name: `${kind}.csv`, type: 'text/csv', bytes: Buffer.from(text) }] });
	assert.equal(sent.status, 303, `${kind}: ${words(sent).slice(0, 300)}`);
	const id = /\/imports\/(\d+)\/columns$/.exec(sent.location)[1];
	const columns = await who.get(`/imports/${id}/columns`);
	const fields = typed(columns, `/imports/${id}/columns`);
	const [headers] = cells(text.replace(/^\ufeff/, ''));
	headers.forEach((h, i) => assert.ok(fields[`column_${i}`], `${kind}: the column ${h} is known`));
	const said = await who.post(`/imports/${id}/columns`, { ...fields, make_missing: undefined, ...more, then: 'check' });
	assert.equal(said.status, 303, `${kind}: ${words(said).slice(0, 300)}`);
	return { id, ...await settled(who, id) };
}

async function settled(who, id) {
	const row = await until(async () => {
		const [r] = await sql(`SELECT state, fresh_count, changed_count, same_count, wrong_count, failure, failure_line FROM import
			WHERE id = ${id}`, schema(who.site));
		return /ING$/.test(r[0]) ? null : r;
	}, 60, `import ${id} comes to an end`);
	return { state: row[0], fresh: +row[1], changed: +row[2], same: +row[3], wrong: +row[4], why: row.slice(5).join(' ') };
}

const said = async (who, id, kind) => (await sql(`SELECT line, title, detail FROM import_line WHERE import_id = ${id}
	AND kind = '${kind}' ORDER BY line LIMIT 5`, schema(who.site))).map((r) => r.join(': ')).join('\n');

async function apply(who, id) {
	const page = await who.get(`/imports/${id}`);
	const answer = await who.post(`/imports/${id}/apply`, typed(page, `/imports/${id}/apply`));
	assert.equal(answer.status, 303, words(answer).slice(0, 300));
	return settled(who, id);
}

/* ---- what files stumble over ---- */

const nasty = ['=1+1', '+33 6 12 34', '@x', "'quoted", '"double"', 'a,b;c', 'Éàü œ ñ', 'عربى ١٢', '🏭🔧', "it's", "''two", '-5', '-1-1',
	'1e5', '=HYPERLINK("http://x.example","y")', '007', '1/2', 'TRUE', "'=1", "''=2", "'", "end'", 'NULL', 'a\\b\\"', '%s {Name}',
	'<b>&amp;</b>', '{{x}}', '＝1+1', '3,5', '1.234,5', '2026-11-21', '\u202eabc', 'e\u0301 ≠ é', ';', '#REF!'];
const note = (i) => `${nasty[i % nasty.length]}\nsecond; "third", fourth\n\n=4+4\n${nasty[(i + 3) % nasty.length]}`;

/* By the register's form; answers the new id. */
async function add(base, fields) {
	const page = await from.get(`${base}/new`);
	const form = { ...typed(page, `${base}/new`), ...fields };
	const answer = await from.post(`${base}/new`, form);
	assert.equal(answer.status, 303, `${base}: ${JSON.stringify(fields)}: ${words(answer).slice(0, 500)}`);
	return Number(/\/(\d+)$/.exec(answer.location)?.[1]);
}

async function away(base, id) {
	const answer = await from.submit(`${base}/${id}`, {}, { action: `${base}/${id}/archive` });
	assert.equal(answer.status, 303, `${base}/${id}/archive: ${words(answer).slice(0, 300)}`);
}

/* A field of each type for each of those registers, with the same labels. */
async function fields() {
	const made = {};
	for (const kind of ['vendor', 'department', 'machine']) {
		made[kind] = {};
		for (const [type, label] of [['TEXT', '=Text, "x" é'], ['NUMBER', 'Number; of'], ['DATE', "'Day"], ['CHOICE', '@Choice']])
			made[kind][type] = await add('/custom-fields', { kind, type, label, position: '7',
				choices: type === 'CHOICE' ? '=A\nB, c\n"D"\n-5' : '', name: '' });
	}
	return made;
}

const values = (of, i) => ({
	[`custom_${of.TEXT}`]: nasty[i % nasty.length],
	[`custom_${of.NUMBER}`]: ['-5', '0', '1234.5', '0.0001', ''][i % 5],
	[`custom_${of.DATE}`]: ['2024-02-29', '1999-12-31', ''][i % 3],
	[`custom_${of.CHOICE}`]: ['=A', 'B, c', '"D"', '-5', ''][i % 5],
	tags: ['', '=tag, @b', "'c, é", 'one'][i % 4],
});

async function hostile() {
	const own = await fields();
	const departments = [], skills = [], calendars = [];
	for (const name of ['@lonely', '=tag', '@b', "'c", 'é', 'one'])
		await add('/tags', { name, note: note(3) });
	const vendors = await inParallel(nasty, 4, (name, i) => add('/vendors', { name, customer_number: nasty[(i + 1) % nasty.length],
			contact_name: nasty[(i + 2) % nasty.length], phone: '+33 6 12', note: note(i),
			address: i % 2 ? note(i + 5) : '', website: i % 3 ? '' : nasty[(i + 4) % nasty.length], ...values(own.vendor, i) }));
	for (const [i, name] of ['=Dep', 'Cutting, wet', 'Cutting', '-5', 'قسم', 'Old, gone', "'quoted"].entries())
		departments.push(await add('/departments', { name, note: note(i), ...values(own.department, i) }));
	for (const name of ['@Weld, high', 'Weld', '=Lift', '🏗'])
		skills.push(await add('/skills', { name, note: note(1) }));
	for (const name of ['=Day', '+Night', 'Gone'])
		calendars.push(await add('/shift-calendars', { name, shifts: 'mon-fri 06:00-22:00\nsun-thu 22:00-06:00', note: note(2) }));

	/* A place is called what another one's number is; larger ones behind smaller ones. */
	const hall = await add('/locations', { number: '=Z9', name: '=Z1', kind: 'BUILDING', parent_id: '', note: note(4) });
	await add('/locations', { number: '=Z1', name: 'Bay, "one"', kind: 'CELL', parent_id: hall, note: '' });
	const cell = await add('/locations', { number: '-7', name: "'cell", kind: 'CELL', parent_id: hall, note: note(5) });

	/* One name of two makers, and in two classes; its vendor is gone. */
	const classes = [await add('/machine-classes', { code: '=P', name: '=Pump' }), await add('/machine-classes', { code: '-5', name: 'Press, "x"' })];
	const models = [];
	for (const [i, manufacturer] of ['=Maker', 'Other · maker', '', '@m'].entries())
		models.push(await add('/machine-models', { name: 'X200', manufacturer, machine_class_id: classes[i % 2], vendor_id: vendors[i], note: note(i) }));
	await add('/machine-models', { name: '=1+1', manufacturer: '', machine_class_id: '', vendor_id: vendors[4], note: 'x'.repeat(1000) });
	await away('/vendors', vendors[4]);

	for (const [i, kind] of ['PROBLEM', 'CAUSE', 'REMEDY'].entries())
		await add('/failure-codes', { kind, code: '=X', name: nasty[i], name_fr: nasty[i + 5] });
	await add('/maintenance-types', { name: '=Round', name_fr: '@Tour', kind: 'PREVENTIVE', note: note(6) });
	await add('/holidays', { day: '2027-01-01', name: '=New year', shift_calendar_id: '' });
	await add('/holidays', { day: '2027-01-02', name: "'Second", shift_calendar_id: calendars[0] });
	await add('/holidays', { day: '2027-01-02', name: 'Third', shift_calendar_id: calendars[2] });
	await away('/shift-calendars', calendars[2]);
	await inParallel([...Array(12).keys()], 4, (i) => add('/parts', { number: `${nasty[i]}`.slice(0, 40), name: nasty[(i + 7) % nasty.length], description: i ? note(i) : 'é'.repeat(4000),
			group_name: nasty[(i + 1) % nasty.length], unit: ['pc', '=l', "'", 'm²'][i % 4], place: nasty[(i + 2) % nasty.length],
			minimum: ['0', '12.5', '0.0001', '9999'][i % 4] }));
	const machines = [];
	for (let i = 0; i < 10; i++)
		machines.push(await add('/machines', { number: `${nasty[9 - i]}`.slice(0, 32), name: i % 2 ? 'Twin' : nasty[i], department_id: departments[i % 5],
			location_id: i % 2 ? cell : hall, location: nasty[i + 3], parent_number: i > 4 ? nasty[9 - i + 5].slice(0, 32) : '', machine_model_id: i < 4 ? models[i] : '',
			manufacturer: nasty[i], model: nasty[i + 1], serial_number: ['-5', '=9', '0012', "'1"][i % 4], installed_on: i % 2 ? '2020-02-29' : '',
			warranty_until: i % 3 ? '' : '2031-01-31', vendor_id: i % 2 ? vendors[0] : '', shift_calendar_id: calendars[i % 2],
			replacement_value: ['', '0', '1234567.8901'][i % 3], stop_cost: ['12.5', ''][i % 2], ...values(own.machine, i) }));
	await away('/departments', departments[5]);
	for (const [i, kind] of ['PAPER', 'ZPL'].entries())
		await add('/printers', { name: nasty[i], kind, host: ['', 'zebra.example'][i], note: note(i), offset_x: ['-1.5', ''][i], scale: ['', '99.5'][i] });
	return { departments, skills, machines };
}

/* Two people of one name; departments and skills with commas, one of them archived. */
async function people({ departments, skills }) {
	for (const [i, role] of ['TECHNICIAN', 'SUPERVISOR', 'REQUESTER'].entries()) {
		const email = `p${i}-${m}@files.example`;
		await sql(`INSERT INTO user (email, name, role, phone, hourly_rate, language) VALUES ('${email}',
			${quote(i < 2 ? '=Twin, "x"' : nasty[7])}, '${role}', '+33 6 12', ${['12.5', 'NULL', '0'][i]}, 'en');
			INSERT INTO user_department SELECT u.id, d.id FROM user u, department d WHERE u.email = '${email}'
				AND d.id IN (${[departments[1], departments[0], departments[5]]});
			INSERT INTO user_skill (user_id, skill_id) SELECT u.id, s.id FROM user u, skill s WHERE u.email = '${email}'
				AND s.id IN (${skills.slice(i)})`, schema(from.site));
	}
}

before(async () => {
	from = await site(sites[0], true);
	to = await site(sites[1], false);
	await people(await hostile());
});

after(() => sql(sites.map((s) => `DELETE h FROM site_host h JOIN site s ON s.id = h.site_id WHERE s.name = '${s}';
	DELETE FROM site WHERE name = '${s}'; DROP DATABASE IF EXISTS ${schema(s)}`).join('; '), 'mw_directory'));

/* ---- there and back ---- */

const out = {};

test('Every register can be imported', async () => {
	const page = await from.get('/imports/new');
	for (const base of bases)
		assert.match(page.text, new RegExp(`<option value="${kindOf(base)}"|value="${kindOf(base)}"`), base);
});

test('A machine that is down comes in as nothing else than wrong: reports and their orders decide that', async () => {
	const { id, wrong } = await bring(from, 'machine', `number,name,department_id,status\r\nDown ${m},Down,=Dep,DOWN\r\n`);
	assert.equal(wrong, 1);
	assert.match(await said(from, id, 'WRONG'), /Reports and their work orders decide/);
	await sql("UPDATE machine SET status = 'OPERATIONAL' WHERE status = 'DOWN'", schema(from.site));
});

for (const base of order)
	test(`${base}: the file changes nothing where it comes from`, async (t) => {
		out[base] = await file(from, base);
		const rows = cells(out[base]).length - 1;
		if (rows === 0)
			return t.skip('the demo plant has none');
		const { id, ...trial } = await bring(from, kindOf(base), out[base]);
		assert.deepEqual(trial, { state: 'CHECKED', fresh: 0, changed: 0, same: rows, wrong: 0, why: trial.why },
			`${await said(from, id, 'WRONG')}\n${await said(from, id, 'CHANGED')}\n${await said(from, id, 'NEW')}`);
	});

/* Archived ones, which others may still name, come in as any; archived fields are no columns. */
for (const base of order)
	test(`${base}: into an empty site, and out again the same`, async () => {
		const archived = base === '/custom-fields' ? [] : cells(await file(from, base, 'plain=1&archived=1')).slice(1);
		const known = cells(out[base]);
		for (const text of [archived.length > 0 && await file(from, base, 'plain=1&archived=1'), out[base]].filter(Boolean)) {
			const { id, ...trial } = await bring(to, kindOf(base), text);
			assert.equal(trial.wrong, 0, `${await said(to, id, 'WRONG')} ${trial.why}`);
			if (trial.fresh + trial.changed > 0) {
				const done = await apply(to, id);
				assert.equal(done.state, 'DONE', done.why);
			}
		}
		const [headers, ...again] = cells(await file(to, base));
		assert.deepEqual(headers, known[0]);
		assert.deepEqual(again.map(line).sort(), [...known.slice(1), ...archived].map(line).sort());
		if (archived.length === 0 && !['/users', '/tags'].includes(base))
			assert.equal((await file(to, base)).split('\r\n').sort().join('\n'), out[base].split('\r\n').sort().join('\n'), 'byte by byte');
	});

/* ---- histories ---- */

/* What no file can bring: see import_order.c. */
async function settle() {
	await sql(`SET NAMES utf8mb4; UPDATE work_order SET state = 'IN_PROGRESS' WHERE state = 'WAITING_PARTS';
		UPDATE work_order SET description = CONCAT(ELT(1 + id % 6, '=1+1', '+33', 'a,b;c', 'عربى ١٢', '🏭 "x"', "'-5"), '\n', description),
			resolution = IF(id % 3, resolution, ${quote(note(2))}) WHERE id % 5 = 0;
		UPDATE work_order SET reporter_id = NULL, reporter_said = '=Left, "long" ago', assignee_id = NULL, assignee_said = 'José <x>'
			WHERE state = 'COMPLETED' AND id % 7 = 0;
		UPDATE work_order SET source_key = CONCAT('file:=', id) WHERE id % 4 = 0;
		UPDATE movement SET note = CONCAT(ELT(1 + id % 4, '=1+1', 'a,b;c', '🏭 "x"', "'-5"), note) WHERE id % 3 = 0;
		INSERT INTO stop (machine_id, started_at, ended_at, planned, failure) SELECT id, '2020-01-01 08:00:00.25', '2020-01-01 09:00:00',
			id % 2, NOT id % 2 FROM machine;
		UPDATE stop SET correction = ELT(1 + id % 3, '=1+1', 'a,"b";c', '🏭') WHERE id % 4 = 0;
		UPDATE meter_reading SET note = ELT(1 + id % 3, '=1+1', 'a,"b";c', '🏭') WHERE id % 4 = 0`, schema(from.site));
}

for (const base of histories)
	test(`${base}: into the site that has all registers by now, and out again the same`, async () => {
		if (base === histories[0])
			await settle();
		/* What the store has moved is brought in by the store. */
		const [here, there] = base === '/movements' ? [await enter(from.site, 'INVENTORY'), await enter(to.site, 'INVENTORY')] : [from, to];
		const text = await file(from, base), sent = cells(text);
		assert.ok(sent.length > 10, 'the demo plant has some');
		const same = await bring(here, kindOf(base), text);
		assert.deepEqual([same.same, same.wrong], [sent.length - 1, 0], await said(from, same.id, 'WRONG'));
		const { id, ...trial } = await bring(there, kindOf(base), text, base === '/readings' ? { make_missing: '1' } : {});
		/* Work orders have brought their stops along. */
		assert.deepEqual([trial.fresh + (base === '/stops' ? trial.same : 0), trial.wrong], [sent.length - 1, 0], `${await said(to, id, 'WRONG')} ${trial.why}`);
		const done = await apply(there, id);
		assert.equal(done.state, 'DONE', done.why);
		assert.deepEqual(cells(await file(to, base)).map(line).sort(), sent.map(line).sort());
	});

test('Then stock, costs and machines are as they were', async () => {
	for (const query of ['SELECT number, on_hand FROM part WHERE archived_at IS NULL ORDER BY number',
		'SELECT number, parts_cost, labour_minutes FROM work_order ORDER BY number',
		'SELECT m.number FROM stop s JOIN machine m ON m.id = s.machine_id WHERE s.ended_at IS NULL ORDER BY m.number'])
		assert.deepEqual(await sql(query, schema(to.site)), await sql(query, schema(from.site)));
});

/* ---- the same for Excel ---- */

/* What a spreadsheet would run has an apostrophe in front in CSV, and needs none here. */
const armed = (t) => (/^''*[=+\-@\t\r\n＝＋－＠]/.test(t) && !/^'-\d[\d.,]*$/.test(t) ? t.slice(1) : t);

for (const base of bases)
	test(`${base}: the workbook holds what the CSV file holds`, async () => {
		const [headers, ...rows] = cells(await file(from, base, ''));
		const answer = await from.get(`${base}/export.xlsx`);
		assert.equal(answer.status, 200);
		const [heads, ...book] = sheet(answer.bytes);
		assert.deepEqual(heads, headers);
		assert.equal(book.length, rows.length);
		rows.forEach((row, r) => row.forEach((text, c) => {
			const cell = book[r][c];
			const where = `${base}, row ${r + 2}, ${headers[c]}`;
			if (typeof cell !== 'number')
				assert.equal(cell ?? '', armed(text), where);
			else if (/^\d{4}-\d\d-\d\d/.test(text))
				assert.equal(new Date(Math.round((cell - 25569) * 86400) * 1000).toISOString().slice(0, text.length), text.replace(' ', 'T'), where);
			else
				assert.equal(cell, Number(text), where);
			if (['Name', 'Number', 'Code', 'Note'].includes(headers[c]))
				assert.notEqual(typeof cell, 'number', `${where}: a text is a text`);
			if (['Minimum stock', 'On hand', 'Available'].includes(headers[c]))
				assert.equal(typeof cell, 'number', `${where}: a number is a number`);
		}));
	});
