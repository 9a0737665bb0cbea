/* custom.test.mjs: fields of one's own and tags, on the form, the record, its history and in conflicts. */
import assert from 'node:assert/strict';
import test from 'node:test';

import { client, forms, sql, words } from './harness.mjs';
import { machine, department, jpeg, mark, one, until } from './stage.mjs';

/* A field that only this test knows; answers its id. */
async function field(more) {
	const admin = await client('admin');
	const m = mark();
	const answer = await admin.submit('/custom-fields/new', { kind: 'vendor', label: `Field ${m}`, type: 'TEXT',
		choices: '', position: '900', name: '', ...more });
	assert.equal(answer.status, 303, words(answer).slice(0, 400));
	return { id: Number(answer.location.split('/').pop()), label: more?.label ?? `Field ${m}` };
}

/* Others' tests make vendors, too: what is required must not stay. */
const archive = (f) => sql(`UPDATE custom_field SET archived_at = UTC_TIMESTAMP(6) WHERE id = ${f.id}`);

const vendor = (m, more = {}) => ({ name: `Vendor ${m}`, ...more });

async function added(fields) {
	const admin = await client('admin');
	const answer = await admin.submit('/vendors/new', fields);
	assert.equal(answer.status, 303, words(answer).slice(0, 400));
	return Number(answer.location.split('/').pop());
}

const kept = async (id, f) => (await sql(`SELECT COALESCE(text, number, day) FROM custom_value
	WHERE record_id = ${id} AND custom_field_id = ${f.id}`))[0]?.[0];

test('each type is kept, shown, told and found again in the form', async () => {
	const admin = await client('admin');
	const [text, number, day, choice] = [await field({ type: 'TEXT' }), await field({ type: 'NUMBER' }),
		await field({ type: 'DATE' }), await field({ type: 'CHOICE', choices: 'Red\nGreen\n\n Blue ' })];
	const m = mark();
	const id = await added(vendor(m, { [`custom_${text.id}`]: `<b>${m}`, [`custom_${number.id}`]: '12,5',
		[`custom_${day.id}`]: '2026-03-04', [`custom_${choice.id}`]: 'Blue', tags: ` hot, Area ${m},hot` }));
	assert.deepEqual([await kept(id, text), await kept(id, number), await kept(id, day), await kept(id, choice)],
		[`<b>${m}`, '12.5000', '2026-03-04', 'Blue']);
	const page = await admin.get(`/vendors/${id}`);
	const said = words(page);
	for (const f of [text, number, day, choice])
		assert.ok(said.includes(f.label), f.label);
	assert.ok(said.includes(`<b>${m}`) && !page.text.includes(`<b>${m}`), 'escaped');
	assert.ok(page.text.includes(`<bdi>Area ${m}</bdi>`) && page.text.includes('<bdi>hot</bdi>'));
	const list = await admin.get(new RegExp(`href="(/vendors\\?tag=\\d+)"[^>]*>(?:(?!</a>).)*Area ${m}`).exec(page.text)[1]);
	assert.ok(list.text.includes(`href="/vendors/${id}"`), 'a tag leads to all that have it');
	const edit = await admin.get(`/vendors/${id}/edit`);
	assert.ok(edit.text.includes('value="12.5"') && edit.text.includes('value="2026-03-04"'));
	assert.match(edit.text, /<option value="Blue" selected>/);
	assert.ok(edit.text.includes(`value="Area ${m}, hot"`), 'tags in their order, each once');
	const changes = JSON.parse(await one(`SELECT changes FROM event WHERE kind = 'vendor' AND record_id = ${id}`));
	assert.deepEqual(changes[`custom_${number.id}`], [null, 12.5]);
	assert.ok(changes.tags[1].includes(`Area ${m}`));
	for (const f of [text, number, day, choice])
		await archive(f);
});

