/* workflow.test.mjs: from the scan of a broken machine to a machine that works again, by five people. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { Client, sql, words } from './harness.mjs';
import { ask, completion, idOf, inState, jpeg, machine, one, part, person, png, reach, receive, report, stage, stock, until,
	sha256, webp } from './stage.mjs';

let s;
before(async () => { s = await stage(); });

/* Who of the stage has been told of that act on that work order; waits until all of them have. */
async function told(work_order_id, act, people) {
	const ids = people.map((p) => p.id).sort((a, b) => a - b).join();
	const event = await until(() => one(`SELECT MAX(id) FROM event WHERE act = '${act}'
		AND work_order_id = ${work_order_id}`), 5, act);
	const mine = [s.technician, s.technician2, s.supervisor, s.manager, s.inventory].map((p) => p.id);
	const heard = () => one(`SELECT COALESCE(GROUP_CONCAT(user_id ORDER BY user_id), '') FROM notification
		WHERE event_id = ${event} AND user_id IN (${mine})`);
	// Sealed in order: when this event has been read by the job, everybody has been told.  That takes a second;
	// not so while other tests fill the queue.
	await until(async () => Number(await one(`SELECT COUNT(*) FROM event_seal WHERE event_id = ${event} AND seq <=
		(SELECT seq FROM reader WHERE name = 'notify')`)) === 1, 15, `${act} is told`);
	assert.equal(await heard(), ids, act);
}

const order = async (id) => {
	const columns = ['state', 'assignee_id', 'parts_cost', 'labour_cost', 'labour_minutes', 'machine_down', 'confirmed_by',
		'completed_at', 'resolution'];
	const [row] = await sql(`SELECT ${columns} FROM work_order WHERE id = ${id}`);
	return Object.fromEntries(columns.map((c, i) => [c, row[i]]));
};
const request = async (id) => one(`SELECT state FROM parts_request WHERE id = ${id}`);
const acts = async (id) => (await sql(`SELECT act FROM event WHERE work_order_id = ${id} ORDER BY id`)).map(([a]) => a);

