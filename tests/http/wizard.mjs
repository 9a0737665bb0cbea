/* wizard.mjs: files out of lists, and into the pages of the import, as a person does it. */
import assert from 'node:assert/strict';

import { sql, words } from './harness.mjs';
import { until } from './stage.mjs';

/* ---- files ---- */

export const rows = (text) => {
	const found = [[]];
	let cell = '';
	for (const [, quoted, plain, end] of text.replace(/^\ufeff/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",;\r\n]*))(,|;|\r\n)/g)) {
		cell = quoted !== undefined ? quoted.replaceAll('""', '"') : plain;
		found.at(-1).push(cell);
		if (end === '\r\n')
			found.push([]);
	}
	found.pop();
	return found;
};

export const records = (text) => {
	const [head, ...list] = rows(text);
	return list.map((r) => Object.fromEntries(r.map((c, i) => [head[i], c])));
};

export const csv = (list, head = [...new Set(list.flatMap(Object.keys))]) => [head, ...list.map((r) => head.map((h) => r[h] ?? ''))]
	.map((r) => r.map((c) => `"${String(c).replaceAll('"', '""')}"`).join(',')).join('\r\n') + '\r\n';

export async function exported(who, path, query = 'plain=1') {
	const answer = await who.get(`${path}/export.csv?${query}`);
	assert.equal(answer.status, 200, words(answer).slice(0, 300));
	return answer.text;
}

/* ---- the wizard, as it proposes ---- */

async function settled(id) {
	const r = await until(async () => {
		const [row] = await sql(`SELECT state, fresh_count, same_count, wrong_count, failure, failure_line FROM import WHERE id = ${id}`);
		return /KING$|LYING$|OING$/.test(row[0]) ? null : row;
	}, 30, `import ${id} comes to an end`);
	return { id, state: r[0], fresh: +r[1], same: +r[2], wrong: +r[3], why: r[4] };
}

export async function check(who, kind, data, more = {}) {
	const answer = await who.postMultipart('/imports/new', { ...who.hidden(), kind },
		{ file: [{ name: `${kind}.csv`, type: 'text/csv', bytes: Buffer.from(data) }] });
	assert.equal(answer.status, 303, words(answer).slice(0, 300));
	const id = Number(/\/imports\/(\d+)/.exec(answer.location)[1]);
	const page = await who.get(`/imports/${id}/columns`);
	const fields = { version: /name="version" value="(\d+)"/.exec(page.text)[1] };
	for (const [, name, body] of page.text.matchAll(/<select[^>]*name="(\w+)"[^>]*>(.*?)<\/select>/gs))
		fields[name] = /<option value="([^"]*)" selected/.exec(body)?.[1] ?? '';
	await who.must(`/imports/${id}/columns`, { ...fields, headed: '1', ...more, then: 'check' });
	return settled(id);
}

export async function act(who, id, what, fields) {
	await who.must(`/imports/${id}/${what}`, fields);
	return settled(id);
}

export async function bring(who, kind, data, more) {
	const trial = await check(who, kind, data, more);
	assert.equal(trial.wrong, 0, await complaints(trial.id));
	return act(who, trial.id, 'apply');
}

export const complaints = async (id) => (await sql(`SELECT line, detail FROM import_line WHERE import_id = ${id} AND kind = 'WRONG'
	ORDER BY line`)).map((r) => r.join(': ')).join('\n');

/* Each line alone is wrong for that reason. */
export async function refused(who, kind, good, cases) {
	const list = cases.map(([more]) => ({ ...good, ...more }));
	const { id, wrong } = await check(who, kind, csv(list));
	const said = new Map((await sql(`SELECT line, detail FROM import_line WHERE import_id = ${id} AND kind = 'WRONG'`)).map(([n, d]) => [+n, d]));
	cases.forEach(([more, why], i) => assert.match(said.get(i + 2) ?? 'it is right', why, JSON.stringify(more)));
	assert.equal(wrong, cases.length);
}
