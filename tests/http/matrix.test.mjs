/* matrix.test.mjs: every route × every role: who may, who may not, what a page costs, and its headers. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { before, test } from 'node:test';

import { Client, setting, sql, unescape, words } from './harness.mjs';
import { ask, department, inState, machine, mark, part, person, png, reach, read, report, roles, routes, stage,
	until, one } from './stage.mjs';

/* What says nothing of memory is not asked of the sanitized programs: the pages are those of the other tests. */
const plainly = process.env.SANITIZED ? () => {} : test;
const s = {};	// the people by role, and the ids to put into patterns: of what is theirs, and of others'

/* A file of the log that is ready. */
async function logFile() {
	const name = `${mark()}.csv`, exports = `${setting('files')}/exports`;
	mkdirSync(exports, { recursive: true });
	writeFileSync(`${exports}/${name}`, 'id\r\n');
	return one(`INSERT INTO log_export (user_id, state, file, created_at, done_at)
		SELECT MIN(id), 'DONE', '${name}', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM user RETURNING id`);
}

/* Everything that stands in a pattern, of one's own stage. */
async function ids(own) {
	const work_order = await report(own.supervisor, own.machine.id, { machine_down: '1' });
	await own.technician.must(`/work-orders/${work_order}/accept`);
	await own.technician.must('/files/add', { kind: 'work_order', record: work_order, title: '' }, { file: [{ name: 'a.png', bytes: png() }] });
	const { id: request } = await ask(own.technician, work_order, { [(await part(5, 2)).id]: 1 });
	await own.technician.must(`/work-orders/${work_order}/resume`);
	const [file] = await sql(`SELECT id FROM attachment WHERE kind = 'work_order' AND record_id = ${work_order}`);
	const [code] = await sql('SELECT MIN(id) FROM failure_code');
	const first = async (table) => one(`SELECT MIN(id) FROM ${table}`);
	const [a_part] = await sql('SELECT MIN(id) FROM part');
	const meter = await one(`INSERT INTO meter (machine_id, name) VALUES (${own.machine.id}, 'Hours') RETURNING id`);
	return {
		'/work-orders/': work_order, '/parts-requests/': request, '/files/': file[0], '/machines/': own.machine.id,
		'/q/': own.machine.code, '/departments/': own.department, '/failure-codes/': code[0], '/parts/': a_part[0],
		'/users/': own.technician2.id, '/notifications/': 0, '/deliveries/': 0,
		'/activity/exports/': await logFile(),
		'/users/': own.technician2.id, '/notifications/': 0, ...await open(own),
		'/locations/': await first('location'), '/vendors/': await first('vendor'), '/skills/': await first('skill'),
		'/machine-classes/': await first('machine_class'), '/machine-models/': await first('machine_model'),
		'/maintenance-types/': await first('maintenance_type'), '/holidays/': await first('holiday'),
		'/stops/': await one(`SELECT MAX(id) FROM stop WHERE machine_id = ${own.machine.id}`), '/meters/': meter,
		'/readings/': await one(`INSERT INTO meter_reading (meter_id, at, value) VALUES (${meter}, NOW(6), 1) RETURNING id`),
		'/imports/': await one(`INSERT INTO import (kind, name, sha256, size, encoding, separator_kind, headers, mapping, given,
			user_id) SELECT 'part', 'stage.csv', REPEAT('0', 64), 1, 'UTF-8', 'COMMA', 'Number\\n', 'number\\n', '', MIN(id)
			FROM user RETURNING id`),
		'/shift-calendars/': await first('shift_calendar'),
		'/tags/': await one(`INSERT INTO tag (name) VALUES ('Stage ${mark()}') RETURNING id`),
		// Archived, so that it stands in nobody's forms.
		'/custom-fields/': await one(`INSERT INTO custom_field (kind, name, label, type, archived_at) VALUES ('skill',
			'${mark()}', 'Stage', 'TEXT', UTC_TIMESTAMP(6)) RETURNING id`),
	};
}

/* A report without an account, the secret of its link, and a printer. */
async function open(own) {
	const secret = mark();
	const id = await one(`INSERT INTO open_report (digest, machine_id, department_id, said_name, description, reported_at)
		VALUES (UNHEX(SHA2('${secret}', 256)), ${own.machine.id}, ${own.department}, 'Visitor', 'It rattles', NOW(6)) RETURNING id`);
	const printer = await one(`INSERT INTO printer (name) VALUES ('Printer ${secret}') RETURNING id`);
	return { '/open-reports/': id, '/follow/': secret, '/printers/': printer };
}

