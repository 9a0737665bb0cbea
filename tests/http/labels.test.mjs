/* labels.test.mjs: codes of every kind, replaced codes, sheets that zbarimg reads, ZPL that reaches a printer. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { Client, url, words } from './harness.mjs';
import { machine, mark, one, part, person, report, stage, until } from './stage.mjs';

const s = {};

before(async () => {
	Object.assign(s, await stage(), { admin: await person('ADMIN') });
});

/* Every code on every page of a PDF; zbarimg fits corners by chance, so it may look again. */
function codes(pdf, wanted, dots = ['300', '203', '400']) {
	const folder = mkdtempSync(join(tmpdir(), 'labels-'));
	const found = new Set();
	try {
		writeFileSync(join(folder, 'a.pdf'), pdf);
		for (const r of dots) {
			execFileSync('pdftoppm', ['-r', r, '-gray', '-png', join(folder, 'a.pdf'), join(folder, `p${r}`)]);
			const pages = execFileSync('ls', [folder], { encoding: 'utf8' }).split('\n').filter((f) => f.startsWith(`p${r}`));
			for (const page of pages)
				for (const line of execFileSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', join(folder, page)],
					{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n'))
					found.add(line);
			if (wanted.every((w) => found.has(w)))
				break;
		}
	} finally {
		rmSync(folder, { recursive: true });
	}
	return [...found].sort();
}

const place = async (who, code) => (await who.get(`/q/${code}`)).location;

test('a code leads to what each person does next', async () => {
	const m = await machine(s.department);
	assert.equal(await place(s.supervisor, m.code), `/machines/${m.id}/report`);
	assert.equal(await place(s.technician, m.code), `/machines/${m.id}`);
	const p = await part(3, 2);
	await s.admin.must(`/parts/${p.id}/code`);
	const code = await one(`SELECT code FROM part WHERE id = ${p.id}`);
	assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
	assert.equal(await place(s.manager, code), `/parts/${p.id}`);
	const order = await report(s.supervisor, m.id);
	await s.technician.must(`/work-orders/${order}/accept`);
	assert.match(await place(s.technician, code), new RegExp(`^/work-orders/${order}/parts\\?search=`));
	await s.admin.must(`/users/${s.technician.id}/code`);
	const badge = await one(`SELECT code FROM user WHERE id = ${s.technician.id}`);
	assert.equal(await place(s.manager, badge), `/users/${s.technician.id}`);
	assert.equal(await place(s.technician, badge), '/account');
	const other = await s.supervisor.get(`/q/${badge}`);
	assert.ok(words(other).includes(`This is the badge of ${s.technician.name}`), words(other));
});

test('a mistyped code and one that nobody has are told apart', async () => {
	const { code } = s.machine;
	const wrong = code.slice(0, 8) + (code[8] === '7' ? '8' : '7');
	const typo = await s.supervisor.get(`/q/${wrong}`);
	assert.equal(typo.status, 404);
	assert.match(words(typo), /mistyped/);
	const none = await s.supervisor.get('/q/0000-0000');
	assert.equal(none.status, 404);
	assert.match(words(none), /Nothing has this code/);
});

test('a replaced code says so, once in the history, and only an administrator replaces', async () => {
	const m = await machine(s.department);
	assert.equal((await s.supervisor.act(`/machines/${m.id}/code`)).status, 403);
	await s.admin.must(`/machines/${m.id}/code`);
	assert.notEqual(await one(`SELECT code FROM machine WHERE id = ${m.id}`), m.code);
	for (let i = 0; i < 2; i++) {
		const old = await s.technician.get(`/q/${m.code}`);
		assert.equal(old.status, 410);
		assert.match(words(old), /was replaced on/);
	}
	assert.equal((await new Client().get(`/q/${m.code}`)).status, 410);
	const acts = (what) => one(`SELECT COUNT(*) FROM event WHERE machine_id = ${m.id} AND act = '${what}'`);
	assert.equal(await acts('code.replaced'), '1');
	assert.equal(await acts('code.stale_scanned'), '1');
	assert.equal(await place(s.technician, await one(`SELECT code FROM machine WHERE id = ${m.id}`)), `/machines/${m.id}`);
});

test('records are added by number and by code; what is not found is told', async () => {
	const m = await machine(s.department);
	const by = await s.supervisor.get(`/labels?kind=machine&ids=${s.machine.id}&add=${m.number}`);
	assert.match(by.location, new RegExp(`ids=${s.machine.id},${m.id}&`));
	const both = await s.supervisor.get(`/labels?kind=machine&add=${encodeURIComponent(`${m.code}, ${url}/q/${s.machine.code}`)}`);
	assert.match(both.location, new RegExp(`ids=${m.id},${s.machine.id}&`));
	const none = await s.supervisor.get('/labels?kind=machine&add=NO-SUCH');
	assert.equal(none.status, 422);
	assert.match(words(none), /NO-SUCH/);
	assert.equal((await s.supervisor.get('/labels?kind=user')).status, 403);
});

test('a sheet of several machines, begun at the third label, is read completely', async () => {
	const list = [];
	for (let i = 0; i < 6; i++)
		list.push(await machine(s.department, { name: `Scie à ruban nº ${i}` }));
	const wanted = list.map((m) => `${url}/q/${m.code}`).sort();
	for (const format of ['a4-3x7', 'a4-2x5', '50x30']) {
		const pdf = await s.supervisor.get(`/labels/sheet.pdf?kind=machine&ids=${list.map((m) => m.id)}&format=${format}&start=3`);
		assert.equal(pdf.headers.get('content-type'), 'application/pdf');
		assert.deepEqual(codes(pdf.bytes, wanted), wanted, format);
	}
	const svg = await s.supervisor.get(`/labels/preview.svg?kind=machine&ids=${list[0].id}&format=a4-3x7`);
	assert.match(svg.text, /^<svg .*<\/svg>$/s);
});

test('a ZPL printer that an administrator registered gets the labels by TCP', async () => {
	const heard = [];
	const printer = net.createServer((c) => c.on('data', (d) => heard.push(d)));
	await new Promise((r) => printer.listen(0, '127.0.0.1', r));
	const name = `Zebra ${mark()}`;
	const made = await s.admin.submit('/printers/new', { name, kind: 'ZPL', host: '127.0.0.1',
		port: printer.address().port, dpi: '203', offset_x: '0', offset_y: '0', scale: '100', note: '' });
	const id = made.location.split('/').pop();
	const fields = { kind: 'machine', ids: s.machine.id, format: '50x30', copies: 2, level: 'Q', printer: id, set: '1', name: '1' };
	const where = await s.supervisor.must('/labels/print', fields);
	assert.match(where, /^\/labels\?/);
	await until(async () => (await one(`SELECT state FROM label_print WHERE printer_id = ${id}`)) === 'SENT', 20);
	await new Promise((r) => printer.close(r));
	const zpl = Buffer.concat(heard).toString();
	assert.match(zpl, new RegExp(`\\^FDQA,${url}/q/${s.machine.code}\\^FS`));
	assert.match(zpl, /\^PQ2\^XZ/);
	assert.equal(await one(`SELECT COUNT(*) FROM event WHERE act = 'printer.sent' AND record_id = ${id}`), '1');
	const away = await s.supervisor.act('/labels/print', { ...fields, format: 'a4-3x7' });
	assert.equal(away.status, 409);
});

test('what was measured on the calibration sheet becomes the printer’s offset', async () => {
	const made = await s.admin.submit('/printers/new', { name: `Laser ${mark()}`, kind: 'PAPER', host: '', port: '', dpi: '',
		offset_x: '', offset_y: '', scale: '', note: '' });
	const id = made.location.split('/').pop();
	const pdf = await s.supervisor.get(`/printers/${id}/calibration.pdf?format=a4-3x7`);
	assert.equal(pdf.headers.get('content-type'), 'application/pdf');
	await s.admin.must(`/printers/${id}/calibrate`, { format: 'a4-3x7', left: '18.5', top: '21', across: '' });
	assert.equal(await one(`SELECT CONCAT(offset_x, ' ', offset_y, ' ', scale) FROM printer WHERE id = ${id}`), '1.5000 -1.0000 100.0000');
	assert.equal((await s.admin.act(`/printers/${id}/calibrate`, { format: 'a4-3x7', left: '20', top: '20', across: '3' })).status, 422);
});

test('a printer that shortens and shifts is right after one calibration', async () => {
	const made = await s.admin.submit('/printers/new', { name: `Laser ${mark()}`, kind: 'PAPER', host: '', port: '', dpi: '',
		offset_x: '', offset_y: '', scale: '', note: '' });
	const id = made.location.split('/').pop();
	/* It prints 98 % of everything, 1.2 mm to the right and 0.7 mm too high; the crosses are 170 mm from each other. */
	const prints = (at, off) => (0.98 * at + off).toFixed(4);
	await s.admin.must(`/printers/${id}/calibrate`, { format: 'a4-3x7', left: prints(20, 1.2), top: prints(20, -0.7),
		across: (170 * 0.98).toFixed(4) });
	const [x, y, scale] = (await one(`SELECT CONCAT_WS(' ', offset_x, offset_y, scale) FROM printer WHERE id = ${id}`))
		.split(' ').map(Number);
	for (const at of [0, 20, 190]) {
		assert.ok(Math.abs(prints(at * scale / 100 + x, 1.2) - at) < 0.02, `${at} mm from the left`);
		assert.ok(Math.abs(prints(at * scale / 100 + y, -0.7) - at) < 0.02, `${at} mm from the top`);
	}
});
