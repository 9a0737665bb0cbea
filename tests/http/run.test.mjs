/* run.test.mjs: `millwright run` itself: what it refuses, what it mends, and that it leaves nothing. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readlinkSync, readdirSync, rmSync, statSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { folder, url } from './harness.mjs';

const millwright = readlinkSync(`/proc/${readFileSync(`${folder}/lock`, 'utf8').trim()}/exe`);
const home = mkdtempSync(`${tmpdir()}/run-`);
let plant;

function once(args) {
	return new Promise((resolve) => {
		execFile(millwright, ['run', ...args], (error, out, err) => resolve({ code: error?.code ?? 0, out, err }));
	});
}

/* Starts a plant without the demo; answers when it is ready. */
async function start(name) {
	const child = spawn(millwright, ['run', '--port', '0', '--no-demo', '--var', `${home}/${name}`]);
	const started = { child, out: '', folder: `${home}/${name}` };
	child.stdout.on('data', (d) => { started.out += d; });
	child.stderr.on('data', (d) => { started.out += d; });
	started.ended = new Promise((resolve) => { child.on('exit', resolve); });
	await until(() => /is ready: (\S+)/.test(started.out) || child.exitCode !== null, 60);
	started.url = /is ready: (\S+?)\/?\n/.exec(started.out)?.[1];
	assert.ok(started.url, started.out);
	return started;
}

async function until(what, seconds = 15) {
	for (let i = 0; i < seconds * 20; i++) {
		if (await what())
			return;
		await pause(50);
	}
	assert.fail(`not within ${seconds} s: ${what}`);
}

/* The processes that work in a folder: [{ pid, name }]. */
function processes(where) {
	const found = [];
	for (const pid of readdirSync('/proc').filter((n) => /^\d+$/.test(n))) {
		try {
			const held = readdirSync(`/proc/${pid}/fd`).map((fd) => {
				try { return readlinkSync(`/proc/${pid}/fd/${fd}`); } catch { return ''; }
			});
			if (held.some((path) => path.startsWith(`${where}/`)))
				found.push({ pid: Number(pid), name: readFileSync(`/proc/${pid}/comm`, 'utf8').trim() });
		} catch { /* it has ended, or is another user's */ }
	}
	return found;
}

async function status(path) {
	try {
		return (await fetch(plant.url + path)).status;
	} catch {
		return 0;
	}
}

before(async () => { plant = await start('a'); });
after(async () => {
	plant.child.kill('SIGTERM');
	await plant.ended;
	rmSync(home, { recursive: true });
});

test('a second start in the same folder says who runs there', async () => {
	const { code, err } = await once(['--port', '0', '--var', folder]);
	assert.equal(code, 1);
	assert.match(err, /already running \(pid \d+\)/);
});

test('a port in use is named, with a way out', async () => {
	const { port } = new URL(url);
	const { code, err } = await once(['--port', port, '--var', `${home}/b`]);
	assert.equal(code, 1);
	assert.match(err, new RegExp(`port ${port} is in use.*PORT=`));
});

test('wrong options are explained', async () => {
	assert.match((await once(['--port', 'x'])).err, /takes a number from 0 to 65535/);
	assert.match((await once(['--nonsense'])).err, /usage:/);
});

test('secrets belong to their owner only', () => {
	for (const name of ['secrets/secret', 'secrets/app_password', 'conf/millwright.conf', 'accounts.txt'])
		assert.equal(statSync(`${folder}/${name}`).mode & 0o077, 0, name);
});

test('a worker that dies is replaced', async () => {
	const workers = () => processes(plant.folder).filter((p) => p.name.startsWith('millwright.fcgi'));
	await until(() => workers().length >= 2);
	const { pid } = workers()[0];
	process.kill(pid, 'SIGKILL');
	await until(() => workers().length >= 2 && !workers().some((p) => p.pid === pid));
	await until(async () => await status('/ready') === 200);
});

test('the database goes away: 503, and service again without a restart', async () => {
	const { pid } = processes(plant.folder).find((p) => p.name === 'mariadbd');
	process.kill(pid, 'SIGSTOP');
	const asked = status('/ready');
	await pause(300);
	process.kill(pid, 'SIGKILL');
	assert.equal(await asked, 503);
	await until(async () => await status('/ready') === 200, 30);
	assert.match(plant.out, /Starting the database again/);
});

test('a supervisor that is killed leaves no process, and the next start works', async () => {
	plant.child.kill('SIGKILL');
	await plant.ended;
	await until(() => processes(plant.folder).length === 0, 30);
	plant = await start('a');
	assert.equal(await status('/ready'), 200);
});

test('the end leaves no process, and a whole database', async () => {
	plant.child.kill('SIGTERM');
	assert.equal(await plant.ended, 0);
	assert.deepEqual(processes(plant.folder), []);
	assert.ok(existsSync(`${plant.folder}/db`) && !existsSync(`${plant.folder}/db.new`));
	plant = await start('a');
});