test('a refusal keeps what was typed, beside its field and in the summary', async () => {
	const admin = await client('admin');
	const number = await field({ type: 'NUMBER' });
	const choice = await field({ type: 'CHOICE', choices: 'A\nB' });
	const must = await field({ required: '1' });
	const m = mark();
	const page = await admin.submit('/vendors/new', vendor(m, { [`custom_${number.id}`]: 'many',
		[`custom_${choice.id}`]: 'C', [`custom_${must.id}`]: '', tags: `t${m}` }));
	assert.equal(page.status, 422);
	for (const f of [number, choice, must]) {
		assert.match(page.text, new RegExp(`id="entry-custom_${f.id}"[^>]*aria-invalid="true"`));
		assert.ok(page.text.includes(`href="#entry-custom_${f.id}"`), 'the summary leads there');
	}
	assert.ok(page.text.includes('value="many"') && page.text.includes(`value="t${m}"`));
	assert.equal(await one(`SELECT COUNT(*) FROM vendor WHERE name = 'Vendor ${m}'`), '0');
	assert.equal(await one(`SELECT COUNT(*) FROM tag WHERE name = 't${m}'`), '0');
	const long = await admin.submit('/vendors/new', vendor(m, { [`custom_${must.id}`]: 'x', tags: 'x'.repeat(41) }));
	assert.equal(long.status, 422);
	assert.match(long.text, /id="entry-tags"[^>]*aria-invalid="true"/);
	for (const f of [number, choice, must])
		await archive(f);
});

test('two people edit: both sides of custom fields and tags', async () => {
	const admin = await client('admin');
	const f = await field();
	const name = `custom_${f.id}`;
	const m = mark();
	const id = await added(vendor(m, { [name]: 'first', tags: 'one' }));
	const edit = await admin.get(`/vendors/${id}/edit`);
	assert.equal((await admin.submit('', { name: `Vendor ${m}`, [name]: 'theirs', tags: 'two' }, { page: edit })).status, 303);
	const late = forms(edit).find((x) => x.hidden.version);
	const page = await admin.post(late.action, { ...late.hidden, once: mark() + mark(), name: `Vendor ${m}`,
		[name]: 'mine', tags: 'three' });
	assert.equal(page.status, 409);
	for (const value of ['theirs', 'mine', 'two', 'three'])
		assert.ok(page.text.includes(`value="${value}"`), value);
	const saved = await admin.submit('', { [name]: 'mine', tags: 'two' }, { page });
	assert.equal(saved.status, 303, words(saved).slice(0, 300));
	assert.equal(await kept(id, f), 'mine');
	assert.deepEqual(await sql(`SELECT t.name FROM tagging g JOIN tag t ON t.id = g.tag_id
		WHERE g.kind = 'vendor' AND g.record_id = ${id}`), [['two']]);
	await archive(f);
});

test('nothing typed is nothing changed; emptied is gone', async () => {
	const admin = await client('admin');
	const f = await field();
	const m = mark();
	const id = await added(vendor(m));
	assert.equal((await admin.submit(`/vendors/${id}/edit`, vendor(m, { [`custom_${f.id}`]: '', tags: '' }))).status, 303);
	const changes = await one(`SELECT changes FROM event WHERE kind = 'vendor' AND record_id = ${id} AND act = 'vendor.changed'`);
	assert.equal(changes, null);
	assert.equal((await admin.submit(`/vendors/${id}/edit`, vendor(m, { [`custom_${f.id}`]: 'x' }))).status, 303);
	assert.equal(await kept(id, f), 'x');
	assert.equal((await admin.submit(`/vendors/${id}/edit`, vendor(m, { [`custom_${f.id}`]: ' ' }))).status, 303);
	assert.equal(await kept(id, f), undefined);
	await archive(f);
});

