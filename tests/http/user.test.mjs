/* user.test.mjs: people as a register: found, exported, skilled, paid from a day on. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { sql, words } from './harness.mjs';
import { department, machine, mark, one, person, report, stage } from './stage.mjs';

let admin, s;

before(async () => {
	admin = await person('ADMIN');
	s = await stage();
});

const rows = (page) => [...page.text.matchAll(/<th scope="row">(.*?)<\/tr>/gs)].map((m) => m[1]);
const skill = async () => {
	const name = `Skill ${mark()}`;
	return { name, id: await one(`INSERT INTO skill (name) VALUES ('${name}') RETURNING id`) };
};

test('people are found by department, skill, role, and whether they took their invitation', async () => {
	const d = await department(), k = await skill();
	const a = await person('TECHNICIAN', [d]), b = await person('MANAGER', [d]);
	await sql(`INSERT INTO user_skill VALUES (${a.id}, ${k.id})`);
	await sql(`UPDATE user SET password = NULL WHERE id = ${b.id}`);
	const found = async (query) => rows(await admin.get(`/users?${query}`)).map((r) => /\/users\/(\d+)/.exec(r)[1]).sort();
	assert.deepEqual(await found(`department=${d}`), [a.id, b.id].map(String).sort());
	assert.deepEqual(await found(`department=${d}&role=MANAGER`), [String(b.id)]);
	assert.deepEqual(await found(`skill=${k.id}`), [String(a.id)]);
	assert.deepEqual(await found(`department=${d}&invited=1`), [String(b.id)]);
	assert.deepEqual(await found(`search=${encodeURIComponent(a.name)}`), [String(a.id)]);
});

test('skills and language are the administrator’s to say; a list in a file says them, too', async () => {
	const k = await skill(), d = await department();
	const email = `${mark()}@stage.example`;
	const made = await admin.submit('/users/new', { name: 'New Person', email, role: 'TECHNICIAN', phone: '', hourly_rate: '',
		language: 'fr', department: d, skill: k.id });
	assert.equal(made.status, 303, words(made));
	const [[id, language]] = await sql(`SELECT id, language FROM user WHERE email = '${email}'`);
	assert.equal(language, 'fr');
	assert.match(words(await admin.get(`/users/${id}`)), new RegExp(k.name));
	const file = await admin.get(`/users/export.csv?department=${d}&plain=1`);
	assert.equal(file.status, 200);
	assert.match(file.text, new RegExp(`${email}.*${k.name}`));
	assert.doesNotMatch(file.text, /\$7\$|password/i);
	assert.equal((await s.technician.get('/users/export.csv')).status, 403);
});

test('an hour costs what was said for its day; what is recorded stays', async () => {
	const t = await person('TECHNICIAN', [s.department], { rate: 10 });
	const rate = (from_day, value) => admin.submit(`/users/${t.id}`, { from_day, rate: value },
		{ action: `/users/${t.id}/rate` });
	const wo = await report(s.supervisor, (await machine(s.department)).id, {});
	await t.must(`/work-orders/${wo}/accept`);
	const hour = () => t.must(`/work-orders/${wo}/log`, { kind: 'LABOUR', note: 'x', minutes: '60' });
	const cost = () => one(`SELECT labour_cost FROM work_order WHERE id = ${wo}`);
	await hour();
	assert.equal(Number(await cost()), 10);
	assert.equal((await rate('2020-01-01', '30')).status, 303);
	assert.equal((await rate('2090-01-01', '90')).status, 303);
	await hour();
	assert.equal(Number(await cost()), 40);
	assert.equal((await rate('', '30')).status, 422);
	assert.equal((await rate('2020-01-01', '')).status, 303);
	await hour();
	assert.equal(Number(await cost()), 50);
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'user.rate_set' AND record_id = ${t.id}`), '3');
	assert.equal((await s.manager.post(`/users/${t.id}/rate`, { from_day: '2020-01-01', rate: '1' })).status, 403);
});

test('who is deactivated with others is signed out at once, and the last administrator stays', async () => {
	const t = await person('TECHNICIAN', [s.department]);
	assert.equal((await t.get('/')).status, 200);
	const done = await admin.submit(`/users/${t.id}`, {}, { action: `/users/${t.id}/archive` });
	assert.equal(done.status, 303);
	assert.equal((await t.get('/')).status, 303);
	assert.equal((await admin.get('/users?archived=1')).status, 200);
});
