/* machine.test.mjs: at the machine with a phone and gloves: what one needs is there without scrolling, and by keyboard. */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { sql, url } from '../http/harness.mjs';
import { machine, mark, one, report, stage } from '../http/stage.mjs';
import { end, person, promise } from './browser.mjs';

after(end);

/* A person of the stage at a browser: the session that the test has for them. */
async function at(who, more = {}) {
	const one_ = await person(undefined, more);
	await one_.context.addCookies([...who.cookies].map(([name, value]) => ({ name, value, url })));
	return one_;
}

/* All of it lies on the first screen, above the bar below. */
async function seen(page, what) {
	const box = await page.getByRole(...what).boundingBox();
	const bar = await page.locator('.bottombar').boundingBox();
	assert.ok(box && box.y >= 0 && box.y + box.height <= bar.y, `${what[1].name}: ${JSON.stringify(box)}, the bar at ${bar.y}`);
	assert.ok(box.height >= 48 && box.width >= 48, 'large enough for gloves');
}

promise('a phone at the machine: state, report, start and the open work order on the first screen', async () => {
	const s = await stage();
	const m = await machine(s.department, { location: 'Hall 1, bay 3' });
	const id = await report(s.supervisor, m.id, { machine_down: '1' });
	const number = await one(`SELECT number FROM work_order WHERE id = ${id}`);
	const supervisor = await at(s.supervisor, { phone: true });
	await supervisor.page.goto(`/machines/${m.id}`);
	await seen(supervisor.page, ['link', { name: 'Report a problem' }]);
	assert.ok(await supervisor.page.getByText('Stands since').isVisible());
	const { page } = await at(s.technician, { phone: true });
	await page.goto(`/machines/${m.id}`);
	await seen(page, ['button', { name: `Start ${number}` }]);
	const card = await page.locator('.job').first().boundingBox();
	assert.ok(card.y < 700, `the work order begins at ${card.y}`);
	await page.getByRole('button', { name: `Start ${number}` }).tap();
	await page.waitForURL(/work-orders/);
	assert.equal(await one(`SELECT state FROM work_order WHERE id = ${id}`), 'IN_PROGRESS');
});

promise('the figures of the year come behind the page, each the way to its records', async () => {
	const s = await stage();
	const m = await machine(s.department);
	await sql(`INSERT INTO stop (machine_id, started_at, ended_at, failure)
		VALUES (${m.id}, NOW(6) - INTERVAL 30 HOUR, NOW(6) - INTERVAL 28 HOUR, 1)`);
	const { page } = await at(s.manager);
	await page.goto(`/machines/${m.id}`);
	const figures = page.getByRole('region', { name: 'Figures' });
	await figures.getByText('MTBF, between failures').waitFor();
	await figures.getByRole('link', { name: '2 h', exact: true }).click();
	await page.waitForURL(/stops\?from=/);
	assert.equal(await page.locator('tbody tr').count(), 1);
});

promise('a reading by keyboard alone; a lower one is asked about and answered', async () => {
	const s = await stage();
	const meter = await one(`INSERT INTO meter (machine_id, name, unit) VALUES (${s.machine.id}, 'Hours ${mark()}', 'h') RETURNING id`);
	await sql(`INSERT INTO meter_reading (meter_id, at, value) VALUES (${meter}, NOW(6) - INTERVAL 1 DAY, 500)`);
	const { page } = await at(s.technician);
	await page.goto(`/machines/${s.machine.id}`);
	await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Meters' }).focus();
	await page.keyboard.press('Enter');
	await page.getByRole('link', { name: /^Hours/ }).focus();
	await page.keyboard.press('Enter');
	await page.waitForURL(/meters/);
	await page.getByLabel('Reading', { exact: true }).focus();
	await page.keyboard.type('12');
	await page.keyboard.press('Enter');
	await page.getByText('Did the counter begin at 0 again?').first().waitFor();
	await page.getByLabel('It began at 0 again').focus();
	await page.keyboard.press('Space');
	await page.keyboard.press('Enter');
	await page.getByText('is recorded.').waitFor();
	assert.equal(await one(`SELECT CONCAT(value, ' ', carried) FROM meter_reading WHERE meter_id = ${meter} ORDER BY id DESC LIMIT 1`),
		'12.0000 500.0000');
});

promise('charts fill their width, at every width, and keep their text readable', async () => {
	for (const width of [390, 1440]) {
		const { page } = await person('manager', { width, height: 844 });
		await page.goto(`/machines/${await one('SELECT MIN(machine_id) FROM meter')}/figures`);
		const plot = await page.locator('.plot svg').first().boundingBox();
		const box = await page.locator('.plot').first().boundingBox();
		assert.ok(plot.width > box.width * 0.7 && plot.height > 150, JSON.stringify(plot));
		assert.ok(await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('.plot')).fontSize)) >= 12);
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
	}
});
