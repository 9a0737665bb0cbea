/* merge.test.mjs: two records become one: nothing refers to the old one, stock is kept, names still lead there. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { client, forms, sql, words } from './harness.mjs';
import { department, machine, mark, one, part, person, until } from './stage.mjs';

/* Every column of the schema that refers to that table: the test knows of those that come later, too. */
const references = (table) => sql(`SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE
	WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME = '${table}'`);

/* The ledger is never changed: a movement stays with its part. */
const stay = ['movement.part_id'];

async function leftovers(table, id) {
	const left = [];
	for (const [t, c] of await references(table))
		if (c !== 'merged_into_id' && !stay.includes(`${t}.${c}`)
			&& await one(`SELECT EXISTS (SELECT 1 FROM \`${t}\` WHERE \`${c}\` = ${id})`) !== '0')
			left.push(`${t}.${c}`);
	return left;
}

async function merge(who, base, from, into, name) {
	const page = await who.get(`${base}/${from}/merge?other=${encodeURIComponent(name)}`);
	assert.equal(page.status, 200);
	return { page, answer: await who.submit('', {}, { page, action: `${base}/${from}/merge` }) };
}

async function check(base, table, from, into, name, who) {
	const { page, answer } = await merge(who, base, from, into, name);
	assert.equal(answer.status, 303, words(answer).slice(0, 400));
	assert.equal(answer.location, `${base}/${into}`);
	assert.deepEqual(await leftovers(table, from), []);
	assert.deepEqual(await sql(`SELECT merged_into_id, archived_at IS NOT NULL FROM ${table} WHERE id = ${from}`), [[String(into), '1']]);
	const old = await who.get(`${base}/${from}`);
	assert.ok(old.text.includes(`href="${base}/${into}"`), 'the old one leads to the new one');
	assert.ok(!old.text.includes(`${base}/${from}/restore`));
	assert.equal((await who.act(`${base}/${from}/restore`)).status, 409);
	for (const id of [from, into])
		assert.equal(await one(`SELECT COUNT(*) FROM event WHERE kind = '${table}' AND record_id = ${id} AND act = '${table}.merged'`), '1');
	return page;
}

test('parts: lists and requests move, stock goes over by transfers, and equals its movements', async () => {
	const who = await person('ADMIN');
	const [a, b] = [await part(5, 10), await part(3, 20)];
	const place = await department();
	const [m1, m2] = [await machine(place), await machine(place)];
	const v = await one(`INSERT INTO vendor (name) VALUES ('V ${mark()}') RETURNING id`);
	const [model] = (await sql(`INSERT INTO machine_model (name) VALUES ('M ${mark()}') RETURNING id`))[0];
	await sql(`INSERT INTO machine_part (machine_id, part_id, quantity) VALUES (${m1.id}, ${a.id}, 2), (${m1.id}, ${b.id}, 1), (${m2.id}, ${a.id}, 4)`);
	await sql(`INSERT INTO machine_model_part (machine_model_id, part_id) VALUES (${model}, ${a.id})`);
	await sql(`INSERT INTO part_vendor (part_id, vendor_id, number) VALUES (${a.id}, ${v}, 'x')`);
	await sql(`UPDATE part SET reserved = 2 WHERE id = ${a.id}`);
	await check('/parts', 'part', a.id, b.id, b.number, who);
	assert.deepEqual(await sql(`SELECT p.on_hand, p.reserved, SUM(m.quantity), ROUND(p.average_cost, 4) FROM part p JOIN movement m ON m.part_id = p.id
		WHERE p.id IN (${a.id}, ${b.id}) GROUP BY p.id ORDER BY p.id`),
	[['0.0000', '0.0000', '0.0000', '10.0000'], ['8.0000', '2.0000', '8.0000', '13.7500']]);
	assert.deepEqual(await sql(`SELECT machine_id, quantity FROM machine_part WHERE part_id = ${b.id} ORDER BY machine_id`),
		[[String(m1.id), '3.0000'], [String(m2.id), '4.0000']]);
	assert.deepEqual(await sql(`SELECT kind, quantity, on_hand_after FROM movement WHERE part_id IN (${a.id}, ${b.id}) AND kind = 'TRANSFER' ORDER BY id`),
		[['TRANSFER', '-5.0000', '0.0000'], ['TRANSFER', '5.0000', '8.0000']]);
	assert.equal(await one(`SELECT record_id FROM alias WHERE kind = 'part' AND text = '${a.number}'`), String(b.id));
	assert.ok(words(await who.get(`/parts/${b.id}`)).includes(a.number), 'also known as');
	const c = await part();
	assert.ok((await who.get(`/parts/${c.id}/merge?other=${a.number}`)).text.includes(`name="other" value="${b.id}"`), 'found by the old number');
});