test('five people, one breakdown: the whole way', async () => {
	const bearing = await part(10, 4, 8);
	await receive(bearing.id, 10, 6);	// moving average: 5
	const m = await machine(s.department);

	// 1. The code is a URL; the stranger is asked to sign in and comes back to it.
	const stranger = await new Client().get(`/q/${m.code}`);
	assert.equal(stranger.location, `/sign-in?next=${encodeURIComponent(`/q/${m.code}`)}`);
	const scanned = await s.supervisor.get(`/q/${m.code.toLowerCase()}`);
	assert.equal(scanned.location, `/machines/${m.id}/report`);
	const page = await s.supervisor.get(`/machines/${m.id}`);
	assert.ok(words(page).includes(m.name));
	assert.match(page.text, new RegExp(`href="/machines/${m.id}/report"`));

	// 2–4. The report, through the form of the page, with three kinds of photos.
	const photos = [jpeg(), png(), webp()];
	const reported = await s.supervisor.submit(`/machines/${m.id}/report`, {
		priority: 'CRITICAL', problem_code_id: '', description: 'It smokes & <smells>', machine_down: '1',
	}, { action: `/machines/${m.id}/report`, files: { photo: [{ name: 'a.jpg', type: 'image/jpeg', bytes: photos[0] },
		{ name: 'b.png', type: 'image/png', bytes: photos[1] }, { name: 'c.webp', type: 'image/webp', bytes: photos[2] }] } });
	assert.equal(reported.status, 303, words(reported).slice(0, 400));
	const id = idOf(reported.location);
	const shown = await s.supervisor.get(reported.location);
	assert.ok(words(shown).includes('It smokes & <smells>'));
	assert.match(await one(`SELECT number FROM work_order WHERE id = ${id}`), /^WO-\d{4}-\d{6}$/);
	assert.equal((await order(id)).state, 'PENDING');
	assert.equal(await one(`SELECT status FROM machine WHERE id = ${m.id}`), 'DOWN');
	assert.equal(await one(`SELECT COUNT(*) FROM stop WHERE work_order_id = ${id} AND ended_at IS NULL`), '1');
	const files = await sql(`SELECT a.id, f.sha256 FROM attachment a JOIN file f ON f.id = a.file_id
		WHERE a.kind = 'work_order' AND a.record_id = ${id} ORDER BY a.id`);
	assert.equal(files.length, 3);
	for (const [i, [file, digest]] of files.entries()) {
		assert.equal(digest, sha256(photos[i]), `photo ${i}`);
		assert.equal((await s.technician.get(`/files/${file}`)).status, 200, `photo ${i}`);
	}

	// 5. The technicians of the department are told, and nobody else.
	await told(id, 'work_order.reported', [s.technician, s.technician2]);

	// 6. Who scans it now is told first that it is known, and may follow or add.
	const known = await s.supervisor.get(`/machines/${m.id}/report`);
	assert.match(known.text, new RegExp(`action="/work-orders/${id}/follow"`));
	await s.supervisor.must(`/work-orders/${id}/add`, { text: 'It also leaks' }, {});
	await told(id, 'work_order.added_to', [s.technician, s.technician2]);

	// 7–9. My work, accept, IN_PROGRESS.
	assert.match((await s.technician.get('/technician/work')).text, new RegExp(`/work-orders/${id}\\b`));
	await s.technician.must(`/work-orders/${id}/accept`);
	assert.deepEqual([(await order(id)).state, Number((await order(id)).assignee_id)], ['IN_PROGRESS', s.technician.id]);
	await told(id, 'work_order.accepted', [s.supervisor]);
	assert.equal((await s.technician2.get(`/work-orders/${id}`)).status, 404);
	assert.doesNotMatch((await s.technician2.get('/technician/work')).text, new RegExp(`/work-orders/${id}\\b`));

	// 10–11. Steps, minutes at today's rate (36 an hour), photos.
	await s.technician.must(`/work-orders/${id}/log`, { kind: 'STEP', note: 'Guard off', minutes: '' });
	await s.technician.must(`/work-orders/${id}/log`, { kind: 'LABOUR', note: '', minutes: '25' });
	await sql(`UPDATE user SET hourly_rate = 60 WHERE id = ${s.technician.id}`);
	await s.technician.must(`/work-orders/${id}/log`, { kind: 'LABOUR', note: 'More', minutes: '10' });
	assert.equal(Number((await order(id)).labour_cost), 25 * 36 / 60 + 10 * 60 / 60);
	await s.technician.must('/files/add', { kind: 'work_order', record: id, title: '' }, { file: [{ name: 'd.jpg', bytes: jpeg() }] });

	// 12–13. Parts asked for: WAITING_PARTS, and the manager knows.
	const asked = await ask(s.technician, id, { [bearing.id]: 14 }, 'Two sets');
	assert.equal((await order(id)).state, 'WAITING_PARTS');
	await told(id, 'parts_request.created', [s.manager]);

	// 14–15. The manager sees stock and cost, and approves a part of it, with a reason.
	assert.match((await s.manager.get('/manager/approvals')).text, new RegExp(`/parts-requests/${asked.id}\\b`));
	const decision = await s.manager.get(`/parts-requests/${asked.id}`);
	assert.ok(words(decision).includes('on hand: 20') && words(decision).includes('Two sets'), words(decision));
	const line = asked.lines[bearing.id];
	const bare = await s.manager.act(`/parts-requests/${asked.id}/approve`, { [`approve_${line}`]: '13', reason: ' ' });
	assert.equal(bare.status, 422, 'less than asked for, without a reason');
	await s.manager.must(`/parts-requests/${asked.id}/approve`, { [`approve_${line}`]: '13', reason: 'One set is enough' });
	assert.deepEqual(await stock(bearing.id), { on_hand: 20, reserved: 13, out: 0 });
	await told(id, 'parts_request.partly_approved', [s.technician, s.inventory]);

	// 16–19. Issued in part, then the rest, although the price has changed meanwhile; the minimum alert.
	assert.match((await s.inventory.get('/inventory/to-issue')).text, new RegExp(`/parts-requests/${asked.id}\\b`));
	await s.inventory.must(`/parts-requests/${asked.id}/issue`, { [`issue_${line}`]: '10' });
	assert.equal(await request(asked.id), 'PARTLY_ISSUED');
	assert.deepEqual(await stock(bearing.id), { on_hand: 10, reserved: 3, out: 1 });
	assert.equal((await order(id)).state, 'WAITING_PARTS');
	await told(id, 'parts_request.partly_issued', [s.technician]);
	await receive(bearing.id, 10, 9);	// moving average: 7
	await s.inventory.must(`/parts-requests/${asked.id}/issue`, { [`issue_${line}`]: '3' });
	assert.equal(await request(asked.id), 'ISSUED');
	assert.deepEqual(await stock(bearing.id), { on_hand: 17, reserved: 0, out: 2 });
	assert.equal((await order(id)).state, 'IN_PROGRESS');
	assert.equal(Number((await order(id)).parts_cost), 10 * 5 + 3 * 7);
	assert.deepEqual((await sql(`SELECT quantity, unit_cost FROM movement WHERE work_order_id = ${id} ORDER BY id`))
		.map((r) => r.map(Number)), [[-10, 5], [-3, 7]]);
	await told(id, 'parts_request.issued', [s.technician]);

	// A part that was not needed comes back at what it was charged.
	await s.inventory.must(`/parts-requests/${asked.id}/return`, { line, quantity: '1' });
	assert.deepEqual(await stock(bearing.id), { on_hand: 18, reserved: 0, out: 2 });
	assert.equal(Number((await order(id)).parts_cost), 10 * 5 + 2 * 7);

	// 20–21. Completed: the stop has ended, the machine runs, cost and duration stand there.
	await s.technician.must(`/work-orders/${id}/complete`, await completion({ minutes: '5', signed_name: 'A. Miller',
		signature: 'M1 2L30 40' }));
	const done = await order(id);
	assert.equal(done.state, 'COMPLETED');
	assert.equal(Number(done.labour_minutes), 40);
	assert.equal(Number(done.labour_cost), 15 + 10 + 5);
	assert.equal(await one(`SELECT status FROM machine WHERE id = ${m.id}`), 'OPERATIONAL');
	assert.equal(await one(`SELECT COUNT(*) FROM stop WHERE work_order_id = ${id} AND ended_at IS NULL`), '0');
	await told(id, 'work_order.completed', [s.supervisor]);
	const text = words(await s.manager.get(`/work-orders/${id}`));
	for (const what of ['€30.00', '€64.00', '€94.00', 'Bearing replaced', 'A. Miller'])
		assert.ok(text.includes(what), `${what} is not in: ${text}`);

	// 22. The supervisor confirms.
	await s.supervisor.must(`/work-orders/${id}/confirm`);
	assert.equal(Number((await order(id)).confirmed_by), s.supervisor.id);
	await told(id, 'work_order.confirmed', [s.technician]);
	const twice = await s.supervisor.act(`/work-orders/${id}/confirm`);
	assert.equal(twice.status, 409);

	// The history is complete, and the page tells all of it.
	const history = await acts(id);
	assert.deepEqual(history.filter((a) => !/photo|file|stop|movement/.test(a)), ['work_order.reported', 'work_order.added_to',
		'work_order.accepted', 'work_order.logged', 'work_order.logged', 'work_order.logged', 'parts_request.created',
		'parts_request.partly_approved', 'parts_request.partly_issued', 'work_order.resumed', 'parts_request.issued',
		'parts_request.returned', 'work_order.logged', 'work_order.completed', 'work_order.confirmed']);
	const lines = async (who) => [...(await who.get(`/work-orders/${id}`)).text.split('id="past"')[1]
		.matchAll(/<span class="dot"/g)].length;
	assert.equal(await lines(s.manager), history.length);
	const hidden = history.filter((a) => (a === 'work_order.logged' && reach.work_log_view.SUPERVISOR === '-')
		|| (a.startsWith('parts_request.') && reach.parts_request_view.SUPERVISOR === '-'));
	assert.ok(hidden.length > 0);
	assert.equal(await lines(s.supervisor), history.length - hidden.length, 'who may not see a thing does not read of it here');
	assert.equal(history.filter((a) => a === 'work_order.photo_added' || a === 'file.added').length, 4);
});

