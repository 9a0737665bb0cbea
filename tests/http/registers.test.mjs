/*
 * registers.test.mjs: each register × act × role.  The registers are those of `millwright routes`; the table of
 * records.mjs says what a record of each looks like, and fails for a register that it does not know.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';

import { sql, unescape, words } from './harness.mjs';
import { table } from './records.mjs';
import { department, idOf, mark, one, person, quote, reach, report, roles, routes } from './stage.mjs';

/* Imports have pages of their own that are tested as such; custom fields would stand in everybody's forms. */
const bases = routes.filter((r) => r.method === 'POST' && /^\/[\w-]+\/new$/.test(r.pattern)
	&& !['/custom-fields/new', '/imports/new'].includes(r.pattern)).map((r) => r.pattern.slice(0, -4));
const right = (pattern, method = 'GET') =>
	reach[routes.find((r) => r.pattern === pattern && r.method === method).permission];
const people = {};

before(async () => {
	for (const role of roles)
		people[role] = await person(role);
});

const row = async (r, id) => JSON.stringify(await sql(`SELECT * FROM ${r.kind} WHERE id = ${id}`));
const eventsOf = async (r, id) => (await sql(`SELECT act, user_id FROM event WHERE kind = '${r.kind}' AND record_id = ${id}
	ORDER BY id`)).filter(([act]) => !r.also?.includes(act));
const version = (r, id) => one(`SELECT version FROM ${r.kind} WHERE id = ${id}`);
const stored = (fields, text) => unescape(text).includes(fields);

async function added(base, m = mark()) {
	const r = table[base], fields = await r.fields(m);
	return { m, fields, id: idOf(await people.ADMIN.must(`${base}/new`, fields)) };
}

test('every register of the program is in this test’s table, and nothing else', () => {
	assert.deepEqual([...bases].sort(), Object.keys(table).sort());
});

