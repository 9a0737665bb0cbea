/* account.test.mjs: signing in and out, tokens, links, passwords. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { Client, forms, setting, sql, unescape, words } from './harness.mjs';
import { Person, mark, one, person, sha256, until } from './stage.mjs';

const good = () => `five ${mark()} quiet horses`;
/* Nobody is slowed down by what another file's tests, or these, have typed wrongly from this address. */
const forget = () => sql('DELETE FROM sign_in_failure');
const eventsOf = async (id) => (await sql(`SELECT act FROM event WHERE kind = 'user' AND record_id = ${id} ORDER BY id`))
	.map(([a]) => a);
before(forget);
after(forget);

async function enter(who, password = who.password) {
	for (let i = 0; ; i++) {
		const one_ = new Client();
		const answer = await one_.submit('/sign-in', { email: who.email, password });
		const busy = answer.status === 429 && words(answer).includes('Many people are signing in');
		if (!busy || i === 40)
			return { one: one_, answer };
		await new Promise((r) => { setTimeout(r, 200); });
	}
}

const cookie = (answer, name) => answer.cookies.find((c) => c.startsWith(`${name}=`));
const signedOut = async (who) => (await who.get('/account')).status === 303;
const session = async (id) => one(`SELECT id FROM session WHERE user_id = ${id} AND ended_at IS NULL ORDER BY created_at DESC LIMIT 1`);

test('the cookies of a session are out of reach of scripts and other sites, and say nothing', async () => {
	const who = await person('TECHNICIAN', [], { signedOut: true });
	const { one: browser, answer } = await enter(who);
	assert.equal(answer.status, 303);
	assert.equal(answer.location, '/');
	for (const name of ['access', 'refresh']) {
		const line = cookie(answer, name);
		assert.ok(line, name);
		for (const flag of [/;\s*HttpOnly/i, /;\s*SameSite=Lax/i, /;\s*Path=\/(;|$)/i])
			assert.match(line, flag, line);
		assert.doesNotMatch(line, /;\s*Domain=/i);
	}
	const refresh = browser.cookies.get('refresh');
	assert.ok(refresh.length >= 43, 'less than 256 bits');
	const [[digest]] = await sql(`SELECT LOWER(HEX(refresh_digest)) FROM session WHERE user_id = ${who.id}`);
	assert.equal(digest, sha256(refresh), 'only its digest is stored');
	assert.equal((await browser.get('/account')).status, 200);
	assert.ok((await eventsOf(who.id)).includes('user.signed_in'));
});

test('e-mail in capitals signs in; a wrong password and a stranger’s address read the same', async () => {
	const who = await person('TECHNICIAN', [], { signedOut: true });
	assert.equal((await enter({ ...who, email: who.email.toUpperCase() })).answer.status, 303);
	const wrong = (await enter(who, 'not the password at all')).answer;
	const nobody = (await enter({ email: 'nobody@stage.example' }, 'not the password at all')).answer;
	for (const a of [wrong, nobody]) {
		assert.notEqual(a.status, 303);
		assert.ok(words(a).includes('The e-mail address or the password is wrong.'));
		assert.ok(!a.text.includes('not the password'), 'a password is shown again');
		assert.deepEqual(a.cookies.filter((c) => /^(access|refresh)=/.test(c)), []);
	}
	assert.equal(wrong.status, nobody.status);
	await forget();
});

test('after wrong passwords one must wait, longer each time; then the right one works', async () => {
	const who = await person('TECHNICIAN', [], { signedOut: true });
	for (let i = 1; i <= 3; i++)
		assert.equal((await enter(who, `wrong password ${i}`)).answer.status, 422, `${i}`);
	assert.equal(await one(`SELECT wait_until FROM user WHERE id = ${who.id}`), null, 'three are free');
	let before_ = 0;
	for (const failures of [8, 10]) {
		await sql(`UPDATE user SET failures = ${failures - 1}, wait_until = NULL WHERE id = ${who.id}`);
		assert.equal((await enter(who, 'wrong once more')).answer.status, 422);
		const slow = (await enter(who)).answer;
		assert.equal(slow.status, 429, 'the right password, too soon');
		const wait = Number(slow.headers.get('retry-after'));
		assert.ok(wait > before_ && wait <= 2 ** (failures - 5), `${failures} failures: Retry-After: ${wait}`);
		assert.ok(words(slow).includes('Too many wrong attempts'));
		before_ = wait;
		await sql(`UPDATE user SET wait_until = wait_until - INTERVAL ${wait} SECOND WHERE id = ${who.id}`);
	}
	assert.equal((await enter(who)).answer.status, 303);
	assert.equal(await one(`SELECT failures FROM user WHERE id = ${who.id}`), '0');
	assert.equal((await eventsOf(who.id)).filter((a) => a === 'user.sign_in_refused').length, 5);
	await forget();
});

