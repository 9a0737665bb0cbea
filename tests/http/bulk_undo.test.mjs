/* bulk_undo.test.mjs: an act on many records is taken back, but for what somebody has changed since; what a conflict proposes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sql, unescape, words } from './harness.mjs';
import { department, machine, one, person, typed } from './stage.mjs';

async function act(who, what, ids, fields = {}) {
	const page = await who.get(`/machines/bulk?what=${what}&${ids.map((id) => `id=${id}`).join('&')}&query=sort%3D-name`);
	const done = await who.submit('', fields, { page, action: '/machines/bulk' });
	assert.equal(done.status, 303, words(done).slice(0, 300));
	return done.location;
}

const undo = async (who, at) => who.submit(at, {}, { action: `${at}/undo` });

test('a member of many: each as it was, but who was changed since; once, and by who did it', async () => {
	const who = await person('ADMIN'), from = await department(), to = await department();
	const made = [];
	for (let i = 0; i < 3; i++)
		made.push((await machine(from)).id);
	const at = await act(who, 'department_id', made, { department_id: to });
	assert.match(words(await who.get(at)), /3 were changed/);
	await sql(`UPDATE machine SET version = version + 1 WHERE id = ${made[1]}`);
	assert.equal((await (await person('ADMIN')).act(`${at}/undo`, {})).status, 404, 'nobody else’s');
	const back = await who.follow(await undo(who, at));
	assert.match(words(back), /Taken back.*2 were changed.*meanwhile/s);
	assert.deepEqual((await sql(`SELECT department_id FROM machine WHERE id IN (${made}) ORDER BY id`)).flat().map(Number), [from, to, from]);
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE kind = 'machine' AND act = 'machine.changed' AND record_id IN (${made})`), '5');
	assert.ok(!(await who.get(at)).text.includes(`${at}/undo`), 'it is not offered again');
	assert.equal((await who.act(`${at}/undo`, {})).status, 409);
	assert.ok(unescape(back.text).includes('href="/machines?sort=-name"'), 'back to the list');
});

test('archived and restored: the other way round; what was so before stays', async () => {
	const who = await person('ADMIN'), d = await department();
	const a = (await machine(d)).id, b = (await machine(d)).id;
	await who.must(`/machines/${b}/archive`);
	const archived = () => sql(`SELECT id FROM machine WHERE department_id = ${d} AND archived_at IS NOT NULL ORDER BY id`).then((r) => r.flat().map(Number));
	const first = await act(who, 'archive', [a, b]);
	assert.deepEqual(await archived(), [a, b]);
	await undo(who, first);
	assert.deepEqual(await archived(), [b], 'that one was archived before');
	const second = await act(who, 'restore', [b]);
	await undo(who, second);
	assert.deepEqual(await archived(), [b]);
});

test('two people edit: what only the other one changed is theirs at first, what I changed mine', async () => {
	const anna = await person('ADMIN'), ben = await person('ADMIN'), m = await machine(await department());
	const at = `/machines/${m.id}/edit`;
	const page = await anna.get(at), mine = typed(page, at);
	for (const hidden of ['csrf', 'once', 'version'])
		delete mine[hidden];
	await ben.submit(at, { ...mine, name: 'Ben’s', serial_number: 'SB' });
	const both = await anna.submit('', { ...mine, name: 'Anna’s', manufacturer: 'MA' }, { page, action: at });
	assert.equal(both.status, 409);
	const chosen = (name) => unescape(new RegExp(`name="${name}" value="([^"]*)" checked`).exec(both.text)?.[1] ?? 'nothing');
	assert.deepEqual([chosen('name'), chosen('manufacturer'), chosen('serial_number')], ['Anna’s', 'MA', 'SB']);
});

test('optional texts, days and amounts of many are set and taken back; what is each one’s own is not offered', async () => {
	const who = await person('ADMIN'), d = await department();
	const made = [(await machine(d)).id, (await machine(d)).id];
	await sql(`UPDATE machine SET warranty_until = '2020-02-02' WHERE id = ${made[0]}`);
	const at = await act(who, 'warranty_until', made, { warranty_until: '2031-05-06' });
	const days = () => sql(`SELECT warranty_until FROM machine WHERE id IN (${made}) ORDER BY id`).then((r) => r.flat());
	assert.deepEqual(await days(), ['2031-05-06', '2031-05-06']);
	await undo(who, at);
	assert.deepEqual(await days(), ['2020-02-02', null]);
	await act(who, 'location', made, { location: 'Bay 9' });
	assert.equal(await one(`SELECT COUNT(*) FROM machine WHERE id IN (${made}) AND location = 'Bay 9'`), '2');
	const wrong = await who.get(`/machines/bulk?what=replacement_value&id=${made[0]}`);
	assert.equal((await who.submit('', { replacement_value: 'much' }, { page: wrong, action: '/machines/bulk' })).status, 422);
	for (const [base, what] of [['machines', 'number'], ['machines', 'name'], ['users', 'hourly_rate'], ['users', 'email'], ['parts', 'unit']])
		assert.equal((await who.get(`/${base}/bulk?what=${what}&id=1`)).status, 404, what);
});
