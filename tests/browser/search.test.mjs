/* search.test.mjs: the box on every page: as one types, by the keyboard, without script, on a phone. */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { machine, mark, stage, until } from '../http/stage.mjs';
import { end, person, promise } from './browser.mjs';

after(end);

const s = await stage();
const m = mark();
const it = await machine(s.department, { name: `Press ${m}` });
const second = await machine(s.department, { name: `Press ${m} two` });

promise('results as one types, chosen by arrows, opened by Enter, closed by Escape', async () => {
	const { page } = await person('supervisor', { width: 1280, height: 800 });
	await page.goto('/');
	await page.keyboard.press('/');
	const box = page.locator('.side [data-search]');
	assert.equal(await box.evaluate((e) => e === document.activeElement), true);
	await until(async () => {
		await box.fill('');
		await box.pressSequentially(m, { delay: 30 });
		await page.waitForTimeout(500);
		return await page.locator('.found-panel [role=option]').count() >= 2;
	}, 20, 'the machines are shown');
	assert.equal(await box.getAttribute('aria-expanded'), 'true');
	assert.equal(await page.locator('.found-panel mark').first().textContent(), m);
	await page.keyboard.press('ArrowDown');
	const first = await box.getAttribute('aria-activedescendant');
	assert.equal(await page.locator(`[id="${first}"]`).getAttribute('aria-selected'), 'true');
	await page.keyboard.press('ArrowDown');
	assert.notEqual(await box.getAttribute('aria-activedescendant'), first);
	await page.keyboard.press('Escape');
	assert.equal(await box.getAttribute('aria-expanded'), 'false');
	assert.equal(await box.inputValue(), m, 'what was typed stays');
	await page.keyboard.press('ArrowDown');
	await page.locator('.found-panel [role=option]').first().waitFor();
	await page.keyboard.press('ArrowDown');
	const path = await page.locator('.found-panel [aria-selected=true]').getAttribute('href');
	await page.keyboard.press('Enter');
	await page.waitForURL(`**${path}`);
	assert.ok([`/machines/${it.id}`, `/machines/${second.id}`].includes(path));
});

promise('Enter without a choice opens the page of results; a number leads straight there', async () => {
	const { page } = await person('supervisor', { width: 1280, height: 800 });
	await page.goto('/machines');
	await page.keyboard.press('/');
	await page.keyboard.type(m, { delay: 60 });
	await page.keyboard.press('Enter');
	await page.waitForURL(`**/search?q=${m}`);
	assert.equal(await page.locator('.found mark').count() >= 2, true);
	await page.locator('main [data-search]').fill(it.number);
	await page.keyboard.press('Enter');
	await page.waitForURL(`**/machines/${it.id}`);
});

promise('without script the box is a form, and the same is found', async () => {
	const { page } = await person('supervisor', { width: 1280, height: 800, js: false });
	await page.goto('/');
	await page.locator('.side input[name=q]').fill(m.slice(1, 8));
	await page.locator('.side input[name=q]').press('Enter');
	await page.waitForURL('**/search?q=*');
	assert.equal(await page.locator(`.found a[href="/machines/${it.id}"]`).count(), 1);
});

promise('on a phone it is in the top bar, and results are as wide as the screen', async () => {
	const { page } = await person('technician', { width: 390, height: 844 });
	await page.goto('/');
	await page.locator('.topbar a[href="/search"]').click();
	await page.waitForURL('**/search');
	await page.locator('main [data-search]').pressSequentially(m, { delay: 60 });
	await page.locator('.found-panel [role=option]').first().waitFor();
	const box = await page.locator('main .found-panel').boundingBox();
	assert.ok(box.x >= 0 && box.width > 340 && box.x + box.width <= 390, JSON.stringify(box));
	assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
	await page.locator('.found-panel [role=option]').first().click();
	await page.waitForURL('**/machines/*');
});