test('the alert comes when the stock goes below its minimum, once, to the store', async () => {
	const seal = await part(5, 1, 4);
	const id = await inState(s, 'IN_PROGRESS');
	const { id: r, lines } = await ask(s.technician, id, { [seal.id]: 3 });
	await s.manager.must(`/parts-requests/${r}/approve`, { [`approve_${lines[seal.id]}`]: '3', reason: '' });
	const alerts = () => one(`SELECT COUNT(*) FROM event WHERE act = 'part.below_minimum' AND record_id = ${seal.id}`);
	await s.inventory.must(`/parts-requests/${r}/issue`, { [`issue_${lines[seal.id]}`]: '1' });
	assert.equal(await alerts(), '0', '4 of 4 is not below');
	await s.inventory.must(`/parts-requests/${r}/issue`, { [`issue_${lines[seal.id]}`]: '1' });
	assert.equal(await alerts(), '1');
	await s.inventory.must(`/parts-requests/${r}/issue`, { [`issue_${lines[seal.id]}`]: '1' });
	assert.equal(await alerts(), '1');
	const [event] = await sql(`SELECT id FROM event WHERE act = 'part.below_minimum' AND record_id = ${seal.id}`);
	await until(() => one(`SELECT 1 FROM event_seal WHERE event_id = ${event} AND seq <=
		(SELECT seq FROM reader WHERE name = 'notify')`));
	const heard = (await sql(`SELECT u.role, u.id FROM notification n JOIN user u ON u.id = n.user_id
		WHERE n.event_id = ${event}`));
	assert.ok(heard.length > 0 && heard.every(([role]) => role === 'INVENTORY'), String(heard));
	assert.ok(!heard.some(([, who]) => Number(who) === s.inventory.id), 'nobody is told of what they did themselves');
});