test('one who tries many accounts from one address is slowed down, too', async () => {
	const who = await person('TECHNICIAN', [], { signedOut: true });
	await sql(`REPLACE INTO sign_in_failure VALUES ('127.0.0.1', 29, NULL, UTC_TIMESTAMP(6))`);
	try {
		assert.equal((await enter({ email: `${mark()}@stage.example` }, 'wrong password')).answer.status, 422);
		assert.equal((await enter(who)).answer.status, 429);
	} finally {
		await forget();
	}
	assert.equal((await enter(who)).answer.status, 303);
});

test('the refresh token turns: new cookies, and the old one once more within 30 s', async () => {
	const who = await person('TECHNICIAN');
	const old = who.cookies.get('refresh');
	who.cookies.delete('access');
	const answer = await who.get('/account');
	assert.equal(answer.status, 200);
	assert.ok(cookie(answer, 'access') && cookie(answer, 'refresh'));
	assert.notEqual(who.cookies.get('refresh'), old);

	const tab = new Client();
	tab.cookies.set('refresh', old);
	const within = await tab.get('/account');
	assert.equal(within.status, 200, 'a second tab within the grace');
	assert.ok(cookie(within, 'access'));
	assert.equal(tab.cookies.get('refresh'), who.cookies.get('refresh'), 'there is one successor only');

	// Ten tabs at once with one token: all of them stay signed in.
	const at = who.cookies.get('refresh');
	const tabs = await Promise.all(Array.from({ length: 10 }, () => {
		const t = new Client();
		t.cookies.set('refresh', at);
		return t.get('/account');
	}));
	assert.deepEqual(tabs.map((t) => t.status), Array(10).fill(200));
	assert.equal(new Set(tabs.map((t) => cookie(t, 'refresh')?.split(';')[0]).filter(Boolean)).size, 1, 'one successor');
});

test('a refresh token used again later ends the session, and the log says so', async () => {
	const who = await person('TECHNICIAN');
	const old = who.cookies.get('refresh');
	who.cookies.delete('access');
	await who.get('/account');
	await sql(`UPDATE session SET rotated_at = rotated_at - INTERVAL 31 SECOND WHERE user_id = ${who.id}`);
	const thief = new Client();
	thief.cookies.set('refresh', old);
	assert.equal((await thief.get('/account')).status, 303);
	assert.ok((await eventsOf(who.id)).includes('user.token_reused'));
	assert.ok(await signedOut(who), 'the owner’s access token still works');
});

test('an access token that has run out, is changed, is another site’s or of no algorithm is refused', async () => {
	const who = await person('ADMIN');
	const secret = readFileSync(setting('secret_file'), 'utf8').trim();
	const [head, body] = who.cookies.get('access').split('.');
	const claims = JSON.parse(Buffer.from(body, 'base64url'));
	const made = (c, h = JSON.parse(Buffer.from(head, 'base64url')), key = secret, hash = 'sha256') => {
		const text = [h, c].map((o) => Buffer.from(JSON.stringify(o)).toString('base64url')).join('.');
		return `${text}.${key === null ? '' : createHmac(hash, key).update(text).digest('base64url')}`;
	};
	const status = async (token) => {
		const c = new Client();
		c.cookies.set('access', token);
		return (await c.get('/account')).status;
	};
	const other = await person('MANAGER');
	assert.equal(await status(made(claims)), 200, 'the test makes tokens as the product does');
	const cases = {
		expired: made({ ...claims, exp: Math.floor(Date.now() / 1000) - 1 }),
		'another site': made({ ...claims, site: 'elsewhere' }),
		'no expiry': made({ ...claims, exp: undefined }),
		none: made(claims, { alg: 'none', typ: 'JWT' }, null),
		'None with a signature': made(claims, { alg: 'None', typ: 'JWT' }),
		'another key': made(claims, undefined, 'another'),
		'empty key': made(claims, undefined, ''),
		'another algorithm': made(claims, { alg: 'HS512', typ: 'JWT' }, secret, 'sha512'),
		'another’s session, old signature': `${head}.${Buffer.from(JSON.stringify({ ...claims,
			sid: await session(other.id) })).toString('base64url')}.${who.cookies.get('access').split('.')[2]}`,
		'no signature': `${head}.${body}.`,
		'no dots': 'abc', empty: '', long: 'a'.repeat(5000),
	};
	for (const [what, token] of Object.entries(cases))
		assert.equal(await status(token), 303, what);
});

