/* operator.test.mjs: the command `millwright` and the jobs, against a running plant. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync, chmodSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { account, Client, folder, raw, setting, sql } from './harness.mjs';

const program = readlinkSync(`/proc/${readFileSync(`${folder}/lock`, 'utf8').trim()}/exe`);
const conf = `${folder}/conf/millwright.conf`;
const other = `t${process.pid}`;		// a plant of our own; removed at the end

function millwright(...args) {
	return new Promise((resolve) => {
		execFile(program, ['--config', conf, ...args], (error, out, err) =>
			resolve({ code: error?.code ?? 0, out, err }));
	});
}

/* As the workers' account; answers what the server says. */
function asWorker(query, schema) {
	const env = { ...process.env, MYSQL_PWD: readFileSync(setting('db_password_file'), 'utf8').trim() };
	return new Promise((resolve) => {
		execFile('mariadb', ['--no-defaults', `--socket=${setting('db_socket')}`,
			`--user=${setting('db_user')}`, schema, '--execute', query], { env },
		(error, out, err) => resolve({ code: error?.code ?? 0, out, err }));
	});
}

async function until(what, query, schema) {
	for (let i = 0; i < 100; i++) {
		if ((await sql(query, schema))[0][0] !== '0')
			return;
		await pause(50);
	}
	assert.fail(`${what} did not happen within 5 seconds`);
}

const sealed = () => until('sealing', 'SELECT COUNT(*) = 0 FROM event_unsealed', `mw_${other}`);

before(async () => {
	const made = await millwright('site', 'create', other, '--host', `${other}.example`, '--title', 'Öther works',
		'--zone', 'Europe/Paris', '--currency=CHF', '--language', 'fr');
	assert.equal(made.code, 0, made.err);
});

after(async () => {
	await sql(`DELETE h FROM site_host h JOIN site s ON s.id = h.site_id WHERE s.name = '${other}';
		DELETE FROM site WHERE name = '${other}'; DROP DATABASE mw_${other}`, 'mw_directory');
});

test('a new plant has its settings, its host and an event', async () => {
	assert.deepEqual(await sql('SELECT title, zone, currency, language FROM plant', `mw_${other}`),
		[['Öther works', 'Europe/Paris', 'CHF', 'fr']]);
	assert.deepEqual(await sql('SELECT act FROM event ORDER BY id LIMIT 1', `mw_${other}`), [['site.created']]);
	const list = await millwright('site', 'list');
	assert.match(list.out, new RegExp(`^${other}\tmw_${other}\t${other}\\.example$`, 'm'));
	assert.match(list.out, /^demo\tmw_demo\t/m);
});

test('its host reaches it', async () => {
	const answer = await raw(`GET /sign-in HTTP/1.0\r\nHost: ${other}.example\r\n\r\n`);
	assert.match(answer, /^HTTP\/1\.1 200\b/);
	assert.match(Buffer.from(answer, 'latin1').toString('utf8'), /Öther works/);
});

test('site create again adds hosts, keeps settings, and takes nobody’s host', async () => {
	const again = await millwright('site', 'create', other, '--host', `b.${other}.example`, '--title', 'New');
	assert.equal(again.code, 0, again.err);
	assert.deepEqual(await sql('SELECT title FROM plant', `mw_${other}`), [['Öther works']]);
	const taken = await millwright('site', 'create', `${other}x`, '--host', 'localhost');
	assert.equal(taken.code, 1);
	assert.match(taken.err, /localhost leads to the site demo already/);
});

test('names and settings that are not fit are refused before anything is made', async () => {
	for (const [args, why] of [
		[['Upper', '--host', 'a.example'], /lower case/],
		[['directory', '--host', 'a.example'], /lower case|taken/],
		[['a`b', '--host', 'a.example'], /lower case/],
		[['ab', '--host', 'a.example:80'], /host name/],
		[['ab', '--host', ','], /host name/],
		[['ab', '--host', 'a.example', '--zone', 'Mars/Base'], /time zone/],
		[['ab', '--host', 'a.example', '--currency', 'eur'], /currency/],
		[['ab', '--host', 'a.example', '--language', 'tlh'], /language/],
	]) {
		const answer = await millwright('site', 'create', ...args);
		assert.equal(answer.code, 1, args.join(' '));
		assert.match(answer.err, why);
	}
	assert.deepEqual(await sql("SELECT COUNT(*) FROM site WHERE name IN ('Upper', 'ab', 'directory')", 'mw_directory'),
		[['0']]);
});

test('user create prints a password once, and it signs in', async () => {
	const email = `op${process.pid}@demo.example`;
	const made = await millwright('user', 'create', '--site', 'demo', '--email', email, '--name', `Op ${process.pid}`,
		'--role', 'manager');
	assert.equal(made.code, 0, made.err);
	const [role, address, password] = made.out.trim().split('\t');
	assert.deepEqual([role, address], ['MANAGER', email]);
	assert.ok(password.length >= 15);
	await new Client().signIn({ email, password });
	const again = await millwright('user', 'create', '--site', 'demo', '--email', email, '--name', 'X', '--role', 'ADMIN');
	assert.equal(again.code, 1);
	assert.match(again.err, /has an account already/);
	assert.deepEqual(await sql(`SELECT act, user_id FROM event WHERE act = 'user.created' AND title = 'Op ${process.pid}'`),
		[['user.created', null]]);
});