for (const base of Object.keys(table)) {
	const r = table[base];

	for (const role of roles) {
		test(`${base}: ${role} sees what the table of permissions says`, async () => {
			const { id, m } = await added(base), who = people[role];
			const may = right(base)[role] !== '-', edits = right(`${base}/new`, 'POST')[role] !== '-';
			const list = await who.get(`${base}?search=${m}`), shown = await who.get(`${base}/${id}`);
			assert.equal(list.status, may ? 200 : 403);
			assert.equal(shown.status, may ? 200 : 403);
			assert.equal(stored(m, list.text), may);
			assert.equal((await who.get(`${base}/new`)).status, edits ? 200 : 403);
			assert.equal((await who.get(`${base}/${id}/edit`)).status, edits ? 200 : 403);
			if (may) {
				assert.equal(list.text.includes(`href="${base}/${id}"`), true, 'the list leads to it');
				assert.equal(shown.text.includes(`action="${base}/${id}/archive"`), edits, 'offers only what one may');
				assert.equal((await who.get(`${base}/999999999`)).status, 404);
			}
		});

		test(`${base}: ${role} creates, changes, archives and restores, or is refused and nothing happens`, async () => {
			const who = people[role], allowed = right(`${base}/new`, 'POST')[role] !== '-';
			if (!allowed) {
				const { id } = await added(base), was = await row(r, id), events = await eventsOf(r, id);
				const m = mark(), fields = await r.fields(m), [name, value] = r.change;
				assert.equal((await who.act(`${base}/new`, fields)).status, 403);
				assert.equal((await who.act(`${base}/${id}/edit`, { ...fields, [name]: value, version: 1 })).status, 403);
				for (const act of ['archive', 'restore'])
					assert.equal((await who.act(`${base}/${id}/${act}`)).status, 403);
				assert.equal(await row(r, id), was);
				assert.deepEqual(await eventsOf(r, id), events);
				const found = await people.ADMIN.get(`${base}?search=${m}`);
				assert.ok(!found.text.includes(`<th scope="row">`), 'it was created');
				return;
			}
			const m = mark(), fields = await r.fields(m), [name, value] = r.change;
			const id = idOf(await who.must(`${base}/new`, fields));
			const edit = await who.get(`${base}/${id}/edit`);
			for (const text of Object.values(fields).filter((f) => String(f).includes(m)))
				assert.ok(stored(text, edit.text), `the form shows ${text}`);
			await who.must(`${base}/${id}/edit`, { ...fields, [name]: value, version: await version(r, id) });
			assert.equal(await one(`SELECT ${name} FROM ${r.kind} WHERE id = ${id}`), value);
			const stale = await who.act(`${base}/${id}/edit`, { ...fields, [name]: fields[name], version: 1 });
			assert.equal(stale.status, 409, 'somebody else’s change is not overwritten');
			assert.equal(await who.must(`${base}/${id}/archive`), `${base}?undo=${id}`);
			assert.ok(!(await who.get(`${base}?search=${m}`)).text.includes(`href="${base}/${id}"`), 'archived ones are not listed');
			assert.ok((await who.get(`${base}?search=${m}&archived=1`)).text.includes(`href="${base}/${id}"`));
			assert.equal((await who.get(`${base}/${id}`)).status, 200, 'its page stays');
			await who.must(`${base}/${id}/restore`);
			assert.ok((await who.get(`${base}?search=${m}`)).text.includes(`href="${base}/${id}"`));
			assert.deepEqual(await eventsOf(r, id), ['created', 'changed', 'archived', 'restored'].map((act) =>
				[`${r.kind}.${act}`, String(who.id)]));
		});
	}

	test(`${base}: what is wrong is refused with what was typed, and not saved`, async () => {
		const { id, fields } = await added(base), was = await row(r, id);
		for (const [name, value] of Object.entries(r.wrong)) {
			const again = await r.fields(mark());
			for (const [where, sent] of [[`${base}/new`, { ...again, [name]: value }],
				[`${base}/${id}/edit`, { ...fields, [name]: value, version: await version(r, id) }]]) {
				const answer = await people.ADMIN.act(where, sent);
				assert.equal(answer.status, 422, `${where}: ${name}`);
				assert.match(answer.text, new RegExp(`id="[^"]*${name}[^"]*"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*${name}|href="#[^"]*${name}`));
				const kept = Object.entries(sent).find(([n, v]) => n !== name && /[a-z]{6}/.test(String(v)));
				if (kept)
					assert.ok(stored(String(kept[1]).split('\r\n')[0], answer.text), `keeps ${kept[0]}`);
			}
		}
		assert.equal(await row(r, id), was);
	});

	test(`${base}: each order of the list goes both ways, and its filter finds what it should`, async () => {
		const m = mark(), ids = [];
		for (let i = 0; i < 3; i++)
			ids.push((await added(base, `${m}${'abc'[i]}`)).id);
		const page = await people.ADMIN.get(`${base}?search=${m}`);
		const orders = new Set([...page.text.matchAll(/[?&;]sort=-?([a-z_]+)/g)].map(([, name]) => name));
		const listed = (answer) => [...answer.text.matchAll(new RegExp(`<th scope="row"><a href="${base}/(\\d+)"`, 'g'))]
			.map(([, id]) => Number(id));
		for (const name of orders) {
			const up = listed(await people.ADMIN.get(`${base}?search=${m}&sort=${name}`));
			const down = listed(await people.ADMIN.get(`${base}?search=${m}&sort=-${name}`));
			assert.deepEqual([...up].sort((a, b) => a - b), ids, `sort=${name}`);
			assert.deepEqual([...down].reverse(), up, `sort=-${name}`);
		}
		if (r.filter) {
			const one_ = await added(base, `${m}d`);
			const query = typeof r.filter === 'function' ? r.filter(one_.fields) : r.filter;
			assert.ok(listed(await people.ADMIN.get(`${base}?search=${m}d&${query}`)).includes(one_.id), query);
		}
	});
}

test('a calendar’s line that cannot be read is named', async () => {
	const answer = await people.ADMIN.act('/shift-calendars/new', { name: `S ${mark()}`, note: '',
		shifts: 'mon-fri 06:00-22:00\r\n\r\nsat 6-12' });
	assert.equal(answer.status, 422);
	assert.match(words(answer), /Line 3: after the days, two times/);
});