test('signing out ends this session at once, and only this one', async () => {
	const who = await person('TECHNICIAN');
	const tab = await new Person().enter(who);
	const taken = new Client();
	taken.cookies = new Map(who.cookies);
	const answer = await who.act('/sign-out');
	assert.equal(answer.status, 303);
	assert.match(answer.headers.get('clear-site-data') ?? '', /cache/);
	assert.ok(!who.cookies.has('access') && !who.cookies.has('refresh'));
	assert.ok(await signedOut(taken), 'the cookies still work');
	assert.ok(!await signedOut(tab));
});

test('signed out everywhere, by oneself or by the administrator; deactivated: at once', async () => {
	const admin = await person('ADMIN');
	for (const way of ['self', 'admin', 'archive']) {
		const who = await person('TECHNICIAN');
		const tab = await new Person().enter(who);
		if (way === 'self')
			await who.must('/account/sign-out-everywhere');
		else
			await admin.must(`/users/${who.id}/${way === 'admin' ? 'sign-out' : 'archive'}`);
		for (const c of [who, tab])
			assert.ok(await signedOut(c), way);
		assert.equal((await enter(who)).answer.status, way === 'archive' ? 422 : 303, way);
		if (way === 'archive') {
			await admin.must(`/users/${who.id}/restore`);
			assert.equal((await enter(who)).answer.status, 303);
		}
	}
	await forget();
});

test('a role taken away works on the next page', async () => {
	const who = await person('MANAGER');
	assert.equal((await who.get('/manager/approvals')).status, 200);
	await sql(`UPDATE user SET role = 'REQUESTER' WHERE id = ${who.id}`);
	assert.equal((await who.get('/manager/approvals')).status, 403);
});

/* The newest link that was mailed to that address. */
async function mailed(email) {
	const body = await until(() => one(`SELECT REPLACE(body, '\\n', ' ') FROM mail WHERE recipient = '${email}' ORDER BY id DESC LIMIT 1`));
	return new URL(/https?:\/\/\S+/.exec(body)[0]);
}

async function setPassword(link, password) {
	return new Client().submit(link.pathname + link.search, { password });
}

test('an invitation: the link sets the password, once; the account works', async () => {
	const admin = await person('ADMIN');
	const email = `${mark()}@stage.example`;
	const answer = await admin.submit('/users/new', { name: 'Ida New', email: email.toUpperCase(), role: 'TECHNICIAN', phone: '',
		hourly_rate: '41.5' });
	assert.equal(answer.status, 303, words(answer).slice(0, 300));
	const link = await mailed(email);
	assert.equal(link.origin, setting('base_url'));
	assert.ok(link.searchParams.get('link').length >= 43);
	assert.equal(await one(`SELECT COUNT(*) FROM user_link WHERE digest = UNHEX('${sha256(link.searchParams.get('link'))}')`), '1');
	assert.equal((await enter({ email }, '')).answer.status, 422, 'no password yet');
	const page = await new Client().get(link.pathname + link.search);
	assert.ok(unescape(page.text).includes(email));
	assert.match(page.headers.get('referrer-policy'), /same-origin|no-referrer/);
	const password = good();
	assert.equal((await setPassword(link, 'short')).status, 422);
	assert.equal((await setPassword(link, password)).status, 303);
	assert.equal((await enter({ email }, password)).answer.status, 303);
	assert.equal((await new Client().get(link.pathname + link.search)).status, 404);
	assert.equal((await new Client().post('/set-password', { link: link.searchParams.get('link'), password: good() })).status, 404);
	const again = () => new Client().post('/set-password', { link: link.searchParams.get('link'), password });
	assert.equal((await again()).status, 303, 'sent again, for the answer was lost: it is set, as it was');
	await sql(`UPDATE user_link SET used_at = used_at - INTERVAL 11 MINUTE WHERE user_id = (SELECT id FROM user WHERE email = '${email}')`);
	assert.equal((await again()).status, 404, 'long ago');
	assert.equal((await enter({ email }, password)).answer.status, 303, 'the used link has changed the password');
	const twice = await admin.submit('/users/new', { name: 'Ida Two', email, role: 'TECHNICIAN', phone: '', hourly_rate: '' });
	assert.equal(twice.status, 422);
	assert.ok(words(twice).includes('Another one has this already'));
	await forget();
});

