/*
 * machine_figures.test.mjs: figures of machines against values counted by hand (the vectors V1 to V5 of the standards'
 * terms), each with exactly the records that it counts; history whose sums are the figures'.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { client, sql, words } from './harness.mjs';
import { completion, department, inState, machine, mark, one, person, report, stage } from './stage.mjs';

const s = {};

before(async () => {
	Object.assign(s, await stage());
	s.calendar = async (shifts) => Number(await one(`INSERT INTO shift_calendar (name, shifts)
		VALUES ('Stage ${mark()}', '${shifts}') RETURNING id`));
});

/* Times are UTC; the plant is two hours ahead in summer, one in winter. */
const stop = (machine_id, from, to, more = {}) => one(`INSERT INTO stop (machine_id, work_order_id, started_at, ended_at,
	planned, failure) VALUES (${machine_id}, ${more.order ?? 'NULL'}, '${from}', ${to ? `'${to}'` : 'NULL'},
	${more.planned ? 1 : 0}, ${more.planned ? 0 : more.failure ?? 1}) RETURNING id`);

const order = (m, reported, more = {}) => one(`INSERT INTO work_order (number, state, kind, machine_id, department_id,
	description, reported_at, accepted_at, completed_at, labour_cost, parts_cost, other_cost) VALUES ('S-${mark()}', 'COMPLETED',
	'${more.kind ?? 'CORRECTIVE'}', ${m.id}, ${s.department}, 'x', '${reported}', ${more.accepted ? `'${more.accepted}'` : 'NULL'},
	${more.completed ? `'${more.completed}'` : 'NULL'}, ${more.labour ?? 0}, ${more.parts ?? 0}, ${more.other ?? 0}) RETURNING id`);

async function figures(m, from, to, more = '') {
	const page = await s.manager.get(`/machines/${m.id}/figures?from=${from}&to=${to}${more}`);
	assert.equal(page.status, 200, words(page).slice(0, 400));
	return words(page).replace(/ /g, ' ');
}

/* How many records a list of the machine shows. */
async function counted(m, path) {
	const page = await s.manager.get(`/machines/${m.id}/${path}`);
	assert.equal(page.status, 200, words(page).slice(0, 300));
	return [...page.text.matchAll(/<tr><th scope="row">/g)].length;
}

/* 30 days of 20 hours; one planned stop of 8 h, failures of 2, 4 and 6 h with 1.5, 3 and 4.5 h of repair. */
async function v1() {
	const m = await machine(s.department);
	await sql(`UPDATE machine SET shift_calendar_id = ${await s.calendar('mon-sun 02:00-22:00')}, stop_cost = 100,
		replacement_value = 10000 WHERE id = ${m.id}`);
	await stop(m.id, '2026-06-02 06:00:00', '2026-06-02 14:00:00', { planned: true });
	for (const [day, hours, minutes, labour] of [['05', 2, 90, 10], ['12', 4, 180, 20.5], ['19', 6, 270, 30]]) {
		const began = `2026-06-${day} 06:00:00`, ended = `2026-06-${day} ${String(6 + hours).padStart(2, '0')}:00:00`;
		const accepted = await one(`SELECT TIMESTAMP('${ended}') - INTERVAL ${minutes} MINUTE`);
		const id = await order(m, began, { accepted, completed: ended, labour, parts: 5 });
		await stop(m.id, began, ended, { order: id });
	}
	await order(m, '2026-06-25 10:00:00', { kind: 'PREVENTIVE', labour: 40, other: 2 });
	await order(m, '2026-07-01 10:00:00', { labour: 999 });	// of another month
	return m;
}

