/* list_filters.test.mjs: filters through what hangs on a record: a part's vendors, a failure code's machine classes; the summary of errors. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sql, unescape, words } from './harness.mjs';
import { mark, one, part, person, quote } from './stage.mjs';

const ids = (page) => [...page.text.matchAll(/<th scope="row"><a href="\/[\w-]+\/(\d+)"/g)].map(([, id]) => Number(id));

test('parts of a vendor, of one or the other; and codes of a machine class', async () => {
	const who = await person('INVENTORY'), m = mark();
	const vendors = [], parts = [];
	for (const n of ['A', 'B', 'C']) {
		vendors.push(await one(`INSERT INTO vendor (name) VALUES (${quote(`Vendor ${n} ${m}`)}) RETURNING id`));
		parts.push((await part()).id);
	}
	for (const [p, v] of [[0, 0], [1, 1], [1, 0]])
		await sql(`INSERT INTO part_vendor (part_id, vendor_id) VALUES (${parts[p]}, ${vendors[v]})`);
	const of = async (...v) => ids(await who.get(`/parts?${v.map((i) => `vendor=${vendors[i]}`).join('&')}`)).sort((a, b) => a - b);
	assert.deepEqual(await of(0), [parts[0], parts[1]]);
	assert.deepEqual(await of(1), [parts[1]]);
	assert.deepEqual(await of(0, 1), [parts[0], parts[1]]);
	assert.deepEqual(await of(2), []);
	assert.ok(words(await who.get(`/parts?vendor=${vendors[0]}`)).includes(`Vendor: Vendor A ${m}`));
	assert.ok(words(await who.get(`/parts/export.csv?vendor=${vendors[1]}`)).split('\n').length < 4);

	const class_ = await one(`INSERT INTO machine_class (code, name) VALUES (${quote(m.slice(-10))}, ${quote(m)}) RETURNING id`);
	const code = await one(`INSERT INTO failure_code (kind, code, name) VALUES ('CAUSE', ${quote(m.slice(-10))}, ${quote(m)}) RETURNING id`);
	await sql(`INSERT INTO failure_code_class (failure_code_id, machine_class_id) VALUES (${code}, ${class_})`);
	assert.deepEqual(ids(await who.get(`/failure-codes?class=${class_}`)), [Number(code)]);
	assert.deepEqual(ids(await who.get(`/failure-codes?class=${class_}&kind=PROBLEM`)), []);
});

test('the summary of a refused form says which field, and leads to it', async () => {
	const who = await person('INVENTORY');
	const page = await who.submit('/parts/new', { number: '', name: '' });
	assert.equal(page.status, 422);
	assert.match(unescape(page.text), /<a href="#entry-number">Number: /);
	assert.match(unescape(page.text), /<a href="#entry-name">Name: /);
});

test('names in two languages are the page’s, also of somebody who has chosen none', async () => {
	const who = await person('ADMIN'), m = mark();
	await sql(`UPDATE user SET language = NULL WHERE id = ${who.id}`);
	const code = await one(`INSERT INTO failure_code (kind, code, name, name_fr) VALUES ('PROBLEM', ${quote(m.slice(-10))},
		${quote(`Leak ${m}`)}, ${quote(`Fuite ${m}`)}) RETURNING id`);
	const machine = await one('SELECT MIN(id) FROM machine WHERE archived_at IS NULL');
	const offered = async () => unescape((await who.get(`/machines/${machine}/report?another=1`)).text);
	who.cookies.set('language', 'fr');
	assert.ok((await offered()).includes(`>Fuite ${m}<`));
	who.cookies.set('language', 'en');
	assert.ok((await offered()).includes(`>Leak ${m}<`));
	await sql(`UPDATE failure_code SET archived_at = UTC_TIMESTAMP(6) WHERE id = ${code}`);
});

test('the number of a part that was merged leads to the one that stayed', async () => {
	const who = await person('INVENTORY'), goes = await part(), stays = await part();
	const page = await who.get(`/parts/${goes.id}/merge?other=${stays.number}`);
	assert.equal((await who.submit('', {}, { page, action: `/parts/${goes.id}/merge` })).status, 303);
	assert.equal((await who.get(`/search?q=${goes.number}`)).location, `/parts/${stays.id}`);
	assert.ok(ids(await who.get(`/parts?search=${goes.number}`)).includes(stays.id), 'in the list, too');
});
