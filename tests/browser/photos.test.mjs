/* photos.test.mjs: what is too large is left out before it is sent. */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { sql } from '../http/harness.mjs';
import { end, person, promise } from './browser.mjs';

after(end);

promise('a photo larger than the plant’s setting is left out, and said so; the others stay', async () => {
	const [[machine]] = await sql(`SELECT m.id FROM machine m WHERE m.archived_at IS NULL AND NOT EXISTS
		(SELECT 1 FROM work_order w WHERE w.machine_id = m.id AND w.state NOT IN ('COMPLETED', 'CANCELLED')) ORDER BY m.id LIMIT 1`);
	const [[most]] = await sql('SELECT file_most_mb FROM plant');
	const { page } = await person('supervisor', { phone: true });
	await page.goto(`/machines/${machine}/report`);
	const field = page.locator('input[type=file][name=photo]');
	/* HEIC is not made smaller by Chromium, so it stays as large as it is. */
	await field.setInputFiles([{ name: 'huge.heic', mimeType: 'image/heic', buffer: Buffer.alloc(Number(most) * 1048576 + 1) },
		{ name: 'small.heic', mimeType: 'image/heic', buffer: Buffer.alloc(1000, 1) }]);
	await page.getByRole('alert').getByText(`Left out, because larger than ${most} MB: huge.heic`).waitFor();
	assert.deepEqual(await field.evaluate((f) => [...f.files].map((one) => one.name)), ['small.heic']);
	await field.setInputFiles([{ name: 'other.heic', mimeType: 'image/heic', buffer: Buffer.alloc(1000, 2) }]);
	await page.getByAltText('other.heic').waitFor();
	assert.equal(await page.getByRole('alert').getByText('Left out').count(), 0);
});
