/* scan.test.mjs: codes are scanned with the camera inside the page.  The camera is Chromium's, which plays a file of ours. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { account, forms, sql, url } from '../http/harness.mjs';
import { args, client, cookies, executablePath, person, promise, until } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDE = 640, HIGH = 480, SIDE = 300;
let folder, film, withCamera, asking, without, machine, part, anna, tom, supervisor;

async function coded(table) {
	const [[id, number]] = await sql(`SELECT id, number FROM ${table} WHERE archived_at IS NULL ORDER BY id LIMIT 1`);
	const one = async () => (await sql(`SELECT code FROM ${table} WHERE id = ${id} AND code IS NOT NULL`))[0]?.[0];
	if (!await one()) {
		const admin = await client('admin'), { csrf, once } = forms(await admin.get('/account')).find((f) => f.hidden.once).hidden;
		await admin.post(`/${table}s/${id}/code`, { csrf, once });
	}
	return { id, number, code: await one() };
}

/* The same supervisor each time: signing in takes long. */
async function who(options) {
	const one = await person(undefined, { phone: true, browser: withCamera, kept: options.browser === undefined, ...options });
	await one.context.addCookies([...supervisor, { name: 'language', value: options.language ?? 'en', url }]);
	return one;
}

before(async () => {
	folder = mkdtempSync(join(tmpdir(), 'browser-'));
	film = join(folder, 'film.y4m');
	writeFileSync(film, frames(Buffer.alloc(WIDE * HIGH, 255)));
	withCamera = await chromium.launch({ executablePath, args: [...args, '--use-fake-device-for-media-stream',
		'--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film}`] });
	machine = await coded('machine');
	part = await coded('part');
	supervisor = await cookies('supervisor');
	anna = await who({});
	tom = await person('technician', { phone: true, browser: withCamera, kept: true, serviceWorkers: 'allow' });
});
after(async () => {
	await anna?.close();
	await tom?.close();
	await withCamera?.close();
	await asking?.close();
	await without?.close();
	rmSync(folder, { recursive: true });
});

/* A film of one picture: YUV4MPEG2, the brightness first, then no colour. */
function frames(luma) {
	const grey = Buffer.alloc(WIDE * HIGH / 2, 128);
	return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDE} H${HIGH} F10:1 Ip A1:1 C420\n`),
		...[1, 2].flatMap(() => [Buffer.from('FRAME\n'), luma, grey])]);
}

/* A picture of that address of ours, a little turned: what a photo or the camera would show. */
async function hold(page, svg) {
	const luma = await page.evaluate(async ({ svg, WIDE, HIGH, SIDE }) => {
		const picture = new Image(), canvas = document.createElement('canvas'), c = canvas.getContext('2d');
		picture.src = svg;
		await picture.decode();
		Object.assign(canvas, { width: WIDE, height: HIGH });
		c.fillStyle = '#ddd';
		c.fillRect(0, 0, WIDE, HIGH);
		c.translate(WIDE / 2, HIGH / 2);
		c.rotate(0.12);
		c.drawImage(picture, -SIDE / 2, -SIDE / 2, SIDE, SIDE);
		const { data } = c.getImageData(0, 0, WIDE, HIGH);
		return Array.from({ length: WIDE * HIGH }, (_, i) => data[4 * i]);
	}, { svg, WIDE, HIGH, SIDE });
	writeFileSync(film, frames(Buffer.from(luma)));
}
const holdCode = (page, { code }) => hold(page, `/q/${code}/code.svg`);

/* A detector as phones have one, which sees that text. */
const detects = (page, text) => page.evaluate(`globalThis.BarcodeDetector = class {
	static getSupportedFormats = async () => ["qr_code", "code_128"];
	detect = async () => [{ rawValue: ${JSON.stringify(text)} }];
}`);

const view = (page) => page.getByRole('dialog', { name: 'Scan a code' });
const press = (page) => page.locator('.topbar').getByRole('button', { name: 'Scan a code' }).click();

promise('a code of the plant before the camera opens what comes next; the reader is loaded only then', async () => {
	const paths = [];
	anna.page.on('request', (r) => paths.push(new URL(r.url()).pathname));
	anna.context.on('request', (r) => paths.push(new URL(r.url()).pathname));
	await anna.page.goto('/');
	await holdCode(anna.page, machine);
	assert.deepEqual(paths.filter((p) => /\/(scan|zxing)\//.test(p)), []);
	await press(anna.page);
	await anna.page.waitForURL(`**/machines/${machine.id}/report`);
	assert.ok(paths.some((p) => /\/scan\/dialog\.js$/.test(p)));
});

promise('a browser with a detector of its own uses that', async () => {
	await anna.page.goto('/');
	await hold(anna.page, `/q/${part.code}/code.svg`);
	await detects(anna.page, `${url}/q/${machine.code}`);
	await anna.page.locator('main').getByRole('link', { name: 'Scan a machine' }).click();
	await anna.page.waitForURL(`**/machines/${machine.id}/report`);
});

promise('a code from elsewhere is said to be one, and can be searched for', async () => {
	const text = 'https://elsewhere.example/q/7KQ2-9XB4?<b>';
	await anna.page.goto('/');
	await detects(anna.page, text);
	await anna.page.locator('.bottombar').getByRole('link', { name: 'Scan' }).click();
	await view(anna.page).getByRole('status').getByText('not from this plant').waitFor();
	assert.equal(new URL(anna.page.url()).pathname, '/');
	assert.equal(await view(anna.page).locator('.scanner-text').innerText(), text);
	await view(anna.page).getByRole('link', { name: 'Search for it' }).click();
	await anna.page.waitForURL((to) => to.searchParams.get('q') === text);
});

promise('a code goes into the field that asks for one, and the work goes on', async () => {
	const [[work]] = await sql(`SELECT w.id FROM work_order w JOIN user u ON u.id = w.assignee_id
		WHERE u.email = '${account('technician').email}' AND w.state = 'IN_PROGRESS' LIMIT 1`);
	await tom.page.goto(`/work-orders/${work}/parts`);
	await detects(tom.page, `${url}/q/${part.code}`);
	await tom.page.locator('main').getByRole('button', { name: 'Scan a code' }).click();
	await tom.page.getByRole('heading', { name: 'Found in the store' }).waitFor();
	assert.equal(await tom.page.getByRole('searchbox').inputValue(), part.code);
	assert.deepEqual(await tom.page.locator('.pick bdi').allInnerTexts(), [part.number]);
});

promise('Escape and the button end it and the camera; the focus stays inside, then returns', async () => {
	const { page } = anna;
	await page.goto('/');
	await detects(page, '');
	await page.evaluate(`{
		globalThis.tracks = [];
		const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
		navigator.mediaDevices.getUserMedia = async (w) => { const s = await ask(w); tracks.push(...s.getTracks()); return s; };
	}`);
	const button = page.locator('.topbar').getByRole('button', { name: 'Scan a code' });
	const live = () => page.evaluate('tracks.map((t) => t.readyState).join()');
	for (const [n, end] of [() => page.keyboard.press('Escape'),
		() => view(page).getByRole('button', { name: 'Close the camera' }).click()].entries()) {
		await button.focus();
		await page.keyboard.press('Enter');
		await view(page).getByText('Point the camera at a code.').waitFor();
		assert.match(await live(), /live$/);
		await page.evaluate(`window.axe || (${'() => {'}${axe}})()`);
		assert.deepEqual(await page.evaluate(`axe.run('dialog').then((r) => r.violations.map((v) => v.id))`), []);
		for (let i = 0; i < 6; i++) {
			await page.keyboard.press('Tab');
			assert.ok(await page.evaluate('document.activeElement === document.body || document.activeElement.closest("dialog") !== null'));
		}
		await end();
		await until(async () => await live() === Array(n + 1).fill('ended').join());
		assert.equal(await view(page).count(), 0);
		assert.ok(await button.evaluate((b) => b === document.activeElement));
	}
});

promise('a refused camera is said, and the code can be typed', async () => {
	asking = await chromium.launch({ executablePath, args: [...args, '--use-fake-device-for-media-stream'] });
	const { page, context } = await who({ browser: asking });
	await page.goto('/');
	const cdp = await context.newCDPSession(page);
	await cdp.send('Browser.setPermission', { permission: { name: 'camera' }, setting: 'denied', origin: url });
	await press(page);
	await view(page).getByRole('status').getByText('The camera may not be used here.').waitFor();
	/* A photo is taken without that permission. */
	const photo = page.locator('.scanner-photo input');
	await photo.setInputFiles({ name: 'floor.png', mimeType: 'image/png', buffer: await page.locator('.brand').first().screenshot() });
	await view(page).getByRole('status').getByText('No code was found in the photo.').waitFor();
	await (await page.context().newPage()).goto(`/q/${machine.code}/code.svg`);
	await photo.setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: await page.context().pages()[1].screenshot() });
	await page.waitForURL(`**/machines/${machine.id}/report`);
	/* And the code is typed. */
	await page.goto('/');
	await press(page);
	await view(page).getByRole('status').getByText('The camera may not be used here.').waitFor();
	await page.keyboard.type(machine.code.toLowerCase().replace('-', ''));
	await page.keyboard.press('Enter');
	await page.waitForURL(`**/machines/${machine.id}/report`);
});

promise('a device without a camera, in French; a machine’s number will do', async () => {
	without = await chromium.launch({ executablePath, args: [...args, '--use-fake-ui-for-media-stream'] });
	const { page } = await who({ browser: without, language: 'fr' });
	await page.goto('/');
	await page.locator('.topbar').getByRole('button', { name: 'Scanner un code' }).click();
	await page.getByText('Cet appareil n’a pas de caméra.').waitFor();
	await page.getByRole('textbox', { name: 'Ou saisissez le code' }).fill(machine.number);
	await page.getByRole('button', { name: 'L’ouvrir' }).click();
	await page.waitForURL(`**/machines/${machine.id}`);
});

promise('without script there is no button, and the page where codes are typed', async () => {
	const { page } = await who({ browser: without, js: false });
	await page.goto('/');
	assert.equal(await page.getByRole('button', { name: 'Scan a code' }).count(), 0);
	await page.getByRole('main').getByRole('link', { name: 'Scan a machine' }).click();
	await page.getByLabel('Code or number of the machine').fill(machine.code);
	await page.getByRole('button', { name: 'Open the machine' }).click();
	await page.waitForURL(`**/machines/${machine.id}/report`);
});

promise('once used, it reads without a network', async () => {
	const { page, context } = tom;
	await page.goto('/technician/work');
	await page.evaluate('navigator.serviceWorker.ready.then(() => 1)');
	await holdCode(page, part);
	await page.reload();
	await press(page);
	await page.waitForURL((to) => to.pathname !== '/technician/work');
	await until(() => page.evaluate(`caches.keys().then(async (names) => (await Promise.all(names.map(async (n) =>
		(await (await caches.open(n)).keys()).map((r) => r.url)))).flat().some((u) => u.endsWith('.wasm')))`));
	/* A machine whose page is kept opens; of the others it is said that there is no network. */
	await page.goto(`/machines/${machine.id}`);
	await page.goto('/technician/work');
	await holdCode(page, machine);
	await context.setOffline(true);
	await press(page);
	await page.waitForURL(`**/machines/${machine.id}`);
	await page.goto(`/q/${part.code}`);
	await page.getByRole('heading', { level: 1, name: 'No network' }).waitFor();
	await context.setOffline(false);
	tom.heard();
});