test('a forgotten password: the same answer for everybody, an hour, once; sessions end', async () => {
	await forget();
	const who = await person('TECHNICIAN');
	const asked = (email) => new Client().submit('/forgot', { email });
	const nobody = `${mark()}@stage.example`;
	const [real, none] = [await asked(who.email), await asked(nobody)];
	assert.deepEqual([real.status, real.location, words(real)], [none.status, none.location, words(none)]);
	assert.equal(await one(`SELECT COUNT(*) FROM mail WHERE recipient = '${nobody}'`), '0');
	const link = await mailed(who.email);
	await sql(`UPDATE user_link SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE user_id = ${who.id}`);
	assert.equal((await new Client().get(link.pathname + link.search)).status, 404);
	assert.equal((await new Client().post('/set-password', { link: link.searchParams.get('link'), password: good() })).status, 404);
	await asked(who.email);
	const fresh = await until(async () => { const l = await mailed(who.email); return l.search !== link.search && l; });
	const minutes = await one(`SELECT MAX(TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(6), expires_at)) FROM user_link WHERE user_id = ${who.id}`);
	assert.ok(minutes >= 58 && minutes <= 60, minutes);
	const password = good();
	const both = [password, good()], answers = await Promise.all(both.map((p) => setPassword(fresh, p)));
	assert.deepEqual(answers.map((a) => a.status).sort(), [303, 404], 'a link works once');
	assert.ok(await signedOut(who), 'old sessions live on');
	assert.equal((await enter(who, both[answers.findIndex((a) => a.status === 303)])).answer.status, 303);
	assert.notEqual((await enter(who)).answer.status, 303);
	assert.equal((await new Client().get('/set-password?link=guessed')).status, 404);
	await forget();
});

test('passwords: long enough, not a common one, not one’s own name; the length is all that is asked', async () => {
	const who = await person('TECHNICIAN', [], { name: 'Wilhelmina Obermeier' });
	const change = (password, old = who.password) => who.act('/account/password', { old, password });
	for (const bad of ['', 'short', 'fourteen chars', 'passwordpassword', 'aaaaaaaaaaaaaaaa', 'abcdefghijklmnopq', 'qwertyuiopasdfgh',
		'WilhelminaObermeier', 'Password2026!!!!', 'millwright millwright', 'x'.repeat(257), 'correct horse\0battery staple'])
		assert.ok([400, 422].includes((await change(bad)).status), bad);
	const wrong = await change(good(), 'not my password');
	assert.equal(wrong.status, 422);
	assert.ok(words(wrong).includes('This is not your current password.'));
	const other = await new Person().enter(who);
	const password = 'ünïcode mit Leerzeichen und 😀';
	assert.equal((await change(password)).status, 303);
	assert.ok(!await signedOut(who), 'who changes it stays');
	assert.ok(await signedOut(other), 'other sessions end');
	assert.equal((await enter(who, password)).answer.status, 303);
	assert.equal((await enter(who, ` ${password}`)).answer.status, 422, 'a password is taken as it is');
	assert.match(await one(`SELECT password FROM user WHERE id = ${who.id}`), /^\$s1\$0f0803\$/);
	assert.ok((await eventsOf(who.id)).includes('user.password_changed'));
	await forget();
});

