/* input.test.mjs: what no page of ours would have sent: each has its answer, and changes nothing. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';

import { everyForm } from './every_form.mjs';
import { Client, forms, raw, sql, unescape, url, words } from './harness.mjs';
import { Person, ask, completion, department, inState, jpeg, machine, mark, moves, one, part, person, png, reach, read,
	report, routes, sha256, stage, typed, webp } from './stage.mjs';

const shared = process.env.SHARED ?? new URL('../../../shared', import.meta.url).pathname;
const s = {};
const found = new Map();	// 'POST pattern' → { who, page, form, route }

const pattern = (path) => routes.find((r) => r.method === 'POST'
	&& new RegExp(`^${r.pattern.replace(/:\w+/g, '[^/]+')}$`).test(path.split('?')[0]));

/* Keeps every form of that page that posts, by its route. */
async function collect(who, path) {
	const page = await who.get(path);
	assert.equal(page.status, 200, `${who.role} ${path}`);
	for (const form of forms(page).filter((f) => f.method === 'post'))
		for (const action of [form.action, ...[...page.text.matchAll(/formaction="([^"]+)"/g)].map((m) => m[1])]) {
			const route = pattern(action);
			assert.ok(route, `${path}: a form leads to ${action}`);
			if (!found.has(route.pattern))
				found.set(route.pattern, { who, page, form: { ...form, action }, route, path });
		}
}

before(async () => {
	Object.assign(s, await stage());
	s.admin = await person('ADMIN');
	for (const state of ['PENDING', 'IN_PROGRESS', 'WAITING_PARTS', 'COMPLETED', 'CANCELLED'])
		s[state] = await inState(s, state);
	await collect(s.supervisor, `/machines/${(await machine(s.department)).id}/report`);
	await collect(s.supervisor, `/machines/${s.machine.id}/report`);
	for (const state of ['PENDING', 'COMPLETED'])
		await collect(s.supervisor, `/work-orders/${s[state]}`);
	await collect(s.supervisor, `/work-orders/${s.PENDING}/edit`);
	for (const path of [s.PENDING, s.IN_PROGRESS, s.WAITING_PARTS, `${s.IN_PROGRESS}/complete`, `${s.IN_PROGRESS}/parts`])
		await collect(s.technician, `/work-orders/${path}`);
	const p = await part(9, 1);
	const [asked, issued] = [await ask(s.technician, s.WAITING_PARTS, { [p.id]: 4 }), await ask(s.technician, s.WAITING_PARTS, { [p.id]: 4 })];
	await collect(s.manager, `/parts-requests/${asked.id}`);
	await s.manager.must(`/parts-requests/${issued.id}/approve`, { [`approve_${issued.lines[p.id]}`]: 4, reason: '' });
	await s.inventory.must(`/parts-requests/${issued.id}/issue`, { [`issue_${issued.lines[p.id]}`]: 1 });
	await collect(s.inventory, `/parts-requests/${issued.id}`);
	const code = await one(`INSERT INTO failure_code (kind, code, name) VALUES ('CAUSE', '${mark().slice(0, 8).toUpperCase()}', 'x') RETURNING id`);
	s.gone = { departments: await department(), machines: (await machine(s.department)).id, 'failure-codes': code, parts: (await part()).id };
	s.user = await person('REQUESTER', [], { signedOut: true });
	for (const [base, id] of [...Object.entries(s.gone), ['users', s.user.id]]) {
		for (const path of ['new', id, `${id}/edit`])
			await collect(s.admin, `/${base}/${path}`);
		await s.admin.must(`/${base}/${id}/archive`);
		await collect(s.admin, `/${base}/${id}`);
		await s.admin.must(`/${base}/${id}/restore`);
	}
	await sql(`INSERT INTO notification (user_id, event_id, act, actor_name, kind, record_id, title, created_at) VALUES
		(${s.admin.id}, 0, 'work_order.reported', 'x', 'work_order', ${s.PENDING}, 'x', UTC_TIMESTAMP(6))`);
	await s.technician.must('/files/add', { kind: 'work_order', record: s.PENDING, title: '' },
		{ file: [1, 2].map((n) => ({ name: `${n}.png`, bytes: png() })) });
	const [[kept], [removed]] = await sql(`SELECT id FROM attachment WHERE kind = 'work_order' AND record_id = ${s.PENDING}`);
	await collect(s.technician, `/files/${kept}/view`);
	await s.technician.must(`/files/${removed}/remove`);
	await collect(s.technician, `/files/${removed}/view`);
	for (const path of ['/account', '/notifications', '/settings', '/'])
		await collect(s.admin, path);
	const visitor = new Client();
	visitor.role = 'visitor';
	for (const path of ['/sign-in', '/forgot'])
		await collect(visitor, path);
	await everyForm(s, collect);
});

const events = () => one(`SELECT COALESCE(MAX(id), 0) FROM event WHERE user_id IN (${['admin', 'supervisor', 'technician', 'technician2',
	'manager', 'inventory'].map((r) => s[r].id)})`);

/* Sends each form with what fn makes of its fields; asserts the code, and that nothing was done. */
async function each(code, fn, which = () => true) {
	const wrong = [];
	const before_ = await events();
	const last = (one_) => /sign-out|archive/.test(one_.route.pattern);	// should it be done, the rest could not be tried
	for (const { who, form, page, route } of [...found.values()].sort((a, b) => last(a) - last(b))) {
		if (!which(route, form))
			continue;
		const fields = { ...typed(page, form.action) ?? {}, ...form.hidden };
		if (fields.once !== undefined)
			fields.once = mark() + mark();
		const sent = await fn(fields, { who, form, route });
		if (!sent)
			continue;
		const answer = await who.post(form.action, sent.fields ?? fields, sent.headers);
		if (answer.status !== code)
			wrong.push(`${route.pattern}: ${answer.status}`);
	}
	assert.deepEqual(wrong, []);
	assert.equal(await events(), before_, 'something was done');
}

const open = (route) => route.flags.includes('open');
/* What a form may carry several times: the lists "also" of the pages. */
const also = new Set(['work/act.c', 'work/parts.c', 'supervisor/report.c', 'admin/user.c', 'account/sign_in.c', 'account/account.c',
	'inventory/issue.c', 'manager/approvals.c', 'open/report.c', 'label/printer.c'].flatMap((f) => [...read(`src/page/${f}`).matchAll(/const (?:also|add_also|names)\[\] = \{ (.*?), NULL \}/g)]
	.flatMap((m) => m[1].replaceAll('"', '').split(', '))));

test('every form that posts is reached here: each POST route has one', () => {
	const without = routes.filter((r) => r.method === 'POST' && !found.has(r.pattern)).map((r) => r.pattern);
	assert.deepEqual(without, ['/set-password', '/register']);	// these need a link, and a plant that is open
});

test('a field that the form has not: 400', () => each(400, (fields) => ({ fields: { ...fields, unknown_field: '1' } })));

/* Acts that read a few fields themselves, of which lists may come: form_only() of src/http/form.h; the first one counts. */
const lists = /\/(columns|views|views\/:id|bulk|merge)$|^\/(labels\/print|imports\/new|activity\/export|locations\/:id\/map|machines\/:id\/parts\/remove)$/;

test('a field twice: 400', () => each(400, (fields, { route }) => {
	if (lists.test(route.pattern))
		return;
	const name = Object.keys(fields).find((n) => !also.has(n) && !/_\d+$/.test(n) && n !== 'csrf' && n !== 'once' && n !== 'line');
	return name && { fields: new URLSearchParams([...Object.entries(fields), [name, fields[name]]]) };
}));

test('without a form token, with a wrong one, or with another session’s: 403', async () => {
	const other = await person('ADMIN');
	for (const csrf of [undefined, '', 'x', other.csrf, `${other.csrf}x`])
		await each(403, (fields) => {
			const { csrf: own, ...rest } = fields;
			return own && { fields: csrf === undefined ? rest : { ...rest, csrf } };
		}, (route) => !open(route));
	// Its own first letters, or another case, are not it.
	await each(403, (fields) => fields.csrf && { fields: { ...fields, csrf: fields.csrf.slice(0, -1) } }, (route) => !open(route));
});

test('from another site, by the browser’s own word or by Origin: 403, sign-in and its like, too', async () => {
	for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' },
		{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: `${url}.evil.example` }, { origin: `http://evil.example/${url}` }])
		await each(403, (fields) => ({ fields, headers }));
	for (const { who } of [found.get('/sign-in'), found.get('/account')]) {
		who.origin = null;
		try {
			await each(403, (fields) => ({ fields }), (route) => found.get(route.pattern).who === who);
			await each(403, (fields) => ({ fields, headers: { 'sec-fetch-site': 'cross-site' } }),
				(route) => found.get(route.pattern).who === who);
		} finally {
			who.origin = url;
		}
	}
});

