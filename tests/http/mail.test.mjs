// mail.test.mjs: what is written to the outbox reaches people, through a real SMTP server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
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

test('a forgotten password is set anew by the link of a letter', { timeout: 120000 }, async () => {
	const { server, letters, port } = await sink();
	const home = mkdtempSync(join(tmpdir(), 'mail-'));
	const child = spawn(millwright, ['run', '--port', '0', '--var', join(home, 'var'), '--developer',
		'--smtp', `smtp://127.0.0.1:${port}`], { cwd: root });
	let said = '';
	child.stdout.on('data', (text) => (said += text));
	const ended = new Promise((done) => child.on('exit', done));
	try {
		const url = await until(() => /is ready: (http:\S+?)\/?\n/.exec(said)?.[1], 60);
		const [, email] = readFileSync(join(home, 'var/accounts.txt'), 'utf8').split('\n')
			.find((line) => line.startsWith('supervisor')).split('\t');
		const asked = await request(`${url}/forgot`, 'POST', `email=${encodeURIComponent(email)}`);
		assert.equal(asked.status, 303);
		const letter = plain(await until(() => letters.find((text) => text.includes(email)), 20));
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
	} finally {
		child.kill('SIGTERM');
		await ended;
		server.close();
		rmSync(home, { recursive: true, force: true });
	}
});
