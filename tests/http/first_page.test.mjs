/* first_page.test.mjs: what stands on a role's first page beside the counts, and in which order. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { sql, words } from './harness.mjs';
import { inState, machine, mark, one, part, quote, report, stage } from './stage.mjs';

let s;

before(async () => {
	s = await stage();
});

const numbers = (page, from, to) => {
	const text = page.text.slice(page.text.indexOf(`id="${from}"`));
	return [...text.slice(0, to ? text.indexOf(`id="${to}"`) : undefined).matchAll(/<a href="\/work-orders\/(\d+)" data-keep/g)]
		.map(([, id]) => Number(id));
};

test('a technician: my work by last day, then by priority; what nobody has in my departments', async () => {
	const made = {};
	for (const [name, priority, due] of [['late', 'LOW', '2026-01-02'], ['soon', 'LOW', '2099-01-02'],
		['critical', 'CRITICAL', null], ['medium', 'MEDIUM', null]].reverse()) {
		made[name] = await report(s.supervisor, (await machine(s.department)).id, { priority });
		await s.technician.must(`/work-orders/${made[name]}/accept`);
		await sql(`UPDATE work_order SET due_on = ${due ? quote(due) : 'NULL'} WHERE id = ${made[name]}`);
	}
	const free = {};
	for (const priority of ['LOW', 'CRITICAL'])
		free[priority] = await report(s.supervisor, (await machine(s.department)).id, { priority });
	await sql(`UPDATE work_order SET due_on = NULL WHERE id IN (${Object.values(free)})`);
	const order = [made.late, made.soon, made.critical, made.medium], frees = [free.CRITICAL, free.LOW];
	const home = await s.technician.get('/'), mine = await s.technician.get('/technician/work');
	assert.deepEqual(numbers(home, 'orders', 'free'), order);
	assert.deepEqual(numbers(home, 'free'), frees);
	assert.deepEqual(numbers(mine, 'mine', 'free'), order);
	assert.deepEqual(numbers(mine, 'free'), frees);
});

test('a machine down that somebody else works on is not said to have nobody', async () => {
	const m = await machine(s.department);
	const id = await report(s.supervisor, m.id, { machine_down: '1' });
	const line = async (who) => new RegExp(`${m.number}.*?Stopped`).exec(words(await who.get('/')))[0];
	assert.match(await line(s.technician2), /Nobody yet/);
	await s.technician.must(`/work-orders/${id}/accept`);
	assert.match(await line(s.technician2), /Somebody has it/, 'without its name: it is not theirs to see');
	assert.doesNotMatch(await line(s.supervisor), /Nobody yet|Somebody/);
	const all = /href="(\/machines\?status=DOWN[^"]*)"/.exec((await s.technician2.get('/')).text)[1];
	assert.match(all, new RegExp(`department=${s.department}`), 'all: of the departments that are counted');
});

test('the week’s figures lead to the work orders and stops that they count', async () => {
	const m = await machine(s.department);
	const done = await inState(s, 'COMPLETED', m.id), down = await report(s.supervisor, (await machine(s.department)).id,
		{ machine_down: '1' });
	const home = (await s.manager.get('/')).text;
	const listed = async (href) => {
		assert.ok(home.includes(`href="${href.replace(/&/g, '&amp;')}"`), href);
		return (await s.manager.get(href)).text;
	};
	const reported = await listed('/work-orders?age=monday');
	for (const id of [done, down])
		assert.match(reported, new RegExp(`/work-orders/${id}"`));
	const completed = await listed('/work-orders?state=COMPLETED&completed=monday');
	assert.match(completed, new RegExp(`/work-orders/${done}"`));
	assert.doesNotMatch(completed, new RegExp(`/work-orders/${down}"`));
	await sql(`UPDATE work_order SET completed_at = completed_at - INTERVAL 8 DAY, reported_at = reported_at - INTERVAL 9 DAY
		WHERE id = ${done}`);
	assert.doesNotMatch(await listed('/work-orders?state=COMPLETED&completed=monday'), new RegExp(`/work-orders/${done}"`));
	assert.doesNotMatch(await listed('/work-orders?age=monday'), new RegExp(`/work-orders/${done}"`));
	const row = new RegExp(`/work-orders/${down}"`);
	assert.match(await listed('/manager/stops?kind=begun'), row);
	await sql(`UPDATE stop SET started_at = started_at - INTERVAL 9 DAY WHERE work_order_id = ${down}`);
	assert.doesNotMatch(await listed('/manager/stops?kind=begun'), row);
	assert.match(await listed('/manager/stops'), row, 'it still lasts');
	assert.equal((await s.technician.get('/manager/stops')).status, 403);
	assert.equal((await s.manager.get('/manager/stops?kind=x')).status, 400);
});

test('the store: what is low, of whom it comes and when, if it is ordered today', async () => {
	const p = await part(1, 5);
	await sql(`UPDATE part SET minimum = 4, number = CONCAT('!', number) WHERE id = ${p.id}`);	// the first by number
	const low = async () => words(await s.inventory.get('/')).split(/Low stock/)[1];
	assert.match(await low(), /1 of 4 pc.*?No vendor is known.*?Delivery time not known/);
	for (const days of [9, 3]) {
		const vendor = await one(`INSERT INTO vendor (name) VALUES (${quote(`Vendor ${days} ${mark()}`)}) RETURNING id`);
		await sql(`INSERT INTO part_vendor (part_id, vendor_id, lead_days) VALUES (${p.id}, ${vendor}, ${days})`);
	}
	assert.match(await low(), /1 of 4 pc.*?Vendor 3 .*?expected/, 'the one who is soonest');
	await sql(`UPDATE part SET minimum = 0 WHERE id = ${p.id}`);
});
