/*
 * history.test.mjs: work orders and movements of stock as files: what the list shows, who may, what a line must be, the
 * same file twice, and undoing it.  Stops and readings: history_machine.test.mjs; there and back into an empty site:
 * roundtrip.test.mjs.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { sql } from './harness.mjs';
import { department, machine, mark, one, person, reach, roles } from './stage.mjs';
import { act, bring, check, complaints, csv, exported, records, refused, rows } from './wizard.mjs';

let admin, dept, other, press, technician, supervisor;

before(async () => {
	[dept, other] = [await department(), await department()];
	[admin, technician, supervisor] = [await person('ADMIN'), await person('TECHNICIAN', [dept], { rate: 30 }),
		await person('SUPERVISOR', [dept])];
	press = await machine(dept);
});

/* ---- work orders ---- */

const past = (m, more = {}) => ({ number: '', key: `K${m}`, state: 'COMPLETED', machine_number: press.number, kind: 'CORRECTIVE', priority: 'HIGH',
	description: `Belt torn ${m}`, reported_at: '2024-03-01T08:00:00Z', completed_at: '2024-03-01T10:00:00Z', ...more });

test('The list of work orders as a file: its rows, filters and order; costs only for who sees them', async () => {
	const m = mark();
	await bring(admin, 'work_order', csv([past(m), past(`${m}2`, { priority: 'LOW', reported_at: '2024-03-02T08:00:00Z',
		completed_at: '2024-03-02T10:00:00Z', labour_cost: '12.5' })]));
	const mine = `machine=${press.id}`;
	const list = records(await exported(admin, '/work-orders', `${mine}&sort=oldest`));
	assert.deepEqual(list.slice(0, 2).map((r) => r.Priority), ['High', 'Low']);
	assert.equal(list.find((r) => r.Problem === `Belt torn ${m}2`).Cost, '12.5');
	assert.deepEqual(records(await exported(admin, '/work-orders', `${mine}&priority=LOW`)).map((r) => r.Problem), [`Belt torn ${m}2`]);
	const seen = records(await exported(supervisor, '/work-orders', mine));
	assert.equal(seen.length, list.length);
	assert.equal(seen[0].Cost, undefined, 'a supervisor does not see costs');
	assert.equal(records(await exported(supervisor, '/work-orders', `${mine}&plain=1`)).find((r) => r.key === `K${m}2`).labour_cost, '');
	assert.deepEqual(rows(await exported(await person('SUPERVISOR', [other]), '/work-orders', mine)).length, 1, 'another department sees none');
	const book = await admin.get(`/work-orders/export.xlsx?${mine}`);
	assert.equal(book.bytes.subarray(0, 2).toString(), 'PK');
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'register.exported' AND kind = 'work_order' AND user_id = ${admin.id}`), '3');
	assert.match((await admin.get(`/work-orders?${mine}`)).text, new RegExp(`/work-orders/export\\.csv\\?${mine}&amp;plain=1`));
});

test('Work orders come back as they went: numbers, people, times, codes, costs, the stop; twice is once', async () => {
	const m = mark();
	const file = csv([
		past(m, { number: `WO-2019-${100000 + Math.floor(Math.random() * 800000)}`, reporter: 'Left Long Ago', assignee: technician.email,
			accepted_at: '2024-03-01T08:10:00.5Z', confirmed_at: '2024-03-02T09:00:00Z', confirmed_by: supervisor.name,
			due_on: '2024-03-05', resolution: 'New belt,\n"taut"', labour_hours: '1.25', labour_cost: '37.5', parts_cost: '80', other_cost: '-5',
			machine_down: '1', stopped_at: '2024-03-01T07:55:00Z', runs_at: '2024-03-01T09:30:00Z', stop_planned: '0', stop_failure: '1' }),
		past(`${m}c`, { state: 'CANCELLED', completed_at: '', cancelled_at: '2024-03-01T09:00:00Z', cancel_reason: '=1+1' }),
		past(`${m}u`, { confirmed_at: '' }),
	].map((r) => ({ accepted_at: '', confirmed_at: '', confirmed_by: '', cancelled_at: '', cancel_reason: '', reporter: '', assignee: '',
		due_on: '', resolution: '', labour_hours: '', labour_cost: '', parts_cost: '', other_cost: '', machine_down: '', stopped_at: '',
		runs_at: '', stop_planned: '', stop_failure: '', ...r })));
	const { fresh, id } = await bring(admin, 'work_order', file);
	assert.equal(fresh, 3);
	const list = records(await exported(admin, '/work-orders', `machine=${press.id}&plain=1`));
	const back = list.find((r) => r.key === `K${m}`);
	const [sent] = records(file);
	for (const [k, v] of Object.entries({ ...sent, assignee: `${technician.name} <${technician.email}>`,
		accepted_at: '2024-03-01T08:10:00.500000Z', confirmed_by: `${supervisor.name} <${supervisor.email}>` }))
		assert.equal(back[k], v, k);
	const cancelled = list.find((r) => r.key === `K${m}c`);
	assert.deepEqual([cancelled.state, cancelled.cancel_reason, cancelled.completed_at], ['CANCELLED', "'=1+1", '']);
	assert.equal(list.find((r) => r.key === `K${m}u`).confirmed_at, '', 'one that nobody has confirmed is still to be confirmed');
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'work_order.imported' AND title = '${sent.number}'`), '1');
	for (const again of [file, csv(list.filter((r) => r.key.startsWith(`K${m}`)))]) {
		const trial = await check(admin, 'work_order', again);
		assert.deepEqual([trial.fresh, trial.same, trial.wrong], [0, 3, 0], await complaints(trial.id));
	}
	/* The page shows who did it, without an account too. */
	const page = await admin.get(`/work-orders/${await one(`SELECT id FROM work_order WHERE number = '${sent.number}'`)}`);
	assert.match(page.text, /Left Long Ago/);
	const undone = await act(admin, id, 'undo');
	assert.equal(undone.state, 'UNDONE', undone.why);
	assert.equal(await one(`SELECT COUNT(*) FROM work_order WHERE source_key LIKE 'file:K${m}%'`), '0');
	assert.equal(await one(`SELECT COUNT(*) FROM stop WHERE source_key LIKE 'file:K${m}%'`), '0');
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'work_order.taken_back' AND title = '${sent.number}'`), '1');
});

test('Open work orders go on where they were: the technician has it, the machine is down until it is done', async () => {
	const m = mark(), lathe = await machine(dept);
	const open = past(m, { state: 'IN_PROGRESS', machine_number: lathe.number, completed_at: '', assignee: technician.name,
		machine_down: '1', stopped_at: '2024-03-01T07:55:00Z' });
	const { id } = await bring(admin, 'work_order', csv([open, { ...open, key: `P${m}`, state: 'PENDING', assignee: '', machine_down: '', stopped_at: '' }]));
	assert.equal(await one(`SELECT status FROM machine WHERE id = ${lathe.id}`), 'DOWN');
	assert.equal((await act(admin, id, 'undo')).state, 'UNDONE');
	assert.equal(await one(`SELECT status FROM machine WHERE id = ${lathe.id}`), 'OPERATIONAL', 'undone, it runs again');
	const again = await bring(admin, 'work_order', csv([open]));
	const [[order]] = await sql(`SELECT id FROM work_order WHERE source_key = 'file:K${m}'`);
	await technician.must(`/work-orders/${order}/complete`, { cause_code_id: await one("SELECT id FROM failure_code WHERE kind = 'CAUSE' LIMIT 1"),
		remedy_code_id: await one("SELECT id FROM failure_code WHERE kind = 'REMEDY' LIMIT 1"), resolution: 'Mended', minutes: '30',
		stopped_at: '', runs_at: '', correction: '', signed_name: technician.name, signature: '' });
	assert.equal(await one(`SELECT status FROM machine WHERE id = ${lathe.id}`), 'OPERATIONAL');
	const kept = await act(admin, again.id, 'undo');
	assert.equal(kept.state, 'DONE', 'what was worked on since stays');
	assert.match((await admin.get(`/imports/${again.id}`)).text, /It was changed by now|Something refers to it/);
});

test('What no work order can be is refused at its line', async () => {
	const m = mark();
	const gone = await machine(dept);
	await sql(`UPDATE machine SET archived_at = UTC_TIMESTAMP(6) WHERE id = ${gone.id}`);
	const mine = (more) => ({ key: mark(), ...more });
	await refused(admin, 'work_order', past(m), [
		[mine({ machine_number: 'No such machine' }), /none of this name/],
		[mine({ completed_at: '2024-02-28' }), /completed before it was reported/],
		[mine({ completed_at: '2099-01-01' }), /in the future/],
		[mine({ completed_at: '' }), /Say when it was completed/],
		[mine({ state: 'IN_PROGRESS' }), /yet it has an end/],
		[mine({ state: 'IN_PROGRESS', completed_at: '', assignee: supervisor.name }), /technician/],
		[mine({ state: 'IN_PROGRESS', completed_at: '', assignee: 'Nobody Here' }), /technician/],
		[mine({ state: 'PENDING', completed_at: '', assignee: technician.name }), /Nobody has one/],
		[mine({ state: 'WAITING_PARTS', completed_at: '', assignee: technician.name }), /parts requests do not come/],
		[mine({ state: 'PENDING', completed_at: '', machine_number: gone.number }), /archived/],
		[mine({ state: 'CANCELLED', completed_at: '' }), /Say when it was cancelled/],
		[mine({ state: 'Perhaps' }), /list/],
		[mine({ cause_code: 'NOSUCH' }), /none of this name/],
		[mine({ confirmed_at: '2024-02-01' }), /confirmed before/],
		[mine({ stopped_at: '2024-03-01T12:00:00Z', runs_at: '2024-03-01T11:00:00Z' }), /ends before it begins/],
		[mine({ labour_cost: 'much' }), /number/],
		[mine({ number: await one('SELECT number FROM work_order ORDER BY id LIMIT 1') }), /Another work order has this number/],
	]);
});

test('Numbers of the file and numbers that are given do not meet', async () => {
	const m = mark();
	const at = (i) => ({ reported_at: `1999-03-0${i}T08:00:00Z`, completed_at: `1999-03-0${i}T10:00:00Z` });
	const next = Number(await one("SELECT COALESCE(MAX(value), 0) FROM counter WHERE name = 'work_order-1999'")) + 1;
	const ours = `WO-1999-${String(next).padStart(6, '0')}`;
	await bring(admin, 'work_order', csv([past(m, at(1)), past(`${m}2`, { ...at(2), number: ours }), past(`${m}3`, { ...at(3), number: `F/${m}`, key: '' })]));
	assert.deepEqual((await sql(`SELECT source_key, number FROM work_order WHERE description LIKE 'Belt torn ${m}%' ORDER BY reported_at`)),
		[[`file:K${m}`, `WO-1999-${String(next + 1).padStart(6, '0')}`], [`file:K${m}2`, ours],
			[`file:F/${m}`, `WO-1999-${String(next + 2).padStart(6, '0')}`]]);
});

/* ---- who may ---- */

for (const [path, right] of [['/work-orders', 'work_order_view'], ['/stops', 'machine_view'], ['/movements', 'movement_view'], ['/readings', 'meter_view']])
	test(`${path} as files: who may see them, and nobody else`, async () => {
		for (const role of roles) {
			const who = await person(role, [dept]);
			for (const ending of ['csv', 'xlsx'])
				assert.equal((await who.get(`${path}/export.${ending}?from=2024-01-01&to=2024-01-02`)).status, reach[right][role] === '-' ? 403 : 200,
					`${role} ${ending}`);
		}
	});

test('Histories are brought in by administrators; others are not offered them', async () => {
	const store = await person('INVENTORY');
	const page = await store.get('/imports/new');
	assert.doesNotMatch(page.text, /value="work_order"/);
	assert.equal((await store.postMultipart('/imports/new', { ...store.hidden(), kind: 'work_order' },
		{ file: [{ name: 'a.csv', type: 'text/csv', bytes: Buffer.from(csv([past(mark())])) }] })).status, 422);
	assert.match((await admin.get('/imports/new')).text, /value="work_order"/);
});

/* ---- stock movements ---- */

async function newPart(more = {}) {
	const number = `P-${mark()}`;
	const id = Number(await one(`INSERT INTO part (number, name, description, average_cost) VALUES ('${number}', 'Part ${number}', '',
		${more.average_cost ?? 0}) RETURNING id`));
	return { id, number };
}

const moved = (part, at, kind, quantity, more = {}) => ({ part_number: part.number, at, kind, quantity, unit_cost: '',
	work_order_number: '', note: '', ...more });
const level = async (part) => (await sql(`SELECT on_hand, average_cost FROM part WHERE id = ${part.id}`))[0].map(Number);

test('Movements come in as they happened: stock, costs and the work order follow; twice is once; undone, all is as before', async () => {
	const store = await person('INVENTORY'), part = await newPart(), m = mark();
	await bring(admin, 'work_order', csv([past(m, { parts_cost: '5' })]));
	const [[order, number]] = await sql(`SELECT id, number FROM work_order WHERE source_key = 'file:K${m}'`);
	const cost = async () => Number(await one(`SELECT parts_cost FROM work_order WHERE id = ${order}`));
	const file = csv([
		moved(part, '2024-01-01T08:00:00Z', 'IN', '10', { unit_cost: '2', note: '=1+1' }),
		moved(part, '2024-01-02T08:00:00Z', 'IN', '10', { unit_cost: '4' }),
		moved(part, '2024-01-03T08:00:00.123456Z', 'OUT', '5', { work_order_number: number }),
		moved(part, '2024-01-03T08:00:00.123456Z', 'OUT', '5', { work_order_number: number }),
		moved(part, '2024-01-04T08:00:00Z', 'IN', '1', { work_order_number: number, unit_cost: '3' }),
		moved(part, '2024-01-05T08:00:00Z', 'ADJUSTMENT', '-0.5'),
	]);
	const { id, fresh } = await bring(store, 'movement', file);
	assert.equal(fresh, 6);
	assert.deepEqual(await level(part), [10.5, 3]);
	assert.equal(await cost(), 27, 'what the movements come to, and not the 5 that are in it once more');
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'movement.imported' AND title = '${part.number}'`), '6');
	const back = records(await exported(store, '/movements', `part=${part.id}&plain=1`));
	assert.deepEqual(back.map((r) => [r.kind, r.quantity, r.unit_cost, r.work_order_number, r.note]), [['IN', '10', '2', '', "'=1+1"],
		['IN', '10', '4', '', ''], ['OUT', '-5', '3', number, ''], ['OUT', '-5', '3', number, ''], ['IN', '1', '3', number, ''], ['ADJUSTMENT', '-0.5', '3', '', '']]);
	const shown = records(await exported(store, '/movements', `part=${part.id}`));
	assert.deepEqual(shown.map((r) => r['On hand']), ['10.5', '11', '10', '15', '20', '10'], 'as on screen: the latest first');
	assert.equal(records(await exported(store, '/movements', `part=${part.id}&from=2024-01-02&to=2024-01-03`)).length, 3);
	for (const again of [file, csv(back)]) {
		const trial = await check(store, 'movement', again);
		assert.deepEqual([trial.fresh, trial.same, trial.wrong], [0, 6, 0], await complaints(trial.id));
	}
	assert.equal((await act(store, id, 'undo')).state, 'UNDONE');
	assert.deepEqual(await level(part), [0, 0]);
	assert.equal(await cost(), 5);
	const next = await bring(store, 'movement', file);
	await bring(store, 'movement', csv([moved(part, '2024-02-01', 'OUT', '1')]));
	const stays = await act(store, next.id, 'undo');
	assert.equal(stays.state, 'DONE');
	assert.match((await store.get(`/imports/${next.id}`)).text, /It has moved since/);
});