test('what is in use is not archived, and the page says why', async () => {
	const m = mark();
	const make = async (base, fields) => idOf(await people.ADMIN.must(`${base}/new`, fields));
	const refused = async (base, id, says) => {
		const answer = await people.ADMIN.act(`${base}/${id}/archive`);
		assert.equal(answer.status, 409, base);
		assert.match(words(answer), says);
		assert.equal(await one(`SELECT archived_at FROM ${table[base].kind} WHERE id = ${id}`), null);
	};
	const class_ = await make('/machine-classes', { code: m.slice(-10), name: m });
	await make('/machine-models', { name: m, manufacturer: m, machine_class_id: class_, vendor_id: '', note: '' });
	await refused('/machine-classes', class_, /Machine models are of this class/);
	const hall = await make('/locations', { number: m, name: m, kind: 'BUILDING', parent_id: '', note: '' });
	await make('/locations', { number: `${m}1`, name: m, kind: 'LINE', parent_id: hall, note: '' });
	await refused('/locations', hall, /Other places lie in it/);
});

test('locations: tree and path follow what is moved and renamed, with everything below', async () => {
	const m = mark();
	const make = async (number, name, parent_id) => idOf(await people.ADMIN.must('/locations/new',
		{ number: `${number}${m}`, name, kind: 'LINE', parent_id, note: '' }));
	const change = async (id, number, name, parent_id) => people.ADMIN.act(`/locations/${id}/edit`,
		{ number: `${number}${m}`, name, kind: 'LINE', parent_id, note: '', version: await version({ kind: 'location' }, id) });
	const at = async (id) => (await sql(`SELECT tree, path FROM location WHERE id = ${id}`))[0];
	const a = await make('A', 'Éts A', ''), b = await make('B', 'B', a), c = await make('C', 'C', b), d = await make('D', 'D', c);
	const z = await make('Z', 'Z', '');
	assert.deepEqual(await at(d), [`/${a}/${b}/${c}/${d}/`, 'Éts A › B › C › D']);
	assert.equal((await change(a, 'A', 'Usine', '')).status, 303);
	assert.deepEqual(await at(d), [`/${a}/${b}/${c}/${d}/`, 'Usine › B › C › D']);
	assert.equal((await change(b, 'B', 'B', z)).status, 303);
	assert.deepEqual(await at(b), [`/${z}/${b}/`, 'Z › B']);
	assert.deepEqual(await at(d), [`/${z}/${b}/${c}/${d}/`, 'Z › B › C › D']);
	assert.deepEqual(await at(a), [`/${a}/`, 'Usine']);
	for (const below of [b, c, d]) {
		const answer = await change(b, 'B', 'B', below);
		assert.equal(answer.status, 422, 'a place cannot lie in itself');
		assert.match(words(answer), /cannot lie in itself/);
	}
	assert.equal((await change(c, 'C', 'C', '')).status, 303);
	assert.deepEqual(await at(d), [`/${c}/${d}/`, 'C › D']);
});

test('a location’s map: what stands there is placed by numbers; what does not is refused', async () => {
	const m = mark();
	const make = async (base, fields) => idOf(await people.ADMIN.must(`${base}/new`, fields));
	const hall = await make('/locations', { number: m, name: `Hall ${m}`, kind: 'BUILDING', parent_id: '', note: '' });
	const line = await make('/locations', { number: `${m}1`, name: `Line ${m}`, kind: 'LINE', parent_id: hall, note: '' });
	const other = await make('/locations', { number: `${m}2`, name: 'Elsewhere', kind: 'LINE', parent_id: '', note: '' });
	const plain = await people.REQUESTER.get(`/locations/${hall}`);
	assert.ok(plain.text.includes(`href="/locations/${line}"`));
	assert.ok(!plain.text.includes('/map"'), 'only who may edit arranges it');
	assert.equal((await people.REQUESTER.act(`/locations/${hall}/map`, { plan: '', [`x_l${line}`]: 1, [`y_l${line}`]: 1 })).status, 403);
	assert.equal(await people.ADMIN.must(`/locations/${hall}/map`, { plan: '', [`x_l${line}`]: 250, [`y_l${line}`]: 100 }),
		`/locations/${hall}`);
	assert.match((await people.REQUESTER.get(`/locations/${hall}`)).text, /transform="translate\(250 100\)"/);
	for (const [x, y] of [['1001', '1'], ['1', '626'], ['-1', '1'], ['left', '1']]) {
		const answer = await people.ADMIN.act(`/locations/${hall}/map`, { plan: '', [`x_l${line}`]: x, [`y_l${line}`]: y });
		assert.equal(answer.status, 422, `${x} ${y}`);
	}
	assert.equal((await people.ADMIN.act(`/locations/${hall}/map`, { plan: '', [`x_l${other}`]: 1, [`y_l${other}`]: 1 })).status, 400);
	assert.equal((await people.ADMIN.act(`/locations/${hall}/map`, { plan: '1' })).status, 400, 'a picture of another record');
	assert.deepEqual(await sql(`SELECT record_id, x, y FROM location_spot WHERE location_id = ${hall}`), [[String(line), '250', '100']]);
	await people.ADMIN.must(`/locations/${hall}/map`, { plan: '', [`x_l${line}`]: '', [`y_l${line}`]: '' });
	assert.equal((await sql(`SELECT 1 FROM location_spot WHERE location_id = ${hall}`)).length, 0);
	assert.equal((await eventsOf({ kind: 'location' }, hall)).filter(([act]) => act === 'location.mapped').length, 2);
});

