/* register_list.test.mjs: what a register's list promises: filters, columns, views, acts on many, downloads. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { client, forms, sql, unescape, words } from './harness.mjs';
import { department, mark, one, person, quote } from './stage.mjs';

const ids = (page, base = '/machines') =>
	[...page.text.matchAll(new RegExp(`<th scope="row"><a href="${base}/(\\d+)"`, 'g'))].map((x) => Number(x[1]));
const headers = (page) => [...page.text.matchAll(/<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]*)/g)].map((x) => unescape(x[1]));
const query = (fields) => new URLSearchParams(fields).toString();

/* Machines of one department, straight into the database: [{ id, number }]. */
async function machines(n, more = {}) {
	const dep = more.department ?? await department();
	const m = mark();
	const rows = Array.from({ length: n }, (_, i) => `('${m.slice(-5)}${i.toString(36).padStart(4, '0')}', 'L${m}${String(i).padStart(4, '0')}',
		${quote(more.name ? more.name(i) : `Lister ${m} ${i}`)}, ${dep}, '${more.status ? more.status(i) : 'OPERATIONAL'}',
		${quote(more.location ? more.location(i) : '')})`);
	for (let i = 0; i < rows.length; i += 500)
		await sql(`INSERT INTO machine (code, number, name, department_id, status, location) VALUES ${rows.slice(i, i + 500)}`);
	const made = await sql(`SELECT id, number FROM machine WHERE department_id = ${dep} ORDER BY id`);
	return { department: dep, mark: m, made: made.map(([id, number]) => ({ id: Number(id), number })) };
}

/* RFC 4180, strictly: quotes only where a field begins with one. */
function csv(text, separator = ',') {
	assert.ok(text.startsWith('\ufeff'), 'a mark in front');
	assert.ok(text.endsWith('\r\n'), 'the last line has an end');
	const rows = [[]];
	for (let i = 1; i < text.length;) {
		let field = '';
		if (text[i] === '"') {
			for (i++; text[i] !== '"' || text[i + 1] === '"'; i++) {
				assert.ok(i < text.length, 'a quote is closed');
				field += text[i];
				i += text[i] === '"';
			}
			i++;
		} else
			while (text[i] !== separator && text[i] !== '\r') {
				assert.ok(text[i] !== '"' && text[i] !== '\n');
				field += text[i++];
			}
		rows.at(-1).push(field);
		if (text[i] === separator)
			i++;
		else {
			assert.equal(text.slice(i, i + 2), '\r\n');
			i += 2;
			if (i < text.length)
				rows.push([]);
		}
	}
	return rows;
}

test('several values of a filter, each a chip; a value taken away is gone', async () => {
	const who = await client('admin');
	const m = await machines(6, { status: (i) => ['OPERATIONAL', 'MAINTENANCE', 'DECOMMISSIONED'][i % 3] });
	const base = `/machines?department=${m.department}`;
	assert.equal(ids(await who.get(base)).length, 6);
	assert.equal(ids(await who.get(`${base}&status=MAINTENANCE`)).length, 2);
	const both = await who.get(`${base}&status=MAINTENANCE&status=DECOMMISSIONED`);
	assert.equal(ids(both).length, 4);
	const chips = [...both.text.matchAll(/class="chip chip-on" href="([^"]*)"/g)].map((x) => unescape(x[1]));
	assert.equal(chips.length, 3);
	const without = chips.find((c) => !c.includes('MAINTENANCE'));
	assert.equal(ids(await who.get(without)).length, 2);
	assert.equal(ids(await who.get(`${base}&status=NONSENSE`)).length, 6, 'what is no value filters nothing');
	const name = await one(`SELECT name FROM department WHERE id = ${m.department}`);
	assert.equal(ids(await who.get(`/machines?${query({ department: name })}`)).length, 6, 'a name finds its choice');
	assert.equal(ids(await who.get('/machines?department=Nothing+is+called+that')).length, 0);
});