for (const state of ['PENDING', 'IN_PROGRESS', 'WAITING_PARTS', 'approved', 'partly issued'])
	test(`cancelled while ${state}: reservations go back, what was issued stays issued`, async () => {
		const p = await part(10, 2);
		const m = await machine(s.department);
		const id = await report(s.supervisor, m.id, { machine_down: '1' });
		if (state !== 'PENDING')
			await s.technician.must(`/work-orders/${id}/accept`);
		let r;
		if (/PARTS|approved|issued/.test(state))
			r = await ask(s.technician, id, { [p.id]: 4 });
		if (/approved|issued/.test(state))
			await s.manager.must(`/parts-requests/${r.id}/approve`, { [`approve_${r.lines[p.id]}`]: '4', reason: '' });
		if (/issued/.test(state))
			await s.inventory.must(`/parts-requests/${r.id}/issue`, { [`issue_${r.lines[p.id]}`]: '1' });
		assert.equal((await stock(p.id)).reserved, { approved: 4, 'partly issued': 3 }[state] ?? 0);
		const bare = await s.supervisor.act(`/work-orders/${id}/cancel`, { reason: '  ' });
		assert.equal(bare.status, 422);
		await s.supervisor.must(`/work-orders/${id}/cancel`, { reason: 'Replaced by a new machine' });
		assert.equal((await order(id)).state, 'CANCELLED');
		assert.deepEqual(await stock(p.id), state === 'partly issued' ? { on_hand: 9, reserved: 0, out: 1 }
			: { on_hand: 10, reserved: 0, out: 0 });
		if (r) {
			assert.equal(await request(r.id), 'CANCELLED');
			const late = await s.inventory.act(`/parts-requests/${r.id}/issue`, { [`issue_${r.lines[p.id]}`]: '1' });
			assert.equal(late.status, 409);
		}
		assert.equal(await one(`SELECT status FROM machine WHERE id = ${m.id}`), 'OPERATIONAL');
		assert.ok(words(await s.supervisor.get(`/work-orders/${id}`)).includes('Replaced by a new machine'));
		assert.equal((await s.supervisor.act(`/work-orders/${id}/cancel`, { reason: 'again' })).status, 409);
	});

