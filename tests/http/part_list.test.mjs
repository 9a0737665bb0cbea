/* part_list.test.mjs: the list of parts finds what vendors call them, behind what the plant calls them, each once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sql, unescape } from './harness.mjs';
import { mark, one, person } from './stage.mjs';

const shown = (page) => [...page.text.matchAll(/<th scope="row"><a href="\/parts\/(\d+)"/g)].map((x) => Number(x[1]));

/* All pages of it, as one follows them. */
async function all(who, path) {
	const found = [];
	for (let next = path, n = 0; next; n++) {
		assert.ok(n < 10, 'the pages come to an end');
		const page = await who.get(next);
		assert.equal(page.status, 200);
		found.push(...shown(page));
		const more = /href="([^"]*[?;&]after=[^"]*)"/.exec(page.text);
		next = more && new URL(unescape(more[1]), `http://plant${path}`).href.slice('http://plant'.length);
	}
	return found;
}

test('a vendor’s number finds the part, in the list and where parts are chosen', async () => {
	const store = await person('INVENTORY'), m = mark(), n = 120, odd = `${m}7`;
	const vendor = await one(`INSERT INTO vendor (name, note) VALUES ('Vendor ${m}', '') RETURNING id`);
	const id = (name) => one(`INSERT INTO part (number, name, description, minimum)
		VALUES ('N-${mark()}', '${name}', '', 0) RETURNING id`).then(Number);
	const named = await id(`${odd} flange`), both = await id(`Flange ${odd}`), only = [];
	for (let i = 0; i < n; i++)
		only.push(await id(`Gasket ${String(i).padStart(3, '0')}`));
	await sql(`INSERT INTO part_vendor (part_id, vendor_id, number) VALUES
		${[both, ...only.slice(0, 90)].map((p, i) => `(${p}, ${vendor}, '${odd}-${i}/X')`).join()}`);
	assert.deepEqual(await all(store, `/parts?search=${odd}`), [named, both, ...only.slice(0, 90)]);
	assert.equal((await all(store, `/parts?search=${encodeURIComponent(`${odd}-7/X`)}`)).at(-1), only[6]);
	assert.deepEqual(await all(store, `/parts?search=${odd}-nothing`), []);
	assert.ok((await store.get(`/parts/suggest?q=${encodeURIComponent(`${odd}-7/X`)}`)).text.includes('Gasket 006'));
});
