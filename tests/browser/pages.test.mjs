/*
 * pages.test.mjs: every page of `millwright routes`, for people who may see it, at four widths, light and dark, English and French.
 *
 * SHOTS=folder keeps a picture of each page there, by width, theme and language.  PAGES=/path tests only that route; PAGES='/imports.*' those that match.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { account, sql, unescape } from '../http/harness.mjs';
import { client, end, person, promise, until } from './browser.mjs';

const root = new URL('../../', import.meta.url);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const widths = [320, 390, 820, 1440];
const shots = process.env.SHOTS;
/* A button without a type sends its form, and is meant to; several boxes may be ticked for one field. */
const html = new HtmlValidate({ extends: ['html-validate:recommended'], rules: {
	'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
	'no-implicit-button-type': 'off', 'doctype-style': 'off', 'require-sri': 'off', 'void-style': 'off', 'no-trailing-whitespace': 'off' } });

/* Not pages of HTML, or led away from at once. */
const others = new RegExp(String.raw`\.(pdf|csv|xlsx|svg|json|zpl|png|txt)$|/suggest$|/state$
	|^/(health|ready|activity/exports)\b|^/files/:id(/(small|large))?$`.replace(/\s/g, ''));

const all = execFileSync(`${process.env.BUILD ?? 'build'}/millwright`, ['routes'], { cwd: root, encoding: 'utf8' })
	.trimEnd().split('\n').map((line) => line.split('\t')).filter(([method]) => method === 'GET')
	.map(([, path, permission]) => ({ path, permission }));

/*
 * Registers have the same pages from the same templates: what three or more of them answer to.  List, record and new form
 * are looked at for each, in one language, which alternates; the rest for some registers only, in both.
 */
const registers = all.flatMap((r) => (r.path.endsWith('/bulk') ? [r.path.slice(0, -'/bulk'.length)] : []));
const entire = ['/machines', '/parts', '/vendors', '/users'];	// the first and the last have pages of their own
const behind = (base, path) => (path === base || path.startsWith(`${base}/`) ? path.slice(base.length) : null);
const shared = (rest) => registers.filter((base) => all.some((r) => r.path === base + rest)).length >= 3;

function languages(path) {
	const at = registers.findIndex((base) => behind(base, path) !== null);
	const rest = at < 0 ? null : behind(registers[at], path);
	if (rest === null || entire.includes(registers[at]) || !shared(rest))
		return ['en', 'fr'];
	const main = ['', '/:id', '/new'].indexOf(rest);
	return main < 0 ? [] : [['en', 'fr'][(at + main) % 2]];
}

const wanted = process.env.PAGES ? new RegExp(`^(?:${process.env.PAGES})$`) : null;
const routes = all.filter((r) => !others.test(r.path) && (wanted ? wanted.test(r.path) : languages(r.path).length > 0));

/* { permission: [role…] } of the table that the unit test prints. */
function whoMay() {
	const [head, ...lines] = readFileSync(new URL('tests/unit/golden/permission.txt', root), 'utf8').trimEnd().split('\n');
	const roles = head.trim().split(/\s+/).map((r) => r.toLowerCase());
	return Object.fromEntries(lines.map((line) => {
		const [name, ...reach] = line.trim().split(/\s+/);
		return [name, roles.filter((_, i) => reach[i] !== '-')];
	}));
}
const may = whoMay();

/* Pages that differ by role are looked at by each; of the others by one. */
const byRole = ['/', '/work-orders/:id', '/machines/:id'];
let turn = 0;
function lookers({ path, permission }) {
	const roles = may[permission];
	if (path === '/files/add')
		return ['technician'];
	if (path.endsWith('/bulk'))	// asks for the right of the act, too
		return ['admin'];
	if (roles.includes('visitor'))
		return path === '/patterns' || path === '/offline' ? ['manager'] : [undefined];
	return byRole.includes(path) ? roles : [roles[turn++ % roles.length]];
}

async function linked(role, list, wanted) {
	const page = await (await client(role)).get(list);
	const found = new RegExp(`href="(${wanted.source})"`).exec(page.text);
	assert.ok(found, `${role} finds no ${wanted} on ${list} (${page.status})`);
	return unescape(found[1]);
}

async function one(query) {
	const [row] = await sql(query);
	assert.ok(row, `nothing: ${query}`);
	return row[0];
}

const openOrder = "('PENDING', 'IN_PROGRESS', 'WAITING_PARTS')";
const idOf = (role) => `(SELECT id FROM user WHERE email = '${account(role).email}')`;