test('the tree of locations shows each below the one it lies in', async () => {
	const m = mark();
	const make = async (name, parent_id) => idOf(await people.ADMIN.must('/locations/new',
		{ number: `${name}${m}`, name: `${name} ${m}`, kind: 'LINE', parent_id, note: '' }));
	const a = await make('a', ''), b = await make('b', a), c = await make('c', b), d = await make('d', a);
	const page = await people.TECHNICIAN.get(`/locations?tree=1&top=${a}`);
	assert.equal(page.status, 200);
	const at = [b, c, d].map((id) => page.text.indexOf(`href="/locations/${id}"`));
	assert.ok(at[0] > 0 && at[0] < at[1] && at[1] < at[2], String(at));
	assert.equal((page.text.match(/<details/g) ?? []).length - (page.text.match(/<\/details/g) ?? []).length, 0);
	assert.match(page.text.slice(at[0], at[1]), /<ul>/, 'c stands within b');
	assert.equal((await people.TECHNICIAN.get('/locations?tree=1&top=999999999')).status, 404);
});

test('a machine’s tree follows its parent; it cannot be a part of itself; maker and model follow the chosen model', async () => {
	const m = mark(), place = await department();
	const fields = (n, more = {}) => ({ number: `${n}${m}`, name: `${n} ${m}`, department_id: place, location: '',
		criticality: 'HIGH', status: 'OPERATIONAL', parent_number: '', manufacturer: 'By hand', model: 'M', serial_number: '',
		installed_on: '', ...more });
	const make = async (n, more) => idOf(await people.ADMIN.must('/machines/new', fields(n, more)));
	const change = async (id, n, more) => people.ADMIN.act(`/machines/${id}/edit`,
		{ ...fields(n, more), version: await version({ kind: 'machine' }, id) });
	const tree = (id) => one(`SELECT tree FROM machine WHERE id = ${id}`);
	const a = await make('A'), b = await make('B', { parent_number: `A${m}`, stop_rule: 'SERIES' });
	const c = await make('C', { parent_number: `B${m}` }), z = await make('Z');
	assert.equal(await tree(c), `/${a}/${b}/${c}/`);
	assert.equal((await change(b, 'B', { parent_number: `Z${m}` })).status, 303);
	assert.equal(await tree(c), `/${z}/${b}/${c}/`);
	assert.equal(await one(`SELECT stop_rule FROM machine WHERE id = ${b}`), 'SERIES', 'an absent field stays');
	assert.equal((await change(b, 'B', { parent_number: `C${m}` })).status, 422);
	const vendor = idOf(await people.ADMIN.must('/vendors/new', { ...table['/vendors'].fields(m) }));
	const model = idOf(await people.ADMIN.must('/machine-models/new', { name: `T ${m}`, manufacturer: `Maker ${m}`,
		machine_class_id: '', vendor_id: vendor, note: '' }));
	const more = { machine_model_id: model, vendor_id: vendor, replacement_value: '125000', stop_cost: '640.5',
		warranty_until: '2028-06-30' };
	assert.equal((await change(a, 'A', more)).status, 303);
	assert.deepEqual(await sql(`SELECT manufacturer, model, replacement_value, stop_cost, warranty_until FROM machine
		WHERE id = ${a}`), [[`Maker ${m}`, `T ${m}`, '125000.0000', '640.5000', '2028-06-30']]);
	for (const [base, id, says] of [['/vendors', vendor, /still called for machines/], ['/machine-models', model, /are of this model/]]) {
		const answer = await people.ADMIN.act(`${base}/${id}/archive`);
		assert.equal(answer.status, 409);
		assert.match(words(answer), says);
	}
	assert.equal((await change(a, 'A', { machine_model_id: '999999999' })).status, 422);
	assert.equal((await change(a, 'A', { stop_cost: '-1' })).status, 422);
});