test('Never below zero, never before what is there: at its line', async () => {
	const store = await person('INVENTORY'), part = await newPart();
	await bring(store, 'movement', csv([moved(part, '2024-01-05T08:00:00Z', 'IN', '3', { unit_cost: '1' })]));
	await refused(store, 'movement', moved(part, '2024-02-01', 'OUT', '1'), [
		[{ quantity: '-3.5' }, /Only.*were on hand.*3/],
		[{ at: '2024-01-04' }, /before the last movement/],
		[{ at: '2099-01-01' }, /future/],
		[{ kind: 'IN', quantity: '-1' }, /more than 0/],
		[{ quantity: '0' }, /moves nothing/],
		[{ quantity: 'some' }, /number/],
		[{ kind: 'THEFT' }, /list/],
		[{ part_number: 'No such part' }, /none of this name/],
		[{ work_order_number: 'WO-1901-000001' }, /none of this number/],
		[{ quantity: '9999999999', kind: 'IN', unit_cost: '-1' }, /least|number/],
	]);
	/* In one file: the second takes what the first left. */
	const { id, fresh, wrong } = await check(store, 'movement', csv([moved(part, '2024-03-01', 'OUT', '2'), moved(part, '2024-03-02', 'OUT', '2')]));
	assert.deepEqual([fresh, wrong], [1, 1], await complaints(id));
	assert.match(await complaints(id), /^3: quantity.*Only %1 were on hand then\.\\t1/);
});
