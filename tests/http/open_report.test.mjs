/* open_report.test.mjs: reports without an account: who may, what holds them back, what becomes of them. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { Client, forms, sql, words } from './harness.mjs';
import { inState, machine, mark, one, person, png, stage } from './stage.mjs';

const s = {};

before(async () => {
	Object.assign(s, await stage(), { admin: await person('ADMIN') });
	s.other = await stage();
});

const openMachine = () => machine(s.department, { open_report: 'ON' });

/* Opens the code's page, waits as long as people take, and sends the form. */
async function visit(m, fields = {}, { wait = 2100, files = {}, client = new Client() } = {}) {
	const page = await client.get(`/q/${m.code}`);
	assert.equal(page.status, 200, words(page).slice(0, 200));
	const { hidden } = forms(page).find((f) => f.action === `/q/${m.code}/report`);
	await pause(wait);
	const all = { ...hidden, who: 'Léa', description: 'It smokes', ...fields };
	return { client, sent: all, answer: await client.postMultipart(`/q/${m.code}/report`, all, files) };
}

const count = (m) => one(`SELECT COUNT(*) FROM open_report WHERE machine_id = ${m.id}`);

test('where it is off, a visitor is sent to sign in, and a form of theirs, too', async () => {
	const m = await machine(s.department);
	assert.match((await new Client().get(`/q/${m.code}`)).location, /^\/sign-in/);
	const sent = await new Client().postMultipart(`/q/${m.code}/report`, { who: 'Léa', description: 'It smokes' });
	assert.match(sent.location, /^\/sign-in/);
	const never = await machine(s.department, { open_report: 'OFF' });
	assert.match((await new Client().get(`/q/${never.code}`)).location, /^\/sign-in/);
	assert.equal(await count(m), '0');
});

