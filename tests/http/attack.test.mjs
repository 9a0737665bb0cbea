/* attack.test.mjs: what a hostile review found, and must not come back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { Client, client, sql, words } from './harness.mjs';
import { ask, completion, inState, machine, one, part, person, report, stage, until } from './stage.mjs';

const set = stage();

/* Rows locked by somebody else for so many seconds: answers when they are, { ended } when no longer. */
async function held(rows, seconds) {
	const ended = sql(`START TRANSACTION; ${rows} FOR UPDATE; SELECT SLEEP(${seconds}); COMMIT`);
	await until(async () => Number(await one(`SELECT COUNT(*) FROM information_schema.processlist
		WHERE info = 'SELECT SLEEP(${seconds})'`)) > 0);
	return { ended };
}

test('histories tell no more than the pages of what they tell of', async () => {
	const s = await set;
	const p = await part(10, 4321);
	const requester = await person('REQUESTER');
	const id = await report(requester, s.machine.id);
	await s.technician.must(`/work-orders/${id}/accept`);
	const q = await ask(s.technician, id, { [p.id]: 2 }, 'between us');
	const line = q.lines[p.id];
	await s.manager.must(`/parts-requests/${q.id}/approve`, { [`approve_${line}`]: 2, reason: '' });
	await s.inventory.must(`/parts-requests/${q.id}/issue`, { [`issue_${line}`]: 1 });

	for (const who of [s.supervisor, requester])
		for (const path of [`/work-orders/${id}`, `/machines/${s.machine.id}`]) {
			const page = await who.get(path);
			assert.equal(page.status, 200);
			assert.ok(!page.text.includes(p.number), `${who.role} ${path} names the part`);
			assert.doesNotMatch(words(page), /Parts (asked for|approved|issued)/, `${who.role} ${path}`);
		}
	for (const who of [s.technician, s.manager])
		assert.match(words(await who.get(`/work-orders/${id}`)), /Parts issued in part/, who.role);
	for (const who of [s.technician, s.supervisor])
		assert.doesNotMatch(words(await who.get(`/parts/${p.id}`)), /Stock moved|Unit cost/, who.role);
	for (const who of [s.technician, s.supervisor])
		assert.doesNotMatch(words(await who.get(`/parts/${p.id}/history`)), /Stock moved|Unit cost/, who.role);
	assert.match(words(await s.inventory.get(`/parts/${p.id}/history`)), /Stock moved/);
});

test('when and from where a person signed in is not for the manager', async () => {
	const s = await set;
	await sql(`UPDATE session SET address = '192.0.2.77', user_agent = 'Secret browser' WHERE user_id = ${s.technician.id}`);
	const page = await s.manager.get(`/users/${s.technician.id}`);
	assert.equal(page.status, 200);
	assert.doesNotMatch(words(page), /192\.0\.2\.77|Secret browser|Signed in on|Nowhere/);
	assert.match(words(await (await client('admin')).get(`/users/${s.technician.id}`)), /192\.0\.2\.77/);
});

test('a work order that one may not see does not stand in the way of a report', async () => {
	const s = await set;
	const m = await machine(s.department);
	await report(s.supervisor, m.id);
	const requester = await person('REQUESTER');
	const fields = { priority: 'LOW', problem_code_id: '', description: 'It leaks' };
	const hidden = await one(`SELECT id FROM work_order WHERE machine_id = ${m.id}`);
	const joined = await requester.act(`/machines/${m.id}/report`, fields, {});
	assert.equal(joined.status, 303, words(joined).slice(0, 300));
	assert.equal(joined.location, `/machines/${m.id}`, 'the words are added to what they may not see');
	const first = await requester.act(`/machines/${m.id}/report`, { ...fields, another: '1' }, {});
	assert.equal(first.status, 303, words(first).slice(0, 300));
	const second = await requester.act(`/machines/${m.id}/report`, fields, {});
	assert.equal(second.status, 409);
	assert.ok(second.text.includes(first.location), 'their own is named');
	assert.ok(!second.text.includes(`/work-orders/${hidden}"`), 'and no other');
});

test('a stop that ends sees the one that begins at that moment', async () => {
	const s = await set;
	const m = await machine(s.department);
	const ends = await inState(s, 'IN_PROGRESS', m.id);
	await s.supervisor.must(`/work-orders/${ends}/add`, { text: 'It stands', machine_down: '1' }, {});
	const begins = await report(s.supervisor, m.id);
	const lock = await held(`SELECT id FROM stop WHERE work_order_id = ${ends}`, 1.5);
	const completed = s.technician.must(`/work-orders/${ends}/complete`, await completion());
	await pause(400);	// it has read how things stand, and waits for its stop's row
	await s.supervisor.must(`/work-orders/${begins}/add`, { text: 'Here, too', machine_down: '1' }, {});
	await completed;
	await lock.ended;
	assert.deepEqual(await sql(`SELECT status, (SELECT COUNT(*) FROM stop WHERE machine_id = m.id AND ended_at IS NULL)
		FROM machine m WHERE id = ${m.id}`), [['DOWN', '1']]);
});

