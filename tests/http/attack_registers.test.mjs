/* attack_registers.test.mjs: what a hostile review of registers, labels and open reports found. */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { Client, forms, sql, words } from './harness.mjs';
import { inState, machine, mark, one, part, person, png, stage, typed } from './stage.mjs';

const set = stage();

/* The part of a page behind its head and navigation. */
const main = (page) => page.text.slice(page.text.indexOf('<main'));

test('what a machine is worth is for whom costs are for, in lists, files and histories', async () => {
	const s = await set;
	const admin = await person('ADMIN');
	const m = await machine(s.department, { replacement_value: '81234.56', stop_cost: '7654' });
	const fields = typed(await admin.get(`/machines/${m.id}/edit`), `/machines/${m.id}/edit`);
	await admin.must(`/machines/${m.id}/edit`, { ...fields, csrf: admin.csrf, stop_cost: '7655' });
	const query = `columns=number,replacement_value,stop_cost&search=${m.number}`;
	const worth = /81[^0-9]?234|7[^0-9]?65[45]/;
	const places = [`/machines?${query}`, `/machines/export.csv?${query}`, `/machines/export.csv?plain=1&${query}`,
		`/machines/${m.id}`, `/machines/${m.id}/history`];
	/* Costs are a supervisor's on the pages of their departments' machines, and nowhere else. */
	const elsewhere = await person('SUPERVISOR', [(await stage()).department]);
	for (const who of [s.technician, s.supervisor, elsewhere, await person('REQUESTER')])
		for (const path of who === s.supervisor ? places.filter((p) => p !== places[3]) : places) {
			const page = await who.get(path);
			assert.equal(page.status, 200, path);
			assert.ok(page.text.includes(m.number), `${who.role} ${path}`);
			assert.doesNotMatch(page.text, worth, `${who.role} ${path}`);
		}
	for (const path of places)
		assert.match((await s.manager.get(path)).text, worth, path);
	assert.match((await s.supervisor.get(places[3])).text, worth, 'in their own department');
});

test('costs, rates and people stay with whom they are for', async () => {
	const s = await set;
	const s2 = await stage();
	for (const who of [s.technician, s.supervisor, s.inventory, await person('REQUESTER')])
		for (const path of ['/users', '/users/export.csv', '/users/export.xlsx', '/users/suggest?q=a',
			`/users/${s.manager.id}/history`, `/labels?kind=user&ids=${s.manager.id}`,
			`/labels/sheet.pdf?kind=user&ids=${s.manager.id}`, `/labels/preview.svg?kind=user&ids=${s.manager.id}`])
			assert.equal((await who.get(path)).status, 403, `${who.role} ${path}`);
	for (const who of [s.technician, s.supervisor])
		for (const path of ['figures', 'costs'])
			assert.ok([403, 404].includes((await who.get(`/machines/${s2.machine.id}/${path}`)).status), `${who.role} ${path}`);
	for (const plain of ['', '&plain=1']) {
		const csv = (await s.manager.get(`/users/export.csv?search=${s.technician.email}${plain}`)).text;
		assert.match(csv, new RegExp(s.technician.email));
		assert.doesNotMatch(csv, /\$y\$|\$argon|\$6\$|digest|password/i);
	}
});

test('a file of another department’s work order is nothing to the others', async () => {
	const s = await set;
	const s2 = await stage();
	const id = await inState(s2, 'IN_PROGRESS');
	const title = `Wiring ${mark()}`;
	const file = (name) => ({ file: [{ name, type: 'text/plain', bytes: Buffer.from(`Text ${mark()}`) }] });
	await s2.technician.must('/files/add', { kind: 'work_order', record: id, title }, file('a.txt'));
	const f = await one(`SELECT id FROM attachment WHERE kind = 'work_order' AND record_id = ${id}`);
	for (const who of [s.technician, s.supervisor, await person('REQUESTER')]) {
		for (const path of [`/files/${f}`, `/files/${f}/view`, `/files/${f}/small`, `/files/${f}/large`,
			`/files/add?kind=work_order&record=${id}`])
			assert.equal((await who.get(path)).status, 404, `${who.role} ${path}`);
		for (const act of ['change', 'remove', 'restore'])
			assert.equal((await who.act(`/files/${f}/${act}`)).status, 404, `${who.role} ${act}`);
		const found = await who.get(`/search.json?q=${encodeURIComponent(title)}`);
		assert.equal(JSON.parse(found.text).groups.filter((g) => g.kind === 'DOCUMENT').length, 0, who.role);
	}
	const replaced = await s.technician.act('/files/add', { kind: 'machine', record: s.machine.id, title: '', replaces: f },
		file('b.txt'));
	assert.equal(replaced.status, 404, 'a new version of what stands elsewhere');
	assert.equal((await s2.technician.get(`/files/${f}`)).status, 200);
});

