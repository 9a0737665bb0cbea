/*
 * strings.test.mjs: the strings that break programs, through every text field and back: shown as typed.
 *
 * The fields are found in the forms of the pages.  A field of one line takes one string at a time, and each string
 * goes through several of them in turn; a field of several lines takes many strings at once.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';

import { sql, unescape, words } from './harness.mjs';
import { ask, completion, idOf, inParallel, inState, machine, mark, one, part, person, report, stage, typed } from './stage.mjs';

const shared = process.env.SHARED ?? new URL('../../../shared', import.meta.url).pathname;
const data = `${shared}/data/bad-input-strings`;
const skip = !existsSync(data) && `${data} is not there`;
const lines = (path) => readFileSync(`${data}/${path}`, 'utf8').split(/\r?\n/).filter(Boolean);

/* What a control character is to a form (src/http/form_value.c). */
const control = /[\0-\x08\x0b-\x1f\x7f\x80-\x9f]/;
const blank = /^[ \t\n\r]+|[ \t\n\r]+$/g;

const strings = skip ? [] : [...new Set([
	...JSON.parse(readFileSync(`${data}/blns/blns.json`, 'utf8')), ...lines('seclists/quick-SQLi.txt'),
	...lines('seclists/Generic-SQLi.ascii-lines.txt'), ...lines('seclists/template-engines-expression.txt'),
	...readFileSync(`${data}/html5sec/vectors.txt`, 'utf8').split(/(?=<div id=")/).map((v) => v.trim()),
])].filter((t) => t.replace(blank, '') !== '');
const clean = strings.filter((t) => !control.test(t.replace(/\r\n?/g, '\n')));
const single = clean.filter((t) => !/[\r\n]/.test(t));
const fits = (most, least = 1) => single.filter((t) => [...t.replace(blank, '')].length <= most
	&& [...t.replace(blank, '')].length >= least);

const s = {};
before(async () => {
	Object.assign(s, await stage());
	s.admin = await person('ADMIN');
});

/* What can be seen of the page's making: nothing typed may change it. */
const skeleton = (page) => ['form', '/form', 'script', '/script', 'main', '/main', 'style', 'iframe', 'object', 'embed', 'svg onload',
	'base', 'meta http'].map((tag) => `${tag} ${[...page.text.matchAll(new RegExp(`<${tag}\\b`, 'gi'))].length}`).join();

/* The text as the page holds it: in an element or in an attribute. */
function shows(page, text) {
	const want = text.replace(/\r\n?/g, '\n').replace(blank, '');
	return unescape(page.text).replace(/\r\n?/g, '\n').includes(want);
}

/* The first line of the text that the page has not. */
const difference = (page, text) => JSON.stringify(text.split('\n').find((line) => !shows(page, line)));

/* Every field of one line or more in the form at that path, but passwords and what is chosen. */
function textFields(page, action) {
	const body = [...page.text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].find(([all]) => all.includes(`action="${action}"`))[2];
	const found = [...body.matchAll(/<(input|textarea)\b([^>]*)>/g)].map(([, tag, rest]) => {
		const of = (name) => new RegExp(`\\b${name}="([^"]*)"`).exec(rest)?.[1];
		return { tag, name: of('name'), type: of('type') ?? 'text', most: Number(of('maxlength') ?? 255), mode: of('inputmode') };
	});
	return found.filter((f) => f.name && (f.tag === 'textarea' || (f.type === 'text' && !f.mode)));
}

/* Edits the record at base/id/edit, one string a field and round; asserts what the page then shows. */
async function throughFields(who, path, shown, values, keep = () => ({}), only = () => true) {
	const first = await who.get(path);
	// Tags are a list (below), a reference is typed as its name: neither is a text that is kept as it was typed.
	const fields = textFields(first, path).filter((f) => !/^tags$|_id_name$/.test(f.name) && only(f.name));
	assert.ok(fields.length > 0, `${path}: no text fields`);
	const counts = {};
	const rounds = 50;
	// After a save as harmless as any: the page has its message, with the way back.
	const harmless = await who.post(path, { ...typed(first, path), ...keep(rounds) });
	assert.equal(harmless.status, 303, `${path}: ${words(harmless).slice(0, 400)}`);
	const was = skeleton(await who.get(shown));
	let page = await who.get(path);
	for (let i = 0; i < rounds; i++) {
		const sent = {};
		for (const [k, f] of fields.entries()) {
			const own = values.filter((t) => [...t.replace(blank, '')].length <= f.most && [...t.replace(blank, '')].length >= 3);
			sent[f.name] = f.tag === 'textarea' ? own.slice((i * 7) % own.length, (i * 7) % own.length + 5).join('\n').slice(0, 350)
				: own[(i * fields.length + k) % own.length];
			if (control.test(sent[f.name]) || /[\ud800-\udbff]$/.test(sent[f.name]))
				sent[f.name] = own[i % own.length];
			counts[f.name] = (counts[f.name] ?? 0) + 1;
		}
		const base = { ...typed(page, path), ...sent, ...keep(i) };
		const answer = await who.post(path, base);
		assert.equal(answer.status, 303, `${path} ${JSON.stringify(sent)}: ${answer.status} ${words(answer).slice(0, 400)}`);
		const [record, form] = [await who.get(shown), await who.get(path)];
		assert.equal(record.status, 200);
		assert.equal(skeleton(record).replace(/svg onload \d+/, ''), was.replace(/svg onload \d+/, ''), `${shown}: ${JSON.stringify(sent)}`);
		for (const [name, text] of Object.entries({ ...sent, ...keep(i) })) {
			if (!(name in sent))
				continue;
			assert.equal(typed(form, path)[name].replace(/\r\n/g, '\n'), base[name].replace(/\r\n?/g, '\n').replace(blank, ''), `${path} ${name}`);
			assert.ok(shows(record, base[name]), `${shown} does not show ${name} = ${JSON.stringify(text)}`);
		}
		page = form;
	}
	for (const [name, n] of Object.entries(counts))
		assert.ok(n >= 50, `${name}: only ${n} strings`);
}

const slice = (i, n) => single.filter((_, k) => k % n === i);

test('the collection is whole', { skip }, () => {
	assert.ok(strings.length > 900, `${strings.length} strings`);
	assert.ok(single.length > 800);
});

test('a department’s and a part’s fields', { skip }, async () => {
	const d = idOf(await s.admin.must('/departments/new', { name: `D ${mark()}`, note: 'x' }));
	const unique = (i, t) => `${t}`.slice(0, 60).replace(/[\ud800-\udbff]$/, '') + ` ${mark()}${i}`;
	const names = fits(60, 3);
	await throughFields(s.admin, `/departments/${d}/edit`, `/departments/${d}`, fits(350, 3),
		(i) => ({ name: unique(i, names[(i * 11) % names.length]) }));
	const p = await part(0);
	await throughFields(s.admin, `/parts/${p.id}/edit`, `/parts/${p.id}`, fits(60, 3),
		(i) => ({ number: `${mark()}${i}`, minimum: '0', unit: fits(12, 1)[i % fits(12, 1).length] }));
});

test('tags: each as it was typed, a list that stays one', { skip }, async () => {
	const d = idOf(await s.admin.must('/departments/new', { name: `D ${mark()}`, note: 'x' })), path = `/departments/${d}/edit`;
	const list = fits(24, 3).filter((t) => !/[,\ud800-\udfff]/.test(t) && !control.test(t) && t.trim() === t).slice(0, 100);
	for (let i = 0; i < list.length; i += 10) {
		const tags = list.slice(i, i + 10).map((t) => `${mark()} ${t}`);
		await s.admin.must(path, { ...typed(await s.admin.get(path), path), ...s.admin.hidden(), tags: tags.join(', ') });
		const page = await s.admin.get(`/departments/${d}`);
		for (const tag of tags)
			assert.ok(shows(page, tag), tag);
		assert.doesNotMatch(page.text, /<(iframe|object|embed)\b|<svg onload/i);
	}
	assert.ok(list.length > 50);
});

test('a machine’s fields, and the pages, lists and papers that name it', { skip }, async () => {
	const m = s.machine.id;
	await throughFields(s.admin, `/machines/${m}/edit`, `/machines/${m}`, slice(0, 2).filter((t) => [...t].length <= 80),
		(i) => ({ number: `S-${mark()}${i}`, parent_number: '', installed_on: '' }),
		(name) => name !== 'number' && name !== 'parent_number');
	for (const path of [`/machines/${m}/label.pdf`, `/machines/${m}/code.svg`, '/machines', `/machines?search=${encodeURIComponent("'\"<script>")}`])
		assert.equal((await s.admin.get(path)).status, 200, path);
});

test('a person’s name and phone, wherever the name stands', { skip }, async () => {
	const u = await person('TECHNICIAN', [s.department], { signedOut: true });
	await throughFields(s.admin, `/users/${u.id}/edit`, `/users/${u.id}`, fits(40, 3).slice(0, 160), () => ({ email: u.email }),
		(name) => !/^(email|department_names|skill_names)$/.test(name));
});

test('reports, work logs, parts requests and completions: every string in the words of the people', { skip }, async () => {
	const chunks = [];
	for (const t of clean.map((x) => x.replace(/\r\n?/g, '\n').replace(blank, '')))
		if (chunks.length && [...chunks.at(-1)].length + [...t].length < 3900)
			chunks[chunks.length - 1] += `\n${t}`;
		else
			chunks.push(t);
	const long = chunks.filter((c) => [...c].length <= 4000);
	assert.ok(long.length >= chunks.length - 1);
	const notes = fits(390, 3);
	s.p = await part(1000, 1);
	const plain = skeleton(await s.supervisor.get(`/work-orders/${await report(s.supervisor, s.machine.id)}`));
	await inParallel(long, 2, async (text, i) => {
		const m = await machine(s.department);
		const id = await report(s.supervisor, m.id, { description: text });
		const page = await s.supervisor.get(`/work-orders/${id}`);
		assert.ok(shows(page, text), `description ${i}: ${difference(page, text)}`);
		assert.equal(skeleton(page), plain, `description ${i}`);
		await s.supervisor.must(`/work-orders/${id}/add`, { text: long[(i + 1) % long.length] }, {});
		await s.technician.must(`/work-orders/${id}/accept`);
		const bare = skeleton(await s.technician.get(`/work-orders/${id}`));
		await s.technician.must(`/work-orders/${id}/log`, { kind: 'STEP', note: text, minutes: '' });
		const logged = await s.technician.get(`/work-orders/${id}`);
		assert.ok(shows(logged, text), `note ${i}`);
		assert.equal(skeleton(logged), bare, `note ${i}`);
		assert.equal((await s.technician.get(`/work-orders/${id}/job-card.pdf`)).status, 200, 'the job card');
		const note = notes[(i * 3) % notes.length];
		const r = await ask(s.technician, id, { [s.p.id]: 2 }, note);
		assert.ok(shows(await s.manager.get(`/parts-requests/${r.id}`), note), JSON.stringify(note));
		const reason = notes[(i * 3 + 1) % notes.length];
		await s.manager.must(`/parts-requests/${r.id}/approve`, { [`approve_${r.lines[s.p.id]}`]: '1', reason });
		for (const who of [s.manager, s.inventory])
			assert.ok(shows(await who.get(`/parts-requests/${r.id}`), reason), JSON.stringify(reason));
		await s.inventory.must(`/parts-requests/${r.id}/issue`, { [`issue_${r.lines[s.p.id]}`]: '1' });
		const name = fits(80, 1)[(i * 5) % fits(80, 1).length];
		await s.technician.must(`/work-orders/${id}/complete`, await completion({ resolution: text, signed_name: name }));
		const done = await s.supervisor.get(`/work-orders/${id}`);
		assert.ok(shows(done, text) && shows(done, name), `resolution ${i}`);
		assert.equal((await s.supervisor.get(`/machines/${m.id}`)).status, 200);
	});
});

test('reasons: at least fifty strings for giving back, reopening and cancelling', { skip }, async () => {
	const id = await inState(s, 'IN_PROGRESS', (await machine(s.department)).id);
	const reasons = fits(390, 3).filter((_, i) => i % 6 === 0);
	assert.ok(reasons.length > 100);
	for (const [i, reason] of reasons.slice(0, 50).entries()) {
		await s.technician.must(`/work-orders/${id}/release`, { reason });
		await s.technician.must(`/work-orders/${id}/accept`);
		if (i % 10 === 0)
			assert.ok(shows(await s.technician.get(`/work-orders/${id}`), reason), JSON.stringify(reason));
	}
	await s.technician.must(`/work-orders/${id}/complete`, await completion());
	for (const reason of reasons.slice(50, 100)) {
		await s.supervisor.must(`/work-orders/${id}/reopen`, { reason });
		assert.ok(shows(await s.supervisor.get(`/work-orders/${id}`), reason), JSON.stringify(reason));
		await s.technician.must(`/work-orders/${id}/complete`, await completion());
	}
	await inParallel(reasons.slice(0, 50), 2, async (reason) => {
		const one_ = await report(s.supervisor, s.machine.id);
		await s.supervisor.must(`/work-orders/${one_}/cancel`, { reason });
		assert.ok(shows(await s.supervisor.get(`/work-orders/${one_}`), reason), JSON.stringify(reason));
	});
});

test('searches: any string is an answer, shown in its field, and finds no more than it says', { skip }, async () => {
	const places = ['/search?q=', '/machines?search=', '/parts?search=', '/work-orders?number=', '/users?search=', '/scan?code=',
		'/departments?search=', '/failure-codes?search='];
	await inParallel(single, 2, async (text, i) => {
		const place = places[i % places.length];
		const page = await s.admin.get(place + encodeURIComponent(text));
		assert.ok([200, 303, 404].includes(page.status), `${place} ${JSON.stringify(text)}: ${page.status}`);
		if (page.status !== 303 && [...text].length <= 80)
			assert.ok(shows(page, text), `${place} does not show ${JSON.stringify(text)}`);
	});
	for (const odd of ['sort', 'after', 'state', 'department', 'priority', 'role', 'archived', 'undo', 'machine', 'history'])
		for (const text of ["' OR 1=1 --", '<script>', '-1', '9999999999999999999', '~', '%', 'x~y~z'])
			for (const place of ['/machines', '/parts', '/work-orders', '/users', '/notifications', '/activity'])
				assert.ok((await s.admin.get(`${place}?${odd}=${encodeURIComponent(text)}`)).status < 500, `${place}?${odd}=${text}`);
});

test('control characters are refused with a complaint, and never with an error of ours', { skip }, async () => {
	const bad = strings.filter((t) => control.test(t.replace(/\r\n?/g, '\n')));
	assert.ok(bad.length > 0);
	for (const text of [...bad, 'bell \x07', 'escape \x1b[31m', 'delete \x7f', 'c1 \u0085'])
		for (const [path, fields] of [['/departments/new', { name: 'N', note: text }], ['/failure-codes/new', { kind: 'CAUSE', code: 'X', name: text, name_fr: '' }]]) {
			const answer = await s.admin.act(path, fields);
			assert.ok(text.includes('\0') ? answer.status === 400 : answer.status === 422, `${path} ${JSON.stringify(text)}: ${answer.status}`);
		}
	const breaks = await s.admin.act('/departments/new', { name: 'two\r\nlines', note: '' });
	assert.equal(breaks.status, 422);
	assert.equal(await one("SELECT COUNT(*) FROM department WHERE name LIKE 'two%lines'"), '0');
});

test('the log of all that is whole, and the activity page shows it', { skip }, async () => {
	for (const path of ['/activity', '/', '/notifications', '/work-orders', '/machines', '/users', '/parts'])
		assert.equal((await s.admin.get(path)).status, 200, path);
	assert.deepEqual(await sql('SELECT id FROM event WHERE changes IS NOT NULL AND NOT JSON_VALID(changes) LIMIT 3'), []);
});