test('many who try one account at once hold one worker, not all', async () => {
	const s = await set;
	const who = await person('REQUESTER', [], { signedOut: true });
	const page = await new Client().get('/sign-in');
	const lock = await held(`SELECT id FROM user WHERE id = ${who.id}`, 3.5);
	const tries = Array.from({ length: 6 }, () => new Client().submit('/sign-in',
		{ email: who.email, password: 'not the right one' }, { page }));
	await pause(200);
	const from = Date.now();
	assert.equal((await s.supervisor.get('/account')).status, 200);
	const took = Date.now() - from;
	assert.ok(took < 2500, `a page took ${took} ms meanwhile`);
	const answers = (await Promise.all(tries)).map((a) => a.status);
	await lock.ended;
	assert.ok(answers.filter((a) => a === 429).length >= 5, answers.join());
	await sql('DELETE FROM sign_in_failure');
});

test('whoever turns a refresh token within the grace gets the same next one', async () => {
	const who = await person('REQUESTER');
	const first = who.cookies.get('refresh');
	const turn = async (token) => {
		const browser = new Client();
		browser.cookies.set('refresh', token);
		const page = await browser.get('/account');
		return { status: page.status, token: browser.cookies.get('refresh') };
	};
	const turned = await Promise.all(Array.from({ length: 20 }, () => turn(first)));
	assert.deepEqual([...new Set(turned.map((t) => t.status))], [200]);
	const next = turned[0].token;
	assert.notEqual(next, first);
	assert.ok(turned.every((t) => t.token === next), 'one token for all, or an answer that is lost ends the session');
	assert.equal((await turn(next)).status, 200);

	const session = `user_id = ${who.id} AND ended_at IS NULL`;
	await sql(`UPDATE session SET rotated_at = rotated_at - INTERVAL 1 MINUTE WHERE ${session}`);
	assert.equal((await turn(next)).status, 303, 'used again after the grace');
	assert.equal(await one(`SELECT COUNT(*) FROM session WHERE ${session}`), '0');
});

test('places in a list that no page of ours names are refused, not broken', async () => {
	const s = await set;
	for (const after of ['9223372036854775807-1', '99999999999999999999-5', '-9223372036854775808-1', '253402300799000001-1',
		'x', '-', '1-', '5'])
		assert.equal((await s.supervisor.get(`/work-orders?after=${after}`)).status, 400, after);
	assert.equal((await s.supervisor.get('/work-orders?after=1763730000000000-5')).status, 200);
});

test('an absurd quantity of something dear costs nobody their page', async () => {
	const s = await set;
	const p = await part(1, 900000);
	const id = await report(s.supervisor, s.machine.id);
	await s.technician.must(`/work-orders/${id}/accept`);
	const q = await ask(s.technician, id, { [p.id]: 100000 });
	for (const [who, path] of [[s.manager, '/manager/approvals'], [s.manager, `/parts-requests/${q.id}`], [s.manager, '/'],
		[s.technician, `/work-orders/${id}`], [s.technician, `/work-orders/${id}/job-card.pdf`],
		[s.inventory, `/parts/${p.id}`]])
		assert.equal((await who.get(path)).status, 200, path);
	await s.manager.must(`/parts-requests/${q.id}/reject`, { reason: 'far too many' });
});

test('a mailbox cannot be filled with links that anybody asks for', async () => {
	const who = await person('REQUESTER', [], { signedOut: true });
	for (let i = 0; i < 6; i++) {
		const answer = await new Client().submit('/forgot', { email: who.email });
		assert.equal(answer.location, '/sign-in', 'the same answer each time');
	}
	assert.equal(await one(`SELECT COUNT(*) FROM mail WHERE recipient = '${who.email}'`), '3');
	await sql(`UPDATE user_link SET expires_at = expires_at - INTERVAL 16 MINUTE WHERE user_id = ${who.id}`);
	await new Client().submit('/forgot', { email: who.email });
	assert.equal(await one(`SELECT COUNT(*) FROM mail WHERE recipient = '${who.email}'`), '4');
});

test('a code of another list, or of none, is refused', async () => {
	const s = await set;
	const [[cause, problem]] = await sql(`SELECT MIN(CASE WHEN kind = 'CAUSE' THEN id END),
		MIN(CASE WHEN kind = 'PROBLEM' THEN id END) FROM failure_code`);
	const fields = { priority: 'LOW', description: 'It hums', another: '1' };
	for (const problem_code_id of [cause, '99999999'])
		assert.equal((await s.supervisor.act(`/machines/${s.machine.id}/report`, { ...fields, problem_code_id }, {})).status, 422);
	const id = await report(s.supervisor, s.machine.id, { problem_code_id: problem });
	const version = await one(`SELECT version FROM work_order WHERE id = ${id}`);
	assert.equal((await s.supervisor.act(`/work-orders/${id}/edit`, { priority: 'LOW', description: 'It hums',
		problem_code_id: cause, version })).status, 422);
	await s.technician.must(`/work-orders/${id}/accept`);
	assert.equal((await s.technician.act(`/work-orders/${id}/complete`, await completion({ cause_code_id: problem }))).status, 422);
	assert.equal((await s.technician.act(`/work-orders/${id}/complete`, await completion({ remedy_code_id: cause }))).status, 422);
	assert.equal(await one(`SELECT state FROM work_order WHERE id = ${id}`), 'IN_PROGRESS');
});