test('V1: availability, MTBF, MTTR, mean downtime, cost; and the records behind each', async () => {
	const m = await v1();
	const text = await figures(m, '2026-06-01', '2026-06-30');
	assert.match(text, /Availability 96\.7 % 580 of 600 h asked for/);
	assert.match(text, /MTBF, between failures 193\.3 h 3 failures/);
	assert.match(text, /MTTR, of a repair 3 h 3 repairs/);
	assert.match(text, /From failure to running 4 h/);
	assert.match(text, /Downtime 20 h 12 h unplanned, 8 h planned/);
	assert.match(text, /Mean downtime 5 h 4 stops · unplanned 4 h/);
	assert.match(text, /Maintenance €117\.50 4 work orders/);
	assert.match(text, /Corrective €75\.50/);
	assert.match(text, /Downtime cost €1,200\.00/);
	assert.match(text, /Cost to replacement value 1\.18 %/);
	const span = 'from=2026-06-01&to=2026-06-30';
	const glance = words(await s.manager.get(`/machines/${m.id}/figures?${span}&glance=1`)).replace(/ /g, ' ');
	assert.match(glance, /^\s*Availability 96\.7 % Failures in 12 months 3 MTBF, between failures 193\.3 h MTTR, of a repair 3 h Downtime 20 h Cost in 12 months €117\.50\s*$/);
	assert.equal(await counted(m, `stops?${span}&kind=failure`), 3);
	assert.equal(await counted(m, `stops?${span}&kind=begun`), 4);
	assert.equal(await counted(m, `stops?${span}`), 4);
	assert.equal(await counted(m, `costs?${span}`), 4);
	assert.equal(await counted(m, `costs?${span}&kind=CORRECTIVE`), 3);
	const page = words(await s.manager.get(`/machines/${m.id}/costs?${span}`)).replace(/ /g, ' ');
	const sums = ['€15.00', '€25.50', '€35.00', '€42.00'];
	for (const sum of sums)
		assert.ok(page.includes(sum), `${sum}: ${page.slice(0, 600)}`);
	assert.ok(!page.includes('€999'), 'of another month');
});

test('waiting for parts is no repair', async () => {
	const m = await machine(s.department);
	const id = await order(m, '2026-06-03 06:00:00', { accepted: '2026-06-03 07:00:00', completed: '2026-06-03 17:00:00' });
	await stop(m.id, '2026-06-03 06:00:00', '2026-06-03 17:00:00', { order: id });
	const p = await one('SELECT MIN(id) FROM part');
	await sql(`INSERT INTO parts_request (work_order_id, state, requested_by, requested_at) VALUES (${id}, 'ISSUED',
		${s.technician.id}, '2026-06-03 08:00:00')`);
	await sql(`INSERT INTO movement (part_id, kind, quantity, unit_cost, on_hand_after, work_order_id, at)
		VALUES (${p}, 'OUT', 0, 1, (SELECT on_hand FROM part WHERE id = ${p}), ${id}, '2026-06-03 15:00:00')`);
	const text = await figures(m, '2026-06-01', '2026-06-30');
	assert.match(text, /MTTR, of a repair 3 h one repair|MTTR, of a repair 3 h 1 repair/);
	assert.match(text, /From failure to running 11 h/);
});

test('V2: what overlaps counts once, and unplanned wins', async () => {
	const m = await machine(s.department);
	await stop(m.id, '2026-06-10 08:00:00', '2026-06-10 10:00:00', { planned: true });
	await stop(m.id, '2026-06-10 09:00:00', '2026-06-10 11:00:00');
	assert.match(await figures(m, '2026-06-10', '2026-06-10'), /Downtime 3 h 2 h unplanned, 1 h planned/);
});

test('V3: an open stop is cut at the plant’s month; its failure is of the month in which it began', async () => {
	const m = await machine(s.department);
	await stop(m.id, '2026-09-30 20:00:00', null);	// 22:00 of the plant
	assert.match(await figures(m, '2026-09-01', '2026-09-30'), /Downtime 2 h 2 h unplanned/);
	assert.match(await figures(m, '2026-09-01', '2026-09-30'), /one failure/);
	const october = await figures(m, '2026-10-01', '2026-10-31');	// 31 days and an hour
	assert.match(october, /Downtime 745 h 745 h unplanned/);
	assert.match(october, /0 failures/);
	assert.equal(await counted(m, 'stops?from=2026-10-01&to=2026-10-31'), 1);
	assert.equal(await counted(m, 'stops?from=2026-10-01&to=2026-10-31&kind=failure'), 0);
});

test('V4: a day of 23 hours has 23 hours, with a calendar and without', async () => {
	const m = await machine(s.department);
	assert.match(await figures(m, '2026-03-29', '2026-03-29'), /23 of 23 h asked for/);
	await sql(`UPDATE machine SET shift_calendar_id = ${await s.calendar('mon-sun 00:00-24:00')} WHERE id = ${m.id}`);
	assert.match(await figures(m, '2026-03-29', '2026-03-29'), /23 of 23 h asked for/);
});