test('a view is changed by who keeps it, and leads nowhere else', async () => {
	const s = await set;
	const query = 'search=x&//evil.example=%0d%0aSet-Cookie:%20a=b&javascript:alert(1)=1';
	const kept = await s.manager.must('/machines/views', { query, name: '"><script>alert(1)</script>{{x}}', shared: '1' });
	assert.match(kept, /^\/machines\?[\w%&=.-]*$/);
	const [, id] = /view=(\d+)/.exec(kept);
	assert.doesNotMatch((await s.technician.get(`/machines?view=${id}`)).text, /<script>alert/);
	for (const act of ['change', 'remove'])
		assert.equal((await s.technician.act(`/machines/views/${id}`, { query: '', name: 'Mine', act })).status, 403);
	const own = await s.technician.must('/machines/views', { query: '', name: `Own ${mark()}`, shared: '1' });
	const [, mine] = /view=(\d+)/.exec(own);
	assert.equal(await one(`SELECT shared FROM list_view WHERE id = ${mine}`), '0', 'a technician shares none');
	for (const act of ['change', 'remove', 'usual'])
		assert.equal((await s.technician2.act(`/machines/views/${mine}`, { query: '', name: 'Mine', act })).status, 404);
});

test('more filters than there are places for are refused, not broken', async () => {
	const s = await set;
	const many = (n) => Array.from({ length: n }, (_, i) => `department=${i + 1}`).join('&');
	for (const path of ['/machines', '/machines/export.csv', '/machines/export.xlsx']) {
		assert.equal((await s.manager.get(`${path}?${many(100)}&search=press`)).status, 200, path);
		assert.equal((await s.manager.get(`${path}?${many(300)}`)).status, 400, path);
	}
	assert.equal((await (await person('ADMIN')).get(`/machines/bulk?what=criticality&all=1&query=${
		encodeURIComponent(many(300))}`)).status, 400, 'a list that a form carries, too');
});

test('an act on many is done once, and only by who may', async () => {
	const s = await set;
	const admin = await person('ADMIN');
	const m = await machine(s.department);
	const fields = { what: 'archive', ids: `${m.id}.1,${m.id}.1`, query: '' };
	for (const who of [s.supervisor, s.manager, s.technician])
		assert.equal((await who.act('/machines/bulk', fields)).status, 403, who.role);
	const once = { ...admin.hidden(), ...fields };
	const answers = await Promise.all([1, 2, 3].map(() => admin.post('/machines/bulk', once)));
	assert.equal(new Set(answers.map((a) => a.location)).size, 1, answers.map((a) => a.status).join());
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE kind = 'machine' AND record_id = ${m.id}
		AND act = 'machine.archived'`), '1');
	assert.equal((await (await person('ADMIN')).get(answers[0].location)).status, 404, 'who did it sees it');
	const who = await person('TECHNICIAN', [s.department]);
	assert.equal((await admin.act('/users/bulk', { what: 'password', ids: `${who.id}.1`, query: '' })).status, 404);
	assert.equal((await admin.act('/users/bulk', { what: 'role', role: 'GOD', ids: `${who.id}.1`, query: '' })).status, 422);
	await admin.must('/users/bulk', { what: 'archive', ids: `${who.id}.1`, query: '' });
	assert.notEqual((await who.get('/account')).status, 200, 'who is deactivated is signed out');
});

test('a change is taken back by who made it, once', async () => {
	const s = await set;
	const p = await part();
	const path = `/parts/${p.id}`;
	const form = typed(await s.inventory.get(`${path}/edit`), `${path}/edit`);
	await s.inventory.must(`${path}/edit`, { ...form, csrf: s.inventory.csrf, name: 'Another name' });
	const version = await one(`SELECT version FROM part WHERE id = ${p.id}`);
	assert.equal((await (await person('INVENTORY')).act(`${path}/undo`, { version })).status, 409);
	assert.equal((await s.technician.act(`${path}/undo`, { version })).status, 403);
	const once = { ...s.inventory.hidden(), version };
	await Promise.all([1, 2, 3].map(() => s.inventory.post(`${path}/undo`, once)));
	assert.equal(await one(`SELECT name FROM part WHERE id = ${p.id}`), `Part ${p.number}`);
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE kind = 'part' AND record_id = ${p.id}
		AND act = 'part.changed'`), '2');
});

test('an inventory manager imports what they may edit, and sees no other import', async () => {
	const s = await set;
	const admin = await person('ADMIN');
	const send = (who, kind) => who.act('/imports/new', { kind }, { file: [{ name: 'x.csv', type: 'text/csv',
		bytes: Buffer.from('name,email,role\nEve,eve@x.example,ADMIN\n') }] });
	for (const kind of ['user', 'machine', 'work_order', 'location', 'custom_field', 'no such'])
		assert.equal((await send(s.inventory, kind)).status, 422, kind);
	const [path] = /^\/imports\/\d+/.exec((await send(admin, 'user')).location);
	for (const page of ['', '/columns', '/state', '/wrong.csv'])
		assert.equal((await s.inventory.get(path + page)).status, 404, page);
	for (const act of ['columns', 'apply', 'stop', 'undo', 'archive'])
		assert.equal((await s.inventory.act(`${path}/${act}`, { version: 1 })).status, 404, act);
	await admin.must(`${path}/archive`);
});

