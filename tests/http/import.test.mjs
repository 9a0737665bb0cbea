/* import.test.mjs: `millwright import`: counts and costs equal the files', twice is once, errors by line. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';

import { folder, sql } from './harness.mjs';

const millwright = readlinkSync(`/proc/${readFileSync(`${folder}/lock`, 'utf8').trim()}/exe`);
const shared = process.env.SHARED ?? new URL('../../../shared', import.meta.url).pathname;
const azure = `${shared}/data/azure-pdm`;
const excavators = `${shared}/data/excavator-work-orders/excavators.csv`;
const home = mkdtempSync(`${tmpdir()}/import-`);
const without = (path) => (existsSync(path) ? false : `${path} is not there`);

function command(...words) {
	return new Promise((resolve) => {
		execFile(millwright, words, { env: { ...process.env, MILLWRIGHT_CONF: `${folder}/conf/millwright.conf` } },
			(error, out, err) => resolve({ code: error?.code ?? 0, out, err }));
	});
}

/* The summary: { 'work orders': [read, new, same, changed], …, cost, errors }. */
function summary({ out }) {
	const found = {};
	for (const line of out.split('\n')) {
		const counts = /^(\S.*?) +(\d+) +(\d+) +(\d+) +(\d+)$/.exec(line);
		const one = /^(cost|errors) (\S+)$/.exec(line);
		if (counts)
			found[counts[1]] = counts.slice(2).map(Number);
		if (one)
			found[one[1]] = one[2];
	}
	return found;
}

async function site(name) {
	const made = await command('site', 'create', name, '--host', `${name.replaceAll('_', '-')}.localhost`);
	assert.equal(made.code, 0, made.err);
	return `mw_${name}`;
}

/* Everything that an import could touch. */
async function state(schema) {
	const tables = ['department', 'machine', 'failure_code', 'part', 'work_order', 'stop', 'movement', 'event',
		'event_unsealed', 'counter'];
	const rows = await sql(`CHECKSUM TABLE ${tables.join(', ')}`, schema);
	return rows.filter(([table]) => !table.endsWith('.event_unsealed')).join('\n');
}

const one = async (query, schema) => (await sql(query, schema))[0].map((v) => (v === null ? null : Number(v)));
/* Plain files only: no quotes around line breaks or commas. */
const lines = (path) => readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1)
	.map((line) => line.replaceAll('"', '').split(','));

before(() => mkdirSync(`${home}/bad`));
after(() => rmSync(home, { recursive: true }));

test('azure-pdm: every row once, and only once', { skip: without(azure) }, async () => {
	const schema = await site('import_azure');
	const failures = lines(`${azure}/PdM_failures.csv`);
	const errors = lines(`${azure}/PdM_errors.csv`);
	const replaced = lines(`${azure}/PdM_maint.csv`);
	const machines = lines(`${azure}/PdM_machines.csv`);
	const at = new Set(replaced.map((r) => r.join()));
	const mended = failures.filter((r) => at.has(r.join())).length;
	const empty = await state(schema);

	const dry = await command('import', '--site', 'import_azure', '--dry-run', 'azure-pdm', azure);
	assert.equal(dry.code, 0, dry.err);
	assert.deepEqual(summary(dry).failures, [failures.length, failures.length, 0, 0]);
	assert.equal(await state(schema), empty, 'a dry run changes nothing');

	const made = await command('import', '--site', 'import_azure', 'azure-pdm', azure);
	assert.equal(made.code, 0, made.err);
	assert.deepEqual(await one('SELECT COUNT(*) FROM machine', schema), [machines.length]);
	assert.deepEqual(await one(`SELECT SUM(kind = 'CORRECTIVE'), SUM(kind = 'INSPECTION'),
		SUM(kind = 'PREVENTIVE'), SUM(state <> 'COMPLETED') FROM work_order`, schema),
	[failures.length, errors.length, replaced.length - mended, 0]);
	assert.deepEqual(await one(`SELECT COUNT(*), COUNT(DISTINCT work_order_id), -SUM(quantity), MIN(on_hand_after)
		FROM movement WHERE kind = 'OUT'`, schema), [replaced.length, replaced.length, replaced.length, 0]);
	assert.deepEqual(await one(`SELECT COUNT(*) FROM part p WHERE on_hand <> 0 OR on_hand <>
		(SELECT SUM(quantity) FROM movement m WHERE m.part_id = p.id)`, schema), [0]);
	assert.deepEqual(await one('SELECT COUNT(*), COUNT(ended_at), SUM(failure) FROM stop', schema),
		[failures.length, failures.length, failures.length]);
	assert.deepEqual(await one(`SELECT COUNT(*) FROM event WHERE act = 'work_order.imported'`, schema),
		[failures.length + errors.length + replaced.length - mended]);

	/* By component, error and machine as well. */
	const count = (rows) => {
		const n = {};
		for (const [, machine, what] of rows) {
			const key = `AZ-${machine.padStart(3, '0')} ${what.toUpperCase()}`;
			n[key] = (n[key] ?? 0) + 1;
		}
		return n;
	};
	const found = Object.fromEntries((await sql(`SELECT CONCAT(m.number, ' ', c.code), COUNT(*) FROM work_order w
		JOIN machine m ON m.id = w.machine_id JOIN failure_code c ON c.id = w.problem_code_id GROUP BY 1`, schema))
		.map(([k, n]) => [k, Number(n)]));
	assert.deepEqual(found, count([...failures, ...errors]));
	const used = Object.fromEntries((await sql(`SELECT CONCAT(m.number, ' ', UPPER(p.number)), COUNT(*) FROM movement v
		JOIN work_order w ON w.id = v.work_order_id JOIN machine m ON m.id = w.machine_id
		JOIN part p ON p.id = v.part_id GROUP BY 1`, schema)).map(([k, n]) => [k, Number(n)]));
	assert.deepEqual(used, count(replaced));

	const before = await state(schema);
	const again = await command('import', '--site', 'import_azure', 'azure-pdm', azure);
	assert.equal(again.code, 0, again.err);
	assert.deepEqual(summary(again)['parts used'], [replaced.length, 0, replaced.length, 0]);
	assert.equal(await state(schema), before, 'importing twice changes nothing');
});

