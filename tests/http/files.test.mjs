/* files.test.mjs: files of records: who may, versions, removal and retention, place data, ranges. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { folder, sql, words } from './harness.mjs';
import { department, inState, jpeg, machine, mark, one, part, person, png, sha256, stage, until } from './stage.mjs';

let s, admin;
before(async () => {
	s = await stage();
	admin = await person('ADMIN');
});

const add = (who, kind, record, files, more = {}) => who.act('/files/add', { kind, record, title: '', ...more }, { file: files });
async function added(who, kind, record, file, more) {
	const answer = await add(who, kind, record, [file], { script: '1', ...more });
	assert.equal(answer.status, 303, `${kind} ${record}: ${answer.status} ${words(answer).slice(0, 300)}`);
	return Number(/^\/files\/(\d+)\/view$/.exec(answer.location)[1]);
}
const note = (text = mark()) => ({ name: `${text}.txt`, bytes: Buffer.from(`Note ${text}\n`) });
const stored = (digest) => join(folder, 'files', digest.slice(0, 2), digest.slice(2, 4), digest);
const done = (id) => until(async () => await one(`SELECT picture FROM file f JOIN attachment a ON a.file_id = f.id
	WHERE a.id = ${id}`) === 'MADE', 30, `the pictures of ${id}`);
const looked = (id) => until(async () => await one(`SELECT picture FROM file f JOIN attachment a ON a.file_id = f.id
	WHERE a.id = ${id}`) !== 'WANTED', 30, `${id} is looked at`);
const acts = (kind, id) => sql(`SELECT act FROM event WHERE kind = '${kind}' AND record_id = ${id} AND act LIKE 'file.%' ORDER BY id`)
	.then((rows) => rows.map((r) => r[0]));

const pdf = (text) => Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj
% ${text}\ntrailer<</Root 1 0 R>>\n`);

test('files on any record, shown on its page, each an event', async () => {
	const places = [['machine', s.machine.id, '/machines/'], ['department', s.department, '/departments/'],
		['part', (await part()).id, '/parts/'], ['work_order', await inState(s, 'IN_PROGRESS'), '/work-orders/']];
	for (const [kind, id, base] of places) {
		const who = kind === 'work_order' ? s.technician : admin;
		const file = note();
		await added(who, kind, id, file);
		const page = await who.get(`${base}${id}`);
		assert.ok(words(page).includes(file.name), kind);
		assert.deepEqual(await acts(kind, id), ['file.added'], kind);
	}
});

test('who may see the record may see its files, and nobody else; who may not add is refused', async () => {
	const order = await inState(s, 'IN_PROGRESS');
	const hers = await added(s.technician, 'work_order', order, note());
	const other = await person('TECHNICIAN', [await department()]);
	for (const way of ['', '/view', '/small', '/large'])
		assert.equal((await other.get(`/files/${hers}${way}`)).status, 404, way);
	assert.equal((await add(other, 'work_order', order, [note()])).status, 404);
	assert.equal((await other.act(`/files/${hers}/remove`)).status, 404);
	const requester = await person('REQUESTER');
	const ofDepartment = await added(admin, 'department', s.department, note());
	assert.equal((await requester.get(`/files/${ofDepartment}`)).status, 404);
	assert.equal((await s.manager.get(`/files/${ofDepartment}`)).status, 200);
	assert.equal((await add(s.manager, 'department', s.department, [note()])).status, 403);
	for (const who of [s.technician, s.supervisor, s.manager])
		await added(who, 'machine', s.machine.id, note());
	for (const who of [s.inventory, requester])
		assert.equal((await add(who, 'machine', s.machine.id, [note()])).status, 403);
	for (const [kind, record] of [['nothing', 1], ['machine', 0], ['machine', 99999999]])
		assert.equal((await add(admin, kind, record, [note()])).status, 404, kind);
});

test('one’s own may be removed and named; somebody else’s only by who edits the record', async () => {
	const id = await added(s.technician, 'machine', s.machine.id, note());
	assert.equal((await s.technician2.act(`/files/${id}/remove`)).status, 403);
	await s.technician.must(`/files/${id}/change`, { title: 'How it is greased', manual: '1' });
	assert.equal(await one(`SELECT CONCAT(title, category) FROM attachment WHERE id = ${id}`), 'How it is greasedMANUAL');
	await s.technician.must(`/files/${id}/remove`);
	await admin.must(`/files/${id}/restore`);
	assert.deepEqual((await acts('machine', s.machine.id)).slice(-3), ['file.changed', 'file.removed', 'file.restored']);
});

test('the same bytes twice on a record are one file; on another record they share the bytes', async () => {
	const m = await machine(s.department), n = await machine(s.department), file = note();
	const first = await added(admin, 'machine', m.id, file);
	assert.equal(await added(admin, 'machine', m.id, { ...file, name: 'again.txt' }), first);
	assert.ok(words(await admin.get(`/machines/${m.id}`)).includes('again.txt was here already'));
	await added(admin, 'machine', n.id, file);
	assert.equal(await one(`SELECT COUNT(*) FROM attachment a JOIN file f ON f.id = a.file_id WHERE f.sha256 = '${sha256(file.bytes)}'`), '2');
	assert.equal(await one(`SELECT COUNT(*) FROM file WHERE sha256 = '${sha256(file.bytes)}'`), '1');
});

test('versions of a manual: the newest is shown, the old ones stay listed, removal brings the one before back', async () => {
	const m = await machine(s.department);
	const one_ = await added(admin, 'machine', m.id, { name: 'v1.pdf', bytes: pdf(mark()) }, { manual: '1' });
	const two = await added(admin, 'machine', m.id, { name: 'v2.pdf', bytes: pdf(mark()) }, { replaces: one_ });
	assert.equal(await one(`SELECT category FROM attachment WHERE id = ${two}`), 'MANUAL');
	const late = await add(admin, 'machine', m.id, [{ name: 'late.pdf', bytes: pdf(mark()) }], { replaces: one_ });
	assert.equal(late.status, 422);
	assert.ok(words(late).includes('newer version'));
	const foreign = await add(admin, 'machine', s.machine.id, [{ name: 'x.pdf', bytes: pdf(mark()) }], { replaces: two });
	assert.ok([404, 422].includes(foreign.status));
	const shown = async () => [...(await admin.get(`/machines/${m.id}`)).text.matchAll(/<bdi>(v\d\.pdf)<\/bdi><br>/g)].map((x) => x[1]);
	assert.deepEqual(await shown(), ['v2.pdf']);
	const page = words(await admin.get(`/files/${two}/view`));
	assert.match(page, /version 2 · v2\.pdf/);
	assert.match(page, /version 1 · v1\.pdf/);
	assert.ok(words(await admin.get(`/files/${one_}/view`)).includes('There is a newer version'));
	await admin.must(`/files/${two}/remove`);
	assert.deepEqual(await shown(), ['v1.pdf']);
	await admin.must(`/files/${two}/restore`);
	assert.deepEqual(await shown(), ['v2.pdf']);
});

test('removed: not sent, listed for undoing; its bytes go after the retention, shared ones stay', async () => {
	const m = await machine(s.department), n = await machine(s.department);
	const lone = note(), both = note();
	const a = await added(admin, 'machine', m.id, lone), b = await added(admin, 'machine', m.id, both);
	await added(admin, 'machine', n.id, both);
	for (const id of [a, b]) {
		await admin.must(`/files/${id}/remove`);
		assert.equal((await admin.get(`/files/${id}`)).status, 404);
	}
	assert.match((await admin.get(`/machines/${m.id}`)).text, new RegExp(`action="/files/${a}/restore"`));
	assert.ok(existsSync(stored(sha256(lone.bytes))));
	await sql(`UPDATE attachment SET removed_at = removed_at - INTERVAL 40 DAY WHERE id IN (${a}, ${b})`);
	await until(async () => !existsSync(stored(sha256(lone.bytes))), 90, 'the bytes are gone');
	await until(async () => await one(`SELECT waiting FROM attachment WHERE id = ${b}`) !== '1', 90, 'the other was looked at');
	assert.ok(existsSync(stored(sha256(both.bytes))));
	assert.equal((await admin.act(`/files/${a}/restore`)).status, 409);
	const again = await added(admin, 'machine', m.id, lone);	// sent anew, it is there anew
	assert.ok((await admin.get(`/files/${again}`)).bytes.equals(lone.bytes));
});

/* A JPEG of stage.mjs with EXIF behind its first two bytes: turned by orientation 6, and taken at 48° N. */
function located() {
	const entry = (tag, type, count, value) => {
		const e = Buffer.alloc(12);
		e.writeUInt16BE(tag, 0);
		e.writeUInt16BE(type, 2);
		e.writeUInt32BE(count, 4);
		if (type === 3)
			e.writeUInt16BE(value, 8);
		else if (type === 2)
			e.write(value, 8, 'latin1');
		else
			e.writeUInt32BE(value, 8);
		return e;
	};
	const ifd = (...entries) => Buffer.concat([Buffer.from([0, entries.length]), ...entries, Buffer.alloc(4)]);
	const first = 8, gps = first + 2 + 2 * 12 + 4, degrees = gps + 2 + 2 * 12 + 4;
	const where = Buffer.alloc(24);
	[48, 1, 51, 1, 24, 1].forEach((n, i) => where.writeUInt32BE(n, 4 * i));
	const tiff = Buffer.concat([Buffer.from('MM\0*\0\0\0\x08', 'latin1'),
		ifd(entry(0x0112, 3, 1, 6), entry(0x8825, 4, 1, gps)),
		ifd(entry(1, 2, 2, 'N\0'), entry(2, 5, 3, degrees)), where]);
	const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
	const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]);
	const plain = jpeg();
	plain.writeUInt16BE(16, plain.indexOf(Buffer.from([0xff, 0xc0])) + 7);	// 16 wide, 8 high
	const scan = plain.indexOf(Buffer.from([0xff, 0xda]));
	const wide = Buffer.concat([plain.subarray(0, scan + 10), Buffer.from([0x0f, 0xff, 0xd9])]);
	return Buffer.concat([wide.subarray(0, 2), head, body, wide.subarray(2)]);
}