/* The records of all pages from that address on. */
async function walk(who, next) {
	const seen = [];
	while (next) {
		const page = await who.get(`/machines${next}`);
		seen.push(...ids(page));
		next = unescape(/href="(\?[^"]*after=[^"]*)"[^>]*rel="next"/.exec(page.text)?.[1] ?? '');
	}
	return seen;
}

test('pages by key: every record once, in order, whatever is searched and filtered', async () => {
	const who = await client('admin');
	const m = await machines(130, { name: (i) => (i % 3 ? `Zz ${i % 7} turner` : `Turner ${i}`), location: (i) => `Bay ${i % 5}`,
		status: (i) => (i % 2 ? 'OPERATIONAL' : 'MAINTENANCE') });
	for (const q of ['', '&search=turner', '&search=turner&sort=-name', `&search=L${m.mark}`, '&search=tu', '&search=turner&sort=number',
		'&search=bay&status=OPERATIONAL', '&status=OPERATIONAL&status=MAINTENANCE&sort=-number', '&search=turner+bay']) {
		const seen = await walk(who, `?department=${m.department}${q}`);
		const expected = q.includes('search=tu&') || q.endsWith('=tu') ? m.made.filter((_, i) => i % 3 === 0).length
			: q.includes('bay&') ? 65 : 130;
		assert.equal(new Set(seen).size, seen.length, `${q}: none twice`);
		assert.equal(seen.length, expected, q);
	}
	const first = ids(await who.get(`/machines?department=${m.department}&search=turner`));
	const begins = await sql(`SELECT id FROM machine WHERE department_id = ${m.department} AND name LIKE 'turner%' ORDER BY name, id`);
	assert.deepEqual(first.slice(0, begins.length), begins.map((x) => Number(x[0])), 'what begins with it comes first');
});

/* Without a filter that leaves few, records are looked through in lots, then the index of words is asked. */
test('words: every record once, in the order asked for, without a filter', async () => {
	const who = await client('admin');
	const word = `q${[...mark()].map((c) => String.fromCharCode(97 + (c.charCodeAt(0) % 26))).join('')}`;
	const often = await machines(1300, { name: (i) => (i % 10 ? `Common ${word}x` : `${i % 20 ? 'Common' : word} ${word}y`),
		status: (i) => (i % 2 ? 'OPERATIONAL' : 'MAINTENANCE') });
	const all = often.made.map(({ id }) => id), tenth = all.filter((_, i) => i % 10 === 0);
	for (const [q, expected, order] of [[`search=${word}y`, tenth], [`search=${word}y&sort=number`, tenth, 1],
		[`search=${word}y&sort=-number`, tenth, -1], [`search=common+${word}y&sort=-number`, tenth.filter((_, i) => i % 2), -1],
		[`search=${word}y+bay7&sort=-number`, [], -1], [`search=${word}x&sort=-number`, all.filter((_, i) => i % 10), -1],
		[`search=${word}y&status=MAINTENANCE&status=OPERATIONAL&sort=number`, tenth, 1],
		[`search=${word}y&warranty=-&sort=number`, tenth, 1], [`search=common+${word}y`, tenth.filter((_, i) => i % 2)]]) {
		const seen = await walk(who, `?${q}`);
		assert.equal(new Set(seen).size, seen.length, `${q}: none twice`);
		assert.deepEqual(order ? seen : [...seen].sort((x, y) => x - y), order === -1 ? [...expected].reverse() : expected, q);
	}
});

test('a search means the words of a record, not letters within them', async () => {
	const who = await client('admin');
	const dep = await department();
	const m = mark();
	await machines(1, { department: dep, name: () => `Express ${m}`, location: () => "Müller's hall-7" });
	await machines(1, { department: dep, name: () => `Hydraulic press ${m}`, location: () => 'Store' });
	const found = async (q) => ids(await who.get(`/machines?department=${dep}&search=${encodeURIComponent(q)}`)).length;
	assert.equal(await found(`press ${m}`), 1);
	assert.equal(await found(`pres`), 1);
	assert.equal(await found(m), 2);
	assert.equal(await found('muller'), 1, 'an accent is no other letter');
	assert.equal(await found('hall 7'), 1);
	assert.equal(await found('xpress'), 0);
	assert.equal(await found('%'), 0);
});

