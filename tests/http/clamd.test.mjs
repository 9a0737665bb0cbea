/*
 * clamd.test.mjs: Debian's clamd with a signature of our own, and a plant that asks it.
 *
 * The file runs itself a second time inside of that plant (CLAMD_FOLDER is set then): that part does the asking.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

const inside = process.env.CLAMD_FOLDER;

/* Its database is one line: the digest and the length of that file. */
async function clamd(at, bad) {
	chmodSync(at, 0o777);
	mkdirSync(join(at, 'db'), { mode: 0o777 });
	chmodSync(join(at, 'db'), 0o777);
	writeFileSync(join(at, 'db', 'own.hdb'), `${createHash('md5').update(bad).digest('hex')}:${bad.length}:Millwright.Test\n`);
	writeFileSync(join(at, 'clamd.conf'), `LocalSocket ${at}/clamd.sock\nLocalSocketMode 666\nDatabaseDirectory ${at}/db\nForeground yes\n`);
	const child = spawn('clamd', ['--config-file', join(at, 'clamd.conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (bytes) => (said += bytes));
	child.on('error', (e) => (said += e));
	for (let i = 0; i < 300 && !existsSync(join(at, 'clamd.sock')); i++)
		await pause(100);
	assert.ok(existsSync(join(at, 'clamd.sock')), `clamd does not start (./.deps test): ${said}`);
	return child;
}

async function ask() {
	const { sql, words } = await import('./harness.mjs');
	const { department, machine, one, person } = await import('./stage.mjs');
	const mia = await person('MANAGER');
	const m = await machine(await department());
	const bad = readFileSync(join(inside, 'bad')), good = randomBytes(20).toString('hex');
	const add = (name, bytes) => mia.act('/files/add', { kind: 'machine', record: m.id, title: '' }, { file: [].concat(bytes).map((b) => ({ name, bytes: b })) });

	const both = await add('report.txt', [Buffer.from(good), bad]);
	assert.equal(both.status, 303);
	assert.ok(words(await mia.get(both.location)).includes('report.txt was not taken: the virus scanner found something in it.'));
	assert.equal(await one(`SELECT COUNT(*) FROM attachment WHERE kind = 'machine' AND record_id = ${m.id}`), '1');
	const [[changes]] = await sql(`SELECT changes FROM event WHERE act = 'file.refused' AND record_id = ${m.id}`);
	assert.match(changes, /Millwright\.Test/);
	assert.ok(words(await mia.get(`/machines/${m.id}`)).includes('File refused'));
	const large = await add('large.txt', Buffer.alloc(9 << 20, good));
	assert.equal(large.status, 303);

	process.kill(Number(process.env.CLAMD_PID));
	await pause(1500);
	const away = await add('later.txt', Buffer.from(`${good} later`));
	assert.equal(away.status, 422);
	assert.ok(words(away).includes('later.txt was not taken: the virus scanner does not answer.'));
	assert.equal(await one(`SELECT COUNT(*) FROM attachment WHERE kind = 'machine' AND record_id = ${m.id}`), '2');
}

if (inside)
	await ask();
else
	test('what clamd finds is refused, and told in the history; while clamd is away no file is taken', { timeout: 240000 }, async () => {
		const at = mkdtempSync(join(tmpdir(), 'clamd-'));
		const bad = Buffer.from(`A file that the scanner knows ${randomBytes(8).toString('hex')}\n`);
		writeFileSync(join(at, 'bad'), bad);
		const child = await clamd(at, bad);
		try {
			execFileSync(`${process.env.BUILD ?? 'build'}/millwright`, ['run', '--port', '0', '--var', join(at, 'var'),
				'--clamd', `unix:${at}/clamd.sock`, '--once-ready', 'node tests/http/clamd.test.mjs'], {
				env: { ...process.env, CLAMD_FOLDER: at, CLAMD_PID: String(child.pid) },
				cwd: new URL('../../', import.meta.url), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });
		} catch (e) {
			assert.fail(`${e.stdout} ${e.stderr}`.split('\n').filter((l) => !l.startsWith('{"time')).join('\n').slice(-3000));
		} finally {
			child.kill();
			rmSync(at, { recursive: true, force: true });
		}
	});
