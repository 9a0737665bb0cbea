/* list.test.mjs: the list of a register on a phone and by keyboard. */
import assert from 'node:assert/strict';
import { after } from 'node:test';

import { account, sql } from '../http/harness.mjs';
import { mark, one, quote } from '../http/stage.mjs';
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
	await anna.page.locator('select[name=criticality], select[name=status]').first().waitFor();
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

promise('a list of very many codes on a phone: a word is typed, a large button chosen', async () => {
	const m = mark().slice(-6);
	const made = [];
	for (let i = 0; i < 60; i++)
		made.push(`('PROBLEM', '${m}${i}', 'Rotor ${m} n° ${i}', '')`);
	await sql(`INSERT INTO failure_code (kind, code, name, name_fr) VALUES ${made.join()}`);
	try {
		const ben = await person('supervisor', { phone: true });
		const id = await one(`SELECT m.id FROM machine m JOIN user_department d ON d.department_id = m.department_id
			JOIN user u ON u.id = d.user_id WHERE u.email = ${quote(account('supervisor').email)} AND m.archived_at IS NULL LIMIT 1`);
		await ben.page.goto(`/machines/${id}/report?another=1`);
		await ben.page.getByPlaceholder('Search in this list').fill(`${m} 7`);
		const choice = ben.page.getByRole('button', { name: `Rotor ${m} n° 7`, exact: true });
		assert.ok((await choice.boundingBox()).height >= 44, 'for gloves');
		await choice.tap();
		assert.equal(await ben.page.locator('select[name=problem_code_id] option:checked').innerText(), `Rotor ${m} n° 7`);
		await ben.page.getByPlaceholder('Search in this list').fill('zzzz');
		await ben.page.getByText('Nothing matches').waitFor();
		await ben.close();
	} finally {
		await sql(`UPDATE failure_code SET archived_at = UTC_TIMESTAMP(6) WHERE code LIKE '${m}%'`);
	}
});

promise('what is ticked on one page goes along to the next, until something is done with it', async () => {
	const anna = await person('admin');
	const { page } = anna;
	await page.goto('/machines?sort=number');
	const first = await page.locator('tbody input[name=id]').first().getAttribute('value');
	await page.locator('tbody input[name=id]').first().check();
	await page.locator('.pager a[href*="after="]').first().click();
	await page.waitForURL(/after=/);
	await page.getByText('Ticked on other pages: 1').waitFor();
	const second = await page.locator('tbody input[name=id]').first().getAttribute('value');
	await page.locator('tbody input[name=id]').first().check();
	await page.goBack();
	await page.getByText('Ticked on other pages: 1').waitFor();
	assert.equal(await page.locator('tbody input[name=id]').first().isChecked(), true);
	await page.locator('#bulk select').selectOption('labels');
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.waitForURL(/\/labels/);
	assert.deepEqual(new URL(page.url()).searchParams.get('ids').split(',').sort(), [first, second].sort());
	await page.goto('/machines?sort=number');
	assert.equal(await page.locator('tbody input:checked').count(), 0, 'done: nothing is ticked any more');
	await page.locator('tbody input[name=id]').first().check();
	await page.goto('/machines?sort=-number');
	assert.equal(await page.getByText('Ticked on other pages').isVisible(), false, 'another list');
	await anna.close();
});
