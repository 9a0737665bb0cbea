/* log_time.test.mjs: spans of time in the activity log, of events whose times do not follow their ids. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { client, sql } from './harness.mjs';
import { idOf, mark, one, person, until } from './stage.mjs';

const COUNT = 1050;	/* more than the file's job reads at once */
const span = { from: '1999-03-01', to: '1999-03-31' };
const title = mark();
let admin, who, vendor, expected;

/* As an import writes them: thrice the same time, the oldest time last, and others before and behind. */
before(async () => {
	admin = await client('admin');
	who = await person('ADMIN');
	vendor = idOf((await admin.submit('/vendors/new', { name: `Vendor ${title}`, note: '' })).location);
	const write = (at, name, n) => `INSERT INTO event (at, user_id, user_name, address, act, kind, record_id, title)
		SELECT ${at}, ${who.id}, 'x', '192.0.2.${who.id % 250}', 'vendor.changed', 'vendor', ${vendor}, '${name}' FROM seq_1_to_${n};`;
	await sql(`BEGIN;
		${write("'1999-05-05 12:00:00' + INTERVAL seq HOUR", 'behind', 5)}
		${write(`'1999-03-02 12:00:00' + INTERVAL (seq * 37 % ${COUNT}) DIV 3 HOUR`, title, COUNT)}
		${write("'1999-02-02 12:00:00' + INTERVAL seq HOUR", 'before', 5)}
		${write("'1999-05-05 12:00:00' + INTERVAL seq HOUR", 'behind', 5)}
		INSERT INTO event_unsealed SELECT id FROM event WHERE user_id = ${who.id} AND at < '2000-01-01'; COMMIT`);
	expected = (await sql(`SELECT id FROM event WHERE user_id = ${who.id} AND title = '${title}'
		ORDER BY at DESC, id DESC`)).map(([id]) => id);
	assert.equal(expected.length, COUNT);
});

/* Titles of the events shown, and the address of the next page. */
const shown = (page) => [...page.text.matchAll(/<tr><th scope="row">(.*?)<\/tr>/gs)].map(([, m]) => m);
const next = (page) => /href="(\?[^"]*after=(\d+)[^"]*)"[^>]*rel="next"/.exec(page.text);

for (const [name, filter] of Object.entries({
	'nothing else': () => ({}),
	'a person': () => ({ person: `#${who.id}` }),
	'a person and an act': () => ({ person: `#${who.id}`, act: 'vendor.changed' }),
	'a record': () => ({ record: `vendor#${vendor}` }),
	'an address': () => ({ address: `192.0.2.${who.id % 250}`, record: `vendor#${vendor}` }),
	'an act': () => ({ act: 'vendor.changed' }),
}))
	test(`a span of time and ${name}: every event once, the latest first`, async () => {
		let page = await admin.get(`/activity?${new URLSearchParams({ ...span, ...filter() })}`);
		let seen = 0;
		for (let i = 0; i < COUNT; i++) {
			const rows = shown(page);
			assert.ok(rows.every((r) => r.includes(title)), `page ${i}: of the span alone`);
			seen += rows.length;
			const more = next(page);
			if (!more)
				break;
			assert.equal(more[2], expected[seen - 1], `page ${i} ends where it should`);
			page = await admin.get(`/activity${more[1].replaceAll('&amp;', '&')}`);
		}
		assert.equal(seen, COUNT);
	});

test('one end of a span is enough', async () => {
	const of = async (query) => shown(await admin.get(`/activity?${new URLSearchParams(query)}`));
	const before_ = await of({ record: `vendor#${vendor}`, to: '1999-02-28' });
	assert.equal(before_.length, 5);
	assert.ok(before_.every((r) => r.includes('before')));
	const behind = await of({ person: `#${who.id}`, from: '1999-05-01', to: '1999-12-31' });
	assert.equal(behind.length, 10);
	assert.ok(behind.every((r) => r.includes('behind')));
});

test('a file of a span has every event of it once, the latest first', async () => {
	const asked = await admin.submit('/activity/log', { ...span, person: `#${who.id}` },
		{ action: '/activity/export' });
	assert.equal(asked.status, 303);
	const id = await one(`SELECT id FROM log_export WHERE of_user_id = ${who.id}`);
	await until(async () => (await one(`SELECT state FROM log_export WHERE id = ${id}`)) === 'DONE', 20);
	const lines = (await admin.get(`/activity/exports/${id}`)).text.trimEnd().split('\r\n').slice(1);
	assert.deepEqual(lines.map((l) => l.split(',')[0]), expected);
});
