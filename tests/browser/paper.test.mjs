/* paper.test.mjs: what is printed can be read by a camera, and a printed page carries no navigation. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { account, sql } from '../http/harness.mjs';
import { end, inFolder, person, promise, scan } from './browser.mjs';

after(end);

/* Each page of a PDF, as a printer of 200 dots an inch would show it. */
function printed(pdf) {
	return inFolder((folder) => {
		const file = join(folder, 'paper.pdf');
		writeFileSync(file, pdf);
		execFileSync('pdftoppm', ['-r', '200', '-png', '-f', '1', '-l', '1', '-singlefile', file, join(folder, 'sheet')]);
		const text = execFileSync('pdftotext', ['-layout', file, '-'],
			{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
		return { picture: readFileSync(join(folder, 'sheet.png')), text };
	});
}

async function download(one, path, link) {
	await one.page.goto(path);
	const button = one.page.getByRole('link', { name: link, exact: true }).locator('visible=true').first();
	const answer = await one.context.request.get(await button.getAttribute('href'));
	assert.equal(answer.headers()['content-type'], 'application/pdf');
	return printed(await answer.body());
}

promise('a job card: its code leads to the work order', async () => {
	const { email } = account('technician');
	const [[id, number]] = await sql(`SELECT w.id, w.number FROM work_order w JOIN user u ON u.id = w.assignee_id
		WHERE u.email = '${email}' ORDER BY w.id DESC LIMIT 1`);
	const tom = await person('technician', { phone: true });
	const { picture, text } = await download(tom, `/work-orders/${id}`, 'Job card');
	assert.match(text, new RegExp(number));
	const address = await scan(picture);
	await tom.page.goto(address);
	await tom.page.getByRole('heading', { level: 1, name: number }).waitFor();
	await tom.close();
});

promise('a label: its code leads to the machine, and is written below it', async () => {
	const [[id, name, code]] = await sql('SELECT id, name, code FROM machine WHERE archived_at IS NULL ORDER BY id DESC LIMIT 1');
	const paul = await person('admin');
	const { picture, text } = await download(paul, `/machines/${id}`, 'Print the label');
	assert.ok(text.includes(code), text);
	await paul.page.goto(await scan(picture));
	await paul.page.getByRole('heading', { level: 1, name }).waitFor();
	assert.equal(new URL(paul.page.url()).pathname, `/machines/${id}`);
	await paul.close();
});

promise('a printed work order has no navigation, no buttons, and dark words on white', async () => {
	const [[id]] = await sql("SELECT id FROM work_order WHERE state = 'IN_PROGRESS' LIMIT 1");
	const mona = await person('manager', { theme: 'dark' });
	await mona.page.goto(`/work-orders/${id}`);
	assert.ok(await mona.page.getByRole('navigation', { name: 'Main' }).isVisible());
	await mona.page.emulateMedia({ media: 'print' });
	for (const nav of await mona.page.getByRole('navigation').all())
		assert.equal(await nav.isVisible(), false, await nav.getAttribute('aria-label'));
	assert.equal(await mona.page.locator('button:visible, summary.button:visible').count(), 0);
	const [ground, words] = await mona.page.evaluate(`[document.body, document.querySelector('h1')].map((e, i) =>
		getComputedStyle(e)[i ? 'color' : 'backgroundColor'].match(/\\d+/g).slice(0, 3).map(Number))`);
	assert.ok(ground.every((c) => c > 240) && words.every((c) => c < 80), `${words} on ${ground}`);
	await mona.close();
});
