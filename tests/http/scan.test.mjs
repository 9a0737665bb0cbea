/* scan.test.mjs: what a camera or a scanner reads may stand wherever a record is named; and what the camera's view needs is sent. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { url, words } from './harness.mjs';
import { machine, mark, one, part, person, stage, typed } from './stage.mjs';

let s, p, code;

before(async () => {
	s = { ...await stage(), admin: await person('ADMIN') };
	p = await part(3, 2);
	await s.admin.must(`/parts/${p.id}/code`);
	code = await one(`SELECT code FROM part WHERE id = ${p.id}`);
});

test('a part’s code, or the address on its label, finds it in the store', async () => {
	for (const text of [code, code.toLowerCase(), `${url}/q/${code}`, `https://plant.example/q/${code}`])
		assert.equal((await s.admin.get(`/search?q=${encodeURIComponent(text)}`)).location, `/parts/${p.id}`, text);
});

test('a part is put on a machine’s list by its code', async () => {
	const m = await machine(s.department);
	const answer = await s.admin.submit(`/machines/${m.id}/parts`, { number: `${url}/q/${code}`, quantity: '2' });
	assert.equal(answer.status, 303, words(answer).slice(0, 500));
	assert.equal(await one(`SELECT part_id FROM machine_part WHERE machine_id = ${m.id}`), String(p.id));
});

test('an assembly’s machine is named by its code; the code of a part is no machine', async () => {
	const m = await machine(s.department), inner = await machine(s.department);
	const machineCode = await one(`SELECT code FROM machine WHERE id = ${m.id}`);
	const path = `/machines/${inner.id}/edit`, page = await s.admin.get(path);
	const put = (parent_number) => s.admin.submit(path, { ...typed(page, path), parent_number });
	assert.match(page.text, /name="parent_number"[^>]* data-scan/);
	assert.equal((await put(code)).status, 422);
	const answer = await put(machineCode);
	assert.equal(answer.status, 303, words(answer).slice(0, 500));
	assert.equal(await one(`SELECT parent_id FROM machine WHERE id = ${inner.id}`), String(m.id));
});

test('where a record is typed, the code of its label is as good as its name', async () => {
	const other = await part();
	const page = await s.admin.get(`/parts/${other.id}/merge?other=${encodeURIComponent(`${url}/q/${code}`)}`);
	assert.ok(words(page).includes(`Part ${p.number}`), words(page).slice(0, 800));
});

test('the page where codes are typed takes the address, too', async () => {
	assert.equal((await s.manager.get(`/scan?code=${encodeURIComponent(`${url}/q/${code}`)}`)).location, `/parts/${p.id}`);
	assert.equal((await s.manager.get(`/scan?code=${mark()}`)).status, 404);
});

test('WebAssembly is compiled in the worker alone; the camera is for our own pages', async () => {
	const page = await s.admin.get('/');
	const assets = /"(\/assets\/[^/]+)\/css/.exec(page.text)[1];
	const policy = (answer) => answer.headers.get('content-security-policy');
	assert.doesNotMatch(policy(page), /wasm|unsafe/);
	assert.match(page.headers.get('permissions-policy'), /camera=\(self\)/);
	const worker = await s.admin.get(`${assets}/scan/worker.js`), other = await s.admin.get(`${assets}/scan/dialog.js`);
	assert.equal(worker.status, 200);
	assert.match(policy(worker), /script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'$/);
	assert.match(worker.headers.get('cache-control'), /immutable/);
	assert.doesNotMatch(policy(other), /wasm/);
	const wasm = await s.admin.get(`${assets}/zxing/reader/zxing_reader.wasm`);
	assert.equal(wasm.status, 200);
	assert.equal(wasm.headers.get('content-type'), 'application/wasm');
});