test('nobody registers unless the site allows it; then a requester comes of it', async () => {
	const email = `${mark()}@stage.example`;
	const asked = { name: 'Stranger', email };
	assert.equal((await new Client().get('/register')).status, 404);
	assert.equal((await new Client().post('/register', asked)).status, 404);
	assert.ok(!(await new Client().get('/sign-in')).text.includes('href="/register"'));
	await sql('UPDATE plant SET open_registration = TRUE');
	try {
		await until(async () => (await new Client().get('/register')).status === 200, 15, 'the workers see the setting');
		const answer = await until(async () => {
			const a = await new Client().post('/register', asked);
			return a.status === 303 && a;
		}, 15);
		assert.equal(answer.location, '/sign-in');
		const password = good();
		assert.equal((await setPassword(await mailed(email), password)).status, 303);
		const { one: browser } = await enter({ email }, password);
		assert.deepEqual((await sql(`SELECT role FROM user WHERE email = '${email}'`))[0], ['REQUESTER']);
		assert.equal((await browser.get('/parts')).status, 403);
		const known = await new Client().post('/register', { name: 'Thief', email });
		assert.equal(known.status, 303, 'who has an account is not told to strangers');
		assert.equal(await one(`SELECT name FROM user WHERE email = '${email}'`), 'Stranger');
	} finally {
		await sql('UPDATE plant SET open_registration = FALSE');
	}
});

test('where one wanted to go is where one comes to, and it is always here', async () => {
	const who = await person('TECHNICIAN', [], { signedOut: true });
	const to = async (next) => {
		const page = await new Client().get(`/sign-in?next=${encodeURIComponent(next)}`);
		return forms(page).find((f) => f.hidden.next !== undefined).hidden.next;
	};
	assert.equal(await to('/machines/1?a=b&c=d'), '/machines/1?a=b&c=d');
	for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '\\\\evil', ' //evil',
		'/\t/evil.example', '/\r\nSet-Cookie: a=b', 'evil', ''])
		assert.equal(await to(evil).catch(() => '/'), '/', JSON.stringify(evil));
	for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example', '/\r\nX-Evil: 1', '/\t/evil.example', '/%0d%0aX-Evil:1']) {
		const browser = new Client();
		const answer = await browser.submit('/sign-in', { email: who.email, password: who.password, next: evil });
		if (answer.status === 429)
			continue;
		assert.ok([303, 400].includes(answer.status), `${JSON.stringify(evil)} ${answer.status}`);
		const where = new URL(answer.location ?? '/', 'http://here.example');
		assert.equal(where.host, 'here.example', evil);
		assert.equal(answer.headers.get('x-evil'), null);
		const inside = await browser.get(`/sign-in?next=${encodeURIComponent(evil)}`);
		assert.equal(new URL(inside.location ?? '/', 'http://here.example').host, 'here.example', evil);
	}
});

test('choices are kept, and saying them twice is no mistake', async () => {
	const who = await person('TECHNICIAN');
	for (let i = 0; i < 2; i++)
		assert.equal((await who.act('/account', { language: 'fr', theme: 'dark' })).status, 303);
	const page = await who.get('/account');
	assert.match(page.text, /<html[^>]*lang="fr"/);
	assert.match(page.text, /<html[^>]*dark/);
	assert.equal((await who.act('/account/theme', { theme: 'purple' })).status, 400);
	assert.equal((await who.act('/account', { language: 'xx', theme: 'dark' })).status, 422);
	const stranger = new Client();
	assert.equal((await stranger.post('/language', { language: 'fr', next: '//evil.example' })).location, '/');
	assert.match((await stranger.get('/sign-in')).text, /<html[^>]*lang="fr"/);
	assert.ok(unescape((await new Client().get('/sign-in', { 'accept-language': 'fr-CA, en;q=0.5' })).text).includes('lang="fr"'));
});

test('a notification is opened by whom it is for, and by nobody else', async () => {
	const [who, other] = [await person('MANAGER'), await person('MANAGER')];
	const [event] = await sql(`SELECT MAX(id) FROM event WHERE kind = 'work_order'`);
	const id = await one(`INSERT INTO notification (user_id, event_id, act, actor_name, kind, record_id, title, created_at)
		SELECT ${who.id}, id, act, 'x', kind, record_id, title, UTC_TIMESTAMP(6) FROM event WHERE id = ${event} RETURNING id`);
	assert.equal((await other.act(`/notifications/${id}/open`)).status, 404);
	assert.equal(await one(`SELECT read_at FROM notification WHERE id = ${id}`), null);
	await other.must('/notifications/read');
	assert.equal(await one(`SELECT read_at FROM notification WHERE id = ${id}`), null);
	assert.match(await who.must(`/notifications/${id}/open`), /^\/work-orders\/\d+$/);
	assert.notEqual(await one(`SELECT read_at FROM notification WHERE id = ${id}`), null);
});
