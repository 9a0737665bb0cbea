/* undo.test.mjs: "saved" can be taken back, once, by who did it, while nothing else has changed. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { client, sql, words } from './harness.mjs';
import { table } from './records.mjs';
import { department, idOf, machine, mark, one, person, typed } from './stage.mjs';

const vendor = (m, more = {}) => ({ name: `Vendor ${m}`, note: 'first', tags: 'a', ...more });

async function changed(who, m) {
	const made = await who.submit('/vendors/new', vendor(m));
	assert.equal(made.status, 303, words(made).slice(0, 300));
	const answer = await who.submit(`${made.location}/edit`, vendor(m, { note: 'second', tags: 'b' }));
	assert.equal(answer.status, 303, words(answer).slice(0, 300));
	return { path: made.location, id: Number(made.location.split('/').pop()), page: await who.follow(answer) };
}

const state = async (id) => [await one(`SELECT note FROM vendor WHERE id = ${id}`),
	await one(`SELECT t.name FROM tagging g JOIN tag t ON t.id = g.tag_id WHERE g.kind = 'vendor' AND g.record_id = ${id}`)];

test('undone: the old values, tags too, are there again, and the history says so', async () => {
	const who = await person('ADMIN');
	const { path, id, page } = await changed(who, mark());
	assert.deepEqual(await state(id), ['second', 'b']);
	const answer = await who.submit('', {}, { page, action: `${path}/undo` });
	assert.equal(answer.status, 303, words(answer).slice(0, 300));
	assert.deepEqual(await state(id), ['first', 'a']);
	assert.ok(words(await who.follow(answer)).includes('as it was before'));
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE kind = 'vendor' AND record_id = ${id} AND act = 'vendor.changed'`), '2');
	assert.ok(!(await who.get(path)).text.includes(`${path}/undo`), 'offered once');
});

test('not undone: changed since, somebody else’s, or sent for another version', async () => {
	const who = await person('ADMIN');
	const other = await person('ADMIN');
	const m = mark();
	const { path, id, page } = await changed(who, m);
	const version = Number(await one(`SELECT version FROM vendor WHERE id = ${id}`));
	assert.equal((await other.act(`${path}/undo`, { version })).status, 409, 'not their change');
	assert.equal((await other.submit(`${path}/edit`, vendor(m, { note: 'third' }))).status, 303);
	const late = await who.submit('', {}, { page, action: `${path}/undo` });
	assert.equal(late.status, 409);
	assert.ok(words(late).includes('Not undone'));
	assert.equal((await who.act(`${path}/undo`, { version: version + 1 })).status, 409, 'the latest change is the other’s');
	assert.equal(await one(`SELECT note FROM vendor WHERE id = ${id}`), 'third');
	assert.equal((await (await client('technician')).get(path)).status !== 500, true);
	assert.equal((await (await person('TECHNICIAN')).act(`${path}/undo`, { version })).status, 403);
});

test('references go back as well: a machine is in its department again', async () => {
	const who = await person('ADMIN');
	const [from, to] = [await department(), await department()];
	const made = await machine(from);
	const edit = await who.get(`/machines/${made.id}/edit`);
	const fields = { number: made.number, name: made.name, department_id: to, location: 'Hall 1', criticality: 'LOW',
		status: 'OPERATIONAL', parent_number: '', manufacturer: '', model: '', serial_number: '', installed_on: '2020-05-06' };
	const answer = await who.submit('', fields, { page: edit });
	assert.equal(answer.status, 303, words(answer).slice(0, 300));
	const page = await who.follow(answer);
	assert.equal((await who.submit('', {}, { page, action: `/machines/${made.id}/undo` })).status, 303);
	assert.deepEqual(await sql(`SELECT department_id, criticality, installed_on IS NULL FROM machine WHERE id = ${made.id}`),
		[[String(from), 'HIGH', '1']]);
});

test('in every register: the change is taken back, and what it was stands there again', async () => {
	const who = await person('ADMIN');
	for (const [base, { kind, fields, change: [member, value] }] of Object.entries(table)) {
		const id = idOf(await who.must(`${base}/new`, await fields(mark()))), path = `${base}/${id}/edit`;
		const now = () => one(`SELECT ${member} FROM ${kind} WHERE id = ${id}`);
		const was = await now();
		await who.must(path, { ...typed(await who.get(path), path), ...who.hidden(), [member]: value });
		assert.equal(await now(), value, base);
		await who.must(`${base}/${id}/undo`, { version: await one(`SELECT version FROM ${kind} WHERE id = ${id}`) });
		assert.equal(await now(), was, base);
	}
});
