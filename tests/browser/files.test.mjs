/* files.test.mjs: files of a record in the browser: chosen, dragged, pasted, drawn on, sent with progress, looked at. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { department, machine, one, png, sha256 } from '../http/stage.mjs';
import { sql, url } from '../http/harness.mjs';
import { end, person, promise, until } from './browser.mjs';

const shots = process.env.SHOTS;
let place, photo;

before(async () => {
	place = await department();
	const tom = await person('technician');
	await tom.page.goto('/');
	photo = await tom.page.screenshot({ type: 'jpeg' });
	await tom.close();
});
after(end);

async function open(options = {}) {
	const m = await machine(place);
	const mia = await person('manager', options);
	await mia.page.goto(`/machines/${m.id}`);
	if (options.js !== false)
		await mia.page.locator('form[data-ready]').waitFor({ state: 'attached' });
	return { m, mia, page: mia.page, panel: mia.page.locator('form[data-upload]') };
}

const shot = async (page, name) => shots && page.screenshot({ path: `${shots}/files-${name}.png`, fullPage: true });
const attached = (id) => sql(`SELECT a.name, a.category, f.type, f.sha256 FROM attachment a JOIN file f ON f.id = a.file_id
	WHERE a.kind = 'machine' AND a.record_id = ${id} AND a.removed_at IS NULL ORDER BY a.id`);

const pdf = () => Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 60>>stream\nBT /F1 40 Tf 60 700 Td (Manual ${sha256(String(Math.random())).slice(0, 8)}) Tj ET \nendstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n`);

/* A drop or a paste with these files, as the browser would make it. */
const bring = (page, selector, kind, files) => page.evaluate(async ([to, what, list]) => {
	const data = new DataTransfer();
	for (const { name, type, base64 } of list) {
		const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
		data.items.add(new File([bytes], name, { type }));
	}
	const event = what === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
		: new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
	document.querySelector(to).dispatchEvent(event);
}, [selector, kind, files.map((f) => ({ ...f, base64: f.bytes.toString('base64') }))]);

promise('several files at once: chosen, sent one by one with progress, and there', async () => {
	const { m, mia, page, panel } = await open();
	await page.locator('summary', { hasText: 'Add files' }).click();
	await panel.locator('#file-input').setInputFiles([
		{ name: 'press.jpg', mimeType: 'image/jpeg', buffer: photo },
		{ name: 'manual.pdf', mimeType: 'application/pdf', buffer: pdf() },
		{ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('Grease every week.\n') }]);
	await panel.getByText('note.txt', { exact: true }).waitFor();
	await panel.getByLabel('It is a manual').check();
	await shot(page, 'chosen');
	let bars = 0;
	await page.route('**/files/add', async (route) => {
		bars += await panel.locator('progress').count();
		await route.continue();
	});
	await panel.getByRole('button', { name: 'Send', exact: true }).click();
	await page.locator('#files .count').waitFor();
	assert.equal(bars, 3);
	assert.deepEqual((await attached(m.id)).map((r) => r.slice(0, 2)),
		[['press.jpg', 'PHOTO'], ['manual.pdf', 'MANUAL'], ['note.txt', 'MANUAL']]);
	await until(async () => await page.evaluate(() => [...document.querySelectorAll('#files img')].length === 2
		&& [...document.querySelectorAll('#files img')].every((i) => i.complete && i.naturalWidth > 96)));
	await shot(page, 'section');
	await mia.close();
});

promise('dragged and pasted; what is refused says why, and the rest is sent', async () => {
	const { m, mia, page, panel } = await open();
	await bring(page, '#files', 'drop', [{ name: 'dropped.png', type: 'image/png', bytes: png() }]);
	await panel.getByText('dropped.png', { exact: true }).waitFor();
	await bring(page, 'body', 'paste', [{ name: 'pasted.png', type: 'image/png', bytes: png() },
		{ name: 'logo.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') }]);
	await panel.getByText('logo.svg', { exact: true }).waitFor();
	await panel.getByRole('button', { name: 'Send', exact: true }).click();
	await panel.locator('.complaint', { hasText: 'SVG' }).waitFor();
	await shot(page, 'refused');
	assert.deepEqual((await attached(m.id)).map((r) => r[0]).sort(), ['dropped.png', 'pasted.png']);
	await panel.getByRole('button', { name: 'Remove: logo.svg' }).click();
	await panel.getByText('logo.svg', { exact: true }).waitFor({ state: 'detached' });
	mia.heard();	// Chromium counts the 422 as an error
	await mia.close();
});