test('a model’s spare parts and codes, a part’s vendors: added, changed, taken off; others may not', async () => {
	const m = mark();
	const make = async (base, fields) => idOf(await people.ADMIN.must(`${base}/new`, fields));
	const model = await make('/machine-models', { name: m, manufacturer: m, machine_class_id: '', vendor_id: '', note: '' });
	const part = await make('/parts', await table['/parts'].fields(m));
	const vendor = await make('/vendors', await table['/vendors'].fields(m));
	const code = await make('/failure-codes', await table['/failure-codes'].fields(m));
	const at = `/machine-models/${model}`;
	await people.ADMIN.must(`${at}/parts`, { number: `R-${m}`, quantity: '2', note: 'left side' });
	await people.ADMIN.must(`${at}/parts`, { number: `R-${m}`, quantity: '3.5', note: '' });
	assert.deepEqual(await sql(`SELECT part_id, quantity, note FROM machine_model_part WHERE machine_model_id = ${model}`),
		[[String(part), '3.5000', '']]);
	assert.match(words(await people.TECHNICIAN.get(at)), new RegExp(`R-${m}`));
	for (const [fields, says] of [[{ number: 'nothing-of-that', quantity: '1', note: '' }, /No part has this number/],
		[{ number: `R-${m}`, quantity: '0', note: '' }, /Enter/], [{ number: '', quantity: '1', note: '' }, /Fill in/]]) {
		const answer = await people.ADMIN.act(`${at}/parts`, fields);
		assert.equal(answer.status, 422);
		assert.match(words(answer), says);
	}
	await people.ADMIN.must(`${at}/codes`, { failure_code_id: code });
	assert.equal((await people.ADMIN.act(`${at}/codes`, { failure_code_id: 999999999 })).status, 422);
	const offer = { vendor_id: vendor, number: 'V-77', price: '12.5', lead_days: '4' };
	await people.INVENTORY.must(`/parts/${part}/vendors`, offer);
	assert.match(words(await people.TECHNICIAN.get(`/parts/${part}`)), /V-77/);
	assert.equal((await people.INVENTORY.act(`/parts/${part}/vendors`, { ...offer, price: '-1' })).status, 422);
	for (const [who, where, fields] of [['TECHNICIAN', `${at}/parts`, { number: `R-${m}`, quantity: '1', note: '' }],
		['SUPERVISOR', `${at}/parts/${part}/remove`, {}], ['MANAGER', `${at}/codes`, { failure_code_id: code }],
		['MANAGER', `${at}/codes/${code}/remove`, {}], ['TECHNICIAN', `/parts/${part}/vendors`, offer],
		['MANAGER', `/parts/${part}/vendors/${vendor}/remove`, {}]])
		assert.equal((await people[who].act(where, fields)).status, 403, `${who} ${where}`);
	await people.ADMIN.must(`${at}/parts/${part}/remove`);
	assert.equal((await people.ADMIN.act(`${at}/parts/${part}/remove`)).status, 404, 'it is gone already');
	await people.ADMIN.must(`${at}/codes/${code}/remove`);
	await people.INVENTORY.must(`/parts/${part}/vendors/${vendor}/remove`);
	for (const [t, where] of [['machine_model_part', `machine_model_id = ${model}`], ['machine_model_code', `machine_model_id = ${model}`],
		['part_vendor', `part_id = ${part}`]])
		assert.equal(await one(`SELECT COUNT(*) FROM ${t} WHERE ${where}`), '0');
	assert.deepEqual((await eventsOf({ kind: 'machine_model' }, model)).map(([act]) => act.split('.')[1]),
		['created', 'part_put', 'part_put', 'code_put', 'part_taken', 'code_taken']);
});

/* What the form offers, in its order: [group, name]. */
function offered(page, field) {
	const [, list] = new RegExp(`<select[^>]*name="${field}"[^>]*>(.*?)</select>`, 's').exec(page.text);
	let group = '';
	return [...list.matchAll(/<optgroup label="([^"]*)">|<\/optgroup>|<option value="(\d+)"[^>]*>([^<]*)</g)].flatMap(([tag, label, id, name]) => {
		if (!id) {
			group = tag.startsWith('</') ? '' : unescape(label);
			return [];
		}
		return [[group, unescape(name)]];
	});
}