test('without a value for "once", or with one that is too long: 400', async () => {
	for (const once of [undefined, '', 'x'.repeat(65)])
		await each(400, (fields) => {
			const { once: own, ...rest } = fields;
			return own && { fields: once === undefined ? rest : { ...rest, once } };
		}, (route) => !open(route));
});

test('a value of the wrong type: 422 beside the field, and what was typed stays', async () => {
	const cases = [
		[s.technician, `/work-orders/${s.IN_PROGRESS}/log`, { kind: 'LABOUR', note: 'kept', minutes: 'many' }],
		[s.technician, `/work-orders/${s.IN_PROGRESS}/log`, { kind: 'LABOUR', note: 'kept', minutes: '1441' }],
		[s.technician, `/work-orders/${s.IN_PROGRESS}/log`, { kind: 'LABOUR', note: 'kept', minutes: '-5' }],
		[s.technician, `/work-orders/${s.IN_PROGRESS}/log`, { kind: 'LABOUR', note: 'kept', minutes: '9223372036854775808' }],
		[s.technician, `/work-orders/${s.IN_PROGRESS}/log`, { kind: 'NONSENSE', note: 'kept', minutes: '' }],
		[s.technician, `/work-orders/${s.IN_PROGRESS}/complete`, await completion({ cause_code_id: 'x', resolution: 'kept' })],
		[s.technician, `/work-orders/${s.IN_PROGRESS}/complete`, await completion({ remedy_code_id: '-1', resolution: 'kept' })],
		[s.technician, `/work-orders/${s.IN_PROGRESS}/complete`, await completion({ stopped_at: 'noon', resolution: 'kept' })],
		[s.technician, `/work-orders/${s.IN_PROGRESS}/complete`, await completion({ signature: 'M0 0"/><script>', resolution: 'kept' })],
		[s.supervisor, `/machines/${s.machine.id}/report`, { priority: 'WORST', description: 'kept', problem_code_id: '' }],
		[s.supervisor, `/machines/${s.machine.id}/report`, { priority: 'LOW', description: 'kept', problem_code_id: '', machine_down: 'maybe' }],
		[s.supervisor, `/machines/${s.machine.id}/report`, { priority: 'LOW', description: 'k'.repeat(4001), problem_code_id: '' }],
		[s.admin, '/machines/new', { number: 'kept', name: 'kept', department_id: 'x', criticality: 'HIGH', status: 'DOWN' }],
		[s.admin, '/machines/new', { number: 'kept', name: 'kept', department_id: s.department, criticality: 'HIGH', status: 'DOWN', installed_on: '2026-02-30' }],
		[s.admin, '/parts/new', { number: 'kept', name: 'kept', unit: 'pc', minimum: '1,5,5' }],
		[s.admin, '/parts/new', { number: 'kept', name: 'kept', unit: 'pc', minimum: '-1' }],
		[s.admin, '/parts/new', { number: 'kept', name: 'kept', unit: 'pc', minimum: '99999999999' }],
		[s.admin, '/users/new', { name: 'kept', email: 'no address', role: 'ADMIN' }],
		[s.admin, '/users/new', { name: 'kept', email: 'a@stage.example', role: 'KING' }],
		[s.admin, '/users/new', { name: 'kept', email: 'a@stage.example', role: 'ADMIN', hourly_rate: '-1' }],
		[s.admin, '/settings', { title: 'kept', zone: 'Mars/Base', currency: 'EUR', language: 'en' }],
		[s.admin, '/settings', { title: 'kept', zone: 'UTC', currency: 'eur', language: 'en' }],
		[s.technician, `/work-orders/${s.IN_PROGRESS}/parts`, { search: '', note: 'kept', [`quantity_${s.part.id}`]: 'ten' }],
		[s.technician, `/work-orders/${s.IN_PROGRESS}/parts`, { search: '', note: 'kept', [`quantity_${s.part.id}`]: '-1' }],
		[s.technician, `/work-orders/${s.IN_PROGRESS}/parts`, { search: '', note: 'kept' }],
	];
	const before_ = await events();
	for (const [who, path, fields] of cases) {
		const answer = await who.act(path, path === '/settings' ? { ...fields, version: '1' } : fields);
		assert.equal(answer.status, 422, `${path} ${JSON.stringify(fields)}: ${words(answer).slice(0, 300)}`);
		assert.ok(/k{4000}|kept/.test(answer.text), `${path}: what was typed is gone`);
		assert.match(answer.text, /complaint|role="alert"/, path);
		assert.ok(!answer.text.includes('<script>'), path);
	}
	assert.equal(await events(), before_);
	// An id that is well formed and of nothing is no server error.
	for (const [who, path, fields] of [[s.technician, `/work-orders/${s.IN_PROGRESS}/complete`, await completion({ cause_code_id: '999999999' })],
		[s.supervisor, `/machines/${s.machine.id}/report`, { priority: 'LOW', description: 'kept', problem_code_id: '99999999', another: '1' }],
		[s.admin, '/machines/new', { number: 'kept', name: 'kept', department_id: '99999999', criticality: 'HIGH', status: 'DOWN' }]])
		assert.ok([409, 422].includes((await who.act(path, fields)).status), path);
	const none = await s.technician.act(`/work-orders/${s.IN_PROGRESS}/parts`, { search: '', note: '', quantity_99999999: '1' });
	assert.ok([404, 409, 422].includes(none.status), String(none.status));
	const odd = await s.technician.act(`/work-orders/${s.IN_PROGRESS}/parts`, { search: '', note: '', quantity_x: '1' });
	assert.ok([400, 404, 409, 422].includes(odd.status), String(odd.status));
});