function dimensions(bytes) {
	for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2))
		if (bytes[at + 1] >= 0xc0 && bytes[at + 1] <= 0xc2)
			return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
	return assert.fail('no size in the JPEG');
}

test('a photo is turned upright; where it was taken is nowhere, not even in the store', async () => {
	const bytes = located();
	assert.ok(bytes.includes('Exif'));
	const id = await added(s.technician, 'machine', s.machine.id, { name: 'phone.jpg', bytes });
	const early = await s.technician.get(`/files/${id}`);	// made already, or a sign that it is being made
	assert.ok(!early.bytes.includes('Exif'));
	await done(id);
	for (const way of ['', '/large', '/small']) {
		const file = await s.technician.get(`/files/${id}${way}`);
		assert.equal(file.headers.get('content-type'), 'image/jpeg', way);
		assert.ok(!file.bytes.includes('Exif'), way);
		assert.deepEqual(dimensions(file.bytes), [8, 16], `${way}: upright`);
	}
	await until(() => !existsSync(stored(sha256(bytes))), 10, 'the photo as it came is gone');
	await added(s.technician, 'work_order', await inState(s, 'IN_PROGRESS'), { name: 'again.jpg', bytes });
	await done(id);
	await until(() => !existsSync(stored(sha256(bytes))), 10, 'and again, when it is sent once more');
	assert.equal((await s.technician.get(`/files/${id}`)).status, 200);
});

