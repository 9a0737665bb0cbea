/* machine.test.mjs: a machine's page by role; its parts; its meters; its stops by hand. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { client, sql, unescape, words } from './harness.mjs';
import { department, idOf, inState, machine, mark, one, part, person, report, stage, typed } from './stage.mjs';

const s = {};

before(async () => {
	Object.assign(s, await stage());
});

const flat = (page) => words(page).replace(/ /g, ' ');
const local = (ms = 0) => new Date(Date.now() + ms).toISOString().slice(0, 19) + 'Z';
const hour = 3600000;

test('the page: who comes to the machine has the act that is theirs, in few queries', async () => {
	const m = await machine(s.department);
	const id = await report(s.supervisor, m.id, { machine_down: '1' });
	const number = await one(`SELECT number FROM work_order WHERE id = ${id}`);
	const supervisor = await s.supervisor.get(`/machines/${m.id}`);
	assert.ok(supervisor.text.includes(`href="/machines/${m.id}/report"`));
	const page = await s.technician.get(`/machines/${m.id}`);
	assert.ok(page.text.includes(`action="/work-orders/${id}/accept"`) && flat(page).includes(`Start ${number}`));
	assert.match(flat(page), /Stands since/);
	assert.ok(!/€/.test(flat(page)));
	await s.technician.must(`/work-orders/${id}/accept`);
	const mine = await s.technician.get(`/machines/${m.id}`);
	assert.ok(flat(mine).includes(`Go on with ${number}`));
	assert.ok(mine.text.includes(`href="/work-orders/${id}/parts"`), 'asks for parts');
	const others = await s.technician2.get(`/machines/${m.id}`);
	assert.ok(!others.text.includes(`/work-orders/${id}/accept`) && !flat(others).includes('Go on with'));
	const requester = await client('requester');
	const theirs = await requester.get(`/machines/${m.id}`);
	assert.ok(theirs.text.includes(`href="/machines/${m.id}/report"`) && !flat(theirs).includes(number));
	for (const who of [s.supervisor, s.technician, s.manager, s.inventory, requester]) {
		const answer = await who.get(`/machines/${m.id}`);
		assert.equal(answer.status, 200);
		assert.ok(Number(answer.headers.get('x-queries')) <= 6, `${who.role}: ${answer.headers.get('x-queries')} queries`);
	}
});

test('parts: its own and its model’s, once each; added, changed, taken off, with events', async () => {
	const m = await machine(s.department), a = await part(3, 2, 5), b = await part(8, 1, 0);
	const model = await one(`INSERT INTO machine_model (name, manufacturer) VALUES ('${mark()}', 'x') RETURNING id`);
	await sql(`UPDATE machine SET machine_model_id = ${model} WHERE id = ${m.id}`);
	await sql(`INSERT INTO machine_model_part (machine_model_id, part_id, quantity) VALUES (${model}, ${a.id}, 2), (${model}, ${b.id}, 7)`);
	await s.supervisor.must(`/machines/${m.id}/parts`, { number: a.number, quantity: '4', note: 'Drive end' });
	const page = await s.technician.get(`/machines/${m.id}/parts`);
	const text = flat(page);
	assert.equal(page.text.split(`href="/parts/${a.id}"`).length, 2, 'once');
	assert.match(text, new RegExp(`Part ${a.number} 4 3 pc 3 Below minimum`));
	assert.match(text, new RegExp(`Part ${b.number} 7 8 pc 8 .*of its model`));
	assert.ok(!page.text.includes(`/machines/${m.id}/parts/remove`), 'a technician takes nothing off');
	await s.supervisor.must(`/machines/${m.id}/parts`, { number: a.number, quantity: '1.5', note: '' });
	await s.supervisor.must(`/machines/${m.id}/parts`, { number: a.number, quantity: '1.5', note: '' });
	await s.supervisor.must(`/machines/${m.id}/parts/remove`, { part: a.id });
	await s.supervisor.must(`/machines/${m.id}/parts/remove`, { part: a.id });
	assert.deepEqual((await sql(`SELECT act FROM event WHERE machine_id = ${m.id} AND kind = 'machine_part' ORDER BY id`)).flat(),
		['machine_part.added', 'machine_part.changed', 'machine_part.removed']);
	const again = flat(await s.technician.get(`/machines/${m.id}/parts`));
	assert.match(again, new RegExp(`Part ${a.number} 2 3 pc`), 'the model’s again');
});

test('parts: what is wrong comes back, with what fits', async () => {
	const m = await machine(s.department), a = await part(1, 1);
	const wrong = await s.supervisor.act(`/machines/${m.id}/parts`, { number: a.number.slice(0, -1), quantity: '2', note: 'kept' });
	assert.equal(wrong.status, 422);
	assert.ok(wrong.text.includes('value="kept"') && wrong.text.includes(`?part=${a.number}`));
	for (const quantity of ['0', '-1', 'x', ''])
		assert.equal((await s.supervisor.act(`/machines/${m.id}/parts`, { number: a.number, quantity, note: '' })).status, 422, quantity);
	for (const who of [s.technician, await person('SUPERVISOR', [await department()])])
		assert.ok([403, 404].includes((await who.act(`/machines/${m.id}/parts`, { number: a.number, quantity: '1', note: '' })).status));
	assert.deepEqual(await sql(`SELECT * FROM machine_part WHERE machine_id = ${m.id}`), []);
});

async function meter(more = {}) {
	const m = more.machine ?? await machine(s.department);
	const where = await s.supervisor.must(`/machines/${m.id}/meters/new`, { name: `Meter ${mark()}`, unit: 'h', kind: 'COUNTER',
		rollover: '', ...more.fields });
	return { id: idOf(where), machine: m };
}

const readings = (id) => sql(`SELECT value, carried FROM meter_reading WHERE meter_id = ${id} AND replaced_by IS NULL ORDER BY at`);

test('meters: defined by who may, read by who is there', async () => {
	const m = await meter();
	assert.equal((await s.technician.act(`/machines/${m.machine.id}/meters/new`, { name: 'x', unit: '', kind: 'COUNTER', rollover: '' })).status, 403);
	await s.technician.must(`/meters/${m.id}`, { value: '12.5', at: '', note: 'After the shift' });
	assert.equal((await s.inventory.act(`/meters/${m.id}`, { value: '13', at: '', note: '' })).status, 403);
	assert.equal((await (await client('requester')).get(`/meters/${m.id}`)).status, 403);
	const stranger = await person('TECHNICIAN', [await department()]);
	assert.equal((await stranger.act(`/meters/${m.id}`, { value: '13', at: '', note: '' })).status, 404);
	assert.deepEqual(await readings(m.id), [['12.5000', '0.0000']]);
	assert.match(flat(await s.manager.get(`/machines/${m.machine.id}`)), /12\.5 h/);
	const page = await s.manager.get(`/meters/${m.id}`);
	assert.match(flat(page), /12\.5 h .*After the shift/);
	assert.deepEqual((await sql(`SELECT act FROM event WHERE machine_id = ${m.machine.id} AND kind LIKE 'meter%' ORDER BY id`)).flat(),
		['meter.created', 'meter.read']);
});

test('meters: a reading sent twice is one', async () => {
	const m = await meter();
	const fields = { ...s.technician.hidden(), value: '5', at: '', note: '' };
	for (let i = 0; i < 2; i++)
		assert.equal((await s.technician.post(`/meters/${m.id}`, fields)).status, 303);
	assert.equal((await readings(m.id)).length, 1);
});

test('meters: a counter that is lower asks: began again, or a mistake?', async () => {
	const m = await meter({ fields: { rollover: '1000' } });
	await s.technician.must(`/meters/${m.id}`, { value: '990', at: local(-5 * hour), note: '' });
	const lower = await s.technician.act(`/meters/${m.id}`, { value: '10', at: '', note: 'kept' });
	assert.equal(lower.status, 422);
	assert.ok(lower.text.includes('name="began_again"') && lower.text.includes('value="kept"'));
	await s.technician.must(`/meters/${m.id}`, { value: '10', at: '', note: '', began_again: '1' });
	assert.deepEqual(await readings(m.id), [['990.0000', '0.0000'], ['10.0000', '1000.0000']]);
	assert.equal((await s.technician.act(`/meters/${m.id}`, { value: '1001', at: '', note: '' })).status, 422, 'beyond its end');
	const fitted = await meter();
	await s.technician.must(`/meters/${fitted.id}`, { value: '700', at: local(-5 * hour), note: '' });
	await s.technician.must(`/meters/${fitted.id}`, { value: '3', at: '', note: 'New meter', began_again: '1' });
	assert.deepEqual((await readings(fitted.id))[1], ['3.0000', '700.0000']);
});

test('meters: the future, the wrong order, hours faster than time, a far jump', async () => {
	const m = await meter({ fields: { run_hours: '1' } });
	const refused = async (fields, why) => {
		const answer = await s.technician.act(`/meters/${m.id}`, { note: '', at: '', ...fields });
		assert.equal(answer.status, 422, JSON.stringify(fields));
		assert.match(flat(answer), why);
		return answer;
	};
	await refused({ value: '5', at: local(2 * hour) }, /future/);
	await refused({ value: '-5' }, /less than 0/);
	for (let day = 6; day > 1; day--)
		await s.technician.must(`/meters/${m.id}`, { value: String(1000 - day), at: local(-day * 24 * hour), note: '' });
	await refused({ value: '5000' }, /more hours at work than have gone by/);
	await refused({ value: '999', at: local(-4.5 * 24 * hour) }, /higher than the next reading/);
	const gentle = await meter();
	for (let day = 6; day > 1; day--)
		await s.technician.must(`/meters/${gentle.id}`, { value: String(100 - day), at: local(-day * 24 * hour), note: '' });
	const far = await s.technician.act(`/meters/${gentle.id}`, { value: '500', at: '', note: '' });
	assert.equal(far.status, 422);
	assert.ok(far.text.includes('name="sure"'));
	await s.technician.must(`/meters/${gentle.id}`, { value: '500', at: '', note: '', sure: '1' });
	const gauge = await meter({ fields: { kind: 'GAUGE', unit: '°C' } });
	for (const value of ['80', '-4.5', '95'])
		await s.technician.must(`/meters/${gauge.id}`, { value, at: '', note: '' });
	assert.equal((await readings(gauge.id)).length, 3);
});

test('meters: a wrong reading is corrected by another with a reason; what was there stays', async () => {
	const m = await meter();
	await s.technician.must(`/meters/${m.id}`, { value: '10', at: local(-3 * hour), note: '' });
	await s.technician.must(`/meters/${m.id}`, { value: '910', at: local(-2 * hour), note: '' });
	const wrong = await one(`SELECT id FROM meter_reading WHERE meter_id = ${m.id} AND value = 910`);
	const form = await s.technician.get(`/readings/${wrong}`);
	const fields = typed(form, `/readings/${wrong}`);
	delete fields.csrf, delete fields.once;
	assert.equal((await s.technician.act(`/readings/${wrong}`, { ...fields, value: '91', reason: '' })).status, 422, 'a reason is needed');
	await s.technician.must(`/readings/${wrong}`, { ...fields, value: '91', reason: 'Read upside down' });
	assert.deepEqual((await readings(m.id)).map((r) => r[0]), ['10.0000', '91.0000']);
	assert.deepEqual(await sql(`SELECT value FROM meter_reading WHERE id = ${wrong}`), [['910.0000']], 'never changed');
	assert.match(flat(await s.technician.get(`/meters/${m.id}`)), /corrected from 910: Read upside down/);
	assert.ok([404, 409].includes((await s.technician.act(`/readings/${wrong}`, { ...fields, value: '92', reason: 'again' })).status));
	const last = await one(`SELECT id FROM meter_reading WHERE meter_id = ${m.id} AND value = 91`);
	await s.technician.must(`/readings/${last}`, { ...fields, value: '', reason: 'Of another machine' });
	assert.deepEqual((await readings(m.id)).map((r) => r[0]), ['10.0000']);
	const events = await sql(`SELECT changes FROM event WHERE machine_id = ${m.machine.id} AND act = 'meter.corrected' ORDER BY id`);
	assert.equal(events.length, 2);
	assert.deepEqual(JSON.parse(events[0][0]).reason, [null, 'Read upside down']);
	assert.equal(Number(JSON.parse(events[0][0]).value[0]), 910);
});

test('meters: archived they are read no more, and come back', async () => {
	const m = await meter();
	await s.supervisor.must(`/meters/${m.id}/archive`);
	assert.equal((await s.technician.act(`/meters/${m.id}`, { value: '1', at: '', note: '' })).status, 404);
	await s.supervisor.must(`/meters/${m.id}/restore`);
	await s.technician.must(`/meters/${m.id}`, { value: '1', at: '', note: '' });
	const edit = await s.supervisor.get(`/meters/${m.id}/edit`);
	const fields = typed(edit, `/meters/${m.id}/edit`);
	delete fields.csrf, delete fields.once;
	await s.supervisor.must(`/meters/${m.id}/edit`, { ...fields, name: 'Renamed' });
	const stale = await s.supervisor.act(`/meters/${m.id}/edit`, { ...fields, name: 'Stale' });
	assert.equal(stale.status, 422);
	assert.equal(await one(`SELECT name FROM meter WHERE id = ${m.id}`), 'Renamed');
});

test('the chart: a line with its title, and few points of many', async () => {
	const m = await meter();
	await sql(`INSERT INTO meter_reading (meter_id, at, value) SELECT ${m.id}, NOW(6) - INTERVAL (20000 - seq) MINUTE, seq FROM seq_1_to_20000`);
	const page = await s.manager.get(`/meters/${m.id}?days=30`);
	assert.equal(page.status, 200);
	assert.match(page.text, /<svg[^>]*role="img"[^>]*aria-labelledby="readings-chart-title readings-chart-desc"/);
	const [, path] = /class="plot-line" d="([^"]*)"/.exec(page.text);
	const points = path.match(/[ML]/g).length;
	assert.ok(points > 100 && points < 600, `${points} points`);
	assert.ok(!/style=/.test(page.text));
});

test('stops by hand: entered and corrected with a reason, never into each other', async () => {
	const m = await machine(s.department);
	const fields = { started_at: '2026-06-10T08:00:00Z', ended_at: '2026-06-10T10:00:00Z', failure: '1', reason: 'Forgotten' };
	const add = (more) => s.supervisor.act(`/machines/${m.id}/stops/new`, { ...fields, ...more });
	assert.equal((await add()).status, 303);
	for (const [more, why] of [
		[{ reason: '' }, /Why/], [{ ended_at: '2026-06-10T07:00:00Z' }, /ends before it begins/],
		[{ started_at: local(hour), ended_at: local(2 * hour) }, /future/], [{ ended_at: '' }, /Say when it ran again/],
		[{ started_at: '2026-06-10T09:00:00Z', ended_at: '2026-06-10T11:00:00Z' }, /Another stop of this machine/],
	]) {
		const answer = await add(more);
		assert.equal(answer.status, 422, JSON.stringify(more));
		assert.match(flat(answer), why);
	}
	assert.equal((await add({ started_at: '2026-06-10T09:00:00Z', ended_at: '2026-06-10T11:00:00Z', planned: '1' })).status, 303,
		'a planned one may overlap an unplanned one');
	const rows = await sql(`SELECT id, planned, failure, correction FROM stop WHERE machine_id = ${m.id} ORDER BY id`);
	assert.deepEqual(rows.map((r) => r.slice(1)), [['0', '1', 'Forgotten'], ['1', '0', 'Forgotten']], 'planned is no failure');
	const [id] = rows[0];
	const version = await one(`SELECT version FROM stop WHERE id = ${id}`);
	await s.supervisor.must(`/stops/${id}`, { ...fields, ended_at: '2026-06-10T09:30:00Z', reason: 'Seen on the tape', version });
	assert.equal((await s.supervisor.act(`/stops/${id}`, { ...fields, reason: 'stale', version })).status, 422, 'another has been quicker');
	assert.deepEqual((await sql(`SELECT act FROM event WHERE machine_id = ${m.id} AND kind = 'stop' ORDER BY id`)).flat(),
		['stop.added', 'stop.added', 'stop.corrected']);
	for (const [who, status] of [[s.technician, 403], [await person('SUPERVISOR', [await department()]), 404]])
		assert.equal((await who.act(`/machines/${m.id}/stops/new`, fields)).status, status);
});

test('stops by hand: ending the open one lets the machine run', async () => {
	const m = await machine(s.department);
	const order = await inState({ ...s, machine: m }, 'PENDING', m.id);
	await s.supervisor.must(`/work-orders/${order}/add`, { text: 'It stands', machine_down: '1' }).catch(() => {});
	const id = await one(`SELECT MAX(id) FROM stop WHERE machine_id = ${m.id}`)
		?? await one(`INSERT INTO stop (machine_id, work_order_id, started_at) VALUES (${m.id}, ${order}, NOW(6) - INTERVAL 1 HOUR) RETURNING id`);
	await sql(`UPDATE machine SET status = 'DOWN' WHERE id = ${m.id}`);
	const form = await s.supervisor.get(`/stops/${id}`);
	const fields = typed(form, `/stops/${id}`);
	await sql(`UPDATE stop SET started_at = NOW(6) - INTERVAL 1 HOUR WHERE id = ${id}`);
	await s.supervisor.must(`/stops/${id}`, { started_at: local(-hour), ended_at: local(-60000), failure: '1',
		reason: 'It ran', version: fields.version });
	assert.equal(await one(`SELECT status FROM machine WHERE id = ${m.id}`), 'OPERATIONAL');
	assert.ok(unescape(form.text).includes(m.number));
});