test('rejected: the technician is told why, and goes on', async () => {
	const p = await part(10, 2);
	const id = await inState(s, 'IN_PROGRESS');
	const r = await ask(s.technician, id, { [p.id]: 4 });
	assert.equal((await s.manager.act(`/parts-requests/${r.id}/reject`, { reason: '' })).status, 422);
	await s.manager.must(`/parts-requests/${r.id}/reject`, { reason: 'Repair the old one', [`approve_${r.lines[p.id]}`]: '4' });
	assert.equal(await request(r.id), 'REJECTED');
	assert.equal((await order(id)).state, 'IN_PROGRESS');
	assert.deepEqual(await stock(p.id), { on_hand: 10, reserved: 0, out: 0 });
	await told(id, 'parts_request.rejected', [s.technician]);
	assert.ok(words(await s.technician.get(`/work-orders/${id}`)).includes('Repair the old one'));
	for (const [who, what] of [[s.manager, 'approve'], [s.inventory, 'issue']])
		assert.equal((await who.act(`/parts-requests/${r.id}/${what}`, { [`${what}_${r.lines[p.id]}`]: '4' })).status, 409);
});

test('no more is approved than was asked for, issued than approved or on hand, returned than issued', async () => {
	const p = await part(3, 2);
	const id = await inState(s, 'IN_PROGRESS');
	const r = await ask(s.technician, id, { [p.id]: 5 });
	const line = r.lines[p.id];
	const approve = (n) => s.manager.act(`/parts-requests/${r.id}/approve`, { [`approve_${line}`]: n, reason: 'x' });
	for (const n of ['6', '-1', 'many', '', '1e3', '5.00001'])
		assert.equal((await approve(n)).status, 422, n);
	assert.equal((await approve('4')).status, 303);
	const issue = (n) => s.inventory.act(`/parts-requests/${r.id}/issue`, { [`issue_${line}`]: n });
	for (const [n, code] of [['5', 422], ['-1', 422], ['0', 422], ['x', 422], ['4', 409]])
		assert.equal((await issue(n)).status, code, n);
	assert.deepEqual(await stock(p.id), { on_hand: 3, reserved: 4, out: 0 });
	assert.equal((await issue('2.5')).status, 303);
	const back = (n, l = line) => s.inventory.act(`/parts-requests/${r.id}/return`, { line: l, quantity: n });
	for (const [n, code] of [['2.6', 409], ['0', 422], ['-1', 422], ['', 422]])
		assert.equal((await back(n)).status, code, n);
	assert.equal((await back('2.5')).status, 303);
	assert.equal((await back('0.0001')).status, 409);
	assert.deepEqual(await stock(p.id), { on_hand: 3, reserved: 1.5, out: 1 });
	assert.equal(Number((await order(id)).parts_cost), 0);

	// A line of another request has no business under this one's address.
	const elsewhere = await inState(s, 'IN_PROGRESS', (await machine(s.department)).id);
	const other = await ask(s.technician, elsewhere, { [p.id]: 1 });
	await s.manager.must(`/parts-requests/${other.id}/approve`, { [`approve_${other.lines[p.id]}`]: '1', reason: '' });
	await s.inventory.must(`/parts-requests/${other.id}/issue`, { [`issue_${other.lines[p.id]}`]: '1' });
	assert.equal((await back('1', other.lines[p.id])).status, 404);
	assert.equal((await back('1', '9999999999')).status, 404);
});

test('completing withdraws what was asked for and not issued', async () => {
	const p = await part(10, 2);
	const id = await inState(s, 'IN_PROGRESS');
	const r = await ask(s.technician, id, { [p.id]: 4 });
	await s.manager.must(`/parts-requests/${r.id}/approve`, { [`approve_${r.lines[p.id]}`]: '4', reason: '' });
	await s.technician.must(`/work-orders/${id}/resume`);
	await s.technician.must(`/work-orders/${id}/complete`, await completion());
	assert.deepEqual(await stock(p.id), { on_hand: 10, reserved: 0, out: 0 });
	assert.equal(await request(r.id), 'CANCELLED');
	await told(id, 'parts_request.cancelled', [s.inventory]);
});

