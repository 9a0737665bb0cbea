/*
 * pages.test.mjs: every page of `millwright routes`, for people who may see it, at four widths, light and dark, English and French.
 *
 * SHOTS=folder keeps a picture of each page there, by width, theme and language.  PAGES=/path tests only that route.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
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
const others = /\.pdf$|\.csv$|\.xlsx$|\.svg$|^\/(health|ready|q|activity\/exports)\b|^\/files\/:id(\/(small|large))?$/;

const routes = execFileSync(`${process.env.BUILD ?? 'build'}/millwright`, ['routes'], { cwd: root, encoding: 'utf8' })
	.trimEnd().split('\n').map((line) => line.split('\t')).filter(([method]) => method === 'GET')
	.map(([, path, permission]) => ({ path, permission }))
	.filter((r) => !others.test(r.path) && (!process.env.PAGES || r.path === process.env.PAGES));

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

/* Where a route with an :id leads for that person. */
async function place(path, role) {
	if (path === '/set-password')
		return null;	// only by the link of a mail
	if ((path === '/register' || path === '/patterns') && (await (await client(role)).get(path)).status === 404)
		return null;	// by a setting
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

async function accessible(page, where) {
	await page.evaluate(`window.axe || (${'() => {'}${axe}})()`);
	const { violations } = await page.evaluate((only) =>
		window.axe.run(document, { runOnly: only, resultTypes: ['violations'] }), tags);
	assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' | ')} ${v.nodes[0].any[0]?.message ?? ''}`),
		[], where);
}

/* No page is wider than the screen; what is wider scrolls in a box of its own. */
async function fits(page, where) {
	const wide = await page.evaluate(() => {
		const most = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= most)
			return null;
		return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > most + 1)
			.slice(0, 3).map((e) => e.outerHTML.slice(0, 120));
	});
	assert.equal(wide, null, `${where} is too wide for ${page.viewportSize().width}`);
}

async function atEveryWidth(page, where, name) {
	for (const width of widths) {
		await page.setViewportSize({ width, height: 900 });
		await fits(page, where);
		if (shots && width !== 320)
			await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
	}
	if (!shots)
		return;
	await page.emulateMedia({ colorScheme: name.endsWith('fr-dark') ? 'light' : 'dark' });
	for (const width of [390, 1440]) {
		await page.setViewportSize({ width, height: 900 });
		await page.screenshot({ path: `${shots}/${name}-${width}-turned.png`, fullPage: true });
	}
	await page.emulateMedia({ colorScheme: name.endsWith('fr-dark') ? 'dark' : 'light' });
}

async function valid(page, answer, where) {
	const report = await html.validateString(await answer.text());
	assert.deepEqual(report.results.flatMap((r) => r.messages)
		.map((m) => `${m.ruleId} ${m.line}: ${m.message}`).slice(0, 8), [], `${where}: the HTML`);
}

/* msgid → msgstr, where they differ and the msgid is neither a pattern nor a word of the plant's own data. */
async function catalogue() {
	const data = new Set((await sql('SELECT name FROM failure_code')).flat());
	const text = readFileSync(new URL('templates/fr.po', root), 'utf8').replace(/"\n"/g, '');
	const said = new Map();
	for (const [, id, str] of text.matchAll(/^msgid "(.+)"\nmsgstr "(.+)"/gm))
		if (id !== str && !/[{|]/.test(id) && !data.has(id))
			said.set(id.replace(/\\"/g, '"'), str);
	return said;
}

async function inFrench(page, where) {
	const said = await catalogue();
	assert.ok(said.size > 100, `only ${said.size} texts in fr.po`);
	const texts = await page.evaluate(() => {
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
		for (let n = walk.nextNode(); n; n = walk.nextNode())
			if (!n.parentElement.closest('bdi, [dir=auto], script, template, [lang]:not(html)'))
				found.push(n.data.trim());
		for (const e of document.querySelectorAll('[aria-label], [placeholder], [alt]'))
			found.push(e.getAttribute('aria-label') ?? '', e.getAttribute('placeholder') ?? '', e.getAttribute('alt') ?? '');
		return found.filter(Boolean);
	});
	assert.deepEqual([...new Set(texts.filter((t) => said.has(t)))], [], `${where}: English is left`);
}

async function look(path, role, language) {
	const where = `${path} (${role ?? 'a stranger'}, ${language})`;
	const { page } = await looker(role, language);
	await page.setViewportSize({ width: language === 'fr' ? 1440 : 390, height: 900 });
	const answer = await page.goto(path);
	assert.equal(answer.status(), 200, where);
	assert.equal(await page.getAttribute('html', 'lang'), language, where);
	await accessible(page, where);
	if (language === 'en')
		await valid(page, answer, where);
	else
		await inFrench(page, where);
	const name = `${path.replace(/\d+/, 'N').replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home'}-${role ?? 'stranger'}`;
	await atEveryWidth(page, where, `${name}-${language}${language === 'fr' ? '-dark' : ''}`);
	assert.deepEqual((await looker(role, language)).heard(), [], `${where}: the console`);
}

before(() => { if (shots) mkdirSync(shots, { recursive: true }); });
after(end);

for (const route of routes)
	for (const role of lookers(route))
		promise(`${route.path} for ${role ?? 'a stranger'}`, async (t) => {
			const path = await place(route.path, role);
			if (path === null)
				return t.skip('needs a link, or a setting');
			for (const language of ['en', 'fr'])
				await looker(role, language);	// one sign-in at a time
			await Promise.all(['en', 'fr'].map((language) => look(path, role, language)));
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
			await accessible(page, where);
			await fits(page, where);
			await valid(page, answer, where);
			if (shots)
				await page.screenshot({ path: `${shots}/error-${action.replace(/\W+/g, '-')}-390.png`, fullPage: true });
			assert.deepEqual((await looker(role, 'en')).heard(), []);
		});

promise('a page that is not there says so, and leads back', async () => {
	const { page } = await looker('manager', 'en');
	const answer = await page.goto('/work-orders/999999999');
	assert.equal(answer.status(), 404);
	await accessible(page, '404');
	await valid(page, answer, '404');
	if (shots)
		await page.screenshot({ path: `${shots}/error-404-390.png`, fullPage: true });
	await page.getByRole('link', { name: /home page|start page/ }).click();
	await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
});
