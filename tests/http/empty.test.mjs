/* empty.test.mjs: a plant that is new says how it begins; no page of it breaks, or leads nowhere. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Client, folder, sql, url, words } from './harness.mjs';
import { inParallel, mark, routes } from './stage.mjs';

const name = `e${mark()}`, host = `${name}.example`, people = {};
const millwright = (...args) => promisify(execFile)(`${process.env.BUILD ?? 'build'}/millwright`, args,
	{ cwd: new URL('../../', import.meta.url), env: { ...process.env, MILLWRIGHT_CONF: `${folder}/conf/millwright.conf` } });

before(async () => {
	await millwright('site', 'create', name, '--host', host);
	for (const role of ['admin', 'technician']) {
		const { stdout } = await millwright('user', 'create', '--site', name, '--email', `${role}@${host}`, '--name', role, '--role', role);
		const one = new Client(), [, email, password] = stdout.trim().split('\t');
		one.headers = { host: `${host}:${new URL(url).port}` };
		one.origin = `http://${one.headers.host}`;
		people[role] = await one.signIn({ email, password });
	}
});
after(() => sql(`DELETE h FROM site_host h JOIN site s ON s.id = h.site_id WHERE s.name = '${name}';
	DELETE FROM site WHERE name = '${name}'; DROP DATABASE mw_${name}`, 'mw_directory'));

test('every page of an empty plant answers, for who may do everything and for who works', async () => {
	const plain = routes.filter(({ method, pattern }) => method === 'GET' && !/:|suggest$|^\/files\/add$/.test(pattern));
	await inParallel(plain, 6, async ({ pattern }) => {
		for (const [role, one] of Object.entries(people))
			assert.ok([200, 303, 403, 404].includes((await one.get(pattern)).status), `${role} ${pattern}`);
	});
});

test('an administrator’s first page says what comes first, and that it was done', async () => {
	const { admin } = people;
	let page = await admin.get('/');
	for (const href of ['/departments/new', '/users/new', '/machines/new', '/imports/new', '/labels'])
		assert.match(page.text, new RegExp(`<ol class="links">[^]*href="${href}"[^]*</ol>`), href);
	assert.match(words(page), /Add the departments Machines/);
	assert.doesNotMatch(words(page), /All done/);
	assert.doesNotMatch(words(await people.technician.get('/')), /Set up the plant/);
	for (const path of ['/', '/technician/work'])
		assert.match(words(await people.technician.get(path)), /You belong to no department yet/);
	assert.doesNotMatch(words(page), /You belong to no department/);
	/* A machine needs a department: its form leads there. */
	assert.match((await admin.get('/machines/new')).text, /nothing to choose yet\. <a href="\/departments\/new">/);
	assert.equal((await admin.submit('/departments/new', { name: 'Press shop' })).status, 303);
	page = await admin.get('/');
	assert.match(words(page), /Add the departments Done/);
	assert.doesNotMatch((await admin.get('/machines/new')).text, /nothing to choose yet/);
});

test('an empty register says what it is for, and who may can add or import', async () => {
	for (const [base, kind] of [['/parts', 'part'], ['/vendors', 'vendor'], ['/machines', 'machine']]) {
		const page = await people.admin.get(base);
		assert.match(page.text, new RegExp(`<div class="empty">[^]*href="${base}/new"[^]*href="/imports/new\\?kind=${kind}"`), base);
		assert.match((await people.admin.get(`/imports/new?kind=${kind}`)).text, new RegExp(`<option value="${kind}" selected`));
		const seen = await people.technician.get(base);
		if (seen.status === 200)
			assert.doesNotMatch(seen.text, /imports\/new/);
	}
});
