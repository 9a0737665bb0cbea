/*
 * file_samples.test.mjs: hostile and broken files: what becomes of each, as a table, and that it is so.
 *
 * refused: 422, nothing is kept.  text: only ever downloaded, as plain text called *.txt.  download: only ever downloaded.
 * picture: sent as a JPEG that was made of it.  nothing: taken, but it cannot be read as a photo: no picture, and its
 * bytes are not sent to anybody.  Sound pictures are read by a program of Debian's: the sanitized run, which is about
 * ours, takes every fifth of them.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { words } from './harness.mjs';
import { department, inParallel, machine, one, person, until } from './stage.mjs';

const shared = process.env.SHARED ?? new URL('../../../shared', import.meta.url).pathname;
const attacks = {
	'test.dtd': 'refused',	// markup
	'test.eml': 'text',	// words that only a mail program would run
	'test.gif': 'picture',	// a JPEG, whatever its name says
	'test.html': 'refused',
	'test.json': 'text',
	'test.pdf': 'download',	// its links lead to script; what is shown is a picture of its page
	'test.svg': 'refused',
	'test.vml': 'refused',
	'test.wbxml': 'refused',
	'test.xml': 'refused',
	'test.xxe': 'refused',
	'test.zip': 'refused',
};
/* The corrupt ones, by why; every other is a picture. */
const pictures = {
	'xcrn0g04.png': 'refused', 'xlfn0g04.png': 'refused',	// line ends changed on the way
	'xs1n0g01.png': 'refused', 'xs2n0g01.png': 'refused', 'xs4n0g01.png': 'refused', 'xs7n0g01.png': 'refused',	// signature
	'xc1n0g08.png': 'nothing', 'xc9n2c08.png': 'nothing',	// colour type
	'xd0n2c08.png': 'nothing', 'xd3n2c08.png': 'nothing', 'xd9n2c08.png': 'nothing',	// bit depth
	'xdtn0g01.png': 'nothing',	// no image data
	'xcsn0g01.png': 'nothing', 'xhdn0g08.png': 'nothing',	// check sums
};

let mia, m;
before(async () => {
	mia = await person('MANAGER');
	m = await machine(await department());
});

async function send(name, bytes) {
	const answer = await mia.act('/files/add', { kind: 'machine', record: m.id, title: name, script: '1' }, { file: [{ name, bytes }] });
	return { answer, id: answer.status === 303 ? Number(/\d+/.exec(answer.location)[0]) : 0 };
}

function harmless(answer, what) {
	assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', what);
	assert.match(answer.headers.get('content-security-policy'), /default-src 'none'.*sandbox/, what);
}

const picture = (id) => until(() => one(`SELECT IF(picture = 'WANTED', NULL, picture) FROM file f
	JOIN attachment a ON a.file_id = f.id WHERE a.id = ${id}`), 60, `the picture of ${id}`);

const check = {
	async refused(name, bytes) {
		const { answer } = await send(name, bytes);
		assert.equal(answer.status, 422, name);
		assert.ok(words(answer).includes(name), `${name}: who is told does not know which file`);
		assert.equal(await one(`SELECT COUNT(*) FROM attachment WHERE record_id = ${m.id} AND kind = 'machine' AND title = '${name}'`), '0');
	},
	async text(name, bytes) {
		const { id } = await send(name, bytes);
		const file = await mia.get(`/files/${id}`);
		harmless(file, name);
		assert.match(file.headers.get('content-type'), /^text\/plain/, name);
		assert.match(file.headers.get('content-disposition'), /^attachment; filename="[^"]*\.txt"/, name);
		assert.ok(file.bytes.equals(bytes), name);
	},
	async download(name, bytes) {
		const { id } = await send(name, bytes);
		const file = await mia.get(`/files/${id}`);
		harmless(file, name);
		assert.match(file.headers.get('content-disposition'), /^attachment; /, name);
		assert.equal(await picture(id), 'MADE', name);
		const page = await mia.get(`/files/${id}/large`);
		harmless(page, name);
		assert.equal(page.headers.get('content-type'), 'image/jpeg', name);
		assert.ok(page.bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])), name);
	},
	async picture(name, bytes) {
		const { id } = await send(name, bytes);
		assert.equal(await picture(id), 'MADE', name);
		for (const way of ['', '/large', '/small']) {
			const file = await mia.get(`/files/${id}${way}`);
			harmless(file, name);
			assert.equal(file.headers.get('content-type'), 'image/jpeg', name + way);
			assert.ok(file.bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])), name + way);
			assert.ok(!file.bytes.equals(bytes), name + way);
		}
	},
	async nothing(name, bytes) {
		const { id } = await send(name, bytes);
		assert.equal(await picture(id), 'FAILED', name);
		for (const way of ['', '/large', '/small'])
			assert.equal((await mia.get(`/files/${id}${way}`)).status, 404, name + way);
		const page = await mia.get(`/files/${id}/view`);
		assert.ok(words(page).includes('This photo cannot be read'), name);
		assert.ok(!page.text.includes(`src="/files/${id}`), name);
	},
};

for (const [folder, table, usual] of [['upload-attack-samples', attacks], ['image-samples/pngsuite', pictures, 'picture']]) {
	const at = `${shared}/data/${folder}`;
	if (!existsSync(at)) {
		console.log(`# skipped: no ${at}`);
		continue;
	}
	const files = readdirSync(at).filter((f) => /\.(?!md$)\w{3,5}$/.test(f) && !/README|LICENSE/.test(f));
	test(`${folder}: each of ${files.length} files is refused or shown harmlessly, as the table says`, async () => {
		for (const name of Object.keys(table))
			assert.ok(files.includes(name), `${name} is not there`);
		if (!usual)
			assert.deepEqual(files.filter((f) => !table[f]), [], 'not in the table');
		const these = files.filter((f, i) => table[f] || !process.env.SANITIZED || i % 5 === 0);
		await inParallel(these, 4, (name) => check[table[name] ?? usual](name, readFileSync(`${at}/${name}`)));
	});
}
