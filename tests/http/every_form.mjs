/* every_form.mjs: leads a person through the pages of registers and of what hangs on their records, to every form there. */
import assert from 'node:assert/strict';

import { Client, sql } from './harness.mjs';
import { table } from './records.mjs';
import { idOf, machine, mark, one, typed, until } from './stage.mjs';

/* Saved anew: its page then has the way back. */
async function saved(admin, path, more) {
	await admin.must(path, { ...typed(await admin.get(path), path), ...admin.hidden(), ...more });
}

/* List, saved view, record, forms, acts on many, merge, archived: of one register. */
async function register(admin, base, { kind, fields, change }, collect) {
	const id = idOf(await admin.must(`${base}/new`, await fields(mark())));
	for (const path of ['', '/new', `/${id}`, `/${id}/edit`, `/bulk?id=${id}&what=archive`])
		await collect(admin, base + path);
	await collect(admin, await admin.must(`${base}/views`, { query: 'sort=-name', name: mark() }));
	await saved(admin, `${base}/${id}/edit`, { [change[0]]: change[1] });
	await collect(admin, `${base}/${id}`);
	const other = idOf(await admin.must(`${base}/new`, await fields(mark())));
	if ((await admin.get(`${base}/${id}/merge`)).status === 200)
		await collect(admin, `${base}/${id}/merge?with=${other}`);
	const version = await one(`SELECT version FROM ${kind} WHERE id = ${other}`);
	await collect(admin, await admin.must(`${base}/bulk`, { what: 'archive', ids: `${other}.${version}`, query: '' }));
	await collect(admin, `${base}/${other}`);
	return { kind, id };
}

/* Lines of models, parts, machines; stops, meters, readings. */
async function lines(s, ids, collect) {
	const { admin } = s, m = s.machine.id;
	const model = `/machine-models/${ids['/machine-models']}`, part = ids['/parts'];
	const number = await one(`SELECT number FROM part WHERE id = ${part}`);
	await admin.must(`${model}/parts`, { number, quantity: '1', note: '' });
	await admin.must(`${model}/codes`, { failure_code_id: ids['/failure-codes'] });
	await admin.must(`/parts/${part}/vendors`, { vendor_id: ids['/vendors'], number: '', price: '', lead_days: '' });
	await admin.must(`/machines/${m}/parts`, { number, quantity: '1', note: '' });
	for (const path of [model, `/parts/${part}`, `/failure-codes/${ids['/failure-codes']}`, `/machines/${m}`, `/machines/${m}/parts`,
		`/machines/${m}/stops/new`, `/machines/${m}/meters/new`, `/locations/${ids['/locations']}/map`])
		await collect(admin, path);
	const stop = await one(`INSERT INTO stop (machine_id, started_at, ended_at) VALUES (${m}, '2020-01-01', '2020-01-02') RETURNING id`);
	const meter = await one(`INSERT INTO meter (machine_id, name) VALUES (${m}, 'Hours') RETURNING id`);
	const reading = await one(`INSERT INTO meter_reading (meter_id, at, value) VALUES (${meter}, NOW(6), 1) RETURNING id`);
	for (const path of [`/stops/${stop}`, `/meters/${meter}`, `/meters/${meter}/edit`, `/readings/${reading}`])
		await collect(admin, path);
	const old = await one(`INSERT INTO meter (machine_id, name, archived_at) VALUES (${m}, 'Old', UTC_TIMESTAMP(6)) RETURNING id`);
	await collect(admin, `/meters/${old}`);
}

/* Somebody without an account reports, and is followed up. */
async function withoutAccount(s, collect) {
	const m = await machine(s.department, { open_report: 'ON' });
	const visitor = Object.assign(new Client(), { role: 'visitor' });
	await collect(visitor, `/q/${m.code}`);
	const waits = await machine(s.department, { open_report: 'ON' });
	const path = `/q/${waits.code}/report`, page = await visitor.get(`/q/${waits.code}`);
	const fields = { ...typed(page, path), who: 'Léa', description: 'It smokes' };
	const answer = await until(async () => {	// not faster than people are
		const a = await visitor.postMultipart(path, fields, {});
		return a.status === 303 && a;
	}, 10, 'the report is taken');
	await collect(s.supervisor, `/open-reports/${await one(`SELECT id FROM open_report WHERE machine_id = ${waits.id}`)}`);
	await collect(visitor, answer.location);
}

async function importing(admin, collect) {
	await collect(admin, '/imports/new');
	const given = await admin.must('/imports/new', { kind: 'skill' },
		{ file: [{ name: 'skills.csv', type: 'text/csv', bytes: Buffer.from(`Name\nSkill ${mark()}\n`) }] });
	await collect(admin, given);
	const state = (name) => one(`INSERT INTO import (kind, name, sha256, size, encoding, separator_kind, headers, mapping, given, user_id,
		read_count, fresh_count, state) VALUES ('skill', 'x.csv', REPEAT('0', 64), 1, 'UTF-8', 'COMMA', 'Name\\n', 'name\\n', '', ${admin.id}, 1, 1, '${name}') RETURNING id`);
	for (const name of ['CHECKED', 'DONE'])
		await collect(admin, `/imports/${await state(name)}`);
	const busy = await state('CHECKED');	// and nobody's who would get on with it
	await sql(`INSERT INTO import_turn (import_id, owner, lease_until) VALUES (${busy}, 'a test', '2999-01-01')`);
	await sql(`UPDATE import SET state = 'CHECKING' WHERE id = ${busy}`);
	await collect(admin, `/imports/${busy}`);
	await sql(`UPDATE import SET state = 'STOPPED' WHERE id = ${busy}`);
}

/* s: a stage with an admin; collect(who, path) keeps the forms of that page. */
export async function everyForm(s, collect) {
	const { admin } = s, ids = {};
	for (const [base, r] of Object.entries(table))
		ids[base] = (await register(admin, base, r, collect)).id;
	assert.ok(Object.keys(ids).length > 10);
	const field = { kind: 'skill', label: `Own ${mark()}`, name: '', type: 'TEXT', choices: '', position: '0' };
	await register(admin, '/custom-fields', { kind: 'custom_field', fields: () => ({ ...field, label: `Own ${mark()}` }), change: ['position', '7'] }, collect);
	await collect(admin, '/users');
	await collect(admin, `/users/bulk?id=${s.technician.id}&what=archive`);
	await collect(admin, await admin.must('/users/views', { query: 'sort=-name', name: mark() }));
	await lines(s, ids, collect);
	await withoutAccount(s, collect);
	await importing(admin, collect);
	await collect(admin, `/printers/${ids['/printers']}`);
	const zpl = idOf(await admin.must('/printers/new', { ...await table['/printers'].fields(mark()), kind: 'ZPL', host: '127.0.0.1', port: '9' }));
	await collect(admin, `/labels?kind=machine&ids=${s.machine.id}&printer=${zpl}&format=70x37&set=1`);
	await one(`INSERT INTO mail (recipient, subject, body, message_id, state, tries, next_at, last_error) VALUES ('x@stage.example', 'Failed', 'x',
		UUID(), 'FAILED', 55, UTC_TIMESTAMP(6), 'no such person') RETURNING id`);
	for (const path of ['/activity/log', '/deliveries?state=FAILED', `/users/${s.technician2.id}/edit`])
		await collect(admin, path);
	await saved(admin, `/users/${s.technician2.id}/edit`, {});
	// A badge gives a person a code.
	await admin.get(`/labels/sheet.pdf?kind=user&ids=${s.technician2.id}&format=85x54`);
	await collect(admin, `/users/${s.technician2.id}`);
}