/* A film of nothing, with the place where a phone writes it. */
function film(brand, place) {
	const box = (type, ...parts) => {
		const head = Buffer.alloc(8), body = Buffer.concat(parts.map((p) => Buffer.from(p, 'latin1')));
		head.writeUInt32BE(body.length + 8);
		head.write(type, 4, 'latin1');
		return Buffer.concat([head, body]);
	};
	const text = Buffer.from([0, place.length, 0x15, 0xc7]);
	const mvhd = Buffer.alloc(100);
	mvhd.writeUInt32BE(1000, 12);
	mvhd.writeUInt32BE(1000, 16);
	return Buffer.concat([box('ftyp', brand, '\x00\x00\x02\x00', brand), box('moov', box('mvhd', mvhd), box('udta', box('\xa9xyz', text, place))),
		box('mdat', `frames ${mark()}`.repeat(50))]);
}

test('a film loses the place where it was taken; until then nobody gets it; not even the store keeps it', async () => {
	for (const [name, brand, type] of [['a.mp4', 'isom', 'video/mp4'], ['b.mov', 'qt  ', 'video/quicktime']]) {
		const place = '+48.8577+002.2950/', bytes = film(brand, place);
		assert.ok(bytes.includes(place));
		const id = await added(s.technician, 'machine', s.machine.id, { name, bytes });
		await done(id);
		const sent = await s.technician.get(`/files/${id}`);
		assert.equal(sent.headers.get('content-type'), type);
		assert.ok(!sent.bytes.includes(place) && sent.bytes.includes('frames '), name);
		assert.equal((await s.technician.get(`/files/${id}`, { range: 'bytes=0-9' })).status, 206);
		await until(() => !existsSync(stored(sha256(bytes))), 5, 'the film as it came is gone');
		assert.equal((await s.technician.get(`/files/${id}/small`)).status, 404);
		await sql(`UPDATE file f JOIN attachment a ON a.file_id = f.id SET f.picture = 'WANTED', f.lease_until = UTC_TIMESTAMP(6) + INTERVAL 1 DAY
			WHERE a.id = ${id}`);
		assert.equal((await s.technician.get(`/files/${id}`)).status, 503);
		assert.match(words(await s.technician.get(`/files/${id}/view`)), /It is being prepared/);
	}
});