/* The secret of a link to set a password. */
async function aLink() {
	const secret = `pages${Date.now()}`;
	await sql(`INSERT INTO user_link (digest, user_id, kind, expires_at) SELECT UNHEX(SHA2('${secret}', 256)), id, 'INVITE',
		UTC_TIMESTAMP(6) + INTERVAL 1 HOUR FROM user WHERE email = '${account('requester').email}'`);
	return secret;
}

/* Anybody may ask for an account, and every worker knows it. */
async function opened() {
	await sql('UPDATE plant SET open_registration = TRUE');
	await until(async () => (await Promise.all(Array.from({ length: 8 }, async () =>
		(await (await client()).get('/register')).status))).every((status) => status === 200));
}

/* A file of parts in that state, with a line of each kind. */
async function anImport(role, state) {
	const id = await one(`INSERT INTO import (kind, state, name, sha256, size, encoding, separator_kind, headers, mapping, given,
		read_count, fresh_count, changed_count, same_count, wrong_count, user_id) SELECT 'part', '${state}', 'parts.csv',
		REPEAT('0', 64), 1, 'UTF-8', 'COMMA', 'Number\\nName\\n', 'number\\nname\\n', '', 4, 1, 1, 1, 1, id
		FROM user WHERE id = ${idOf(role)} RETURNING id`);
	await sql(`INSERT INTO import_line (import_id, line, kind, title, detail) VALUES (${id}, 2, 'NEW', 'BRG-1', 'name\\tBearing\\n'),
		(${id}, 3, 'CHANGED', 'BRG-2', 'name\\tBearing\\tBall bearing\\n'), (${id}, 4, 'SAME', 'BRG-3', ''),
		(${id}, 5, 'WRONG', 'BRG-4', 'name\\t\\tIt is empty.\\n')`);
	return id;
}

/* Where a route with an :id leads for that person. */
async function place(path, role) {
	if (path === '/set-password')
		return `/set-password?link=${await aLink()}`;
	if (path === '/register')
		await opened();
	if (path === '/patterns' && (await (await client(role)).get(path)).status === 404)
		return null;	// a developer's
	if (path === '/files/add')
		return '/files/add?kind=machine&record=1';
	if (path === '/files/:id/view')
		return `/files/${await one("SELECT id FROM attachment WHERE kind = 'machine' ORDER BY id LIMIT 1")}/view`;
	if (/^\/[a-z-]+\/bulk$/.test(path)) {
		const list = path.replace('/bulk', '');
		const id = (await linked(role, list, new RegExp(`${list}/\\d+`))).split('/').pop();
		return `${path}?what=archive&id=${id}`;
	}
	if (path.endsWith('/bulk/:id'))
		return path.replace(':id', await one(`INSERT INTO bulk (kind, user_id, act, done, refused, query) SELECT
			'${path.split('/')[1].replace(/(?<=ss)es$|s$/, '').replaceAll('-', '_')}', id, 'archive', 2, '1\\tPRS-1\\tIt is not there.\\n', ''
			FROM user WHERE id = ${idOf(role)} RETURNING id`));
	if (path === '/follow/:secret') {
		await sql(`UPDATE open_report SET digest = UNHEX(SHA2('pages', 256)) ORDER BY id LIMIT 1`);
		return '/follow/pages';
	}
	if (path === '/q/:code')	// to a stranger the form of a report, where the machine is open to them
		return `/q/${await one("SELECT code FROM machine WHERE open_report = 'ON' AND archived_at IS NULL LIMIT 1")}`;
	if (path.startsWith('/imports/:id'))
		return path.replace(':id', await anImport(role, path.endsWith('/columns') ? 'MAPPING' : 'CHECKED'));
	if (!path.includes(':'))
		return path;
	const [, base, , rest = ''] = /^(\/[a-z-]+)\/(:id)(.*)$/.exec(path);
	if (path === '/work-orders/:id/edit')
		return `${await linked(role, '/work-orders?state=PENDING', /\/work-orders\/\d+/)}/edit`;
	if (base === '/work-orders' && /parts|complete/.test(rest))
		return `/work-orders/${await one(`SELECT id FROM work_order WHERE assignee_id = ${idOf(role)}
			AND state = 'IN_PROGRESS' ORDER BY id LIMIT 1`)}${rest}`;
	if (base === '/parts-requests')
		return `${base}/${await one(role === 'technician'
			? `SELECT id FROM parts_request WHERE requested_by = ${idOf(role)} ORDER BY id DESC LIMIT 1`
			: `SELECT id FROM parts_request WHERE state = '${role === 'inventory' ? 'APPROVED' : 'REQUESTED'}' LIMIT 1`)}`;
	if (path === '/machines/:id/report')
		return `/machines/${await one(`SELECT machine_id FROM work_order w JOIN machine m ON m.id = machine_id
			WHERE w.state IN ${openOrder} AND m.department_id = 1 LIMIT 1`)}/report`;
	if (base === '/machines' && rest)
		return `/machines/${await one('SELECT MIN(id) FROM machine WHERE department_id = 1')}${rest}`;
	if (base === '/stops')
		return `/stops/${await one('SELECT MAX(s.id) FROM stop s JOIN machine m ON m.id = machine_id WHERE department_id = 1')}`;
	if (base === '/meters' || base === '/readings')
		return `${base}/${await one(`SELECT MIN(${base === '/meters' ? 't' : 'r'}.id) FROM meter t JOIN meter_reading r ON
			r.meter_id = t.id JOIN machine m ON m.id = t.machine_id WHERE m.department_id = 1`)}${rest}`;
	return `${await linked(role, base, new RegExp(`${base}/\\d+`))}${rest}`;
}