test('reported, confirmed with one tap, followed to its end: the name is kept, the clock runs from the report', async () => {
	const m = await openMachine();
	const { client, answer } = await visit(m, { machine_down: '1' }, { files: { photo: [{ name: 'a.png', type: 'image/png', bytes: png() }] } });
	assert.equal(answer.status, 303, words(answer).slice(0, 400));
	assert.match(answer.location, /^\/follow\/[\w-]{22}$/);
	assert.match(words(await client.get(answer.location)), /Your report has arrived/);
	assert.equal(await one(`SELECT COUNT(*) FROM work_order WHERE machine_id = ${m.id}`), '0', 'held back');
	assert.equal(await one(`SELECT COUNT(*) FROM open_report WHERE digest = UNHEX(SHA2('${answer.location.slice(8)}', 256))`), '1');
	const id = await one(`SELECT id FROM open_report WHERE machine_id = ${m.id}`);
	assert.match((await s.supervisor.get('/open-reports')).text, new RegExp(`/open-reports/${id}"`));
	assert.equal((await s.other.supervisor.get(`/open-reports/${id}`)).status, 404, 'another department');
	assert.equal((await s.technician.get(`/open-reports/${id}`)).status, 403);
	const file = await one(`SELECT id FROM attachment WHERE kind = 'open_report' AND record_id = ${id}`);
	assert.equal((await s.technician.get(`/files/${file}`)).status, 404, 'a photo that is held back');
	assert.equal((await s.supervisor.get(`/files/${file}`)).status, 200);
	await s.supervisor.must(`/open-reports/${id}/confirm`);
	const [[order, said, state]] = await sql(`SELECT id, reporter_said, state FROM work_order WHERE machine_id = ${m.id}`);
	assert.deepEqual([said, state], ['Léa', 'PENDING']);
	assert.equal(await one(`SELECT st.started_at = o.reported_at FROM stop st JOIN open_report o ON o.id = ${id}
		WHERE st.work_order_id = ${order}`), '1');
	assert.equal(await one(`SELECT record_id FROM attachment WHERE id = ${file} AND kind = 'work_order'`), order);
	assert.match(words(await s.supervisor.get(`/work-orders/${order}`)), /Léa/);
	assert.equal((await s.supervisor.act(`/open-reports/${id}/confirm`)).status, 409, 'once');
	const told = words(await client.get(answer.location));
	assert.match(told, /confirmed/);
	assert.ok(!told.includes(s.supervisor.name), 'no names');
	assert.equal((await client.post(`${answer.location}/add`, { csrf: '', text: 'It is worse now' })).status, 303);
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE work_order_id = ${order} AND act = 'work_order.added_to'`), '1');
});

test('rejected with a reason, which the link shows; nothing more can be added', async () => {
	const m = await openMachine();
	const { client, answer } = await visit(m);
	const id = await one(`SELECT id FROM open_report WHERE machine_id = ${m.id}`);
	assert.equal((await s.supervisor.act(`/open-reports/${id}/reject`, { reason: '' })).status, 422);
	await s.supervisor.must(`/open-reports/${id}/reject`, { reason: 'It is meant to smoke' });
	assert.match(words(await client.get(answer.location)), /It is meant to smoke/);
	assert.equal((await client.post(`${answer.location}/add`, { csrf: '', text: 'But it does' })).status, 409);
	assert.equal(await one(`SELECT COUNT(*) FROM work_order WHERE machine_id = ${m.id}`), '0');
});

test('what is open already is shown, and the words join it', async () => {
	const m = await openMachine();
	const order = await inState(s, 'PENDING', m.id);
	const page = words(await new Client().get(`/q/${m.code}`));
	assert.match(page, /Already reported/);
	assert.ok(!page.includes('It rattles'), 'not the words of others');
	await visit(m, { description: 'Now it burns' });
	const id = await one(`SELECT id FROM open_report WHERE machine_id = ${m.id}`);
	await s.supervisor.must(`/open-reports/${id}/confirm`);
	assert.equal(await one(`SELECT work_order_id FROM open_report WHERE id = ${id} AND joined`), String(order));
	assert.match(words(await s.supervisor.get(`/work-orders/${order}`)), /Léa: Now it burns/);
});

test('robots: a field that nobody sees, a form filled too fast, a stamp that is not ours', async () => {
	const m = await openMachine();
	for (const [fields, wait] of [[{ website: 'http://spam.example' }, 2100], [{}, 0], [{ stamp: '1:forged' }, 2100]]) {
		const { answer } = await visit(m, fields, { wait });
		assert.equal(answer.status, 422, JSON.stringify(fields));
		assert.match(answer.text, /It smokes/, 'what was typed stays');
	}
	assert.equal(await count(m), '0');
});

test('sent twice is done once; a form without words or a name is shown again; a file must be a photo', async () => {
	const m = await openMachine();
	const { client, sent, answer } = await visit(m);
	const again = await client.postMultipart(`/q/${m.code}/report`, sent);
	assert.equal(again.location, answer.location);
	assert.equal(await count(m), '1');
	assert.equal((await visit(m, { description: '' })).answer.status, 422);
	assert.equal((await visit(m, { who: '' })).answer.status, 422);
	const text = await visit(m, {}, { files: { photo: [{ name: 'a.png', type: 'image/png', bytes: Buffer.from('<script>') }] } });
	assert.equal(text.answer.status, 422);
	assert.equal(await count(m), '1');
});

test('too many for one machine: 429 with a clear text, and what was typed stays', async () => {
	const m = await openMachine();
	await sql(`INSERT INTO rate (name, times, until) VALUES ('open_report_at ${m.id}', 8, UTC_TIMESTAMP(6) + INTERVAL 1 MINUTE)`);
	const { answer } = await visit(m);
	assert.equal(answer.status, 429);
	assert.match(words(answer), /ten minutes/);
	assert.match(answer.text, /It smokes/);
	assert.equal(await count(m), '0');
});

test('a badge names its person; a wrong one is told', async () => {
	const m = await openMachine();
	await s.admin.must(`/users/${s.technician.id}/code`);
	const badge = await one(`SELECT code FROM user WHERE id = ${s.technician.id}`);
	const { client, answer } = await visit(m, { who: badge });
	assert.equal(await one(`SELECT user_id FROM open_report WHERE machine_id = ${m.id}`), String(s.technician.id));
	assert.ok(!words(await client.get(answer.location)).includes(s.technician.name));
	assert.equal((await visit(m, { who: '0000-0001' })).answer.status, 422);
});

test('a follow link cannot be guessed', async () => {
	const answer = await new Client().get(`/follow/${mark()}${mark()}`);
	assert.equal(answer.status, 404);
});

test('a visitor reads what can be seen in the language of the page, in every act', async () => {
	const m = await openMachine(), visitor = new Client();
	const [[id, english, french]] = await sql(`SELECT id, name, name_fr FROM failure_code WHERE kind = 'PROBLEM'
		AND archived_at IS NULL AND name_fr <> '' LIMIT 1`);
	visitor.headers = { 'accept-language': 'fr' };
	const { answer } = await visit(m, { problem_code_id: id, description: '' }, { client: visitor });
	assert.equal(answer.status, 303, words(answer).slice(0, 300));
	const followed = words(await visitor.get(answer.location));
	assert.ok(followed.includes(french) && !followed.includes(english), followed.slice(0, 400));
	const named = await sql(`SELECT name, name_fr FROM failure_code WHERE kind = 'PROBLEM' AND archived_at IS NULL AND name_fr <> ''`);
	const page = words(await visitor.get(`/q/${m.code}`));
	assert.ok(named.some(([, fr]) => page.includes(fr)) && !named.some(([en, fr]) => en !== fr && page.includes(` ${en} `)), page.slice(0, 600));
});
