/* home.test.mjs: each role's first page: every count is a link to exactly those rows. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { sql, unescape, words } from './harness.mjs';
import { machine, one, person, report, stage } from './stage.mjs';

let s;

before(async () => {
	s = await stage();
	const old = await machine(s.department), older = await machine(s.department), due = await machine(s.department);
	for (const [m, set] of [[old, 'reported_at = reported_at - INTERVAL 12 DAY'],
		[older, 'reported_at = reported_at - INTERVAL 45 DAY'],
		[due, `due_on = DATE(reported_at) - INTERVAL 3 DAY, assignee_id = ${s.technician.id}, state = 'IN_PROGRESS'`]]) {
		const id = await report(s.supervisor, m.id, {});
		await sql(`UPDATE work_order SET ${set} WHERE id = ${id}`);
	}
	await report(s.supervisor, s.machine.id, { machine_down: '1' });
});

const tiles = (page) => [...page.text.matchAll(
	/<a class="tile[^"]*"[^>]*href="([^"]*)"><span class="tile-label">([^<]*)<\/span><span class="tile-value[^"]*">([^<]*)</g)]
	.map(([, href, label, value]) => ({ href: unescape(href), label: unescape(label), value }));

/* All rows of a list, page after page. */
async function rows(who, href) {
	let n = 0;
	for (let at = href; at;) {
		const page = await who.get(at);
		assert.equal(page.status, 200, at);
		n += [...page.text.matchAll(/<th scope="row"/g)].length;
		const next = /<a [^>]*href="([^"]*[?&](?:amp;)?after=[^"]*)"[^>]*>/.exec(page.text)?.[1];
		at = next && new URL(unescape(next), `http://x${at}`).href.slice('http://x'.length);
	}
	return n;
}

const lists = /^\/(work-orders|machines|parts|deliveries|imports|users)\b/;

for (const role of ['SUPERVISOR', 'TECHNICIAN', 'MANAGER', 'INVENTORY', 'ADMIN']) {
	test(`${role}: what a tile counts is what its link shows`, async () => {
		const who = role === 'ADMIN' ? await person('ADMIN') : s[role.toLowerCase()];
		const shown = tiles(await who.get('/'));
		assert.ok(shown.length >= 3, role);
		for (const { href, label, value } of shown.filter((t) => lists.test(t.href))) {
			const before_ = Number(value.replace(/\D/g, ''));
			if (before_ > 300)
				continue;
			const now = await rows(who, href);
			const after = tiles(await who.get('/')).find((t) => t.label === label);
			// Others report meanwhile: between the two counts, or one of them.
			const [least, most] = [before_, Number(after.value.replace(/\D/g, ''))].sort((a, b) => a - b);
			assert.ok(now >= least && now <= most, `${role} ${label}: ${value}, ${now} rows at ${href}`);
		}
	});
}

test('a supervisor counts only what is in their departments, by age', async () => {
	const value = Object.fromEntries(tiles(await s.supervisor.get('/')).map((t) => [t.label, t.value]));
	assert.deepEqual([value['Machines down'], value['Open up to 7 days'], value['Open 8 to 30 days'],
		value['Open over 30 days']], ['1', '2', '1', '1']);
});

test('a technician sees what is overdue, with its last day', async () => {
	const page = await s.technician.get('/');
	const value = Object.fromEntries(tiles(page).map((t) => [t.label, t.value]));
	assert.equal(value.Overdue, '1');
	assert.match(words(page), /Due \d/);
	const list = await s.technician.get('/work-orders?state=OPEN&overdue=1&mine=1');
	assert.equal([...list.text.matchAll(/<th scope="row"/g)].length, 1);
});

test('the last day is set when a work order is edited, and stands in its history', async () => {
	const m = await machine(s.department);
	const id = await report(s.supervisor, m.id, {});
	const answer = await s.manager.submit(`/work-orders/${id}/edit`, { due_on: '2031-02-03', description: 'It rattles',
		priority: 'HIGH', problem_code_id: '' });
	assert.equal(answer.status, 303);
	assert.equal(await one(`SELECT due_on FROM work_order WHERE id = ${id}`), '2031-02-03');
	assert.match(words(await s.manager.get(`/work-orders/${id}`)), /Due 3 Feb 2031/);
	const wrong = await s.manager.submit(`/work-orders/${id}/edit`, { due_on: '2031-02-30', description: 'It rattles',
		priority: 'HIGH', problem_code_id: '' });
	assert.equal(wrong.status, 422);
});

test('a letter that failed is found, and sent again once', async () => {
	const admin = await person('ADMIN');
	const id = await one(`INSERT INTO mail (recipient, subject, body, message_id, state, tries, next_at, last_error)
		VALUES ('nobody@stage.example', 'Failed', 'x', UUID(), 'FAILED', 55, UTC_TIMESTAMP(6), 'no such person') RETURNING id`);
	const page = await admin.get('/deliveries?state=FAILED');
	assert.match(words(page), /no such person/);
	const answer = await admin.submit('/deliveries?state=FAILED', {}, { action: `/deliveries/${id}/again` });
	assert.equal(answer.status, 303);
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE kind = 'mail' AND record_id = ${id}`), '1');
	assert.equal((await s.manager.get('/deliveries')).status, 403);
	assert.equal((await s.manager.get('/system')).status, 403);
	assert.match(words(await admin.get('/system')), /They run/);
});
