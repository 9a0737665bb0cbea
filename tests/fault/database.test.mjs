/*
 * database.test.mjs: the database stands still or dies, a worker dies in the middle: 503 and service again, and
 * what was acknowledged is there, once.  On a plant of its own.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

/* The programs that started the plant of the other tests; by hand, those of the build folder. */
const program = process.env.MILLWRIGHT_VAR
	? readlinkSync(`/proc/${readFileSync(`${process.env.MILLWRIGHT_VAR}/lock`, 'utf8').trim()}/exe`)
	: new URL('../../build/millwright', import.meta.url).pathname;
const home = mkdtempSync(`${tmpdir()}/fault-`);
const folder = `${home}/var`;
let plant, h, stage;

before(async () => {
	plant = spawn(program, ['run', '--port', '0', '--workers', '2', '--var', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
	plant.said = '';
	for (const stream of [plant.stdout, plant.stderr])
		stream.on('data', (text) => { plant.said += text; });
	await until(() => /is ready: (\S+)/.test(plant.said) || plant.exitCode !== null, 120, 'the plant');
	process.env.MILLWRIGHT_URL = /is ready: (\S+?)\/?\n/.exec(plant.said)?.[1];
	assert.ok(process.env.MILLWRIGHT_URL, plant.said);
	process.env.MILLWRIGHT_VAR = folder;
	h = await import('../http/harness.mjs');
	stage = await import('../http/stage.mjs');
});

after(async () => {
	const ended = new Promise((resolve) => { plant.on('exit', resolve); });
	plant.kill('SIGTERM');
	await ended;
	rmSync(home, { recursive: true });
});

async function until(what, seconds, said) {
	for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(50))
		if (await what())
			return;
	assert.fail(`not within ${seconds} s: ${said ?? what}`);
}

/* The processes of this plant by that name: those that hold a file of its folder. */
function pids(name) {
	const found = [];
	for (const pid of readdirSync('/proc').filter((n) => /^\d+$/.test(n)))
		try {
			if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith(name))
				continue;
			const files = readdirSync(`/proc/${pid}/fd`).map((fd) => {
				try { return readlinkSync(`/proc/${pid}/fd/${fd}`); } catch { return ''; }
			});
			if (files.some((path) => path.startsWith(`${folder}/`)))
				found.push(Number(pid));
		} catch { /* it has ended meanwhile */ }
	return found;
}

const ready = () => new h.Client().get('/ready').then((a) => a.status === 200, () => false);

/* Reports until told to stop, each with words of its own; what was said to each. */
function reporters(people, machine_id, n) {
	const ledger = [];
	let going = true;
	const work = people.map(async (who) => {
		while (going) {
			const entry = { words: `ledger ${n} ${stage.mark()}`, fields: null };
			entry.fields = { ...who.hidden(), priority: 'LOW', problem_code_id: '', description: entry.words, another: '1' };
			ledger.push(entry);
			// As a browser does that shows "try again": the same form, until there is an answer.
			for (let i = 0; i < 200 && !entry.done; i++) {
				const answer = await who.post(`/machines/${machine_id}/report`, entry.fields).catch((e) => ({ status: 0, text: String(e) }));
				(entry.codes ??= []).push(answer.status);
				entry.done = answer.status === 303 && answer.location;
				if (!entry.done)
					await pause(200);
			}
			await pause(20);
		}
	});
	return { ledger, stop: async () => { going = false; await Promise.all(work); } };
}

/* Every acknowledged report is there once, and nothing else is. */
async function compare(ledger, machine_id, n) {
	const rows = await h.sql(`SELECT id, description FROM work_order WHERE machine_id = ${machine_id} AND description LIKE 'ledger ${n} %'`);
	const there = new Map(rows.map(([id, text]) => [text, id]));
	assert.equal(there.size, rows.length, 'something was done twice');
	for (const entry of ledger) {
		assert.ok(entry.done, `never answered: ${entry.codes}`);
		assert.equal(`/work-orders/${there.get(entry.words)}`, entry.done, `${entry.words}: ${entry.codes}`);
	}
	assert.equal(rows.length, ledger.length);
	const codes = new Set(ledger.flatMap((e) => e.codes));
	assert.deepEqual([...codes].filter((c) => ![303, 502, 503].includes(c)), [], 'only 503 while it is away');
	const [[events, unsealed]] = await h.sql(`SELECT (SELECT COUNT(*) FROM event WHERE act = 'work_order.reported'
		AND machine_id = ${machine_id}), (SELECT COUNT(*) FROM work_order WHERE machine_id = ${machine_id})`);
	assert.equal(events, unsealed, 'one event for each report');
}