const iso = `${process.env.SHARED ?? new URL('../../../shared', import.meta.url).pathname}/data/iso14224-codes/`;

test('failure codes at the scale of ISO 14224: those of the machine’s class come first', { skip: !existsSync(iso) && `${iso} is not there` },
	async () => {
		const csv = (file) => readFileSync(iso + file, 'utf8').trim().split(/\r?\n/);
		const m = mark().slice(-5), ids = {};
		const classes = csv('iso14224_equipmentClass_equipmentClassCode.csv').slice(1).map((l) => l.split(','));
		for (const [name, code] of classes)
			ids[code] = idOf(await people.ADMIN.must('/machine-classes/new', { code: `${code}-${m}`, name: `${name.trim()} ${m}` }));
		const codes = csv('iso14224_failureModeCode.csv').slice(1).map((l) => l.split(',').slice(0, 2));
		const [head, ...rows] = csv('ISO14224_failureModeCode_equipClassCode_matrix.csv').map((l) => l.split(','));
		const of = (code) => [...new Set(rows.filter(([c]) => c === code).flatMap((r) => head.filter((h, i) => i && r[i] === '1')))];
		assert.equal(codes.length, 44);
		assert.equal(classes.length, 17);
		const made = {};
		for (const [code, name] of codes) {
			const id = idOf(await people.ADMIN.must('/failure-codes/new', { kind: 'PROBLEM', code: `${code}-${m}`, name: `${name} ${code} ${m}`,
				name_fr: '' }));
			made[code] = { id, name: `${name} ${code} ${m}` };
			await people.ADMIN.must(`/failure-codes/${id}/classes`, Object.fromEntries(of(code).map((c) => [`class_${ids[c]}`, '1'])));
		}
		const some = codes.find(([code]) => of(code).length > 2)[0];
		assert.equal(await one(`SELECT version FROM failure_code WHERE id = ${made[some].id}`), '2', 'a new version');
		assert.match(words(await people.ADMIN.get(`/failure-codes/${made[some].id}`)), /Version 2/);
		const model = idOf(await people.ADMIN.must('/machine-models/new', { name: `P ${m}`, manufacturer: m, machine_class_id: ids.PU,
			vendor_id: '', note: '' }));
		const machine = idOf(await people.ADMIN.must('/machines/new', { ...await table['/machines'].fields(m), machine_model_id: model }));
		const list = offered(await people.REQUESTER.get(`/machines/${machine}/report`), 'problem_code_id');
		const others = new Set(list.filter(([group]) => group === 'Of other machine classes').map(([, name]) => name));
		assert.equal(list.filter(([group]) => group === 'Most used').length, 9, 'at most nine first');
		const firstOther = list.findIndex(([group]) => group === 'Of other machine classes');
		for (const [code] of codes) {
			const fits = of(code).length === 0 || of(code).includes('PU');
			assert.equal(others.has(made[code].name), !fits, `${code} for a pump`);
			const at = list.findIndex(([, name]) => name === made[code].name);
			assert.equal(at < firstOther, fits, code);
		}
		// A code of another class that this model has comes with those that fit.
		const [foreign] = codes.find(([code]) => others.has(made[code].name));
		await people.ADMIN.must(`/machine-models/${model}/codes`, { failure_code_id: made[foreign].id });
		const again = offered(await people.REQUESTER.get(`/machines/${machine}/report`), 'problem_code_id');
		assert.notEqual(again.find(([, name]) => name === made[foreign].name)[0], 'Of other machine classes');
		// What was used on it stands at the top.
		const used = codes.map(([code]) => code).find((code) => of(code).includes('PU'));
		await report(people.REQUESTER, machine, { problem_code_id: made[used].id });
		const third = offered(await people.ADMIN.get(`/machines/${machine}/report?another=1`), 'problem_code_id');
		assert.deepEqual(third[0], ['Most used', made[used].name]);
		for (const { id } of Object.values(made))	// nobody else's forms shall hold them
			await people.ADMIN.must(`/failure-codes/${id}/archive`);
	});