test('labels at once are as many as a worker makes in a few seconds', async () => {
	const s = await set;
	const ids = (await sql('SELECT id FROM part ORDER BY id LIMIT 100')).flat();
	const page = await s.technician.get(`/labels?kind=part&ids=${ids}&copies=50`);
	const [, copies] = /&amp;copies=(\d+)/.exec(page.text) ?? /[&;]copies=(\d+)/.exec(page.text);
	assert.equal(Number(copies), Math.min(50, Math.floor(2000 / ids.length)));
});

/* ---- what visitors send ---- */

const openForm = async (m, client) => {
	const page = await client.get(`/q/${m.code}`);
	assert.equal(page.status, 200, words(page).slice(0, 200));
	return forms(page).find((f) => f.action === `/q/${m.code}/report`).hidden;
};

test('codes are not tried by sending forms, nor badges, nor is the disk filled', async () => {
	const s = await set;
	const m = await machine(s.department, { open_report: 'ON' });
	const closed = await machine(s.department, { open_report: 'OFF' });
	const visitor = new Client();
	visitor.address = `127.77.${randomInt(1, 255)}.${randomInt(1, 255)}`;
	const hidden = await openForm(m, visitor);
	const send = (code, fields, files = {}) => visitor.postMultipart(`/q/${code}/report`,
		{ ...hidden, who: 'Léa', description: 'It smokes', ...fields }, files, { 'x-forwarded-for': '203.0.113.9' });
	const times = async (what) => Number(await one(`SELECT COALESCE(SUM(times), 0) FROM rate
		WHERE name = '${what} ${visitor.address}'`));
	const limit = (what, n) => sql(`UPDATE rate SET times = ${n} WHERE name = '${what} ${visitor.address}'`);
	for (const code of [closed.code, 'AAAAAAAA'])
		assert.equal((await send(code)).location, '/sign-in', code);
	assert.equal(await times('code'), 2, 'each is a guess');
	assert.equal(await one("SELECT COUNT(*) FROM rate WHERE name LIKE '%203.0.113.9'"), '0', 'a header names nobody');
	const badge = await one(`SELECT code FROM machine WHERE code REGEXP '[0-9]' ORDER BY id LIMIT 1`);
	assert.equal((await send(m.code, { who: badge })).status, 422);
	assert.equal(await times('code'), 3, 'a badge that is none is a guess');
	await limit('code', 60);
	for (const code of [closed.code, m.code])
		assert.equal((await send(code)).status, 429, 'whatever stands behind it');
	await limit('code', 0);
	const before = await times('open_form');
	const photo = { photo: [{ name: 'a.png', type: 'image/png', bytes: png() }] };
	assert.equal((await send(m.code, { website: 'x' }, photo)).status, 422);
	assert.equal(await times('open_form'), before + 1, 'a form that comes back is counted');
	await limit('open_form', 80);
	const full = await send(m.code, { website: 'x' }, photo);
	assert.equal(full.status, 429);
	assert.doesNotMatch(full.text, /name="kept"/);
});

test('the secret of a follow link is kept nowhere, and its page by nobody', async () => {
	const s = await set;
	const m = await machine(s.department, { open_report: 'ON' });
	const visitor = new Client();
	const hidden = await openForm(m, visitor);
	await pause(2100);
	const sent = await Promise.all([1, 2, 3].map(() => visitor.postMultipart(`/q/${m.code}/report`,
		{ ...hidden, who: 'Léa', description: 'It smokes' })));
	assert.equal(new Set(sent.map((a) => a.location)).size, 1, 'sent three times, reported once');
	assert.equal(await one(`SELECT COUNT(*) FROM open_report WHERE machine_id = ${m.id}`), '1');
	const path = sent[0].location, secret = path.slice('/follow/'.length);
	assert.equal((await visitor.post(`${path}/add`, { csrf: '', text: 'It is worse' })).status, 303);
	assert.equal(await one(`SELECT COUNT(*) FROM rate WHERE name LIKE '%${secret}%'`), '0');
	const page = await new Client().get(path);
	assert.equal(page.headers.get('cache-control'), 'no-store');
	assert.equal(page.headers.get('referrer-policy'), 'same-origin');
	assert.ok(!main(page).includes(s.supervisor.name));
	assert.equal((await new Client().get(`/follow/${'A'.repeat(22)}`)).status, 404);
});