const people = new Map();

/* One person a role and language, who looks at all of these pages. */
function looker(role, language) {
	const key = `${role} ${language}`;
	if (!people.has(key))
		people.set(key, person(role, { language, theme: language === 'fr' ? 'dark' : 'light', kept: true }));
	return people.get(key);
}

/* What a look finds is said together, at its end. */
function complain(faults, where) {
	assert.deepEqual(faults, [], where);
}

async function accessible(page) {
	await page.evaluate(`window.axe || (${'() => {'}${axe}})()`);
	const { violations } = await page.evaluate((only) =>
		window.axe.run(document, { runOnly: only, resultTypes: ['violations'] }), tags);
	return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' | ')} ${v.nodes[0].any[0]?.message ?? ''}`);
}

/* No page is wider than the screen; what is wider scrolls in a box of its own. */
async function fits(page) {
	const wide = await page.evaluate(() => {
		const most = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= most)
			return [];
		return ['wider', ...[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > most + 1)
			.slice(0, 3).map((e) => e.outerHTML.slice(0, 120))];
	});
	return wide.length ? [`too wide for ${page.viewportSize().width}: ${wide.slice(1).join(' | ')}`] : [];
}

async function atEveryWidth(page, name) {
	const faults = [];
	for (const width of widths) {
		await page.setViewportSize({ width, height: 900 });
		faults.push(...await fits(page));
		if (shots && width !== 320)
			await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
	}
	if (!shots)
		return faults;
	await page.emulateMedia({ colorScheme: name.endsWith('fr-dark') ? 'light' : 'dark' });
	for (const width of [390, 1440]) {
		await page.setViewportSize({ width, height: 900 });
		await page.screenshot({ path: `${shots}/${name}-${width}-turned.png`, fullPage: true });
	}
	await page.emulateMedia({ colorScheme: name.endsWith('fr-dark') ? 'dark' : 'light' });
	return faults;
}

async function valid(answer) {
	const report = await html.validateString(await answer.text());
	return report.results.flatMap((r) => r.messages).map((m) => `html: ${m.ruleId} ${m.line}: ${m.message}`).slice(0, 8);
}

/* msgid → msgstr, where they differ and the msgid is neither a pattern nor a word of the plant's own data. */
async function catalogue() {
	const data = new Set((await sql('SELECT name FROM failure_code UNION SELECT group_name FROM part')).flat());
	const folder = new URL('templates/fr/', root);
	const text = readdirSync(folder).map((f) => readFileSync(new URL(f, folder), 'utf8')).join('\n').replace(/"\n"/g, '');
	const said = new Map();
	for (const [, id, str] of text.matchAll(/^msgid "(.+)"\nmsgstr "(.+)"/gm))
		if (id !== str && !/[{|]/.test(id) && !data.has(id))
			said.set(id.replace(/\\"/g, '"'), str);
	return said;
}

let french;

async function inFrench(page) {
	const said = await (french ??= catalogue());
	assert.ok(said.size > 100, `only ${said.size} texts in templates/fr/`);
	const texts = await page.evaluate(() => {
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
		for (let n = walk.nextNode(); n; n = walk.nextNode())
			if (!n.parentElement.closest('bdi, [dir=auto], script, template, [lang]:not(html)'))
				found.push(n.data.trim());
		for (const e of document.querySelectorAll('[aria-label], [placeholder], [alt]'))
			found.push(e.getAttribute('aria-label') ?? '', e.getAttribute('placeholder') ?? '', e.getAttribute('alt') ?? '');
		return found.filter(Boolean);
	});
	return [...new Set(texts.filter((t) => said.has(t)))].map((t) => `English is left: ${t}`);
}

async function look(path, role, language, only) {
	const where = `${path} (${role ?? 'a stranger'}, ${language})`;
	const { page } = await looker(role, language);
	await page.setViewportSize({ width: language === 'fr' ? 1440 : 390, height: 900 });
	const answer = await page.goto(path);
	assert.equal(answer.status(), 200, where);
	assert.equal(await page.getAttribute('html', 'lang'), language, where);
	const faults = await accessible(page);
	if (language === 'en' || only)
		faults.push(...await valid(answer));
	if (language === 'fr')
		faults.push(...await inFrench(page));
	const name = `${path.replace(/\d+/, 'N').replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home'}-${role ?? 'stranger'}`;
	faults.push(...await atEveryWidth(page, `${name}-${language}${language === 'fr' ? '-dark' : ''}`));
	complain([...faults, ...(await looker(role, language)).heard()], where);
}