test('columns: chosen in the address, by the panel, kept for the person, taken back', async () => {
	const who = await person('ADMIN');
	const usual = headers(await who.get('/machines'));
	assert.ok(usual.length > 3);
	assert.deepEqual(headers(await who.get('/machines?columns=serial_number,number,nonsense,name')), ['Serial number', 'Number', 'Name']);
	assert.deepEqual(headers(await who.get('/machines?columns=name')), ['Number', 'Name'], 'what names the record is always there');
	let to = await who.must('/machines/columns', { query: 'status=DOWN&sort=-name', column: ['number', 'name', 'location'], place_number: 3,
		place_name: 1, place_location: 2, density: 'compact', act: 'show' });
	assert.equal(to, '/machines?status=DOWN&sort=-name&columns=name%2Clocation%2Cnumber&density=compact');
	assert.match((await who.get(to.replace('status=DOWN&', ''))).text, /table-box[^"]* table-low/);
	to = await who.must('/machines/columns', { query: '', column: ['number', 'location'], density: 'compact', act: 'keep' });
	assert.deepEqual(headers(await who.get('/machines')), ['Number', 'Where exactly']);
	assert.match((await who.get('/machines')).text, /table-low/);
	assert.notDeepEqual(headers(await (await client('admin')).get('/machines')), ['Number', 'Where exactly'], 'of this person only');
	await who.must('/machines/columns', { query: '', act: 'reset' });
	assert.deepEqual(headers(await who.get('/machines')), usual);
	assert.equal((await who.act('/machines/columns', { query: '%zz', act: 'keep' })).status, 400);
});

test('views: private, shared, renamed, opened with, removed; only shared ones are told', async () => {
	const [who, other, plain] = [await person('ADMIN'), await person('TECHNICIAN'), await person('TECHNICIAN')];
	const name = `Down ${mark()}`;
	const to = await plain.must('/machines/views', { query: 'status=DOWN&sort=-name', name, shared: 1 });
	assert.match(to, /^\/machines\?status=DOWN&sort=-name&view=\d+$/);
	const id = Number(/view=(\d+)/.exec(to)[1]);
	assert.equal(await one(`SELECT shared FROM list_view WHERE id = ${id}`), '0', 'who may not edit cannot share');
	assert.match((await plain.get(to)).text, new RegExp(`aria-current="page"><bdi>${name}`));
	assert.ok(!(await other.get('/machines')).text.includes(name));
	assert.equal((await other.act(`/machines/views/${id}`, { query: '', name: 'Mine', act: 'change' })).status, 404);
	await plain.must(`/machines/views/${id}`, { query: 'status=DOWN', act: 'usual' });
	assert.match((await plain.get('/machines')).location, new RegExp(`^/machines\\?status=DOWN&sort=-name&view=${id}$`));
	assert.equal((await plain.get('/machines?view=0')).status, 200);
	await plain.must(`/machines/views/${id}`, { query: '', act: 'unusual' });
	assert.equal((await plain.get('/machines')).status, 200);

	const shared = Number(/view=(\d+)/.exec(await who.must('/machines/views', { query: 'sort=-name', name: `For all ${name}`, shared: 1 }))[1]);
	assert.ok((await other.get('/machines')).text.includes(`For all ${name}`));
	assert.equal((await other.act(`/machines/views/${shared}`, { query: '', name: 'Mine', act: 'change' })).status, 403);
	assert.ok(!(await other.get('/parts')).text.includes(name), 'of its register only');
	await who.must(`/machines/views/${shared}`, { query: 'sort=number', name: `All ${name}`, shared: 1, act: 'change' });
	await who.must(`/machines/views/${shared}`, { query: '', act: 'remove' });
	assert.ok(!(await other.get('/machines')).text.includes(name));
	assert.deepEqual((await sql(`SELECT act FROM event WHERE kind = 'list_view' AND record_id IN (${id}, ${shared}) ORDER BY id`)).flat(),
		['list_view.created', 'list_view.changed', 'list_view.archived']);
});

test('many at once: shown first, one event each, refusals told, the others done', async () => {
	const who = await person('ADMIN');
	const m = await machines(5);
	const to = await department();
	const [a, b, c] = m.made;
	const first = await who.get(`/machines/bulk?what=department_id&id=${a.id}&id=${b.id}&id=${c.id}&query=sort%3Dname`);
	assert.equal(first.status, 200, words(first).slice(0, 300));
	assert.ok(words(first).includes(a.number) && words(first).includes('Change 3'));
	await sql(`UPDATE machine SET version = version + 1 WHERE id = ${b.id}`);
	const empty = await who.submit('', { department_id: '' }, { page: first, action: '/machines/bulk' });
	assert.equal(empty.status, 422, 'a rule of the form holds here, too');
	const done = await who.submit('', { department_id: to }, { page: first, action: '/machines/bulk' });
	assert.match(done.location, /^\/machines\/bulk\/\d+$/);
	const page = await who.get(done.location);
	assert.ok(words(page).includes('2 were changed.') && words(page).includes(b.number), words(page));
	assert.deepEqual((await sql(`SELECT id FROM machine WHERE department_id = ${to} ORDER BY id`)).flat().map(Number), [a.id, c.id]);
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE kind = 'machine' AND act = 'machine.changed' AND record_id IN (${a.id}, ${b.id}, ${c.id})`), '2');
	assert.equal((await (await person('ADMIN')).get(done.location)).status, 404, 'to nobody else');
	const bad = await who.act('/machines/bulk', { what: 'department_id', department_id: 999999999, ids: `${a.id}.9`, query: '' });
	assert.equal(bad.status, 422);
	for (const ids of ['', 'x', '1', '1.', '1.2,', `${'1.1,'.repeat(1001)}1.1`])
		assert.equal((await who.act('/machines/bulk', { what: 'archive', ids, query: '' })).status, 400, ids.slice(0, 20));
	for (const what of ['name', 'id', 'archived_at', 'password'])
		assert.equal((await who.get(`/machines/bulk?what=${what}&id=${a.id}`)).status, 404, what);
});

test('many at once: archived and restored; what holds one back is said; labels', async () => {
	const who = await person('ADMIN');
	const m = await machines(3);
	const [a, b, c] = m.made;
	await sql(`INSERT INTO work_order (number, machine_id, department_id, description, reported_at)
		VALUES ('WO-${m.mark}', ${b.id}, ${m.department}, 'x', UTC_TIMESTAMP(6))`);
	const list = `department=${m.department}`;
	let page = await who.get(`/machines/bulk?what=archive&all=1&${query({ query: list })}`);
	page = await who.follow(await who.submit('', {}, { page, action: '/machines/bulk' }));
	assert.ok(words(page).includes('2 were changed.') && words(page).includes('open work orders'), words(page));
	assert.deepEqual(ids(await who.get(`/machines?${list}`)), [b.id]);
	page = await who.get(`/machines/bulk?what=restore&id=${a.id}&id=${c.id}&query=`);
	await who.submit('', {}, { page, action: '/machines/bulk' });
	assert.equal(ids(await who.get(`/machines?${list}`)).length, 3);
	assert.equal((await who.get(`/machines/bulk?what=labels&id=${a.id}&id=${c.id}`)).location, `/labels?kind=machine&ids=${a.id},${c.id}`);
	assert.match((await who.get('/machines/bulk?what=archive&query=sort%3D-name')).location, /^\/machines\?sort=-name$/, 'nothing ticked');
});

test('all that match: at most a thousand at a time, and that is said', async () => {
	const who = await person('ADMIN');
	const m = await machines(1010);
	const page = await who.get(`/machines/bulk?what=criticality&all=1&${query({ query: `department=${m.department}` })}`);
	assert.match(words(page), /More than 1,000 match/);
	const done = await who.follow(await who.submit('', { criticality: 'LOW' }, { page, action: '/machines/bulk' }));
	assert.match(words(done), /1,000 were changed/);
	assert.equal(await one(`SELECT COUNT(*) FROM machine WHERE department_id = ${m.department} AND criticality = 'LOW'`), '1000');
});

test('who may only look: no acts on many, but columns, views and downloads', async () => {
	const who = await person('TECHNICIAN');
	const page = await who.get('/machines');
	assert.ok(!page.text.includes('value="archive"') && page.text.includes('/machines/export.csv'));
	assert.match(page.text, /name="id".*/, 'labels may be printed of what is ticked');
	assert.equal((await who.get('/machines/bulk?what=labels&id=1')).location, '/labels?kind=machine&ids=1');
	const requester = await person('REQUESTER');
	assert.ok(!(await requester.get('/machines')).text.includes('name="id"'));
	assert.equal((await requester.get('/machines/bulk?what=labels&id=1')).status, 403);
	assert.equal((await who.get('/machines/bulk?what=archive&id=1')).status, 403);
	assert.equal((await who.act('/machines/bulk', { what: 'archive', ids: '1.1', query: '' })).status, 403);
	assert.equal((await (await person('REQUESTER')).get('/parts/export.csv')).status, 403);
});

test('CSV: the rows, columns and order of the screen, of all pages; told in the log', async () => {
	const who = await person('ADMIN');
	const m = await machines(1203, { location: (i) => (i === 3 ? '=1+1' : i === 4 ? `a "b", c;\td` : '') });
	const q = `department=${m.department}&sort=-number&columns=number,location,status`;
	const answer = await who.get(`/machines/export.csv?${q}`);
	assert.equal(answer.status, 200);
	assert.match(answer.headers.get('content-disposition'), /^attachment; filename="machines-\d{4}-\d\d-\d\d\.csv"$/);
	const rows = csv(answer.text);
	assert.deepEqual(rows[0], headers(await who.get(`/machines?${q}`)));
	assert.deepEqual(rows.slice(1).map((r) => r[0]), m.made.map((x) => x.number).reverse());
	assert.equal(rows.at(-4)[1], "'=1+1", 'disarmed');
	assert.equal(rows.at(-5)[1], 'a "b", c;\td');
	assert.equal(rows[1][2], 'Running', 'in the words of the screen');
	const [[changes]] = await sql(`SELECT changes FROM event WHERE act = 'register.exported' AND user_id = ${who.id}`);
	assert.deepEqual(JSON.parse(changes).records, [null, '1203']);
	assert.ok(JSON.parse(changes).query[1].includes(`department=${m.department}`));
	const none = csv((await who.get(`/machines/export.csv?department=${m.department}&search=qqqqqqqq`)).text);
	assert.equal(none.length, 1, 'nothing found: the headers alone');
	assert.equal((await who.request('HEAD', `/machines/export.csv?${q}`)).status, 200);
});

test('CSV for import: members and codes, the same in every language', async () => {
	const who = await person('ADMIN');
	const m = await machines(2, { location: (i) => (i ? '-5' : '@home') });
	await sql(`UPDATE machine SET criticality = 'CRITICAL', installed_on = '2020-02-29' WHERE id = ${m.made[0].id}`);
	const path = `/machines/export.csv?department=${m.department}&sort=number&plain=1`;
	const english = await who.get(path);
	const [head, first, second] = csv(english.text);
	const value = (row, name) => row[head.indexOf(name)];
	assert.equal(value(first, 'number'), m.made[0].number);
	assert.equal(value(first, 'department_id'), await one(`SELECT name FROM department WHERE id = ${m.department}`));
	assert.equal(value(first, 'criticality'), 'CRITICAL');
	assert.equal(value(first, 'installed_on'), '2020-02-29');
	assert.equal(value(first, 'location'), "'@home");
	assert.equal(value(second, 'location'), '-5', 'a number is no formula');
	await sql(`UPDATE user SET language = 'fr' WHERE id = ${who.id}`);
	assert.equal((await who.get(path)).text, english.text);
	assert.match((await who.get(`/machines/export.csv?department=${m.department}`)).text.split('\r\n')[0], /;/, 'French: semicolons');
});

test('Excel: a workbook that opens, numbers as numbers, texts as texts', async () => {
	const who = await person('ADMIN');
	const m = await machines(3, { location: () => '=cmd()' });
	await sql(`UPDATE machine SET installed_on = '2020-02-29' WHERE department_id = ${m.department}`);
	const answer = await who.get(`/machines/export.xlsx?department=${m.department}&sort=number&columns=number,location,installed_on`);
	assert.match(answer.headers.get('content-type'), /spreadsheetml/);
	const folder = mkdtempSync(`${tmpdir()}/xlsx-`);
	try {
		writeFileSync(`${folder}/a.xlsx`, answer.bytes);
		const { stdout } = await promisify(execFile)('python3', ['-c',
			`import zipfile,sys; print(zipfile.ZipFile(sys.argv[1]).read('xl/worksheets/sheet1.xml').decode())`, `${folder}/a.xlsx`]);
		assert.equal(stdout.match(/<row /g).length, 4);
		assert.ok(stdout.includes(`<t>${m.made[0].number}</t>`) && stdout.includes('<t>=cmd()</t>') && !stdout.includes('<f>'));
		assert.ok(stdout.includes('<v>43890</v>'), 'a day is a day');
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test('tags and custom fields: columns, filters and downloads have them', async () => {
	const who = await person('ADMIN');
	const m = await machines(3);
	const field = Number(await one(`INSERT INTO custom_field (kind, name, label, type) VALUES ('skill', 'list_${m.mark}', 'Colour ${m.mark}', 'TEXT') RETURNING id`));
	const skill = async (name) => Number(await one(`INSERT INTO skill (name) VALUES (${quote(name)}) RETURNING id`));
	const [a, b] = [await skill(`A ${m.mark}`), await skill(`B ${m.mark}`)];
	await sql(`INSERT INTO custom_value (custom_field_id, record_id, text) VALUES (${field}, ${a}, 'RAL 5010')`);
	const tag = Number(await one(`INSERT INTO tag (name) VALUES ('tag ${m.mark}') RETURNING id`));
	await sql(`INSERT INTO tagging (tag_id, kind, record_id) VALUES (${tag}, 'skill', ${b})`);
	const list = `/skills?search=${m.mark}`;
	const page = await who.get(`${list}&columns=name,custom_${field},tags`);
	assert.deepEqual(headers(page), ['Name', `Colour ${m.mark}`, 'Tags']);
	assert.ok(page.text.includes('RAL 5010') && page.text.includes(`tag ${m.mark}`));
	assert.deepEqual(ids(await who.get(`${list}&custom_${field}=RAL+5010`), '/skills'), [a]);
	assert.deepEqual(ids(await who.get(`${list}&tag=${tag}`), '/skills'), [b]);
	assert.deepEqual(ids(await who.get(`${list}&tag=${tag}&custom_${field}=RAL+5010`), '/skills'), []);
	const [head, first, second] = csv((await who.get(`/skills/export.csv?search=${m.mark}&plain=1`)).text);
	assert.equal(first[head.indexOf(`list_${m.mark}`)], 'RAL 5010');
	assert.equal(second[head.indexOf('tags')], `tag ${m.mark}`);
	await sql(`UPDATE custom_field SET archived_at = UTC_TIMESTAMP(6) WHERE id = ${field}`);
});