test('excavator: counts and costs equal the file\'s', { skip: without(excavators) }, async () => {
	const schema = await site('import_excavator');
	const rows = readFileSync(excavators, 'utf8').trim().split('\n').slice(1);
	const assets = {};
	let cents = 0, negative = 0, corrective = 0;
	for (const row of rows) {
		const cost = Math.round(Number(/,PM\d\d,(-?[\d.]+)$/.exec(row)?.[1] ?? 0) * 100);
		cents += cost;
		negative += cost < 0;
		corrective += /,PM01(,|$)/.test(row);
		assets[`EXC-${row.split(',')[1]}`] = (assets[`EXC-${row.split(',')[1]}`] ?? 0) + 1;
	}
	const made = await command('import', '--site', 'import_excavator', 'excavator', excavators);
	assert.equal(made.code, 0, made.err);
	assert.match(made.err, /excavators\.csv:3454: an unquoted comma was mended/);
	assert.equal(Number(summary(made).cost), cents / 100);
	assert.deepEqual(await one(`SELECT COUNT(*), SUM(other_cost), SUM(other_cost < 0), SUM(kind = 'CORRECTIVE')
		FROM work_order`, schema), [rows.length, cents / 100, negative, corrective]);
	assert.deepEqual(Object.fromEntries((await sql(`SELECT m.number, COUNT(*) FROM work_order w
		JOIN machine m ON m.id = w.machine_id GROUP BY 1`, schema)).map(([k, n]) => [k, Number(n)])), assets);
	assert.deepEqual(await sql(`SELECT description FROM work_order WHERE description LIKE 'won,t%'`, schema),
		[['won,t swing']]);
	const before = await state(schema);
	const again = await command('import', '--site', 'import_excavator', 'excavator', excavators);
	assert.deepEqual(summary(again)['work orders'], [rows.length, 0, rows.length, 0]);
	assert.equal(await state(schema), before, 'importing twice changes nothing');
});

test('machines: errors are listed by line, and then nothing is imported', async () => {
	const schema = await site('import_machines');
	const empty = await state(schema);
	const file = `${home}/machines.csv`;
	writeFileSync(file, Buffer.concat([Buffer.from('number;name;department;installed_on;criticality\n' +
		'A-1;Ä;Press;2020-01-01;high\nA-1;B;Press;;\n;C;Press;;\nA-3;D;Press;2020-13-01;x\nA-4;E\nA-5;'),
	Buffer.from([0xe9]), Buffer.from(';Press;;\n"A-6;F\n')]));
	for (const words of [['--dry-run'], []]) {
		const refused = await command('import', '--site', 'import_machines', ...words, 'machines', file);
		assert.equal(refused.code, 1);
		assert.deepEqual(refused.err.trim().split('\n').map((l) => l.replace(`${file}:`, '')).sort(), [
			'3: machine A-1 is there twice, also in line 2',
			'4: number is empty',
			'5: criticality is "x", not low, medium, high or critical',
			'5: installed_on is "2020-13-01", not a day as 2026-11-21',
			'6: has 2 columns, not 5',
			'7: is not UTF-8',
			'8: has a quote that is never closed',
		]);
		assert.equal(summary(refused).errors, '7');
		assert.equal(await state(schema), empty);
	}
});

test('machines: what the site has stays as it is', async () => {
	const schema = await site('import_again');
	const file = `${home}/good.csv`;
	const rows = '\ufeffNumber,Name,Department,Location,Criticality\r\n' +
		'A-1,"Big ""one"", left",Press,"Hall A,\r\nbay 2",critical\r\nA-2,Small,Press,,\r\n';
	writeFileSync(file, rows);
	const made = await command('import', '--site', 'import_again', 'machines', file);
	assert.deepEqual(summary(made).machines, [2, 2, 0, 0]);
	assert.deepEqual(await sql(`SELECT number, name, HEX(location), criticality FROM machine ORDER BY number`, schema), [
		['A-1', 'Big "one", left', Buffer.from('Hall A,\r\nbay 2').toString('hex').toUpperCase(), 'CRITICAL'],
		['A-2', 'Small', '', 'MEDIUM'],
	]);
	writeFileSync(file, `${rows.replace('Small', 'Smaller')}a-3,New,Assembly,,\r\n`);
	const more = await command('import', '--site', 'import_again', 'machines', file);
	assert.equal(more.code, 0, more.err);
	assert.deepEqual(summary(more).machines, [3, 1, 1, 1]);
	assert.match(more.err, /good\.csv:4: changed: machine A-2 \{"name":\["Small","Smaller"\]\}/);
	assert.deepEqual(await one('SELECT COUNT(*), SUM(name = \'Small\') FROM machine', schema), [3, 1]);
});

test('a site that is not there, a file that is not there, wrong words', async () => {
	assert.equal((await command('import', '--site', 'nowhere', 'machines', `${home}/x`)).code, 1);
	assert.match((await command('import', '--site', 'demo', '--dry-run', 'machines', `${home}/x`)).err, /cannot be read/);
	assert.equal((await command('import', '--site', 'demo', 'nothing', `${home}/x`)).code, 2);
	assert.equal((await command('import', 'machines', `${home}/x`)).code, 2);
});
