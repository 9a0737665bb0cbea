/* user.test.mjs: people as a register: found, exported, skilled, paid from a day on. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { sql, words } from './harness.mjs';
import { department, machine, mark, one, person, report, stage, typed } from './stage.mjs';

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
		language: 'fr', department_names: await one(`SELECT name FROM department WHERE id = ${d}`), skill_names: k.name });
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

test('nobody deactivates themselves: it is not offered, and refused; with several, too', async () => {
	const who = await person('ADMIN'), page = await who.get(`/users/${who.id}`);
	assert.ok(!page.text.includes(`/users/${who.id}/archive`));
	const answer = await who.act(`/users/${who.id}/archive`);
	assert.equal(answer.status, 409);
	assert.match(words(answer), /Nobody deactivates their own account/);
	const done = await who.must('/users/bulk', { what: 'archive', ids: `${who.id}.1`, query: '' });
	assert.match(words(await who.get(done)), /Nobody deactivates their own account/);
	assert.equal((await who.get('/')).status, 200);
});

/* The person's form as it stands, with those fields; hidden() is new, for a page is sent again. */
async function edit(who, id, fields, page) {
	const path = `/users/${id}/edit`;
	return who.post(path, { ...typed(page ?? await who.get(path), path), ...who.hidden(), ...fields });
}

/* The names of departments and skills of a person, as the database has them. */
const belongs = async (id) => (await sql(`SELECT d.name FROM user_department ud JOIN department d ON d.id = ud.department_id
	WHERE ud.user_id = ${id} UNION ALL SELECT k.name FROM user_skill us JOIN skill k ON k.id = us.skill_id
	WHERE us.user_id = ${id} ORDER BY 1`)).map(([name]) => name);
const named = async () => {
	const id = await department();
	return { id, name: await one(`SELECT name FROM department WHERE id = ${id}`) };
};

test('boxes: none, one and several; all unticked is none; with many to choose from the names are typed', async () => {
	const [a, b] = [await named(), await named()], k = await skill(), t = await person('TECHNICIAN', [a.id]);
	const page = await admin.get(`/users/${t.id}/edit`);
	const as_typed = `${a.name}, ${b.name}`;
	if (page.text.includes('type="checkbox" name="department_names"')) {
		assert.match(page.text, new RegExp(`value="${a.name}" checked`));
		assert.doesNotMatch(page.text, new RegExp(`value="${b.name}" checked`));
	}
	const save = async (fields) => {
		const answer = await edit(admin, t.id, fields);
		assert.equal(answer.status, 303, words(answer).slice(0, 300));
		return belongs(t.id);
	};
	assert.deepEqual(await save({ department_names: [a.name, b.name], skill_names: [k.name] }), [a.name, b.name, k.name].sort());
	assert.deepEqual(await save({ department_names: [b.name], skill_names: '' }), [b.name]);
	assert.deepEqual(await save({ department_names: as_typed }), [a.name, b.name].sort());
	const ticked = (await admin.get(`/users/${t.id}/edit`)).text;
	assert.equal([...ticked.matchAll(/name="department_names"[^>]* checked/g)].length, 2 * ticked.includes('type="checkbox" name="department_names"'));
	// A browser sends nothing of boxes that are not ticked.
	assert.deepEqual(await save({ department_names: undefined, department_names_boxes: '1' }), []);
	assert.deepEqual(await save({ department_names: a.name, department_names_boxes: '1' }), [a.name]);
	// What is archived meanwhile is offered to nobody else, and is not dropped unseen.
	await sql(`UPDATE skill SET archived_at = UTC_TIMESTAMP(6) WHERE id = ${k.id}`);
	await sql(`INSERT INTO user_skill (user_id, skill_id) VALUES (${t.id}, ${k.id})`);
	assert.deepEqual(await save({ name: 'Somebody else' }), [a.name, k.name].sort());
	assert.deepEqual(await save({ department_names: '', skill_names: '' }), []);
	const wrong = await edit(admin, t.id, { department_names: 'Nowhere at all' });
	assert.equal(wrong.status, 422);
	assert.match(words(wrong), /There is no department Nowhere at all/);
});

