/* health.test.mjs: the plant is up, and no answer comes without its security headers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { client, raw, sql } from './harness.mjs';

function guarded(answer) {
	const csp = answer.headers.get('content-security-policy') ?? '';
	for (const part of ["default-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
		"require-trusted-types-for 'script'"])
		assert.ok(csp.includes(part), `${answer.path}: the policy lacks ${part}: ${csp}`);
	assert.ok(!csp.includes('unsafe'), csp);
	assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', answer.path);
	assert.ok(answer.headers.get('referrer-policy'), answer.path);
	assert.ok(answer.headers.get('permissions-policy'), answer.path);
	assert.equal(answer.headers.get('server'), 'nginx');
}

test('/health and /ready answer 200 to anybody', async () => {
	for (const path of ['/health', '/ready'])
		assert.equal((await client().get(path)).status, 200, path);
});

test('a path that is not there shows our own page', async () => {
	const page = await client().get('/nothing/of/this/name');
	assert.equal(page.status, 404);
	assert.match(page.text, /<html/);
	assert.doesNotMatch(page.text, /<center>nginx/);
	guarded(page);
});

test('the sign-in page has a form, a language and the headers', async () => {
	const page = await client().get('/sign-in');
	assert.equal(page.status, 200);
	assert.match(page.text, /<html[^>]*\blang="/);
	assert.match(page.text, /<form[^>]*method="post"/i);
	guarded(page);
});

test('what nginx answers by itself has our page and the headers, too', async () => {
	const page = await client().get('/assets/nothing.css');
	assert.equal(page.status, 404);
	assert.match(page.text, /Il n’y a rien ici/);
	guarded(page);
	assert.equal((await client().get('/errors/503.html')).status, 404);
	assert.equal((await client().get('/_files/x')).status, 404);
	assert.equal((await client().get('/assets/../../conf/millwright.conf')).status, 404);
});

test('a body over the limit is refused with our page', async () => {
	const page = await client().post('/sign-in', { email: 'x'.repeat(2_000_000) });
	assert.equal(page.status, 413);
	assert.match(page.text, /C’est trop volumineux/);
	guarded(page);
});

test('nonsense on the wire gets 400', async () => {
	assert.match(await raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n'), /^HTTP\/1.1 400 /);
	assert.match(await raw('GET /%00 HTTP/1.0\r\nHost: localhost\r\n\r\n'), /^HTTP\/1.1 400 /);
});

test('the database is reached by the socket of the plant only', async () => {
	assert.deepEqual(await sql("SELECT @@skip_networking, @@innodb_flush_log_at_trx_commit"), [['1', '1']]);
});