test('failure codes: the work orders of all three columns', async () => {
	const who = await person('ADMIN');
	const code = async (kind) => Number(await one(`INSERT INTO failure_code (kind, code, name) VALUES ('${kind}', '${mark().slice(0, 10)}', 'Code ${mark()}') RETURNING id`));
	const [a, b, other] = [await code('CAUSE'), await code('CAUSE'), await code('REMEDY')];
	const m = await machine(await department());
	await sql(`INSERT INTO work_order (number, machine_id, department_id, description, cause_code_id, reported_at)
		SELECT CONCAT('X-${mark()}-', seq), ${m.id}, department_id, '', ${a}, UTC_TIMESTAMP(6) FROM machine, seq_1_to_30 WHERE machine.id = ${m.id}`);
	const name = await one(`SELECT name FROM failure_code WHERE id = ${b}`);
	const foreign = await merge(who, '/failure-codes', a, other, await one(`SELECT name FROM failure_code WHERE id = ${other}`));
	assert.equal(foreign.answer.status, 409, 'a cause is no remedy');
	const page = await check('/failure-codes', 'failure_code', a, b, name, who);
	assert.match(words(page), /Work orders 30/);
	assert.equal(await one(`SELECT COUNT(*) FROM work_order WHERE cause_code_id = ${b}`), '30');
});

test('more than one transaction should hold: the job moves the rest', { timeout: 60000 }, async () => {
	const who = await person('ADMIN');
	const v = async () => ({ name: `Vendor ${mark()}` });
	const [x, y] = [await v(), await v()];
	for (const z of [x, y])
		z.id = Number(await one(`INSERT INTO vendor (name) VALUES ('${z.name}') RETURNING id`));
	const m = await machine(await department());
	await sql(`INSERT INTO machine (code, number, name, department_id, vendor_id) SELECT CONCAT('Z', LPAD(seq, 8, '0')), CONCAT('Z-${mark()}-', seq), 'many',
		department_id, ${x.id} FROM machine, seq_1_to_12500 WHERE machine.id = ${m.id}`);
	const { answer } = await merge(who, '/vendors', x.id, y.id, y.name);
	assert.equal(answer.status, 303, words(answer).slice(0, 300));
	await until(async () => await one(`SELECT COUNT(*) FROM machine WHERE vendor_id = ${x.id}`) === '0', 30);
	assert.equal(await one(`SELECT COUNT(*) FROM machine WHERE vendor_id = ${y.id}`), '12500');
	assert.equal(await one(`SELECT COUNT(*) FROM merge_rest WHERE from_id = ${x.id}`), '0');
	await sql(`DELETE FROM machine WHERE vendor_id = ${y.id}`);
});