before(() => { if (shots) mkdirSync(shots, { recursive: true }); });
after(end);

for (const route of routes)
	for (const role of lookers(route))
		promise(`${route.path} for ${role ?? 'a stranger'}`, async (t) => {
			const path = await place(route.path, role);
			if (path === null)
				return t.skip('for developers only');
			const those = languages(route.path).length ? languages(route.path) : ['en', 'fr'];
			for (const language of those)
				await looker(role, language);	// one sign-in at a time
			await Promise.all(those.map((language) => look(path, role, language, those.length === 1)));
		});

/* Forms that are sent empty: [role, page, the action's end]. */
const forms = [
	[undefined, '/sign-in', '/sign-in'], [undefined, '/forgot', '/forgot'],
	['supervisor', '/machines/:id/report', '/add'], ['supervisor', '/machines/:id/report?another=1', '/report'],
	['supervisor', '/work-orders/:id/edit', '/edit'], ['supervisor', '/work-orders/:id', '/cancel'],
	['technician', '/work-orders/:id/complete', '/complete'], ['technician', '/work-orders/:id/parts', '/parts'],
	['technician', '/technician/work →', '/log'], ['technician', '/technician/work →', '/release'],
	['technician', '/technician/work →', '/files/add'],
	['manager', '/parts-requests/:id', '/approve'], ['inventory', '/parts-requests/:id', '/issue'],
	['requester', '/account', '/account/password'],
	...['departments', 'machines', 'failure-codes', 'users'].map((r) => ['admin', `/${r}/new`, `/${r}/new`]),
	['inventory', '/parts/new', '/parts/new'], ['admin', '/settings', '/settings'],
];

async function formsPlace(path, role) {
	if (path.endsWith('→'))
		return `/work-orders/${await one(`SELECT id FROM work_order WHERE assignee_id = ${idOf(role)}
			AND state = 'IN_PROGRESS' ORDER BY id LIMIT 1`)}`;
	if (path === '/work-orders/:id')
		return linked(role, '/work-orders?state=PENDING', /\/work-orders\/\d+/);
	const [bare, query = ''] = path.split('?');
	return await place(bare, role) + (query && `?${query}`);
}

if (!process.env.PAGES)
	for (const [role, path, action] of forms)
		promise(`${action} sent empty from ${path}: what is wrong, beside the fields`, async () => {
			const { page } = await looker(role, 'en');
			await page.setViewportSize({ width: 390, height: 900 });
			await page.goto(await formsPlace(path, role));
			const [answer] = await Promise.all([
				page.waitForResponse((r) => r.request().method() === 'POST'),
				page.evaluate((end) => {
					const form = [...document.forms].find((f) => f.method === 'post' && f.getAttribute('action').endsWith(end));
					for (const e of form.elements)
						if (e.type === 'checkbox' || e.type === 'radio')
							e.checked = false;
						else if (e.type !== 'hidden' && 'value' in e && e.tagName !== 'BUTTON')
							e.value = '';
					form.requestSubmit();
				}, action),
			]);
			await page.waitForLoadState();
			assert.equal(answer.status(), 422);
			await page.getByRole('alert').or(page.locator('.complaint')).first().waitFor();
			await until(async () => (await page.title()).startsWith('Error: '), 5);
			const where = `${path} ${action} in error`;
			complain([...await accessible(page), ...await fits(page), ...await valid(answer)], where);
			if (shots)
				await page.screenshot({ path: `${shots}/error-${action.replace(/\W+/g, '-')}-390.png`, fullPage: true });
			assert.deepEqual((await looker(role, 'en')).heard(), []);
		});

promise('a page that is not there says so, and leads back', async () => {
	const { page } = await looker('manager', 'en');
	const answer = await page.goto('/work-orders/999999999');
	assert.equal(answer.status(), 404);
	complain([...await accessible(page), ...await valid(answer)], '404');
	if (shots)
		await page.screenshot({ path: `${shots}/error-404-390.png`, fullPage: true });
	await page.getByRole('link', { name: /home page|start page/ }).click();
	await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
});
