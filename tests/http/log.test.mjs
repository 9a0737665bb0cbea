/* log.test.mjs: the activity log: what is in it, what is found, its file, and whether it is whole. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { client, sql, words } from './harness.mjs';
import { machine, mark, person, stage, until, one } from './stage.mjs';

let admin, s;

before(async () => {
	admin = await client('admin');
	s = await stage();
});

const rows = (page) => [...page.text.matchAll(/<tr><th scope="row">(.*?)<\/tr>/gs)].map((m) => m[1]);
const find = (query) => admin.get(`/activity?${new URLSearchParams(query)}`);

test('a person is found by name and by e-mail; only what they did is shown', async () => {
	const who = await person('ADMIN');
	await who.must('/departments/new', { name: `Log ${mark()}`, note: '' });
	const [[name, email]] = await sql(`SELECT name, email FROM user WHERE id = ${who.id}`);
	for (const text of [name, email, `#${who.id}`]) {
		const page = await find({ person: text });
		assert.equal(page.status, 200);
		const shown = rows(page);
		assert.equal(shown.length, Number(await one(`SELECT COUNT(*) FROM event WHERE user_id = ${who.id}`)), text);
		assert.ok(shown.every((r) => r.includes(`person=%23${who.id}"`)), text);
	}
	const nobody = await find({ person: `nobody ${mark()}` });
	assert.equal(rows(nobody).length, 0);
	assert.match(words(nobody), /Nothing of this kind happened/);
});

test('a name that two have asks which one is meant', async () => {
	const a = await person('REQUESTER'), b = await person('REQUESTER');
	const name = `Twin ${mark()}`;
	await sql(`UPDATE user SET name = '${name}' WHERE id IN (${a.id}, ${b.id})`);
	const page = await find({ person: name });
	assert.equal(rows(page).length, 0);
	assert.match(words(page), /Who is meant\?/);
	for (const { id } of [a, b])
		assert.ok(page.text.includes(`?person=%23${id}`), String(id));
});

test('a record is found by its number, an act by its name, an address as it is', async () => {
	const m = await machine(s.department);
	const page = await find({ record: m.number });
	assert.equal(rows(page).length, 1);
	assert.match(rows(page)[0], new RegExp(`href="/machines/${m.id}"`));
	assert.equal(rows(await find({ record: m.number, act: 'machine.archived' })).length, 0);
	assert.equal(rows(await find({ record: m.number, act: 'machine.created' })).length, 1);
	assert.equal(rows(await find({ record: m.number, address: '203.0.113.9' })).length, 0);
	assert.equal(rows(await find({ record: m.number, address: '127.0.0.1' })).length, 1);
	assert.equal((await find({ act: 'no.such' })).status, 400);
});

test('days are those of the plant, the last one included', async () => {
	const m = await machine(s.department);
	const [[day, before_, after]] = await sql(`SELECT DATE(CONVERT_TZ(at, '+00:00', '+00:00')),
		DATE(at - INTERVAL 2 DAY), DATE(at + INTERVAL 2 DAY) FROM event
		WHERE kind = 'machine' AND record_id = ${m.id}`);
	const count = async (query) => rows(await find({ record: m.number, ...query })).length;
	assert.equal(await count({ from: before_, to: after }), 1);
	assert.equal(await count({ from: before_, to: before_ }), 0);
	assert.equal(await count({ from: after }), 0);
	assert.equal(await count({ to: before_ }), 0);
	assert.ok(day);
});

test('who tries what they may not stands in the log, with the page', async () => {
	const who = await person('TECHNICIAN');
	assert.equal((await who.get('/settings')).status, 403);
	const page = await find({ person: `#${who.id}`, act: 'access.refused' });
	assert.equal(rows(page).length, 1);
	assert.match(rows(page)[0], /\/settings/);
});

test('a file of the log is written without a request, holds what was looked for, and is an event', async () => {
	const name = `=1+1 ${mark()}`;
	const who = await person('ADMIN');
	await who.must('/departments/new', { name, note: '' });
	const asked = await admin.submit('/activity/log', { person: `#${who.id}` }, { action: '/activity/export' });
	assert.equal(asked.status, 303);
	const [id] = (await sql(`SELECT id FROM log_export WHERE of_user_id = ${who.id}`))[0];
	await until(async () => (await one(`SELECT state FROM log_export WHERE id = ${id}`)) === 'DONE', 20);
	const file = await admin.get(`/activity/exports/${id}`);
	assert.equal(file.status, 200);
	assert.match(file.headers.get('content-type'), /^text\/csv/);
	assert.match(file.headers.get('content-disposition'), /^attachment/);
	const lines = file.text.trimEnd().split('\r\n');
	assert.equal(lines[0].split(',').slice(0, 4).join(), 'id,at,user_id,user_name');
	assert.equal(lines.length - 1, Number(await one(`SELECT COUNT(*) FROM event WHERE user_id = ${who.id}`)));
	assert.ok(lines.some((l) => l.includes(`,"'${name}"`)), 'a cell that begins with = is disarmed');
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'log.exported' AND record_id = ${id}`), '1');
	const page = await admin.get('/activity/log');
	assert.ok(page.text.includes(`/activity/exports/${id}`));
	assert.equal((await s.manager.get(`/activity/exports/${id}`)).status, 403);
	assert.equal((await s.manager.get('/activity/log')).status, 403);
});

test('the log is checked when an administrator asks: head, time, number', async () => {
	const began = await one('SELECT UTC_TIMESTAMP(6)');
	const answer = await admin.submit('/activity/log', {}, { action: '/activity/check' });
	assert.equal(answer.status, 303);
	await until(async () => (await one('SELECT wanted_at IS NULL AND started_at IS NULL FROM log_check')) === '1'
		&& (await one('SELECT checked_at FROM log_check')) > began, 30);
	const page = await admin.get('/activity/log');
	const [[head, links, fault]] = await sql('SELECT head, links, fault FROM log_check');
	assert.equal(fault, '');
	assert.ok(Number(links) > 0);
	assert.equal(head, (await one(`SELECT LOWER(HEX(hash)) FROM event_seal WHERE seq = ${links}`)));
	assert.ok(page.text.includes(head));
	assert.match(words(page), /Nothing was changed and nothing is missing/);
});

test('an import in the log leads to its page, with what it did', async () => {
	const file = [{ name: 'log.csv', type: 'text/csv', bytes: Buffer.from(`Name\r\nLog ${mark()}\r\n`) }];
	const who = await person('ADMIN');
	const made = await who.act('/imports/new', { kind: 'department' }, { file });
	assert.equal(made.status, 303, words(made).slice(0, 300));
	const id = /\/imports\/(\d+)/.exec(made.location)[1];
	const page = await find({ person: `#${who.id}`, act: 'import.created' });
	assert.match(page.text, new RegExp(`href="/imports/${id}"`));
});
