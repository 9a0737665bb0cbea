/* pwa.test.mjs: it can be installed, it starts without a network, and it keeps nothing that it should not. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { account, sql, url } from '../http/harness.mjs';
import { args, executablePath, promise, until } from './browser.mjs';

let folder, context, tom;

/* A context with a folder of its own: Chromium installs nothing in a private one. */
before(async () => {
	folder = mkdtempSync(join(tmpdir(), 'browser-'));
	context = await chromium.launchPersistentContext(folder, { executablePath, args, baseURL: url, locale: 'en-GB',
		viewport: { width: 390, height: 844 } });
});
after(async () => {
	await context?.close();
	rmSync(folder, { recursive: true, force: true });
});

const cached = (page) => page.evaluate(`caches.keys().then(async (names) => Object.fromEntries(await Promise.all(names.map(
	async (n) => [n, (await (await caches.open(n)).keys()).map((r) => r.method + ' ' + new URL(r.url).pathname)]))))`);

async function signIn() {
	const page = await context.newPage();
	const { email, password } = account('technician');
	await page.goto('/sign-in');
	await page.evaluate('navigator.serviceWorker.ready.then(() => 1)');
	await page.getByLabel('E-mail').fill(email);
	await page.getByLabel('Password').fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
	return page;
}

promise('Chromium finds nothing that stands against installing it', async () => {
	tom = await signIn();
	const cdp = await context.newCDPSession(tom);
	await tom.reload();
	const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
	assert.deepEqual(installabilityErrors.filter((e) => e.errorId !== 'in-incognito'), []);
	const { errors, data } = await cdp.send('Page.getAppManifest');
	assert.deepEqual(errors, []);
	assert.equal(JSON.parse(data).name, 'Millwright');
});

promise('the shell and the offline page are kept from the first visit on', async () => {
	const kept = await until(async () => {
		const all = await cached(tom);
		const shell = Object.entries(all).find(([name]) => name.startsWith('shell-'));
		return shell && shell[1].length > 5 && shell[1];
	});
	for (const wanted of [/\/offline$/, /app\.css$/, /app\.js$/, /icons\.svg$/, /\.woff2$/])
		assert.ok(kept.some((path) => wanted.test(path)), `${wanted} in ${kept}`);
});

promise('pages of one’s work open without a network and say their age; others say that there is none', async () => {
	const { email } = account('technician');
	const [[id, number]] = await sql(`SELECT w.id, w.number FROM work_order w JOIN user u ON u.id = w.assignee_id
		WHERE u.email = '${email}' AND w.state IN ('IN_PROGRESS', 'WAITING_PARTS') ORDER BY w.id LIMIT 1`);
	const answer = await tom.goto(`/work-orders/${id}`);
	assert.equal(answer.headers()['x-offline'], 'keep');
	await tom.goto('/account');
	await until(async () => (await cached(tom)).pages?.includes(`GET /work-orders/${id}`));
	await context.setOffline(true);
	await tom.goto(`/work-orders/${id}`);
	await tom.getByRole('heading', { level: 1, name: number }).waitFor();
	await tom.getByText('Saved copy from').waitFor();
	await tom.goto('/departments');
	await tom.getByRole('heading', { level: 1, name: 'No network' }).waitFor();
	await context.setOffline(false);
	await tom.getByRole('link', { name: 'Try again' }).click();
	await tom.getByRole('heading', { level: 1, name: 'Departments' }).waitFor();
});

promise('nothing of the sign-in, of files or of what was sent is kept', async () => {
	for (const path of Object.values(await cached(tom)).flat())
		assert.doesNotMatch(path, /^POST| \/(sign-in|files|account|forgot|set-password)/);
});

promise('signing out takes the kept pages away', async () => {
	await tom.goto('/technician/work');
	await until(async () => (await cached(tom)).pages?.length > 0);
	await tom.getByRole('button', { name: 'Menu' }).click();
	await tom.getByRole('button', { name: 'Sign out' }).click();
	await tom.waitForURL(/sign-in/);
	assert.deepEqual((await cached(tom)).pages ?? [], []);
	await context.setOffline(true);
	await tom.goto('/technician/work');
	await tom.getByRole('heading', { level: 1, name: 'No network' }).waitFor();
});
