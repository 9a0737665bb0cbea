/* concurrency.test.mjs: several people at the same moment, and one who presses the button twice. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { forms, sql, unescape, words } from './harness.mjs';
import { ask, inParallel, inState, machine, one, part, person, report, stage, stock, typed } from './stage.mjs';

let s;
before(async () => { s = await stage(); });

test('two technicians accept at once: one has it, the other is told who', async () => {
	for (let i = 0; i < 5; i++) {
		const id = await report(s.supervisor, s.machine.id);
		const both = [s.technician, s.technician2];
		const answers = await Promise.all(both.map((t) => t.act(`/work-orders/${id}/accept`)));
		assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409]);
		const winner = both[answers.findIndex((a) => a.status === 303)];
		const late = answers.find((a) => a.status === 409);
		assert.equal(Number(await one(`SELECT assignee_id FROM work_order WHERE id = ${id}`)), winner.id);
		assert.ok(words(late).includes(`${winner.name} has it`), words(late));
		assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'work_order.accepted' AND work_order_id = ${id}`), '1');
	}
});

test('64 people issue the last item at the same time: exactly one succeeds', async () => {
	const last = await part(1, 7);
	const orders = await inParallel(Array(8).fill(), 4, async () => {
		const id = await report(s.supervisor, s.machine.id);
		await s.technician.must(`/work-orders/${id}/accept`);
		return id;
	});
	// Eight requests on each of eight work orders: they wait for the part, not for one work order.
	const requests = [].concat(...await inParallel(orders, 4, async (id) => {
		const made = [];
		for (let i = 0; i < 8; i++)
			made.push(await ask(s.technician, id, { [last.id]: 1 }));
		return made;
	}));
	assert.equal(new Set(requests.map((r) => r.id)).size, 64);
	await inParallel(requests, 8, (r) => s.manager.must(`/parts-requests/${r.id}/approve`,
		{ [`approve_${r.lines[last.id]}`]: '1', reason: '' }));
	assert.deepEqual(await stock(last.id), { on_hand: 1, reserved: 64, out: 0 });
	const answers = await inParallel(requests, 64, (r) => s.inventory.act(`/parts-requests/${r.id}/issue`,
		{ [`issue_${r.lines[last.id]}`]: '1' }));
	const count = (code) => answers.filter((a) => a.status === code).length;
	assert.deepEqual([count(303), count(409)], [1, 63], String(answers.map((a) => a.status)));
	for (const a of answers.filter((a) => a.status === 409))
		assert.ok(words(a).includes('Fewer are on hand than you want to issue'), words(a).slice(0, 300));
	assert.deepEqual(await stock(last.id), { on_hand: 0, reserved: 63, out: 1 });
	assert.equal(await one(`SELECT COUNT(*) FROM parts_request_line WHERE part_id = ${last.id} AND issued > 0`), '1');
	assert.equal(await one(`SELECT SUM(parts_cost) FROM work_order WHERE id IN (${orders})`), '7.0000');
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'parts_request.issued' AND work_order_id IN (${orders})`), '1');
});

test('two managers decide at once: one decision, reserved once', async () => {
	const p = await part(10, 1);
	const id = await inState(s, 'IN_PROGRESS', (await machine(s.department)).id);
	const r = await ask(s.technician, id, { [p.id]: 4 });
	const other = await person('MANAGER');
	const answers = await Promise.all([s.manager, other, s.manager, other].map((m, i) =>
		m.act(`/parts-requests/${r.id}/${i < 2 ? 'approve' : 'reject'}`, { [`approve_${r.lines[p.id]}`]: '4', reason: 'no' })));
	assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409, 409, 409]);
	assert.ok([0, 4].includes((await stock(p.id)).reserved));
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE kind = 'parts_request' AND record_id = ${r.id}`), '2');
});

test('a form sent 20 times at once is done once, and every answer is the same', async () => {
	const m = await machine(s.department);
	const fields = { ...s.supervisor.hidden(), priority: 'HIGH', problem_code_id: '', description: 'Once only', another: '1',
		machine_down: '1' };
	const answers = await Promise.all(Array.from({ length: 20 }, () => s.supervisor.post(`/machines/${m.id}/report`, fields)));
	assert.deepEqual([...new Set(answers.map((a) => `${a.status} ${a.location}`))],
		[`303 /work-orders/${await one(`SELECT MAX(id) FROM work_order WHERE machine_id = ${m.id}`)}`]);
	assert.equal(await one(`SELECT COUNT(*) FROM work_order WHERE machine_id = ${m.id}`), '1');
	assert.equal(await one(`SELECT COUNT(*) FROM stop WHERE machine_id = ${m.id}`), '1');
	const again = await s.supervisor.post(`/machines/${m.id}/report`, fields);
	assert.equal(again.location, answers[0].location);
	assert.ok(words(await s.supervisor.follow(again)).includes('That was sent already; it was done once.'));

	// The same value with other content, or for another act, is refused; somebody else's is their own.
	assert.equal((await s.supervisor.post(`/machines/${m.id}/report`, { ...fields, description: 'Other' })).status, 409);
	assert.equal((await s.supervisor.post(`/machines/${s.machine.id}/report`, fields)).status, 409);
	const other = await person('SUPERVISOR', [s.department]);
	assert.equal((await other.post(`/machines/${m.id}/report`, { ...fields, csrf: other.csrf })).status, 303);
	assert.equal(await one(`SELECT COUNT(*) FROM work_order WHERE machine_id = ${m.id}`), '2');
});

test('what was refused may be sent again with the same value, mended', async () => {
	const m = await machine(s.department);
	const fields = { ...s.supervisor.hidden(), priority: 'HIGH', problem_code_id: '', description: '' };
	assert.equal((await s.supervisor.post(`/machines/${m.id}/report`, fields)).status, 422);
	assert.equal((await s.supervisor.post(`/machines/${m.id}/report`, { ...fields, description: 'Now' })).status, 303);
});

test('minutes are booked once however often the form arrives, and none is lost of many at once', async () => {
	const id = await inState(s, 'IN_PROGRESS', (await machine(s.department)).id);
	const once = { ...s.technician.hidden(), kind: 'LABOUR', note: '', minutes: '6' };
	await Promise.all(Array.from({ length: 10 }, () => s.technician.post(`/work-orders/${id}/log`, once)));
	await Promise.all(Array.from({ length: 10 }, () => s.technician.must(`/work-orders/${id}/log`,
		{ kind: 'LABOUR', note: '', minutes: '6' })));
	assert.deepEqual((await sql(`SELECT labour_minutes, labour_cost, (SELECT COUNT(*) FROM work_log WHERE work_order_id = w.id)
		FROM work_order w WHERE id = ${id}`))[0].map(Number), [66, 66 * 36 / 60, 11]);
});

test('reports of one breakdown at once: one work order, and the others are told of it', async () => {
	const m = await machine(s.department);
	const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => s.supervisor.act(`/machines/${m.id}/report`,
		{ priority: 'HIGH', problem_code_id: '', description: `I am number ${i}` })));
	assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409, 409, 409, 409, 409]);
	for (const [i, a] of answers.entries())
		if (a.status === 409) {
			assert.ok(unescape(a.text).includes(`I am number ${i}`), 'what was typed is gone');
			assert.match(a.text, /action="\/work-orders\/\d+\/follow"/);
		}
	assert.equal(await one(`SELECT COUNT(*) FROM work_order WHERE machine_id = ${m.id}`), '1');
	const numbers = await sql('SELECT number, COUNT(*) FROM work_order GROUP BY number HAVING COUNT(*) > 1');
	assert.deepEqual(numbers, []);
});

test('a stale version: 409 with both sides, what was typed is kept, and sending it then works', async () => {
	const admin = await person('ADMIN');
	const p = await part(0);
	const boss = s.supervisor;
	const id = await report(boss, (await machine(s.department)).id);
	const user = await person('REQUESTER', [], { signedOut: true });
	const cases = [
		[admin, `/parts/${p.id}/edit`, { name: 'Theirs' }, { name: 'Mine', place: 'B-2' }],
		[admin, `/departments/${s.department}/edit`, { note: 'Theirs' }, { note: 'Mine\r\ntwo lines' }],
		[admin, `/machines/${s.machine.id}/edit`, { location: 'Theirs' }, { location: 'Mine' }],
		[boss, `/work-orders/${id}/edit`, { description: 'Theirs, longer' }, { description: 'Mine, longer' }],
		[admin, `/users/${user.id}/edit`, { phone: '+1 Theirs' }, { phone: '+1 Mine' }],
	];
	for (const [who, path, theirs, mine] of cases) {
		const stale = await who.get(path);
		const all = (page, changed) => ({ ...typed(page, path), ...changed });
		const first = await who.post(path, all(await who.get(path), theirs));
		assert.equal(first.status, 303, `${path} ${words(first).slice(0, 300)}`);
		const second = await who.post(path, all(stale, mine));
		assert.equal(second.status, 409, path);
		const shown = unescape(second.text);
		for (const text of [...Object.values(mine), ...Object.values(theirs)])
			assert.ok(shown.replace(/\r\n/g, '\n').includes(text.replace(/\r\n/g, '\n')), `${path}: ${text} is not shown`);
		const again = forms(second).find((f) => f.action === path && f.hidden.version);
		assert.ok(again, `${path}: no form to send again`);
		const third = await who.post(path, { ...typed(second, path), ...mine, ...again.hidden, ...mine });
		assert.equal(third.status, 303, `${path}: ${words(third).slice(0, 400)}`);
	}
});
