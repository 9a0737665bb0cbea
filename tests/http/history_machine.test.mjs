/* history_machine.test.mjs: stops and meter readings as files: what the page shows, what a line must be, twice, undone. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { sql } from './harness.mjs';
import { department, machine, mark, one, person } from './stage.mjs';
import { act, bring, check, complaints, csv, exported, records, refused } from './wizard.mjs';

let admin, dept;

before(async () => {
	dept = await department();
	admin = await person('ADMIN');
});

/* ---- stops ---- */

const halted = (at, from, to, more = {}) => ({ machine_number: at.number, started_at: from, ended_at: to, planned: '0', failure: '1',
	work_order_number: '', correction: '', ...more });

test('Stops come in and go out, by machine and by time; twice is once; undone, they are gone', async () => {
	const mill = await machine(dept), m = mark();
	await bring(admin, 'work_order', csv([{ key: `K${m}`, machine_number: mill.number, kind: 'CORRECTIVE', priority: 'HIGH',
		description: 'Belt torn', reported_at: '2024-03-01T08:00:00Z', completed_at: '2024-03-01T10:00:00Z' }]));
	const number = await one(`SELECT number FROM work_order WHERE source_key = 'file:K${m}'`);
	const file = csv([
		halted(mill, '2024-05-01T08:00:00Z', '2024-05-01T09:00:00.25Z', { correction: '=1+1, "x"' }),
		halted(mill, '2024-05-01T08:30:00Z', '2024-05-01T09:30:00Z', { planned: '1', failure: '0' }),
		halted(mill, '2024-05-01T08:15:00Z', '2024-05-01T08:45:00Z', { work_order_number: number, failure: '0' }),
		halted(mill, '2024-05-01T09:00:00.25Z', '2024-05-02T09:00:00Z'),
	]);
	const { id, fresh } = await bring(admin, 'stop', file);
	assert.equal(fresh, 4);
	const here = `machine=${mill.id}&from=2024-05-01&to=2024-05-03`;
	const back = records(await exported(admin, '/stops', `${here}&plain=1`));
	assert.deepEqual(back.map((r) => [r.started_at, r.ended_at, r.planned, r.failure, r.work_order_number, r.correction]), [
		['2024-05-01T09:00:00.250000Z', '2024-05-02T09:00:00Z', '0', '1', '', ''],
		['2024-05-01T08:30:00Z', '2024-05-01T09:30:00Z', '1', '0', '', ''],
		['2024-05-01T08:15:00Z', '2024-05-01T08:45:00Z', '0', '0', number, ''],
		['2024-05-01T08:00:00Z', '2024-05-01T09:00:00.250000Z', '0', '1', '', "'=1+1, \"x\""]]);
	assert.equal(records(await exported(admin, '/stops', `${here}&kind=failure`)).length, 2, 'as the page shows them');
	const all = records(await exported(admin, '/stops', 'from=2024-05-01&to=2024-05-03'));
	assert.equal(all.filter((r) => r.Machine === mill.number).length, 4, 'and with those of all machines');
	assert.match((await admin.get(`/machines/${mill.id}/stops?from=2024-05-01&to=2024-05-03`)).text, new RegExp(`/stops/export\\.csv\\?[^"]*machine=${mill.id}`));
	for (const again of [file, csv(back)]) {
		const trial = await check(admin, 'stop', again);
		assert.deepEqual([trial.fresh, trial.same, trial.wrong], [0, 4, 0], await complaints(trial.id));
	}
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'stop.imported' AND machine_id = ${mill.id}`), '4');
	assert.equal((await act(admin, id, 'undo')).state, 'UNDONE');
	assert.equal(records(await exported(admin, '/stops', here)).length, 0);
});

test('What no stop can be is refused at its line', async () => {
	const mill = await machine(dept);
	await bring(admin, 'stop', csv([halted(mill, '2024-06-01T08:00:00Z', '2024-06-01T10:00:00Z')]));
	const [[number]] = await sql(`SELECT number FROM work_order WHERE machine_id <> ${mill.id} LIMIT 1`);
	await refused(admin, 'stop', halted(mill, '2024-06-02T08:00:00Z', '2024-06-02T09:00:00Z'), [
		[{ started_at: '2024-06-01T09:00:00Z' }, /Another stop/],
		[{ started_at: '2024-06-01T07:00:00Z', ended_at: '2024-06-01T08:00:01Z' }, /Another stop/],
		[{ ended_at: '2024-06-02T08:00:00Z' }, /ends before/],
		[{ ended_at: '' }, /Say when it ran again/],
		[{ ended_at: '2099-01-01' }, /future/],
		[{ started_at: 'soon' }, /date|time/i],
		[{ machine_number: 'None' }, /none of this name/],
		[{ work_order_number: number }, /another machine/],
		[{ work_order_number: 'WO-1901-000001' }, /none of this number/],
	]);
	/* Lines of one file do not overlap either. */
	const { id, fresh, wrong } = await check(admin, 'stop', csv([halted(mill, '2024-07-01T08:00:00Z', '2024-07-01T09:00:00Z'),
		halted(mill, '2024-07-01T08:59:00Z', '2024-07-01T10:00:00Z'), halted(mill, '2024-07-01T09:00:00Z', '2024-07-01T10:00:00Z')]));
	assert.deepEqual([fresh, wrong], [2, 1], await complaints(id));
});

/* ---- readings ---- */

const shown = (at, meter, time, value, more = {}) => ({ machine_number: at.number, meter, at: time, value, began_again: '0', sure: '0',
	note: '', unit: 'h', kind: 'COUNTER', run_hours: '0', rollover: '', ...more });

test('Readings come in and go out; meters are added when that is wanted; twice is once; undone, they do not count', async () => {
	const mill = await machine(dept);
	const file = csv([
		shown(mill, '=Strokes', '2024-05-01T08:00:00Z', '100', { rollover: '1000', note: "'-1, \"x\"" }),
		shown(mill, '=Strokes', '2024-05-02T08:00:00.5Z', '900.25', { rollover: '1000' }),
		shown(mill, '=Strokes', '2024-05-03T08:00:00Z', '20', { rollover: '1000', began_again: '1' }),
		shown(mill, 'Pressure', '2024-05-01T08:00:00Z', '-3', { kind: 'GAUGE', unit: 'bar' }),
	]);
	const refusal = await check(admin, 'meter_reading', file);
	assert.equal(refusal.wrong, 4, 'no such meter');
	const { id, fresh } = await bring(admin, 'meter_reading', file, { make_missing: '1' });
	assert.equal(fresh, 4);
	const [[meter, rollover]] = await sql(`SELECT id, rollover FROM meter WHERE machine_id = ${mill.id} AND name = '=Strokes'`);
	assert.equal(Number(rollover), 1000);
	assert.deepEqual((await sql(`SELECT value, carried, source FROM meter_reading WHERE meter_id = ${meter} ORDER BY at`)).map((r) => [+r[0], +r[1], r[2]]),
		[[100, 0, 'IMPORT'], [900.25, 0, 'IMPORT'], [20, 1000, 'IMPORT']]);
	const back = records(await exported(admin, '/readings', `meter=${meter}&plain=1`));
	assert.deepEqual(back.map((r) => [r.meter, r.at, r.value, r.began_again, r.note]), [["'=Strokes", '2024-05-01T08:00:00Z', '100', '0', "'-1, \"x\""],
		["'=Strokes", '2024-05-02T08:00:00.500000Z', '900.25', '0', ''], ["'=Strokes", '2024-05-03T08:00:00Z', '20', '1', '']]);
	assert.equal(records(await exported(admin, '/readings', `meter=${meter}`))[0].Reading, '20', 'as on screen: the latest first');
	assert.ok(records(await exported(admin, '/readings', 'from=2024-05-01&to=2024-05-01')).some((r) => r.Machine === mill.number && r.Meter === 'Pressure'));
	const both = records(await exported(admin, '/readings', `machine=${mill.id}`));
	assert.deepEqual([...new Set(both.map((r) => r.Meter))].sort(), ["'=Strokes", 'Pressure'], 'all meters of a machine');
	assert.equal(both.length, 4);
	assert.match((await admin.get(`/machines/${mill.id}`)).text, new RegExp(`/readings/export\\.csv\\?machine=${mill.id}`));
	assert.match((await admin.get(`/meters/${meter}`)).text, new RegExp(`/readings/export\\.csv\\?meter=${meter}`));
	const trial = await check(admin, 'meter_reading', file);
	assert.deepEqual([trial.fresh, trial.same, trial.wrong], [0, 4, 0], await complaints(trial.id));
	const own = await check(admin, 'meter_reading', csv(back));
	assert.deepEqual([own.fresh, own.same, own.wrong], [0, 3, 0], await complaints(own.id));
	/* Between two that are there. */
	const between = await bring(admin, 'meter_reading', csv([shown(mill, '=Strokes', '2024-05-01T20:00:00Z', '400')]));
	assert.equal((await act(admin, between.id, 'undo')).state, 'UNDONE');
	assert.equal(await one(`SELECT COUNT(*) FROM meter_reading WHERE meter_id = ${meter} AND replaced_by IS NULL`), '3');
	assert.equal((await act(admin, id, 'undo')).state, 'UNDONE');
	assert.equal(await one(`SELECT COUNT(*) FROM meter_reading WHERE meter_id = ${meter} AND replaced_by IS NULL`), '0');
	assert.notEqual(await one(`SELECT archived_at FROM meter WHERE id = ${meter}`), 'NULL');
});

test('What no meter can show is refused at its line', async () => {
	const mill = await machine(dept);
	await bring(admin, 'meter_reading', csv([1, 2, 3, 4].map((d) => shown(mill, 'Hours', `2024-05-0${d}T08:00:00Z`, String(100 + 10 * d), { run_hours: '1' }))),
		{ make_missing: '1' });
	const cases = [
		[{ at: '2024-05-05T08:00:00Z', value: '120' }, /lower than the reading before/],
		[{ at: '2024-05-05T08:00:01Z', value: '-1' }, /less than 0/],
		[{ at: '2024-05-05T08:00:02Z', value: '200' }, /more hours at work/],
		[{ at: '2099-01-01', value: '150' }, /future/],
		[{ meter: 'None', at: '2024-05-05' }, /none of this name/],
		[{ machine_number: 'None' }, /none of this name/],
		[{ value: 'a lot' }, /number/],
	];
	await refused(admin, 'meter_reading', shown(mill, 'Hours', '2024-05-05T08:00:00Z', '150'), cases);
	await refused(admin, 'meter_reading', shown(mill, 'Hours', '2024-05-02T20:00:00Z', '190', { sure: '1' }), [[{}, /higher than the next/]]);
	const far = await machine(dept);
	const rise = (d, v, more) => shown(far, 'Strokes', `2024-05-0${d}T08:00:00Z`, v, more);
	await bring(admin, 'meter_reading', csv([rise(1, '100'), rise(2, '110'), rise(3, '120'), rise(4, '130')]), { make_missing: '1' });
	await refused(admin, 'meter_reading', rise(5, '5000'), [[{}, /much more than usual/]]);
	await bring(admin, 'meter_reading', csv([rise(5, '5000', { sure: '1' })]));
	const { id, wrong } = await check(admin, 'meter_reading', csv([rise(8, '5001'), rise(7, '5000.5')]));
	assert.equal(wrong, 1);
	assert.match(await complaints(id), /sort it by time/);
});