test('reopened: back to its technician, the machine down again, the figures go on', async () => {
	const m = await machine(s.department);
	const id = await report(s.supervisor, m.id, { machine_down: '1' });
	await s.technician.must(`/work-orders/${id}/accept`);
	await s.technician.must(`/work-orders/${id}/complete`, await completion({ minutes: '10' }));
	const before_ = Number((await order(id)).labour_cost);
	assert.equal((await s.supervisor.act(`/work-orders/${id}/reopen`, { reason: '' })).status, 422);
	await s.supervisor.must(`/work-orders/${id}/reopen`, { reason: 'It still rattles', machine_down: '1' });
	const now = await order(id);
	assert.deepEqual([now.state, Number(now.assignee_id), now.completed_at], ['IN_PROGRESS', s.technician.id, null]);
	assert.equal(await one(`SELECT status FROM machine WHERE id = ${m.id}`), 'DOWN');
	await told(id, 'work_order.reopened', [s.technician]);
	await s.technician.must(`/work-orders/${id}/complete`, await completion({ minutes: '10' }));
	assert.ok(Number((await order(id)).labour_cost) > before_);
	assert.equal(await one(`SELECT GROUP_CONCAT(ended_at IS NOT NULL) FROM stop WHERE work_order_id = ${id}`), '1,1');
	assert.equal(await one(`SELECT status FROM machine WHERE id = ${m.id}`), 'OPERATIONAL');
	await s.supervisor.must(`/work-orders/${id}/confirm`);
	await s.manager.must(`/work-orders/${id}/reopen`, { reason: 'The manager doubts it' });
	assert.equal((await order(id)).confirmed_by, null);
});

test('given back with a reason: free again, for the other one', async () => {
	const id = await inState(s, 'IN_PROGRESS');
	assert.equal((await s.technician.act(`/work-orders/${id}/release`, { reason: '' })).status, 422);
	await s.technician.must(`/work-orders/${id}/release`, { reason: 'Shift ends' });
	assert.deepEqual([(await order(id)).state, (await order(id)).assignee_id], ['PENDING', null]);
	await told(id, 'work_order.released', [s.technician2, s.supervisor]);
	await s.technician2.must(`/work-orders/${id}/accept`);
	await s.technician2.must(`/work-orders/${id}/log`, { kind: 'LABOUR', note: '', minutes: '15' });
	assert.equal(Number((await order(id)).labour_cost), 15 * 48 / 60);
});

test('the times of the stop may be corrected, with a reason, and never backwards', async () => {
	const m = await machine(s.department);
	const id = await report(s.supervisor, m.id, { machine_down: '1' });
	await s.technician.must(`/work-orders/${id}/accept`);
	const page = await s.technician.get(`/work-orders/${id}/complete`);
	const typed = /name="stopped_at" value="([^"]+)"/.exec(page.text)[1];
	const earlier = new Date(Date.parse(`${typed}Z`) - 3600e3).toISOString().slice(0, 16);
	const send = async (more) => s.technician.act(`/work-orders/${id}/complete`, await completion(more));
	assert.equal((await send({ stopped_at: earlier, runs_at: typed, correction: '' })).status, 422);
	const wrong = await send({ stopped_at: typed, runs_at: earlier, correction: 'the clock' });
	assert.equal(wrong.status, 422);
	assert.ok(wrong.text.includes('the clock') && words(wrong).includes('It cannot run again before it stopped'));
	assert.equal((await send({ stopped_at: earlier, runs_at: typed, correction: 'Seen an hour before' })).status, 303);
	const [[seconds, why]] = await sql(`SELECT TIMESTAMPDIFF(SECOND, started_at, ended_at), correction FROM stop
		WHERE work_order_id = ${id}`);
	assert.deepEqual([seconds, why], ['3600', 'Seen an hour before']);
	assert.ok((await acts(id)).includes('stop.corrected'));
});

test('a machine that two work orders hold down runs again only after the second', async () => {
	const m = await machine(s.department);
	const ids = [await report(s.supervisor, m.id, { machine_down: '1' }), await report(s.supervisor, m.id, { machine_down: '1' })];
	for (const [i, id] of ids.entries()) {
		await s.technician.must(`/work-orders/${id}/accept`);
		await s.technician.must(`/work-orders/${id}/complete`, await completion());
		assert.equal(await one(`SELECT status FROM machine WHERE id = ${m.id}`), ['DOWN', 'OPERATIONAL'][i]);
	}
});