before(async () => {
	s.stage = await stage();
	Object.assign(s, {
		ADMIN: await person('ADMIN'), SUPERVISOR: s.stage.supervisor, TECHNICIAN: s.stage.technician,
		MANAGER: s.stage.manager, INVENTORY: s.stage.inventory, REQUESTER: await person('REQUESTER'),
	});
	s.ids = await ids(s.stage);
	await sql(`UPDATE work_order SET reporter_id = ${s.REQUESTER.id} WHERE id = ${s.ids['/work-orders/']}`);
	const other = { ...s.stage, department: await department() };
	other.machine = await machine(other.department);
	other.technician = await person('TECHNICIAN', [other.department]);
	other.supervisor = await person('SUPERVISOR', [other.department]);
	s.others = await ids(other);
});

/* The pattern with ids in it; undefined when the test knows none for it. */
function path(route, given = s.ids) {
	const [, head] = /^(\/[\w/-]+?\/):/.exec(route.pattern) ?? [];
	if (!head)
		return route.pattern;
	if (/\/(views|bulk)\/$/.test(head))	/* one's own only: nobody here has one */
		return route.pattern.replace(/:\w+/, 0);
	assert.ok(head in given, `${route.pattern}: the test has no record for it`);
	return route.pattern.replace(/:\w+/, given[head]);
}

const events = () => one(`SELECT COUNT(*) FROM event WHERE act <> 'access.refused'
	AND user_id IN (${roles.map((r) => s[r].id)})`);
/* nginx sends these, with headers of its own, once the worker has said that it may. */
const sent = /^\/(files|activity\/exports)\//;
const signIn = (answer) => answer.status === 303 && answer.location.startsWith('/sign-in');
const gets = routes.filter((r) => r.method === 'GET');
const posts = routes.filter((r) => r.method === 'POST');

test('the program tells its routes, those of the registers too, and each has a permission that is in the table', () => {
	const rows = read('src/app/routes.c').match(/^\t\{ (GET|POST), "\/[^"]/gm).length;
	assert.ok(routes.length > rows, `${routes.length} of ${rows}`);
	assert.ok(rows > 70);
	for (const r of routes)
		assert.ok(reach[r.permission], `${r.pattern}: ${r.permission}`);
});

test('a visitor gets what is anybody’s, and is sent to sign in for everything else', async () => {
	for (const r of gets) {
		const answer = await new Client().get(path(r));
		if (reach[r.permission].VISITOR === '-') {
			assert.equal(answer.status, 303, r.pattern);
			assert.ok(signIn(answer), r.pattern);
			assert.equal(new URL(answer.location, 'http://x').searchParams.get('next'), path(r));
		} else if (r.pattern === '/q/:code') {
			assert.ok(signIn(answer), r.pattern);	// a machine that is not open to visitors
		} else {
			assert.ok([200, 404].includes(answer.status), `${r.pattern}: ${answer.status}`);
		}
	}
	const before_ = await events();
	for (const r of posts.filter((p) => reach[p.permission].VISITOR === '-')) {
		const answer = await new Client().post(path(r), { once: 'visitor' });
		assert.ok(signIn(answer), `POST ${r.pattern}: ${answer.status}`);
	}
	assert.equal(await events(), before_);
});