test('V5: without failures there is no mean: more than the operating time', async () => {
	const m = await machine(s.department);
	await sql(`UPDATE machine SET shift_calendar_id = ${await s.calendar('mon-sun 02:00-22:00')} WHERE id = ${m.id}`);
	await stop(m.id, '2026-06-02 00:00:00', '2026-06-02 20:00:00', { planned: true });
	const text = await figures(m, '2026-06-01', '2026-06-30');
	assert.match(text, /MTBF, between failures > 580 h 0 failures/);
	assert.match(text, /MTTR, of a repair n\/a/);
	assert.match(text, /Downtime cost n\/a/);
});

test('holidays are not asked for', async () => {
	const m = await machine(s.department);
	const calendar = await s.calendar('mon-sun 00:00-24:00');
	await sql(`UPDATE machine SET shift_calendar_id = ${calendar} WHERE id = ${m.id}`);
	await sql(`INSERT INTO holiday (day, name, shift_calendar_id) VALUES ('2026-06-15', 'Stage', ${calendar})`);
	assert.match(await figures(m, '2026-06-15', '2026-06-16'), /24 of 24 h asked for/);
});

test('a stop of a part is the whole’s by the rule of series, and counts once with all below', async () => {
	const m = await machine(s.department), child = await machine(s.department), other = await machine(s.department);
	await sql(`UPDATE machine SET parent_id = ${m.id}, stop_rule = 'SERIES' WHERE id = ${child.id}`);
	await sql(`UPDATE machine SET parent_id = ${m.id} WHERE id = ${other.id}`);
	await stop(m.id, '2026-06-10 09:00:00', '2026-06-10 11:00:00');
	await stop(child.id, '2026-06-10 08:00:00', '2026-06-10 10:00:00');
	await stop(other.id, '2026-06-10 12:00:00', '2026-06-10 18:00:00');
	await order(m, '2026-06-10 09:00:00', { labour: 1 });
	await order(child, '2026-06-10 09:00:00', { labour: 2 });
	await order(other, '2026-06-10 09:00:00', { labour: 4 });
	const span = 'from=2026-06-10&to=2026-06-10';
	const alone = await figures(m, '2026-06-10', '2026-06-10');
	assert.match(alone, /Downtime 3 h/);
	assert.match(alone, /2 failures/);
	assert.match(alone, /Maintenance €1\.00/);
	assert.equal(await counted(m, `stops?${span}&kind=failure`), 2);
	const below = await figures(m, '2026-06-10', '2026-06-10', '&below=1');
	assert.match(below, /Downtime 10 h/);
	assert.match(below, /3 failures/);
	assert.match(below, /62 of 72 h asked for/);
	assert.match(below, /Maintenance €7\.00 3 work orders/);
	assert.equal(await counted(m, `stops?${span}&kind=failure&below=1`), 3);
	assert.equal(await counted(m, `costs?${span}&below=1`), 3);
});

test('a meter of hours at work is the operating time', async () => {
	const m = await machine(s.department);
	const meter = await one(`INSERT INTO meter (machine_id, name, unit, run_hours) VALUES (${m.id}, 'Hours', 'h', 1) RETURNING id`);
	for (const [at, value] of [['2026-05-31 22:00:00', 1000], ['2026-06-15 22:00:00', 1100], ['2026-06-30 22:00:00', 1290]])
		await sql(`INSERT INTO meter_reading (meter_id, at, value) VALUES (${meter}, '${at}', ${value})`);
	await stop(m.id, '2026-06-10 08:00:00', '2026-06-10 09:00:00');
	assert.match(await figures(m, '2026-06-01', '2026-06-30'), /MTBF, between failures 290 h (one|1) failure · 290 h by the meter/);
});

