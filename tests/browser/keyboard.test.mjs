/* keyboard.test.mjs: everything can be done without a mouse, and a scanner that types opens a machine. */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { account, sql } from '../http/harness.mjs';
import { end, person, promise } from './browser.mjs';

after(end);

/* As a person types: slower than a scanner, with hardly a pause. */
const typing = { delay: 50 };

const focused = (page) => page.evaluate(`(() => {
	const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
	const box = e.closest('label.choice, label.check, label.search, label.picker, form.search') ?? e;
	const rings = [e, box].map((x) => getComputedStyle(x)).some((c) => c.outlineStyle !== 'none' && parseFloat(c.outlineWidth) >= 2
		|| c.boxShadow !== 'none');
	return { tag: e.tagName, name: e.name ?? '', text: (e.innerText ?? '').trim().slice(0, 60), id: e.id, href: e.getAttribute('href'),
		ring: rings, seen: r.bottom > 0 && r.top < innerHeight && r.right > 0 };
})()`);

/* The same, when what it brings about (scrolling, a link that slides in) has had its moment. */
async function shown(page) {
	let at = await focused(page);
	for (let i = 0; i < 20 && at.tag !== 'BODY' && !(at.ring && at.seen); i++) {
		await page.waitForTimeout(50);
		at = await focused(page);
	}
	return at;
}

/* Tab, until what is true of the focused element; each stop shows that it has the focus, and is on the screen. */
async function tabTo(page, what, most = 80) {
	for (let i = 0; i < most; i++) {
		await page.keyboard.press('Tab');
		const at = await shown(page);
		if (at.tag === 'BODY')
			continue;
		assert.ok(at.ring, `no visible focus: ${JSON.stringify(at)}`);
		assert.ok(at.seen, `the focus is out of sight: ${JSON.stringify(at)}`);
		if (what(at))
			return at;
	}
	throw new Error(`not reached by ${most} tabs: ${what}`);
}

promise('from the sign-in to a sent report by the keyboard alone', async () => {
	const [[id, code]] = await sql(`SELECT id, code FROM machine m WHERE department_id IN (1, 2) AND archived_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM work_order w WHERE w.machine_id = m.id
		AND w.state IN ('PENDING', 'IN_PROGRESS', 'WAITING_PARTS')) ORDER BY id DESC LIMIT 1`);
	const { email, password } = account('supervisor');
	const anna = await person(undefined, { width: 1280, height: 720 }), { page } = anna, { keyboard } = page;
	await page.goto(`/q/${code}`);
	await tabTo(page, (at) => at.name === 'email');
	await keyboard.type(email, typing);
	await tabTo(page, (at) => at.name === 'password');
	await keyboard.type(password);	// as a password manager
	await keyboard.press('Enter');
	await page.waitForURL(`**/machines/${id}/report`);
	await page.getByLabel('In your words').waitFor();
	await tabTo(page, (at) => at.name === 'machine_down');
	await keyboard.press('Space');
	await tabTo(page, (at) => at.name === 'priority');
	for (let i = 0; i < 3; i++)
		await keyboard.press('ArrowDown');
	await tabTo(page, (at) => at.name === 'description');
	await keyboard.type('Reported without a mouse', typing);
	await tabTo(page, (at) => at.text === 'Send the report');
	await keyboard.press('Enter');
	await page.waitForURL(/\/work-orders\/\d+/);
	await page.getByText('Reported without a mouse').first().waitFor();
	await page.getByText(/^Down for/).waitFor();
	await anna.close();
});

promise('the first stop of each page skips to the content', async () => {
	const mona = await person('manager'), { page } = mona;
	for (const path of ['/', '/machines', '/work-orders']) {
		await page.goto(path);
		await page.keyboard.press('Tab');
		const at = await shown(page);
		assert.equal(at.href, '#main', path);
		assert.ok(at.seen && at.ring, 'it is seen when it has the focus');
		await page.keyboard.press('Enter');
		assert.equal((await focused(page)).id, 'main', path);
	}
	await mona.close();
});

promise('a refused form tells first what is wrong, and leads there', async () => {
	const [[id]] = await sql(`SELECT id FROM machine m WHERE department_id IN (1, 2) AND archived_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM work_order w WHERE w.machine_id = m.id
		AND w.state IN ('PENDING', 'IN_PROGRESS', 'WAITING_PARTS')) ORDER BY id LIMIT 1`);
	const anna = await person('supervisor'), { page } = anna;
	await page.goto(`/machines/${id}/report`);
	await page.getByRole('button', { name: 'Send the report' }).press('Enter');
	await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
	assert.match(await page.title(), /^Error: /);
	assert.match((await focused(page)).text, /^There is a problem/);
	await page.getByRole('alert').getByRole('link').last().press('Enter');
	assert.equal((await focused(page)).name, 'description');
	await anna.close();
});

promise('"/" goes to the search, "g m" to the machines', async () => {
	const mona = await person('manager'), { page } = mona;
	await page.goto('/work-orders');
	await page.keyboard.press('/');
	assert.equal((await focused(page)).name, 'q');
	assert.equal(await page.locator('input[name=q]').first().inputValue(), '');
	await page.keyboard.type('PRS-000', typing);
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/search\?q=PRS-000/);
	await page.getByRole('link', { name: /PRS-0001/ }).first().waitFor();
	await page.locator('main').focus();
	await page.keyboard.press('g');
	await page.keyboard.press('m');
	await page.waitForURL('**/machines');
	await mona.close();
});

promise('a scanner that types opens the machine, wherever the focus is', async () => {
	const [[id, code]] = await sql('SELECT id, code FROM machine WHERE department_id = 1 ORDER BY id LIMIT 1');
	const tom = await person('technician'), { page } = tom;
	for (const field of [null, 'number']) {
		await page.goto('/work-orders');
		if (field)
			await page.locator(`input[name=${field}]`).focus();
		/* Keys as fast as a scanner's: those of the driver come one round trip apart. */
		await page.evaluate(`for (const key of [...${JSON.stringify(code)}, 'Enter'])
			document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))`);
		await page.waitForURL(`**/machines/${id}`);
	}
	await tom.close();
});