test('the database stands still: 503 with Retry-After in bounded time, then service, same workers', async () => {
	const s = await stage.stage();
	const workers = pids('millwright.fcgi');
	assert.equal(workers.length, 2);
	const [database] = pids('mariadbd');
	process.kill(database, 'SIGSTOP');
	const started = Date.now();
	try {
		const answers = await Promise.all([s.supervisor.get('/machines'), s.supervisor.act(`/machines/${s.machine.id}/report`, { priority: 'LOW', problem_code_id: '', description: 'while it stands' })]);
		for (const a of answers) {
			assert.equal(a.status, 503, `${a.path}: ${h.words(a).slice(0, 200)}`);
			assert.ok(Number(a.headers.get('retry-after')) > 0, a.path);
			assert.match(a.text, /<html/, a.path);
		}
		// Two tries of eight seconds, and what this machine is busy with.
		assert.ok(Date.now() - started < 30000, `${Date.now() - started} ms`);
		assert.equal((await new h.Client().get('/health')).status, 200, 'the worker itself is well');
	} finally {
		process.kill(database, 'SIGCONT');
	}
	await until(ready, 30);
	assert.equal((await s.supervisor.get('/machines')).status, 200);
	assert.deepEqual(pids('millwright.fcgi').sort(), workers.sort(), 'the workers were restarted');
	assert.equal(await stage.one("SELECT COUNT(*) FROM work_order WHERE description = 'while it stands'"), '0');
});

test('the database is killed twice while people report: it comes back, and everything was done once', async () => {
	const s = await stage.stage();
	const people = [s.supervisor, ...await Promise.all([1, 2, 3].map(() => stage.person('SUPERVISOR', [s.department])))];
	const workers = pids('millwright.fcgi');
	const run = reporters(people, s.machine.id, 'db');
	for (let i = 0; i < 2; i++) {
		await pause(1500);
		const [database] = pids('mariadbd');
		process.kill(database, 'SIGKILL');
		await until(async () => pids('mariadbd').some((pid) => pid !== database) && await ready(), 60, 'another database');
	}
	await pause(1000);
	await run.stop();
	await compare(run.ledger, s.machine.id, 'db');
	assert.ok(run.ledger.length > 20, `${run.ledger.length} reports`);
	assert.deepEqual(pids('millwright.fcgi').sort(), workers.sort(), 'the workers were restarted');
});

test('workers are killed in the middle of requests: service goes on, and everything was done once', async () => {
	const s = await stage.stage();
	const people = [s.supervisor, await stage.person('SUPERVISOR', [s.department]), await stage.person('SUPERVISOR', [s.department])];
	const run = reporters(people, s.machine.id, 'worker');
	for (let i = 0; i < 10; i++) {
		await pause(300);
		const all = pids('millwright.fcgi');
		if (all.length)
			process.kill(all[i % all.length], 'SIGKILL');
	}
	await until(() => pids('millwright.fcgi').length === 2, 30, 'two workers');
	await run.stop();
	await compare(run.ledger, s.machine.id, 'worker');
	assert.ok(run.ledger.length > 20, `${run.ledger.length} reports`);
});

test('after all that the log is whole: every event sealed, stock the sum of its movements', async () => {
	await until(async () => await stage.one('SELECT COUNT(*) FROM event_unsealed') === '0', 20, 'all events are sealed');
	assert.equal(await stage.one('SELECT COUNT(*) - MAX(seq) FROM event_seal'), '0', 'a gap in the sequence');
	assert.equal(await stage.one('SELECT (SELECT COUNT(*) FROM event) - (SELECT COUNT(*) FROM event_seal)'), '0');
	assert.deepEqual(await h.sql(`SELECT id FROM part p WHERE on_hand <>
		(SELECT COALESCE(SUM(quantity), 0) FROM movement WHERE part_id = p.id)`), []);
});

/* Here, because it needs a plant in which nobody else is administrator meanwhile. */
test('the last administrator can neither leave nor be demoted', async () => {
	const admin = await stage.person('ADMIN');
	const others = (await h.sql(`SELECT id FROM user WHERE role = 'ADMIN' AND archived_at IS NULL AND id <> ${admin.id}`))
		.map(([id]) => id);
	await h.sql(`UPDATE user SET role = 'MANAGER' WHERE id IN (${others})`);
	try {
		assert.equal((await admin.act(`/users/${admin.id}/archive`)).status, 409);
		const path = `/users/${admin.id}/edit`;
		const demoted = await admin.post(path, { ...stage.typed(await admin.get(path), path), role: 'REQUESTER' });
		assert.equal(demoted.status, 422);
		assert.ok(h.words(demoted).includes('at least one administrator'), h.words(demoted).slice(0, 600));
		assert.equal(await stage.one(`SELECT role FROM user WHERE id = ${admin.id} AND archived_at IS NULL`), 'ADMIN');
	} finally {
		await h.sql(`UPDATE user SET role = 'ADMIN' WHERE id IN (${others})`);
	}
});
