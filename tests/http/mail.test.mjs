// mail.test.mjs: what is written to the outbox reaches people, through a real SMTP server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const millwright = join(root, process.env.BUILD ?? 'build', 'millwright');

/** An SMTP server that takes every letter and keeps it. */
function sink() {
	const letters = [];
	const server = net.createServer((socket) => {
		let data = null;
		let rest = '';
		socket.write('220 sink\r\n');
		socket.on('error', () => {});
		socket.on('data', (bytes) => {
			rest += bytes.toString('utf8');
			for (let end; (end = rest.indexOf('\r\n')) >= 0; rest = rest.slice(end + 2)) {
				const line = rest.slice(0, end);
				if (data !== null && line === '.') {
					letters.push(data.join('\n'));
					data = null;
					socket.write('250 taken\r\n');
				} else if (data !== null) data.push(line);
				else if (/^DATA/i.test(line)) {
					data = [];
					socket.write('354 go on\r\n');
				} else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
				else socket.write('250 ok\r\n');
			}
		});
	});
	return new Promise((resolve) => {
		server.listen(0, '127.0.0.1', () => resolve({ server, letters, port: server.address().port }));
	});
}

const request = (url, method, body) =>
	new Promise((resolve, reject) => {
		const asked = http.request(url, { method, headers: body === undefined ? {} : {
			'content-type': 'application/x-www-form-urlencoded', origin: new URL(url).origin } }, (answer) => {
			answer.resume();
			answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers }));
		});
		asked.on('error', reject);
		asked.end(body);
	});

/** Quoted-printable taken off. */
const plain = (letter) =>
	letter.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

async function until(what, seconds) {
	for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
		const value = await what();
		if (value) return value;
		await new Promise((done) => setTimeout(done, 100));
	}
	return assert.fail('it did not come in time');
}

let plant, url, letters;

before(async () => {
	const taken = await sink();
	letters = taken.letters;
	const home = mkdtempSync(join(tmpdir(), 'mail-'));
	const child = spawn(millwright, ['run', '--port', '0', '--var', join(home, 'var'), '--developer',
		'--smtp', `smtp://127.0.0.1:${taken.port}`], { cwd: root });
	const ended = new Promise((done) => child.on('exit', done));
	let said = '';
	plant = { home, child, ended, server: taken.server };
	child.stdout.on('data', (text) => (said += text));
	url = await until(() => /is ready: (http:\S+?)\/?\n/.exec(said)?.[1], 90);
}, { timeout: 100000 });

after(async () => {
	plant.child.kill('SIGTERM');
	await plant.ended;
	plant.server.close();
	rmSync(plant.home, { recursive: true, force: true });
});

const letterTo = async (email) => plain(await until(() => letters.find((text) => text.includes(email)), 20));

test('a forgotten password is set anew by the link of a letter', { timeout: 60000 }, async () => {
	const [, email] = readFileSync(join(plant.home, 'var/accounts.txt'), 'utf8').split('\n')
		.find((line) => line.startsWith('supervisor')).split('\t');
	const asked = await request(`${url}/forgot`, 'POST', `email=${encodeURIComponent(email)}`);
	assert.equal(asked.status, 303);
	const letter = await letterTo(email);
	const link = /http:\/\/\S+\/set-password\?link=\S+/.exec(letter)?.[0];
	assert.ok(link, letter);
	assert.match(letter, /^Subject: /m);
	assert.match(letter, /^From: .*millwright@localhost/m);
	assert.equal((await request(link, 'GET')).status, 200);
	const secret = new URL(link).searchParams.get('link');
	const form = `link=${encodeURIComponent(secret)}&password=four+walls+and+a+roof+7`;
	assert.equal((await request(`${url}/set-password`, 'POST', form)).status, 303);
	assert.equal((await request(link, 'GET')).status, 404, 'the link works once');
	const signed = await request(`${url}/sign-in`, 'POST',
		`email=${encodeURIComponent(email)}&password=four+walls+and+a+roof+7&next=/`);
	assert.equal(signed.status, 303);
	assert.equal(signed.headers.location, '/');
});

/* ---- with a person of the other tests, in this plant ---- */

let h, st, admin;

async function enter() {
	if (h)
		return;
	process.env.MILLWRIGHT_URL = url;
	process.env.MILLWRIGHT_VAR = join(plant.home, 'var');
	h = await import('./harness.mjs');
	st = await import('./stage.mjs');
	admin = await st.person('ADMIN');
}