test('parts of a video, by ranges; in the page, with nothing around it that runs', async () => {
	const bytes = Buffer.concat([Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'), Buffer.alloc(5000, 7)]);
	bytes.write(mark(), 100);
	const id = await added(s.technician, 'machine', s.machine.id, { name: 'noise.mp4', bytes });
	await looked(id);	// it is no film: nothing can be taken out of it, and it is sent as it came
	const some = await s.technician.get(`/files/${id}`, { range: 'bytes=100-199' });
	assert.equal(some.status, 206);
	assert.equal(some.headers.get('content-range'), `bytes 100-199/${bytes.length}`);
	assert.equal(some.headers.get('content-type'), 'video/mp4');
	assert.match(some.headers.get('content-disposition'), /^inline; filename="noise\.mp4"/);
	assert.match(some.headers.get('content-security-policy'), /default-src 'none'.*sandbox/);
	assert.equal(some.headers.get('x-content-type-options'), 'nosniff');
	assert.ok(some.bytes.equals(bytes.subarray(100, 200)));
	assert.match((await s.technician.get(`/files/${id}/view`)).text, new RegExp(`<video controls preload="metadata" src="/files/${id}"`));
});

test('kinds by content, whatever the name says', async () => {
	const zip = (first) => Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), Buffer.alloc(16), Buffer.from([first.length, 0, 0, 0]), Buffer.from(first), Buffer.alloc(64, 1)]);
	for (const [name, bytes, why] of [['run.jpg', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'program'], ['a.exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500)]), 'program'],
		['a.pdf', Buffer.from('<html><script>1</script></html>'), 'web page'], ['a.docx', zip('evil.js'), 'archive'], ['none.txt', Buffer.alloc(0), 'empty'],
		['big.txt', Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), 'larger than 10 MB']]) {
		const answer = await add(admin, 'machine', s.machine.id, [{ name, bytes }]);
		assert.equal(answer.status, 422, name);
		assert.ok(words(answer).includes(name) && words(answer).includes(why), `${name}: ${words(answer).slice(0, 600)}`);
	}
	const id = await added(admin, 'machine', s.machine.id, { name: 'full.txt', bytes: Buffer.alloc(10 * 1024 * 1024, mark()) });
	assert.match((await admin.get(`/files/${id}`)).headers.get('content-disposition'), /^attachment/);
});

test('nothing in the store can be run or is anybody’s to write, and none of it is below the web root', async () => {
	await added(admin, 'machine', s.machine.id, note());
	const wrong = [];
	for (const top of readdirSync(join(folder, 'files')).filter((f) => /^[0-9a-f]{2}$/.test(f)))
		for (const next of readdirSync(join(folder, 'files', top)))
			for (const name of readdirSync(join(folder, 'files', top, next))) {
				const mode = statSync(join(folder, 'files', top, next, name)).mode & 0o7777;
				if (mode & 0o137)
					wrong.push(`${name} ${mode.toString(8)}`);
			}
	assert.deepEqual(wrong, []);
	for (const path of ['/files/../files/', '/_files/', '/_files/ab/cd/x', '/files/ab/cd'])
		assert.ok([400, 404].includes((await admin.request('GET', path)).status), path);
});