promise('the network goes while a file is on its way: sent again, it is there once', async () => {
	const { m, mia, page, panel } = await open();
	await bring(page, '#files', 'drop', [{ name: 'once.txt', type: 'text/plain', bytes: Buffer.from(`Once ${m.number}`) }]);
	await panel.getByText('once.txt', { exact: true }).waitFor();
	let tries = 0;
	await page.route('**/files/add', async (route) => {
		if (tries++ > 0)
			return route.continue();
		await route.fetch({ maxRedirects: 0 });	// it arrives, but nobody hears of it
		await route.abort('connectionreset');
	});
	await panel.getByRole('button', { name: 'Send', exact: true }).click();
	await panel.locator('.complaint').waitFor();
	assert.equal((await attached(m.id)).length, 1);
	await panel.getByRole('button', { name: 'Try again: once.txt' }).click();
	await page.locator('#files .count').waitFor();
	assert.equal((await attached(m.id)).length, 1);
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'file.added' AND machine_id = ${m.id}`), '1');
	mia.heard();
	await mia.close();
});

promise('an arrow, a circle and words are drawn on a photo before it is sent', async () => {
	const { m, mia, page, panel } = await open({ phone: true });
	await page.locator('summary', { hasText: 'Add files' }).click();
	await panel.locator('#file-input').setInputFiles([{ name: 'leak.jpg', mimeType: 'image/jpeg', buffer: photo }]);
	await panel.getByRole('button', { name: 'Draw on it: leak.jpg' }).click();
	const dialog = page.getByRole('dialog');
	const box = await dialog.locator('canvas').boundingBox();
	const reds = () => dialog.locator('canvas').evaluate((c) => {
		const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
		let n = 0;
		for (let i = 0; i < d.length; i += 4)
			n += d[i] === 224 && d[i + 1] === 32 && d[i + 2] === 32;
		return n;
	});
	const pull = async (x, y, x2, y2) => {
		await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
		await page.mouse.down();
		await page.mouse.move(box.x + box.width * x2, box.y + box.height * y2, { steps: 5 });
		await page.mouse.up();
	};
	assert.equal(await reds(), 0);
	await pull(0.2, 0.2, 0.5, 0.5);
	const arrow = await reds();
	assert.ok(arrow > 100);
	await dialog.getByRole('button', { name: 'Circle' }).click();
	await pull(0.5, 0.4, 0.8, 0.8);
	const both = await reds();
	assert.ok(both > arrow);
	await dialog.getByRole('button', { name: 'Undo' }).click();
	assert.equal(await reds(), arrow);
	await pull(0.5, 0.4, 0.8, 0.8);
	await dialog.getByRole('button', { name: 'Words' }).click();
	await dialog.getByRole('textbox').fill('Oil leaks here');
	await page.mouse.click(box.x + box.width * 0.1, box.y + box.height * 0.3);
	assert.ok(await reds() > both);
	await shot(page, 'draw-390');
	await dialog.getByRole('button', { name: 'Done' }).click();
	await panel.getByRole('button', { name: 'Send', exact: true }).click();
	await page.locator('#files .count').waitFor();
	const [[, , type, digest]] = await attached(m.id);
	assert.equal(type, 'image/jpeg');
	assert.notEqual(digest, sha256(photo));
	await shot(page, 'section-390');
	await mia.close();
});

promise('what is pressed while a photo is being drawn into its file waits for it', async () => {
	const { m, mia, page, panel } = await open({ phone: true });
	await page.evaluate(() => {
		const made = HTMLCanvasElement.prototype.toBlob;
		HTMLCanvasElement.prototype.toBlob = function (done, ...how) {
			setTimeout(() => made.call(this, done, ...how), 1500);
		};
	});
	await page.locator('summary', { hasText: 'Add files' }).click();
	await panel.locator('#file-input').setInputFiles([{ name: 'slow.jpg', mimeType: 'image/jpeg', buffer: photo }]);
	await panel.getByRole('button', { name: 'Draw on it: slow.jpg' }).click();
	const canvas = page.getByRole('dialog').locator('canvas');
	await canvas.focus();
	for (const key of ['Enter', 'Shift+ArrowUp', 'Shift+ArrowUp', 'Enter'])
		await page.keyboard.press(key);
	await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
	await panel.getByRole('button', { name: 'Send', exact: true }).click();
	await page.locator('#files .count').waitFor();
	const [[, , , digest]] = await attached(m.id);
	assert.notEqual(digest, sha256(photo), 'it was drawn on');
	await mia.close();
});

promise('an arrow is drawn on a photo by the keyboard alone', async () => {
	const { m, mia, page, panel } = await open();
	await page.locator('summary', { hasText: 'Add files' }).click();
	await panel.locator('#file-input').setInputFiles([{ name: 'leak.jpg', mimeType: 'image/jpeg', buffer: photo }]);
	const button = panel.getByRole('button', { name: 'Draw on it: leak.jpg' });
	await button.focus();
	await page.keyboard.press('Enter');
	const dialog = page.getByRole('dialog');
	await dialog.waitFor();
	const focused = () => page.evaluate(() => document.activeElement.tagName);
	for (let i = 0; i < 8 && await focused() !== 'CANVAS'; i++)
		await page.keyboard.press('Tab');
	assert.equal(await focused(), 'CANVAS');
	await page.keyboard.press('Enter');
	for (let i = 0; i < 6; i++)
		await page.keyboard.press(i % 2 ? 'Shift+ArrowRight' : 'ArrowUp');
	assert.ok(await dialog.getByText('On the keyboard').isVisible());
	await shot(page, 'draw-keys');
	await page.keyboard.press('Enter');
	while (await page.evaluate(() => document.activeElement.textContent) !== 'Done')
		await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await panel.getByRole('button', { name: 'Send', exact: true }).click();
	await page.locator('#files .count').waitFor();
	const [[, , type, digest]] = await attached(m.id);
	assert.equal(type, 'image/jpeg');
	assert.notEqual(digest, sha256(photo), 'it was drawn on');
	await mia.close();
});

promise('one photo large, the next by the keyboard; a manual shows its first page, its versions, and is removed and restored', async () => {
	const { m, mia, page } = await open();
	const add = async (files, more = {}) => {
		const hidden = await page.locator('form[data-upload]').evaluate((f) => ({ csrf: f.elements.csrf.value }));
		for (const file of files)
			assert.ok((await mia.context.request.post('/files/add', { headers: { origin: url }, multipart: { ...hidden, once: sha256(file.name + m.id).slice(0, 32), kind: 'machine',
				record: String(m.id), title: '', ...more, file } })).ok(), file.name);
	};
	await add([{ name: 'one.jpg', mimeType: 'image/jpeg', buffer: photo }, { name: 'two.png', mimeType: 'image/png', buffer: png() }]);
	await add([{ name: 'manual-1.pdf', mimeType: 'application/pdf', buffer: pdf() }], { manual: '1' });
	await until(async () => await one(`SELECT COUNT(*) FROM attachment a JOIN file f ON f.id = a.file_id
		WHERE a.kind = 'machine' AND a.record_id = ${m.id} AND f.picture = 'MADE'`) === '3');
	await page.reload();
	await page.locator('#files .photos a').first().click();
	await page.getByRole('heading', { level: 1, name: 'two.png' }).waitFor();
	await page.keyboard.press('ArrowRight');
	await page.getByRole('heading', { level: 1, name: 'one.jpg' }).waitFor();
	await shot(page, 'photo');
	await page.keyboard.press('ArrowLeft');
	await page.getByRole('heading', { level: 1, name: 'two.png' }).waitFor();
	await page.goto(`/machines/${m.id}`);
	await page.locator('#files').getByRole('link', { name: 'manual-1.pdf' }).click();
	await page.getByRole('link', { name: 'New version' }).click();
	await page.locator('#file-input').setInputFiles([{ name: 'manual-2.pdf', mimeType: 'application/pdf', buffer: pdf() }]);
	await shot(page, 'version');
	await page.getByRole('button', { name: 'Send', exact: true }).click();
	await page.locator('#files').getByRole('link', { name: 'manual-2.pdf' }).click();
	await page.getByRole('heading', { name: 'Versions' }).waitFor();
	assert.equal(await page.getByRole('img', { name: 'First page of' }).count(), 1);
	await until(() => page.getByRole('img', { name: 'First page of' }).evaluate((i) => i.complete && i.naturalWidth > 500));
	await shot(page, 'manual');
	await page.locator('summary', { hasText: 'Remove' }).click();
	await page.getByRole('button', { name: 'Remove the file' }).click();
	await page.locator('#files').getByRole('link', { name: 'manual-1.pdf' }).waitFor();
	await page.locator('summary', { hasText: 'Removed files' }).click();
	await shot(page, 'removed');
	await page.getByRole('button', { name: 'Restore manual-2.pdf' }).click();
	await page.locator('#files').getByRole('link', { name: 'manual-2.pdf' }).waitFor();
	await mia.close();
});

promise('without script: several files by the form, in one go', async () => {
	const { m, mia, page } = await open({ js: false });
	await page.goto(`/files/add?kind=machine&record=${m.id}`);
	await page.locator('#file-input').setInputFiles([{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo },
		{ name: 'b.png', mimeType: 'image/png', buffer: png() }]);
	await page.getByRole('button', { name: 'Send', exact: true }).click();
	await page.getByText('2 files were added.').waitFor();
	assert.equal((await attached(m.id)).length, 2);
	await mia.close();
});
