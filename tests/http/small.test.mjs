/* small.test.mjs: links to the web, sizes of photos, and what only those see who see costs. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client, words } from './harness.mjs';
import { idOf, machine, mark, one, person, stage } from './stage.mjs';

let s;

before(async () => {
	s = { ...await stage(), admin: await person('ADMIN') };
});

test('a vendor’s website is a link when it is an address of the web, and nothing but text otherwise', async () => {
	for (const [website, link] of [['https://parts.example/a?b=1&c=2', true], ['HTTP://parts.example', true],
		['javascript:alert(1)', false], ['JavaScript://parts.example/%0aalert(1)', false], [' javascript:alert(1)//https://x', false],
		['data:text/html,<script>alert(1)</script>', false], ['//parts.example', false], ['parts.example', false],
		['https:"onclick="alert(1)', false]]) {
		const answer = await s.admin.submit('/vendors/new', { name: `Vendor ${mark()}`, website });
		assert.equal(answer.status, 303, website);
		const page = await s.admin.get(`/vendors/${idOf(answer.location)}`);
		assert.ok(words(page).includes(website.trim()), website);
		const found = [...page.text.matchAll(/<a\b[^>]*\bhref="([^"]*)"[^>]*\brel="noopener noreferrer external"[^>]*>/g)];
		assert.equal(found.length, link ? 1 : 0, website);
		assert.doesNotMatch(page.text, /href="\s*(javascript|data):/i);
		if (link)
			assert.equal(found[0][1].replaceAll('&amp;', '&'), website);
	}
});

test('a form that takes photos says the largest size that the plant’s settings allow', async () => {
	const page = await s.supervisor.get(`/machines/${s.machine.id}/report`);
	assert.ok(words(page).includes(`Up to ${await one('SELECT file_most_mb FROM plant')} MB each`));
});

test('what a machine and an hour without it cost is on its page, for those whom costs are for', async () => {
	const m = await machine(s.department);
	await one(`UPDATE machine SET replacement_value = 640000, stop_cost = 1800 WHERE id = ${m.id}`);
	for (const [who, sees] of [['manager', true], ['admin', true], ['supervisor', true], ['technician', false]]) {
		const text = words(await s[who].get(`/machines/${m.id}`));
		assert.equal(/Replacement value \S*640,000/.test(text), sees, `${who}: ${text}`);
		assert.equal(/Cost of an hour’s stop \S*1,800/.test(text), sees, who);
	}
});

test('tags and custom fields are changed for many at once, and that is taken back', async () => {
	const a = await machine(s.department), b = await machine(s.department), tag = `t${mark()}`, label = `Colour ${mark()}`;
	let done = await s.admin.submit('/custom-fields/new', { kind: 'machine', name: `f_${mark()}`, label, type: 'CHOICE', choices: 'Red\nBlue', position: '1' });
	assert.equal(done.status, 303, words(done).slice(0, 900));
	const field = idOf(done.location), list = words(await s.admin.get('/machines'));
	const tags = (m) => one(`SELECT GROUP_CONCAT(t.name ORDER BY t.name) FROM tagging g JOIN tag t ON t.id = g.tag_id
		WHERE g.kind = 'machine' AND g.record_id = ${m.id}`);
	const bulk = async (what, typed) => {
		const page = await s.admin.get(`/machines/bulk?what=${what}&id=${a.id}&id=${b.id}&query=`);
		assert.equal(page.status, 200, what);
		return s.admin.submit('', { [what]: typed }, { page, action: '/machines/bulk' });
	};
	try {
		for (const text of ['Add tags', 'Take tags away', `Change ${label}`])
			assert.ok(list.includes(text), text);
		done = await s.admin.follow(await bulk('tags_add', `${tag}x, ${tag}`));
		assert.match(words(done), /2 were changed/);
		assert.equal(await tags(a), `${tag},${tag}x`);
		await bulk('tags_remove', tag.toUpperCase());
		assert.equal(await tags(b), `${tag}x`);
		assert.equal((await bulk('tags_add', '')).status, 422);
		assert.equal((await bulk(`custom_${field}`, 'Green')).status, 422);
		done = await s.admin.follow(await bulk(`custom_${field}`, 'Blue'));
		assert.ok(words(done).includes(label));
		const value = () => one(`SELECT GROUP_CONCAT(text) FROM custom_value WHERE custom_field_id = ${field}`);
		assert.equal(await value(), 'Blue,Blue');
		done = await s.admin.follow(await s.admin.submit('', {}, { page: done, action: `${done.path}/undo` }));
		assert.match(words(done), /2 were changed/);
		assert.equal(await value(), null);
		assert.equal((await s.admin.get(`/machines/bulk?what=custom_999999999&id=${a.id}&query=`)).status, 404);
	} finally {
		await s.admin.submit(`/custom-fields/${field}`, {}, { action: `/custom-fields/${field}/archive` });
	}
});

test('what is installed on a device speaks the person’s language', async () => {
	for (const [language, scan] of [['en', 'Scan'], ['fr', 'Scanner']]) {
		const page = await new Client().get('/sign-in', { cookie: `language=${language}` });
		const path = /<link rel="manifest" href="([^"]+)">/.exec(page.text)[1];
		const answer = await new Client().get(path), manifest = JSON.parse(answer.text);
		assert.equal(answer.headers.get('content-type').split(';')[0], 'application/manifest+json');
		assert.deepEqual([manifest.lang, manifest.dir, manifest.id, manifest.shortcuts[0].name], [language, 'ltr', '/', scan]);
		for (const { src } of [...manifest.icons, ...manifest.shortcuts.flatMap((one) => one.icons)])
			assert.equal((await new Client().request('HEAD', src)).status, 200, src);
	}
	assert.equal((await new Client().get('/manifest.webmanifest')).status, 200);
});