test('locations: what lies in the old one lies in the new one; models and vendors', async () => {
	const who = await person('ADMIN');
	const place = async (name, parent = '') => {
		const answer = await who.submit('/locations/new', { number: mark(), name, kind: 'BUILDING', parent_id: parent, note: '' });
		assert.equal(answer.status, 303, words(answer).slice(0, 300));
		return Number(answer.location.split('/').pop());
	};
	const m = mark();
	const [a, b] = [await place(`A ${m}`), await place(`B ${m}`)];
	const below = await place(`Line ${m}`, a);
	const deepest = await place(`Cell ${m}`, below);
	await sql(`INSERT INTO location_spot VALUES (${a}, FALSE, ${below}, 5, 5)`);
	const wrong = await merge(who, '/locations', a, below, `Line ${m}`);
	assert.equal(wrong.answer.status, 409, 'not into what lies in it');
	await check('/locations', 'location', a, b, `B ${m}`, who);
	assert.deepEqual(await sql(`SELECT path, tree FROM location WHERE id = ${deepest}`),
		[[`B ${m} › Line ${m} › Cell ${m}`, `/${b}/${below}/${deepest}/`]]);
	const models = [`X ${m}`, `Y ${m}`];
	const ids = [];
	for (const name of models)
		ids.push(Number(await one(`INSERT INTO machine_model (name) VALUES ('${name}') RETURNING id`)));
	const on = await machine(await department());
	await sql(`UPDATE machine SET machine_model_id = ${ids[0]} WHERE id = ${on.id}`);
	await check('/machine-models', 'machine_model', ids[0], ids[1], models[1], who);
	assert.equal(await one(`SELECT machine_model_id FROM machine WHERE id = ${on.id}`), String(ids[1]));
});

test('tags and custom values go along; what the kept one has stands', async () => {
	const who = await person('ADMIN');
	const m = mark();
	const field = Number((await who.submit('/custom-fields/new', { kind: 'vendor', label: `F ${m}`, type: 'TEXT' })).location.split('/').pop());
	const other = Number((await who.submit('/custom-fields/new', { kind: 'vendor', label: `G ${m}`, type: 'TEXT' })).location.split('/').pop());
	const add = async (name, more) => Number((await who.submit('/vendors/new', { name, ...more })).location.split('/').pop());
	const a = await add(`A ${m}`, { [`custom_${field}`]: 'a', [`custom_${other}`]: 'a', tags: 'one, two' });
	const b = await add(`B ${m}`, { [`custom_${field}`]: 'b', tags: 'two, three' });
	await check('/vendors', 'vendor', a, b, `B ${m}`, who);
	assert.deepEqual(await sql(`SELECT text FROM custom_value WHERE record_id = ${b} AND custom_field_id IN (${field}, ${other}) ORDER BY custom_field_id`), [['b'], ['a']]);
	assert.ok((await who.get(`/vendors/${b}/edit`)).text.includes('value="one, three, two"'));
	await sql(`UPDATE custom_field SET archived_at = UTC_TIMESTAMP(6) WHERE id IN (${field}, ${other})`);
});

test('refused: the same, an archived one, one that was changed, a stranger', async () => {
	const who = await person('ADMIN');
	const m = mark();
	const add = async (name) => Number((await who.submit('/vendors/new', { name })).location.split('/').pop());
	const [a, b] = [await add(`A ${m}`), await add(`B ${m}`)];
	assert.equal((await merge(who, '/vendors', a, a, `A ${m}`)).answer.status, 409);
	const page = await who.get(`/vendors/${a}/merge?other=${encodeURIComponent(`B ${m}`)}`);
	await who.submit(`/vendors/${b}/edit`, { name: `B ${m}`, note: 'changed' });
	const late = await who.submit('', {}, { page, action: `/vendors/${a}/merge` });
	assert.equal(late.status, 409);
	assert.ok(forms(late).some((f) => f.action === `/vendors/${a}/merge` && f.hidden.other_version === '2'), 'as it stands now');
	await who.must(`/vendors/${b}/archive`);
	assert.equal((await who.submit('', {}, { page: late, action: `/vendors/${a}/merge` })).status, 409);
	const none = await who.get(`/vendors/${a}/merge?other=nobody${m}`);
	assert.ok(words(none).includes('Nothing is called that'));
	assert.equal((await (await client('technician')).get(`/vendors/${a}/merge`)).status, 403);
	assert.equal((await who.get(`/skills/1/merge`)).status, 404, 'skills are not merged');
});