test('the dashboard counts are links to lists of as many', async () => {
	for (const who of [s.technician, s.supervisor, s.manager, s.inventory]) {
		const home = await who.get('/');
		const counts = [...home.text.matchAll(/<a class="tile[^"]*"[^>]*href="(\/[^"]*)">.*?<span class="tile-value">([\d,]+)\+?</g)];
		assert.ok(counts.length > 0, who.role);
		for (const [, href, n] of counts) {
			const list = await who.get(href.replace(/&amp;/g, '&'));
			assert.equal(list.status, 200, href);
			const rows = [...list.text.matchAll(/data-keep/g)].length;
			if (href.startsWith('/work-orders'))
				assert.equal(rows, Math.min(Number(n), 50), `${who.role}: ${href} says ${n}`);
		}
	}
});

test('a cost that a work order cannot hold is refused beside its field, and nothing is booked', async () => {
	const gold = await part(10, 9000000000);
	const id = await inState(s, 'IN_PROGRESS');
	const { id: wanted, lines: { [gold.id]: line } } = await ask(s.technician, id, { [gold.id]: 2 });
	await s.manager.must(`/parts-requests/${wanted}/approve`, { [`approve_${line}`]: 2, reason: '' });
	const issued = await s.inventory.act(`/parts-requests/${wanted}/issue`, { [`issue_${line}`]: '2' });
	assert.equal(issued.status, 422);
	assert.match(words(issued), /costs more than a work order can hold/);
	assert.deepEqual(Object.values(await stock(gold.id)).slice(0, 1), [10]);
	await s.inventory.must(`/parts-requests/${wanted}/issue`, { [`issue_${line}`]: '1' });
	await sql(`UPDATE work_order SET labour_cost = 999999999.99 WHERE id = ${id}`);
	await sql(`UPDATE user SET hourly_rate = 60 WHERE id = ${s.technician.id}`);
	await s.technician.must(`/work-orders/${id}/resume`).catch(() => {});
	const logged = await s.technician.act(`/work-orders/${id}/log`, { kind: 'LABOUR', note: 'x', minutes: '60' });
	assert.equal(logged.status, 422);
	assert.match(words(logged), /costs more than a work order can hold/);
});

test('a requester is told that it is reported already: the words are added, and they see no more than before', async () => {
	const m = await machine(s.department), first = await report(s.supervisor, m.id);
	const requester = await person('REQUESTER'), page = await requester.get(`/machines/${m.id}/report`);
	assert.match(words(page), /reported already\. What you say is added to it/);
	assert.ok(!page.text.includes('It rattles') && !page.text.includes(`/work-orders/${first}`));
	const fields = { priority: 'HIGH', problem_code_id: '', description: 'Oil on the floor', machine_down: '1' };
	const where = await requester.must(`/machines/${m.id}/report`, fields, {});
	assert.equal(where, `/machines/${m.id}`);
	assert.match(words(await requester.get(where)), /It is reported already/);
	assert.equal(await one(`SELECT COUNT(*) FROM work_order WHERE machine_id = ${m.id}`), '1');
	assert.match(words(await s.supervisor.get(`/work-orders/${first}`)), /Oil on the floor/);
	assert.equal(await one(`SELECT COUNT(*) FROM follower WHERE work_order_id = ${first} AND user_id = ${requester.id}`), '1');
	assert.equal(await one(`SELECT COUNT(*) FROM stop WHERE machine_id = ${m.id} AND ended_at IS NULL`), '1');
	assert.equal((await requester.get(`/work-orders/${first}`)).status, 404, 'it is not theirs to see');
	assert.match(await requester.must(`/machines/${m.id}/report`, { ...fields, another: '1' }, {}), /^\/work-orders\/\d+$/);
	const [a, b] = (await sql(`SELECT number FROM work_order WHERE machine_id = ${m.id} ORDER BY id`)).map(([n]) => n);
	assert.notEqual(a, b);
	// Theirs is open now, too: they are asked, as everybody is.
	assert.equal((await requester.act(`/machines/${m.id}/report`, fields, {})).status, 409);
});