test('own fields and tags; "saved" is taken back; two who save at once choose field by field', async () => {
	const t = await person('TECHNICIAN'), other = await person('ADMIN'), d = await named(), label = `Locker ${mark()}`;
	const field = await one(`INSERT INTO custom_field (kind, name, label, type) VALUES ('user', '${mark()}', '${label}', 'TEXT')
		RETURNING id`);
	const stale = await other.get(`/users/${t.id}/edit`);
	const tag = `tag ${mark()}`, [name] = [`custom_${field}`];
	const saved = await edit(admin, t.id, { [name]: 'B 12', tags: tag, department_names: d.name, language: 'fr' });
	assert.equal(saved.status, 303, words(saved).slice(0, 300));
	const page = await admin.follow(saved);
	for (const text of [label, 'B 12', tag, d.name])
		assert.ok(words(page).includes(text), text);
	assert.equal((await admin.submit('', {}, { page, action: `/users/${t.id}/undo` })).status, 303);
	const after = words(await admin.get(`/users/${t.id}`)).split('History')[0];
	assert.ok(!after.includes('B 12') && !after.includes(tag));
	assert.deepEqual(await belongs(t.id), []);
	assert.equal(await one(`SELECT language FROM user WHERE id = ${t.id}`), 'en');
	const both = await edit(other, t.id, { phone: '4711', name: 'Mine' }, stale);
	assert.equal(both.status, 409);
	assert.ok(words(both).includes('Mine') && words(both).includes(t.name));
	assert.equal((await edit(other, t.id, { name: 'Mine', phone: '4711' }, both)).status, 303);
	assert.deepEqual((await sql(`SELECT name, phone FROM user WHERE id = ${t.id}`))[0], ['Mine', '4711']);
	await sql(`UPDATE custom_field SET archived_at = UTC_TIMESTAMP(6) WHERE id = ${field}`);
});

test('several at once: another department, deactivated, reactivated', async () => {
	const d = await named(), some = [await person('TECHNICIAN'), await person('REQUESTER')];
	const ids = async () => (await sql(`SELECT id, version FROM user WHERE id IN (${some.map((p) => p.id)})`))
		.map(([id, v]) => `${id}.${v}`).join();
	const list = some.map((p) => `id=${p.id}`).join('&');
	const step = await admin.get(`/users/bulk?${list}&what=department_names`);
	assert.ok(words(step).includes(d.name) || step.text.includes('data-suggest'));
	await admin.must('/users/bulk', { what: 'department_names', department_names: d.name, ids: await ids(), query: '' });
	for (const p of some)
		assert.deepEqual(await belongs(p.id), [d.name]);
	assert.match(words(await admin.get(`/users/bulk?${list}&what=archive`)), /Deactivate 2/);
	await admin.must('/users/bulk', { what: 'archive', ids: await ids(), query: '' });
	assert.equal((await some[0].get('/')).status, 303, 'signed out');
	await admin.must('/users/bulk', { what: 'restore', ids: await ids(), query: '' });
	assert.equal(await one(`SELECT COUNT(*) FROM user WHERE archived_at IS NULL AND id IN (${some.map((p) => p.id)})`), '2');
});

test('a rate that the form says anew holds from today on; what was said for earlier days stays', async () => {
	const t = await person('TECHNICIAN', [], { rate: 30 });
	await sql(`UPDATE user SET created_at = '2020-01-01' WHERE id = ${t.id}`);
	const saved = await edit(admin, t.id, { hourly_rate: '35' });
	assert.equal(saved.status, 303, words(saved).slice(0, 300));
	assert.deepEqual((await sql(`SELECT from_day = UTC_DATE(), rate FROM user_rate WHERE user_id = ${t.id} ORDER BY from_day`))
		.map(([today, rate]) => [today, Number(rate)]), [['0', 30], ['1', 35]]);
});