for (const role of roles) {
	test(`${role}: each page answers as the table of permissions says`, async () => {
		for (const r of gets) {
			const answer = await s[role].get(path(r));
			const told = `${role} GET ${path(r)}: ${answer.status} ${words(answer).slice(-300)}`;
			if (reach[r.permission][role] === '-')
				assert.equal(answer.status, 403, told);
			else if (r.pattern === '/register' || r.pattern === '/set-password')
				assert.ok([200, 404].includes(answer.status), told);	// closed, and without a link
			else if (r.pattern.endsWith('/bulk/:id'))
				assert.equal(answer.status, 404, told);
			else
				assert.ok(answer.status === 200 || (answer.status === 303 && !signIn(answer)), told);
		}
	});

	test(`${role}: a record of another department is not there, where the right reaches not so far`, async () => {
		for (const r of gets) {
			const how_far = reach[r.permission][role];
			if (!/^\/(work-orders|parts-requests|files|open-reports)\/:/.test(r.pattern) || how_far === '-')
				continue;
			const reached = r.pattern.startsWith('/files') ? reach.work_order_view[role] : how_far;
			const answer = await s[role].get(path(r, s.others));
			const allowed = reached === 'all' ? [200] : role === 'TECHNICIAN' && r.pattern !== '/files/:id' ? [404, 409]
				: [404];
			assert.ok(allowed.includes(answer.status), `${role} ${r.pattern}: ${answer.status}`);
			if (reached !== 'all')
				assert.ok(!answer.text.includes('It rattles'), `${role} ${r.pattern}: shows another department’s words`);
		}
	});

	test(`${role}: an act without the right is refused and changes nothing; with it, it gets further`, async () => {
		const before_ = await events();
		for (const r of posts) {
			// Without a value for "once" nothing is done: only how far it gets is asked here.
			const answer = await s[role].post(path(r), { csrf: s[role].csrf });
			const told = `${role} POST ${path(r)}: ${answer.status} ${words(answer).slice(-200)}`;
			if (reach[r.permission][role] === '-')
				assert.equal(answer.status, 403, told);
			else if (r.flags.includes('open'))
				assert.ok([400, 404, 422].includes(answer.status), told);
			else
				assert.equal(answer.status, 400, told);
			if (reach[r.permission][role] === '-') {
				const whole = await s[role].act(path(r), { reason: 'because' });
				assert.equal(whole.status, 403, told);
			}
		}
		assert.equal(await events(), before_);
	});

	test(`${role}: acts on another department’s records are refused and change nothing`, async () => {
		const before_ = await events();
		const state = () => sql(`SELECT * FROM work_order WHERE id = ${s.others['/work-orders/']}`);
		const was = JSON.stringify(await state());
		for (const r of posts) {
			const how_far = reach[r.permission][role];
			if (!r.pattern.startsWith('/work-orders/:') || !['own', 'department'].includes(how_far))
				continue;
			const fields = { log: { kind: 'NOTE', note: 'x' }, add: { text: 'added' }, parts: { search: '', note: '',
				[`quantity_${s.ids['/parts/']}`]: '1' }, complete: { resolution: 'done', cause_code_id: s.ids['/failure-codes/'],
				remedy_code_id: s.ids['/failure-codes/'] }, edit: { priority: 'LOW', problem_code_id: '', description: 'new words',
				version: '1' }, release: { reason: 'because' }, reopen: { reason: 'because' }, cancel: { reason: 'because' },
			}[r.pattern.split('/').pop()] ?? {};
			const answer = await s[role].act(path(r, s.others), fields);
			assert.ok([404, 409].includes(answer.status), `${role} POST ${r.pattern}: ${answer.status}`);
		}
		assert.equal(JSON.stringify(await state()), was);
		assert.equal(await events(), before_);
	});

	test(`${role}: the navigation shows what may be reached, and nothing else`, async () => {
		const home = await s[role].get('/');
		assert.equal(home.status, 200);
		const lists = [...home.text.matchAll(/<ul class="nav">(.*?)<\/ul>/gs)];
		assert.ok(lists.length > 0, 'no navigation');
		const links = new Set(lists.flatMap(([, list]) => [...list.matchAll(/<a href="([^"]+)"/g)].map((m) => m[1])));
		for (const link of links)
			assert.equal((await s[role].get(link)).status, 200, `${role}: ${link}`);
		for (const [, link] of home.text.matchAll(/<a\b[^>]*\bhref="(\/[a-z][^"#]*)"/g))
			if (!links.has(link))
				assert.ok((await s[role].get(unescape(link))).status < 400, `${role}: home links to ${link}`);
		const places = [...read('src/page/nav.c').matchAll(/\{ "([^"]+)", "[^"]+", "[^"]+", (\w+) \}/g)];
		assert.ok(places.length > 5);
		for (const [, href, permission] of places)
			assert.equal(links.has(href), reach[permission.toLowerCase()][role] !== '-', `${role}: ${href}`);
	});

	plainly(`${role}: a list costs at most three queries, any other page at most six`, async () => {
		const is_list = ({ pattern }) => gets.some((g) => g.pattern === `${pattern}/new`)
			|| ['/work-orders', '/activity', '/deliveries', '/notifications', '/manager/approvals'].includes(pattern);
		const over = [];
		for (const r of gets.filter((g) => reach[g.permission][role] !== '-' && !g.flags.includes('plain'))) {
			const answer = await s[role].get(path(r));
			const queries = answer.headers.get('x-queries');
			if (answer.headers.get('x-accel-redirect') || sent.test(r.pattern))
				continue;	// nginx answers with headers of its own
			assert.ok(queries !== null, `${r.pattern}: no X-Queries; was the plant started with --developer?`);
			if (Number(queries) > (is_list(r) ? 3 : 6))
				over.push(`${r.pattern}: ${queries}`);
		}
		assert.deepEqual(over, []);
	});
}

/* What each answer must carry, whoever gives it. */
function guarded(answer, what, policy = /default-src 'none'.*frame-ancestors 'none'/) {
	const h = answer.headers;
	assert.match(h.get('content-security-policy') ?? '', policy, what);
	assert.ok(!/unsafe/.test(h.get('content-security-policy')), what);
	assert.equal(h.get('x-content-type-options'), 'nosniff', what);
	assert.ok(h.get('referrer-policy'), what);
	assert.ok(h.get('permissions-policy'), what);
	assert.equal(h.get('cross-origin-opener-policy'), 'same-origin', what);
	assert.equal(h.get('cross-origin-resource-policy'), 'same-origin', what);
	assert.equal(h.get('server'), 'nginx', what);
}

plainly('every answer carries the security headers: pages, refusals, redirections, files, static', async () => {
	for (const r of gets) {
		for (const who of [s.ADMIN, s.REQUESTER, new Client()])
			guarded(await who.get(path(r)), `GET ${r.pattern}`, sent.test(r.pattern)
				? /default-src 'none'/ : undefined);
		if (!sent.test(r.pattern))
			guarded(await s.ADMIN.get(`${path(r)}?a=%zz`), `${r.pattern} malformed`);
	}
	for (const r of posts)
		guarded(await s.REQUESTER.post(path(r)), `POST ${r.pattern}`);
	for (const [method, where] of [['GET', '/nothing'], ['PUT', '/'], ['DELETE', '/parts/1'], ['GET', '/assets/no.css'],
		['GET', '/robots.txt'], ['GET', '/manifest.webmanifest'], ['TRACE', '/'], ['OPTIONS', '/']])
		guarded(await new Client().request(method, where), `${method} ${where}`);
	guarded(await new Client().get('/sw.js'), '/sw.js', /default-src 'none'/);
	const [, css] = /href="(\/assets\/[^"]+\.css)"/.exec((await new Client().get('/sign-in')).text);
	guarded(await new Client().get(css), css);
});

plainly('pages are never kept by a cache; what is kept for offline says so and is the reader’s own', async () => {
	for (const r of gets.filter((g) => !g.pattern.startsWith('/files/'))) {
		const answer = await s.ADMIN.get(path(r));
		if (/html/.test(answer.headers.get('content-type') ?? ''))
			assert.match(answer.headers.get('cache-control') ?? '', /no-store/, r.pattern);
		if (answer.status === 200)
			assert.equal(answer.headers.get('x-offline'), r.flags.includes('offline') ? 'keep' : null, r.pattern);
	}
});

test('a method that no route has is refused, and does nothing', async () => {
	for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
		const answer = await s.ADMIN.request(method, '/machines');
		assert.ok([400, 403, 404, 405].includes(answer.status), `${method}: ${answer.status}`);
	}
	const head = await s.ADMIN.request('HEAD', '/machines');
	assert.ok([200, 400, 404, 405].includes(head.status));
	assert.equal(head.bytes.length, 0);
});

test('a photo is sent as what was made of it, whatever its sender called it, with a sandbox around it', async () => {
	const bytes = png();
	const id = await inState(s.stage, 'IN_PROGRESS');
	await s.TECHNICIAN.must('/files/add', { kind: 'work_order', record: id, title: '' }, { file: [{ name: 'evil <b>\u00e9\u0027.html', type: 'text/html', bytes }] });
	const file = await one(`SELECT MAX(id) FROM attachment WHERE kind = 'work_order' AND record_id = ${id}`);
	await until(async () => await one(`SELECT picture FROM file f JOIN attachment a ON a.file_id = f.id
		WHERE a.id = ${file}`) === 'MADE', 15, 'its pictures');
	const answer = await s.TECHNICIAN.get(`/files/${file}`);
	assert.equal(answer.status, 200);
	assert.equal(answer.headers.get('content-type'), 'image/jpeg');
	assert.match(answer.headers.get('content-security-policy'), /sandbox/);
	assert.match(answer.headers.get('content-disposition'), /^inline; filename="[^"\\]*"; filename\*=UTF-8''/);
	for (const size of ['small', 'large']) {
		const picture = await s.TECHNICIAN.get(`/files/${file}/${size}`);
		assert.equal(picture.headers.get('content-type'), 'image/jpeg', size);
		assert.ok(picture.bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])), size);
	}
	const stranger = await person('TECHNICIAN', [await department()]);
	for (const way of ['', '/small', '/large'])
		assert.equal((await stranger.get(`/files/${file}${way}`)).status, 404);
});