/* A file of people up to its trial; the import's number. */
async function bring(kind, lines) {
	const sent = await admin.postMultipart('/imports/new', { ...st.typed(await admin.get('/imports/new'), '/imports/new'),
		...admin.hidden(), kind }, { file: [{ name: 'some.csv', type: 'text/csv', bytes: Buffer.from(lines.join('\r\n')) }] });
	assert.equal(sent.status, 303, h.words(sent).slice(0, 300));
	const [, id] = /\/imports\/(\d+)/.exec(sent.location), path = `/imports/${id}/columns`;
	const mapped = await admin.post(path, { ...st.typed(await admin.get(path), path), ...admin.hidden(), then: 'check' });
	assert.equal(mapped.status, 303, h.words(mapped).slice(0, 300));
	await becomes(id, 'CHECKED');
	return id;
}

const becomes = (id, state, seconds = 60) => st.until(async () => await st.one(`SELECT state FROM import WHERE id = ${id}`) === state,
	seconds, state);

test('people of an import are invited when that was wanted, once; taken back, their links lead nowhere', { timeout: 90000 }, async () => {
	await enter();
	const m = st.mark(), old = await st.person('TECHNICIAN'), [d] = await h.sql('SELECT name FROM department LIMIT 1');
	const file = (who, more) => ['name,email,role,departments', ...who.map((n) => `${n} ${m},${n}.${m}@in.example,TECHNICIAN,"${d}"`), ...more];
	const first = await bring('user', file(['anna', 'bert'], [`Changed ${m},${old.email},TECHNICIAN,`]));
	assert.match((await admin.get(`/imports/${first}`)).text, /name="invite"/);
	await admin.must(`/imports/${first}/apply`, { invite: '1' });
	await becomes(first, 'DONE');
	const links = [];
	for (const n of ['anna', 'bert']) {
		const letter = await letterTo(`${n}.${m}@in.example`);
		links.push(/http:\/\/\S+\/set-password\?link=\S+/.exec(letter)?.[0]);
		assert.equal((await request(links.at(-1), 'GET')).status, 200);
	}
	const second = await bring('user', file(['carl'], []));
	await admin.must(`/imports/${second}/apply`, {});
	await becomes(second, 'DONE');
	await st.until(async () => await st.one("SELECT COUNT(*) FROM mail WHERE state = 'QUEUED'") === '0', 20, 'the outbox is empty');
	assert.equal(await st.one('SELECT COUNT(*) FROM invitation'), '0');
	assert.equal(letters.filter((l) => l.includes(`.${m}@in.example`)).length, 2, 'one each, and none who was not to be invited');
	assert.equal(letters.filter((l) => l.includes(old.email)).length, 0, 'who was there already');
	await admin.must(`/imports/${first}/undo`);
	await becomes(first, 'UNDONE');
	assert.equal((await request(links[0], 'GET')).status, 404);
	const [[archived]] = await h.sql(`SELECT COUNT(*) FROM user WHERE archived_at IS NOT NULL AND email LIKE '%.${m}@in.example'`);
	assert.equal(archived, '2');
	const [[id]] = await h.sql(`SELECT id FROM user WHERE email = 'anna.${m}@in.example'`);
	await admin.must(`/users/${id}/restore`);
	assert.equal((await request(links[0], 'GET')).status, 404, 'the old link stays void');
});

test('letters go out while a long import runs', { timeout: 180000 }, async () => {
	await enter();
	const m = st.mark(), who = await st.person('REQUESTER', [], { signedOut: true });
	const lines = Array.from({ length: 40000 }, (_, i) => `${m}-${i},Part ${i}`);
	const id = await bring('part', ['number,name', ...lines]);
	await admin.must(`/imports/${id}/apply`, {});
	await st.until(async () => Number(await st.one(`SELECT COALESCE(MAX(progress), 0) FROM import_turn WHERE import_id = ${id}`)) > 0, 30,
		'it is at work');
	assert.equal((await request(`${url}/forgot`, 'POST', `email=${encodeURIComponent(who.email)}`)).status, 303);
	await letterTo(who.email);
	await becomes(id, 'DONE', 100);
	assert.equal(await st.one(`SELECT m.sent_at < i.applied_at FROM mail m JOIN import i ON i.id = ${id}
		WHERE m.recipient = '${who.email}' AND m.state = 'SENT'`), '1', 'it waited for the import');
});