test('a field with values keeps its register and type; archived, it leaves forms and stays in history', async () => {
	const admin = await client('admin');
	const f = await field();
	const m = mark();
	const id = await added(vendor(m, { [`custom_${f.id}`]: `v${m}` }));
	const values = { kind: 'vendor', label: f.label, type: 'TEXT', choices: '', position: '900', name: `n_${m}` };
	for (const wrong of [{ type: 'NUMBER' }, { kind: 'part' }])
		assert.equal((await admin.submit(`/custom-fields/${f.id}/edit`, { ...values, ...wrong })).status, 422);
	assert.equal((await admin.submit(`/custom-fields/${f.id}/edit`, values)).status, 303);
	assert.equal((await admin.submit(`/custom-fields/${f.id}`, {}, { action: `/custom-fields/${f.id}/archive` })).status, 303);
	assert.ok(!(await admin.get(`/vendors/${id}/edit`)).text.includes(`custom_${f.id}`));
	assert.ok(words(await admin.get(`/vendors/${id}/history`)).includes(`${f.label}: v${m}`));
	assert.equal((await admin.submit('/custom-fields/new', { ...values, type: 'CHOICE', choices: ' \n ' })).status, 422);
	assert.equal((await (await client('manager')).get('/custom-fields')).status, 403);
});

test('a machine of few machines’ registers: tags and fields on its form, too', async () => {
	const admin = await client('admin');
	const place = await department();
	const made = await machine(place, { tags: `m${mark()}, second` });
	const edit = await admin.get(`/machines/${made.id}/edit`);
	assert.match(edit.text, /name="tags" value="m\w+, second"/);
});

test('a photo comes with the form, and is kept when the form is refused', async () => {
	const admin = await client('admin');
	const m = mark();
	const photo = { photo: [{ name: `${m}.jpg`, type: 'image/jpeg', bytes: jpeg() }] };
	const page = await admin.submit('/vendors/new', { name: '', note: 'n' }, { files: photo });
	assert.equal(page.status, 422);
	assert.ok(page.text.includes(`<bdi>${m}.jpg</bdi>`), 'it need not be chosen again');
	const saved = await admin.submit('', { name: `Vendor ${m}` }, { page });
	assert.equal(saved.status, 303, words(saved).slice(0, 300));
	const id = saved.location.split('/').pop();
	const files = () => sql(`SELECT name FROM attachment WHERE kind = 'vendor' AND record_id = ${id} ORDER BY id`);
	assert.deepEqual(await files(), [[`${m}.jpg`]]);
	const wrong = await admin.submit(`/vendors/${id}/edit`, vendor(m), { files: { photo: [{ name: 'a.jpg', type: 'image/jpeg', bytes: Buffer.from('text') }] } });
	assert.equal(wrong.status, 422);
	assert.ok(words(wrong).includes('a.jpg is not a photo'));
	assert.equal((await admin.submit(`/vendors/${id}/edit`, vendor(m), { files: { photo: [{ name: 'b.jpg', type: 'image/jpeg', bytes: jpeg() }] } })).status, 303);
	assert.deepEqual(await files(), [[`${m}.jpg`], ['b.jpg']]);
});

test('the search of the site finds a part by its tag and by what stands in its custom field', { timeout: 60000 }, async () => {
	const admin = await client('admin');
	const m = mark();
	const f = await field({ kind: 'part', type: 'TEXT' });
	const number = `P-${mark()}`;
	const made = await admin.submit('/parts/new', { number, name: 'Thing', unit: 'pc', minimum: '0', tags: `tag${m}`, [`custom_${f.id}`]: `value${m}` });
	assert.equal(made.status, 303, words(made).slice(0, 300));
	for (const typed of [`tag${m}`, `value${m}`])
		await until(async () => (await admin.get(`/search?q=${typed}`)).text.includes(number), 20, typed);
	await archive(f);
});

test('suggestions: what begins so, for those who may look', async () => {
	const admin = await client('admin');
	const m = mark();
	await added(vendor(m));
	const answer = await admin.get(`/vendors/suggest?q=${m}`);
	assert.equal(answer.status, 200);
	assert.deepEqual(JSON.parse(answer.text), { suggestions: [`Vendor ${m}`] });
	assert.equal((await (await client('requester')).get('/vendors/suggest?q=a')).status, 403);
});