test('user create says what is wrong', async () => {
	const common = ['user', 'create', '--email', 'a@b.example', '--name', 'A'];
	for (const [args, why] of [
		[['--site', 'demo', '--role', 'boss'], /no role/],
		[['--site', 'nowhere', '--role', 'ADMIN'], /no site nowhere/],
		[['--site', 'demo', '--role', 'TECHNICIAN', '--department', 'Moon'], /no department Moon/],
	]) {
		const answer = await millwright(...common, ...args);
		assert.equal(answer.code, 1);
		assert.match(answer.err, why);
		assert.equal(answer.out, '');
	}
});

test('wrong usage ends with 2 and the usage of that command', async () => {
	for (const [args, usage] of [
		[[], /COMMAND/],
		[['nonsense'], /no command nonsense/],
		[['site'], /site create[^]*site list/],
		[['site', 'create'], /usage: .*site create NAME/],
		[['site', 'create', 'x'], /--host is missing[^]*usage: .*site create/],
		[['site', 'list', 'x'], /usage: .*site list/],
		[['user', 'create', '--site'], /usage: .*user create/],
		[['verify-log', '--sight', 'demo'], /what is --sight\?[^]*usage: .*verify-log/],
		[['verify-log', '--site', 'a', '--site', 'b'], /twice/],
	]) {
		const answer = await millwright(...args);
		assert.equal(answer.code, 2, args.join(' '));
		assert.match(answer.err, usage);
	}
	assert.match((await millwright('--version')).out, /^millwright \d/);
	assert.match((await millwright('--help')).out, /verify-log/);
	assert.match((await millwright('user', 'create', '--help')).out, /usage: .*user create/);
});

test('doctor finds nothing bad, and then a secret that everybody can read', async () => {
	const well = await millwright('doctor');
	assert.equal(well.code, 0, well.out);
	assert.match(well.out, /^ok +demo: millwright-jobs is at work$/m);
	assert.match(well.out, /^ok +demo: db_user may write, and only add events$/m);
	assert.doesNotMatch(well.out, /^bad/m);
	const secret = setting('secret_file');
	chmodSync(secret, 0o644);
	try {
		const ill = await millwright('doctor');
		assert.equal(ill.code, 1);
		assert.match(ill.out, /^bad +.*secret is open to everybody: chmod/m);
	} finally {
		chmodSync(secret, 0o600);
	}
});

test('migrate says that all is up to date', async () => {
	const answer = await millwright('migrate');
	assert.equal(answer.code, 0, answer.err);
	assert.match(answer.out, /up to date/);
});

test('the workers’ account adds events and cannot touch them', async () => {
	for (const query of ["UPDATE event SET title = 'x'", 'DELETE FROM event', 'DELETE FROM event_seal',
		'UPDATE event_seal SET seq = seq + 1', 'DROP TABLE event', 'TRUNCATE event', 'ALTER TABLE part ADD x INT',
		'CREATE TABLE x (id INT)', "UPDATE migration SET name = 'x'"]) {
		const answer = await asWorker(query, 'mw_demo');
		assert.equal(answer.code, 1, query);
		assert.match(answer.err, /denied/, query);
	}
	assert.equal((await asWorker("UPDATE site SET name = 'x'", 'mw_directory')).code, 1);
});

test('what is done is sealed at once and the log holds', async () => {
	const before = (await sql('SELECT COALESCE(MAX(seq), 0) FROM event_seal'))[0][0];
	await new Client().signIn(account('manager'));
	await until('sealing', `SELECT COUNT(*) FROM event_seal s JOIN event e ON e.id = s.event_id
		WHERE s.seq > ${before} AND e.act = 'user.signed_in'`);
	const answer = await millwright('verify-log', '--site', 'demo');
	assert.equal(answer.code, 0, answer.err);
	assert.match(answer.out, /^\d+ events, head [0-9a-f]{64}$/m);
});

test('verify-log names what was done by hand', async () => {
	const user = ['user', 'create', '--site', other, '--name', 'A', '--role', 'ADMIN'];
	for (const n of [1, 2, 3])
		assert.equal((await millwright(...user, '--email', `a${n}@b.example`)).code, 0);
	await sealed();
	const verify = () => millwright('verify-log', '--site', other);
	const whole = await verify();
	assert.equal(whole.code, 0, whole.err);

	const [[id]] = await sql('SELECT event_id FROM event_seal WHERE seq = 2', `mw_${other}`);
	await sql(`UPDATE event SET user_name = 'Mallory' WHERE id = ${id}`, `mw_${other}`);
	let answer = await verify();
	assert.equal(answer.code, 1);
	assert.match(answer.err, new RegExp(`seq 2, event ${id}: its event was changed`));

	await sql(`UPDATE event SET user_name = '' WHERE id = ${id}`, `mw_${other}`);
	assert.equal((await verify()).code, 0);	// one event more: that it was broken

	await sql('DELETE FROM event_seal WHERE seq = 3', `mw_${other}`);
	answer = await verify();
	assert.equal(answer.code, 1);
	assert.match(answer.err, /seq 3: a seal is not there/);
});

test('people are told within a second or so', async () => {
	const [[user]] = await sql(`SELECT id FROM user WHERE email = '${account('inventory').email}'`);
	const [[part]] = await sql('SELECT id FROM part ORDER BY id LIMIT 1');
	const count = `SELECT COUNT(*) FROM notification WHERE user_id = ${user} AND act = 'part.below_minimum'
		AND title = 'op-${process.pid}'`;
	const from = Date.now();
	await sql(`BEGIN; INSERT INTO event (at, user_name, act, kind, record_id, title)
		VALUES (UTC_TIMESTAMP(6), '', 'part.below_minimum', 'part', ${part}, 'op-${process.pid}');
		INSERT INTO event_unsealed VALUES (LAST_INSERT_ID()); COMMIT`);
	await until('telling', count);
	assert.ok(Date.now() - from < 3000, `${Date.now() - from} ms`);
});
