/* history.test.mjs: a record's history: who, when, from which to which value; by act, by person, in pages. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { sql, words } from './harness.mjs';
import { mark, person } from './stage.mjs';

const items = (page) => [...page.text.matchAll(/<ol class="history">(.*?)<\/ol>/gs)].flatMap((x) =>
	[...x[1].matchAll(/<time datetime/g)]).length;

test('every change with its values; by kind of act and by person', async () => {
	const [one, two] = [await person('ADMIN'), await person('ADMIN')];
	const m = mark();
	const path = (await one.submit('/vendors/new', { name: `Vendor ${m}`, note: 'n1' })).location;
	await two.submit(`${path}/edit`, { name: `Vendor ${m}`, note: 'n2' });
	assert.equal(await two.must(`${path}/archive`) !== undefined, true);
	await one.must(`${path}/restore`);
	const all = await one.get(`${path}/history`);
	assert.equal(all.status, 200);
	assert.equal(items(all), 4);
	assert.match(words(all), /Note: n1 → n2/);
	assert.ok(words(all).includes(one.name) && words(all).includes(two.name));
	assert.equal(items(await one.get(`${path}/history?act=vendor.changed`)), 1);
	assert.equal(items(await one.get(`${path}/history?person=${two.id}`)), 2);
	assert.equal(items(await one.get(`${path}/history?person=${two.id}&act=vendor.archived`)), 1);
	assert.equal(items(await one.get(`${path}/history?person=999999999`)), 0);
	for (const q of ['act=x', 'act=%27', 'person=x', 'after=x', 'after=1'])
		assert.equal((await one.get(`${path}/history?${q}`)).status, 200, q);
	assert.equal((await one.get('/vendors/999999999/history')).status, 404);
	assert.ok((await one.get(path)).text.includes(`href="${path}/history"`));
});

test('pages by key hold every event once', async () => {
	const who = await person('ADMIN');
	const m = mark();
	const path = (await who.submit('/vendors/new', { name: `Vendor ${m}`, note: '' })).location;
	const id = path.split('/').pop();
	await sql(`BEGIN; INSERT INTO event (at, user_id, user_name, act, kind, record_id, title)
		SELECT UTC_TIMESTAMP(6), ${who.id}, 'x', 'vendor.changed', 'vendor', ${id}, 'x' FROM seq_1_to_119;
		INSERT INTO event_unsealed SELECT id FROM event WHERE kind = 'vendor' AND record_id = ${id} AND title = 'x'; COMMIT`);
	let seen = 0;
	let page = await who.get(`${path}/history`);
	for (let i = 0; i < 5; i++) {
		seen += items(page);
		const next = /href="(\?[^"]*after=[^"]*)"[^>]*rel="next"/.exec(page.text)?.[1];
		if (!next)
			break;
		page = await who.get(`${path}/history${next.replaceAll('&amp;', '&')}`);
	}
	assert.equal(seen, 120);
});
