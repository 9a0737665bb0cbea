/* list.test.mjs: the list of a register on a phone and by keyboard. */
import assert from 'node:assert/strict';
import { after } from 'node:test';

import { end, person, promise } from './browser.mjs';

after(end);

promise('on a phone the filters wait behind a button; the first record stands on the first screen', async () => {
	const { page, close } = await person('technician', { phone: true }).then((p) => ({ page: p.page, close: () => p.close() }));
	await page.goto('/machines');
	const status = page.locator('select[name=status]');
	assert.equal(await status.isVisible(), false);
	assert.ok((await page.locator('tbody tr').first().boundingBox()).y < 600, 'rows before the fold');
	await page.getByText('Filters', { exact: true }).click();
	assert.equal(new URL(page.url()).search, '', 'opening them asks for nothing');
	await status.selectOption('DOWN');
	await page.waitForURL(/status=DOWN/);
	await page.getByText('Status: Down').waitFor();
	await close();
});

promise('by keyboard: the filters’ button is a checkbox that space ticks; a chip goes away with Enter', async () => {
	const anna = await person('technician', { width: 390 });
	await anna.page.goto('/machines?status=DOWN&status=OPERATIONAL');
	await anna.page.getByRole('checkbox', { name: 'Filters' }).focus();
	await anna.page.keyboard.press('Space');
	await anna.page.locator('select[name=department]').waitFor();
	await anna.page.getByRole('link', { name: 'Status: Down' }).focus();
	await anna.page.keyboard.press('Enter');
	await anna.page.waitForURL((to) => to.search === '?status=OPERATIONAL');
	await anna.close();
});

promise('at a desk all filters stand there, and no button for them', async () => {
	const anna = await person('technician');
	await anna.page.goto('/machines');
	assert.equal(await anna.page.locator('select[name=status]').isVisible(), true);
	assert.equal(await anna.page.getByText('Filters', { exact: true }).isVisible(), false);
	await anna.close();
});