test('history: what happened by the product’s own acts, with sums that are the figures’', async () => {
	const m = await machine(s.department), child = await machine(s.department, { parent_number: m.number });
	for (const [where, minutes] of [[m, 30], [child, 50]]) {
		const id = await report(s.supervisor, where.id, { machine_down: '1' });
		await s.technician.must(`/work-orders/${id}/accept`);
		await s.technician.must(`/work-orders/${id}/complete`, await completion({ minutes: String(minutes) }));
	}
	const page = await s.manager.get(`/machines/${m.id}/history`);
	const text = words(page).replace(/ /g, ' ');
	assert.match(text, /Cost €48\.00 2 work orders/);	// 36 an hour
	assert.match(text, /2 failures/);
	const now = await s.manager.get(`/machines/${m.id}/figures?below=1`);
	assert.match(words(now).replace(/ /g, ' '), /Maintenance €48\.00 2 work orders/);
	assert.match(words(now), /2 failures/);
	assert.match(words(await s.manager.get(`/machines/${m.id}/history?below=0`)).replace(/ /g, ' '), /Cost €18\.00 1 work order /);
	for (const act of ['Problem reported', 'Machine stopped', 'Completed', 'Machine runs again'])
		assert.ok(text.includes(act), act);
	const csv = await s.manager.get(`/machines/${m.id}/history.csv`);
	assert.match(csv.headers.get('content-type'), /text\/csv/);
	const [head, ...lines] = csv.text.trim().split('\n').map((l) => l.split(','));
	assert.equal(head[5], 'Cost');
	assert.equal(lines.reduce((sum, l) => sum + Number(l[5]), 0), 48, 'each work order counts once');
	assert.equal(lines.filter((l) => l[2] === 'Machine stopped').length, 2);
	const stops = words(await s.manager.get(`/machines/${m.id}/history?kind=stops`));
	assert.ok(stops.includes('Machine stopped') && !stops.includes('Problem reported'));
	const his = words(await s.manager.get(`/machines/${m.id}/history?person=${s.supervisor.id}`));
	assert.ok(his.includes('Problem reported') && !his.includes('Completed'));
	assert.ok(!words(await s.manager.get(`/machines/${m.id}/history?from=2020-01-01&to=2020-12-31`)).includes('Completed'));
});

test('history pages by key: every event once, in order', async () => {
	const m = await machine(s.department), child = await machine(s.department, { parent_number: m.number });
	await sql(`BEGIN; INSERT INTO event (at, user_name, act, kind, record_id, machine_id) SELECT NOW(6), '', 'machine.changed', 'machine',
		1, CASE WHEN seq % 2 THEN ${m.id} ELSE ${child.id} END FROM seq_1_to_120; INSERT INTO event_unsealed SELECT id FROM event
		WHERE machine_id IN (${m.id}, ${child.id}) AND record_id = 1 AND user_name = ''; COMMIT`);
	const seen = [];
	for (let next = `/machines/${m.id}/history?kind=changes`; next;) {
		const page = await s.manager.get(next);
		assert.equal(page.status, 200);
		seen.push([...page.text.matchAll(/<tr><th scope="row">/g)].length);
		const more = /href="(\?[^"]*after=\d+[^"]*)"/.exec(page.text);
		next = more && `/machines/${m.id}/history${more[1].replace(/&amp;/g, '&')}`;
	}
	assert.equal(seen.reduce((a, b) => a + b), 122, `${seen}`);	// and the two that were created
});

test('who sees figures, costs, other people’s work', async () => {
	const m = s.machine;
	const id = await inState(s, 'COMPLETED', m.id);
	const number = await one(`SELECT number FROM work_order WHERE id = ${id}`);
	const requester = await client('requester');
	assert.equal((await requester.get(`/machines/${m.id}/figures`)).status, 403);
	const history = words(await requester.get(`/machines/${m.id}/history`));
	assert.ok(!history.includes(number) && !/€/.test(history));
	const mine = await s.technician2.get(`/machines/${m.id}/figures`);
	assert.equal(mine.status, 200);
	assert.ok(!/€/.test(words(mine)), 'a technician sees no costs');
	assert.equal((await s.technician2.get(`/machines/${m.id}/costs`)).status, 403);
	const seen = await s.technician2.get(`/machines/${m.id}/history`);
	assert.ok(words(seen).includes(number), 'what was done before is theirs to know');
	assert.ok(!seen.text.includes(`href="/work-orders/${id}"`), 'but not to open');
	const stranger = await person('TECHNICIAN', [await department()]);
	assert.equal((await stranger.get(`/machines/${m.id}/figures`)).status, 404);
	assert.ok(!words(await stranger.get(`/machines/${m.id}/history`)).includes(number));
	const boss = await person('SUPERVISOR', [await department()]);
	assert.equal((await boss.get(`/machines/${m.id}/costs`)).status, 404);
});

test('a period that is none is refused', async () => {
	for (const query of ['from=2026-02-30', 'from=2026-02-01&to=2026-01-01', 'from=x', 'from=1900-01-01', 'after=1', 'after=-'])
		assert.equal((await s.manager.get(`/machines/${s.machine.id}/stops?${query}`)).status, 400, query);
	assert.equal((await s.manager.get(`/machines/${s.machine.id}/stops?kind=x`)).status, 400);
	assert.equal((await s.manager.get('/machines/999999999/figures')).status, 404);
});