test('an id of nonsense, of nobody, or too long: 404', async () => {
	for (const id of ['0', '-1', 'x', '1x', '01x', '99999999999', '9223372036854775808', '1.0', '%31%00', '1%2F2', '𝟙', "1'--"])
		for (const base of ['/work-orders/', '/machines/', '/parts/', '/users/', '/files/', '/parts-requests/', '/departments/', '/q/'])
			assert.ok([400, 404].includes((await s.admin.get(base + encodeURI(id).replace(/%25/g, '%'))).status), base + id);
});

test('every move that the table of states does not know: 409, what is allowed, nothing done', async () => {
	const label = Object.fromEntries([...read('src/rule/work_order.c').match(/acts\[\] = \{(.*?)\n\};/s)[1]
		.matchAll(/\{ "(\w+)", "([^"]+)" \}/g)].map((m) => [m[1], m[2]]));
	const fields = {
		release: { reason: 'because' }, reopen: { reason: 'because' }, cancel: { reason: 'because' },
		log: { kind: 'NOTE', note: 'x', minutes: '' }, ask_parts: { search: '', note: '', [`quantity_${s.part.id}`]: '1' },
		complete: await completion(), edit: { priority: 'LOW', problem_code_id: '', description: 'new words', version: '1' },
	};
	let tried = 0;
	const before_ = await events();
	for (const { state, act, next } of moves.filter((m) => m.next === '-' && m.act !== 'parts_settled')) {
		const role = ['TECHNICIAN', 'SUPERVISOR'].find((r) => moves.some((m) => m.act === act && m[r] !== '-'));
		const who = s[role.toLowerCase()];
		const id = s[state];
		const was = JSON.stringify(await sql(`SELECT * FROM work_order WHERE id = ${id}`));
		const answer = await who.act(`/work-orders/${id}/${act === 'ask_parts' ? 'parts' : act}`, fields[act]);
		const told = `${state} ${act} by ${role} (${next})`;
		assert.equal(answer.status, 409, `${told}: ${words(answer).slice(0, 300)}`);
		assert.equal(JSON.stringify(await sql(`SELECT * FROM work_order WHERE id = ${id}`)), was, told);
		for (const legal of moves.filter((m) => m.state === state && m.next !== '-' && m[role] !== '-' && m.act !== 'follow'))
			if ((await who.get(`/work-orders/${id}`)).status === 200)
				assert.ok(words(answer).includes(label[legal.act]), `${told}: does not say that it may be ${legal.act}`);
		tried++;
	}
	assert.equal(await events(), before_);
	assert.ok(tried > 25, `only ${tried} moves`);
});

test('acts on another department’s work order: not there', async () => {
	const elsewhere = await department();
	const boss = await person('SUPERVISOR', [elsewhere]);
	const id = await report(boss, (await machine(elsewhere)).id);
	for (const act of ['cancel', 'reopen'])
		assert.equal((await s.supervisor.act(`/work-orders/${id}/${act}`, { reason: 'because' })).status, 404);
	assert.equal((await s.supervisor.act(`/work-orders/${id}/follow`)).status, 404);
	assert.ok([404, 409].includes((await s.technician.act(`/work-orders/${id}/accept`)).status));
	assert.ok([403, 404].includes((await boss.act(`/machines/${s.machine.id}/report`, { priority: 'LOW', problem_code_id: '', description: 'abc' })).status));
	assert.equal(await one(`SELECT state FROM work_order WHERE id = ${id}`), 'PENDING');
});

test('bytes that are no text: NUL, stray %, not UTF-8, in query, path, form and cookie', async () => {
	const csrf = () => `csrf=${s.admin.csrf}&once=${mark()}`;
	const form = { 'content-type': 'application/x-www-form-urlencoded' };
	const post = (text) => s.admin.request('POST', '/departments/new', Buffer.isBuffer(text) ? text : Buffer.from(text), form);
	for (const bad of ['name=a%00b', 'name=a%', 'name=a%2', 'name=a%zz', 'name=%ff', 'name=%c3%28', 'name=%ed%a0%80', 'na%00me=a',
		'name=%f8%88%80%80%80', 'name=%c0%af'])
		assert.equal((await post(`${bad}&note=&${csrf()}`)).status, 400, bad);
	for (const byte of [0x00, 0xff, 0xc3])
		assert.equal((await post(Buffer.concat([Buffer.from('name=a'), Buffer.from([byte]), Buffer.from(`&note=&${csrf()}`)]))).status, 400, String(byte));
	for (const bad of ['%00', '%', '%zz', '%ff', '%c0%af'])
		assert.equal((await s.admin.get(`/machines?search=${bad}`)).status, 400, bad);
	for (const bad of ['/machines/%00', '/machines/%ff', '/q/%c0%af', '/machines/%'])
		assert.ok([400, 404].includes((await s.admin.get(bad)).status), bad);
	for (const cookies of ['access=%00', 'access=%', 'flash=%ff', '=', ';;;', 'access', `access=${'a'.repeat(6000)}`])
		assert.ok((await new Client().request('GET', '/sign-in', undefined, { cookie: cookies })).status < 500, cookies.slice(0, 20));
	assert.ok((await new Client().get('/sign-in', { cookie: 'flash=reported~%3Cscript%3Ealert(1)%3C%2Fscript%3E' })).text
		.includes('&lt;script&gt;'));
});

test('a body of another kind, too many fields, too large', async () => {
	const post = (body, type) => s.admin.request('POST', '/departments/new', body, type ? { 'content-type': type } : {});
	const body = `name=${mark()}&note=&csrf=${s.admin.csrf}&once=${mark()}`;
	for (const type of [undefined, 'text/plain', 'application/json', 'multipart/form-data', 'multipart/form-data; boundary=',
		`multipart/form-data; boundary=${'x'.repeat(200)}`, 'application/x-www-form-urlencodedx'])
		assert.ok([400, 403].includes((await post(body, type)).status), String(type));
	assert.equal((await post(body, 'application/x-www-form-urlencoded; charset=utf-8')).status, 303);
	const many = `${body.replace(/once=.*/, `once=${mark()}`)}&${Array.from({ length: 20000 }, (_, i) => `a${i}=1`).join('&')}`;
	assert.ok([400, 413].includes((await post(many, 'application/x-www-form-urlencoded')).status));
	const large = await post(`name=${'a'.repeat(1100000)}`, 'application/x-www-form-urlencoded');
	assert.equal(large.status, 413);
	assert.match(large.text, /<html/);
	assert.equal((await s.admin.get('/departments')).status, 200);
});

test('a line break in what becomes a header never ends it', async () => {
	const name = `A${mark()}\r\nX-Evil: 1`;
	const answer = await s.admin.act('/departments/new', { name, note: '' });
	assert.ok([303, 422].includes(answer.status));
	assert.equal(answer.headers.get('x-evil'), null);
	const text = await raw(`GET /sign-in?next=/a%0d%0aX-Evil:%201 HTTP/1.0\r\nHost: ${new URL(url).host}\r\n\r\n`);
	assert.doesNotMatch(text.split('\r\n\r\n')[0], /^X-Evil/mi);
	const host = await raw('GET / HTTP/1.0\r\nHost: evil.example\r\n\r\n');
	assert.doesNotMatch(host.split('\r\n\r\n')[0], /evil\.example/);
});

const parts = (boundary, ...list) => Buffer.concat([...list.flatMap(([head, body]) => [Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
	Buffer.from(body), Buffer.from('\r\n')]), Buffer.from(`--${boundary}--\r\n`)]);

test('the multipart cases: the eight that are wrong get 400, the rest are read', { skip: !existsSync(shared) && `${shared} is not there` }, async () => {
	const dir = `${shared}/data/multipart-cases/http`;
	const counts = { wrong: 0, right: 0 };
	for (const name of readdirSync(dir).filter((n) => n.endsWith('.http'))) {
		const about = readFileSync(`${dir}/${name.replace('.http', '.yaml')}`, 'utf8');
		// In one case the dashes that stand before a boundary in the body are told as a part of it.
		const boundary = name === 'single_field_blocks.http' ? 'boundary'
			: /^boundary: *(.+)$/m.exec(about)[1].replace(/^['"]|['"]$/g, '');
		const wrong = /^ *error:/m.test(about);
		const answer = await s.supervisor.request('POST', `/machines/${s.machine.id}/report`, readFileSync(`${dir}/${name}`),
			{ 'content-type': `multipart/form-data; boundary=${boundary}` });
		// What can be read has no form token: that is asked for after reading.
		assert.equal(answer.status, wrong ? 400 : 403, name);
		counts[wrong ? 'wrong' : 'right']++;
	}
	assert.deepEqual(counts, { wrong: 8, right: 22 });
});

test('a part without a name, with a NUL in it, or twice as often as allowed: 400', async () => {
	const to = `/machines/${s.machine.id}/report`;
	const send = (...list) => s.supervisor.request('POST', to, parts('XX', ['Content-Disposition: form-data; name="csrf"', s.supervisor.csrf],
		['Content-Disposition: form-data; name="once"', mark()], ...list), { 'content-type': 'multipart/form-data; boundary=XX' });
	const before_ = await events();
	for (const [head, body] of [['Content-Disposition: form-data', 'x'], ['Content-Type: text/plain', 'x'],
		['Content-Disposition: form-data; name="description"', 'a\0b'], ['Content-Disposition: form-data; name="description"', Buffer.from([0xff])],
		['Content-Disposition: form-data; name="unknown"', 'x'], ['Content-Disposition: form-data; name="other"; filename="a.png"', png()],
		['Content-Disposition: form-data; name="csrf"', 'x']])
		assert.equal((await send([head, body])).status, 400, head);
	assert.equal(await events(), before_);
});

/* ---- photos -------------------------------------------------------------------------------- */

const big = () => Buffer.concat([jpeg(), Buffer.alloc(10 * 1024 * 1024 + 1)]);

test('what is no photo is refused beside the field; the form and the good photos stay', async () => {
	const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
	const html = '<!doctype html><script>alert(1)</script>';
	const cases = { 'text.jpg': 'just words', 'page.jpg': html, 'picture.svg': svg, 'picture.jpg': svg, 'empty.png': '', 'a.gif': 'GIF89a\x01\0\x01\0\0\0\0;',
		'big.jpg': big(), 'program.png': '\x7fELF\x02\x01\x01', 'b.pdf': '%PDF-1.4\n', 'short.jpg': '\xff\xd8' };
	const m = await machine(s.department);
	for (const [name, bytes] of Object.entries(cases)) {
		const good = png();
		const answer = await s.supervisor.act(`/machines/${m.id}/report`, { priority: 'CRITICAL', problem_code_id: '', machine_down: '1',
			description: 'These words must stay' }, { photo: [{ name: 'good.png', type: 'image/png', bytes: good },
			{ name, type: 'image/jpeg', bytes: Buffer.from(bytes, 'latin1') }] });
		assert.equal(answer.status, 422, name);
		assert.ok(unescape(answer.text).includes('These words must stay'), name);
		assert.match(answer.text, /value="CRITICAL"[^>]*checked/, name);
		assert.match(answer.text, /name="machine_down"[^>]*checked/, name);
		assert.ok(words(answer).includes(`${name} is`), `${name}: ${words(answer).slice(0, 500)}`);
		assert.match(answer.text, /name="kept" value="/, `${name}: the good photo is lost`);
	}
	assert.equal(await one(`SELECT COUNT(*) FROM work_order WHERE machine_id = ${m.id}`), '0');
});

test('a photo that is kept comes along with the form sent again; a forged one is refused', async () => {
	const m = await machine(s.department);
	const good = webp();
	const fields = { priority: 'LOW', problem_code_id: '', description: 'kept' };
	const refused = await s.supervisor.act(`/machines/${m.id}/report`, fields, { photo: [{ name: 'good.webp', bytes: good },
		{ name: 'bad.jpg', bytes: Buffer.from('words') }] });
	const kept = unescape(/name="kept" value="([^"]+)"/.exec(refused.text)[1]);
	const [mac, sha, size, type, name] = kept.split(':');
	const other = await new Person().enter(s.supervisor);
	for (const [who, token] of [[s.supervisor, `${mac.slice(0, -2)}AA:${sha}:${size}:${type}:${name}`], [s.supervisor, `${mac}:${sha}:${size}:text/html:${name}`],
		[s.supervisor, `${mac}:${sha.replace(/./g, '0')}:${size}:${type}:${name}`], [s.supervisor, kept.slice(0, 40)], [s.supervisor, ''],
		[s.supervisor, `${mac}:../../secrets/secret:${size}:${type}:${name}`], [other, kept]])
		assert.equal((await who.act(`/machines/${m.id}/report`, { ...fields, kept: token }, {})).status, 400, token);
	assert.equal(await one(`SELECT COUNT(*) FROM work_order WHERE machine_id = ${m.id}`), '0');
	const at = await s.supervisor.must(`/machines/${m.id}/report`, { ...fields, kept }, {});
	const file = await one(`SELECT id FROM attachment WHERE kind = 'work_order' AND record_id = ${at.split('/').pop()}`);
	assert.equal(await one(`SELECT sha256 FROM file f JOIN attachment a ON a.file_id = f.id WHERE a.id = ${file}`), sha256(good));
});

test('at most five photos, counted with those kept; five large ones pass', async () => {
	const list = (n, bytes = png) => Array.from({ length: n }, (_, i) => ({ name: `${i}.png`, bytes: bytes() }));
	const fields = { priority: 'LOW', problem_code_id: '', description: 'six', another: '1' };
	const six = await s.supervisor.act(`/machines/${s.machine.id}/report`, fields, { photo: list(6) });
	assert.equal(six.status, 422);
	assert.ok(words(six).includes('At most five photos at a time.'));
	const kept = [...six.text.matchAll(/name="kept" value="([^"]+)"/g)].map((m) => unescape(m[1])).slice(0, 5);
	assert.equal((await s.supervisor.act(`/machines/${s.machine.id}/report`, { ...fields, kept }, { photo: list(1) })).status, 422);
	const full = () => Buffer.concat([png(), Buffer.alloc(10 * 1024 * 1024 - 200)]);
	const at = await s.supervisor.must(`/machines/${s.machine.id}/report`, fields, { photo: list(5, full) });
	assert.equal(await one(`SELECT COUNT(*) FROM attachment WHERE kind = 'work_order' AND record_id = ${at.split('/').pop()}`), '5');
	const over = await s.supervisor.act(`/machines/${s.machine.id}/report`, fields, { photo: [{ name: 'a.png', bytes: Buffer.alloc(56 << 20) }] });
	assert.equal(over.status, 413);
});

test('the names of the table of permissions are all used by a route, or by a page', () => {
	const used = new Set(routes.map((r) => r.permission));
	const pages = ['src/page/work/parts.c', 'src/model/work_order_act.c', 'src/page/inventory/part.c', 'src/page/manager/approvals.c',
		'src/register/attached.c', 'src/register/work_order.c'].map(read).join();
	const idle = Object.keys(reach).filter((p) => !used.has(p) && !pages.includes(p.toUpperCase()) && p !== 'movement_make');
	assert.deepEqual(idle, []);
});
