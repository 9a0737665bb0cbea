/* plant.mjs: the plant of `millwright run --once-ready`: its rows, its people, its database's log of statements. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { Client, forms, setting, url } from '../http/harness.mjs';

export const here = path.dirname(new URL(import.meta.url).pathname);
export const build = path.resolve(process.env.BUILD || 'build');
export const MACHINES = 2000;
const mariadb = ['--no-defaults', '--batch', '--skip-column-names', `--socket=${setting('db_socket')}`,
	`--user=${userInfo().username}`, 'mw_demo'];

const prepared = new Set();	/* of all that was logged so far */

/* As the account that may do everything; rows of texts as mariadb --batch writes them. */
export function sql(text) {
	const out = execFileSync('mariadb', mariadb, { input: text, encoding: 'utf8', maxBuffer: 1 << 28 });
	return out.split('\n').slice(0, -1).map((line) => line.split('\t'));
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const parts = Object.fromEntries(readFileSync(`${here}/rows.sql`, 'utf8').split(/^-- part /m)
	.map((p) => [p.slice(0, p.search(/[ :\n]/)), p.slice(p.indexOf('\n'))]));
const loading = 'SET foreign_key_checks = 0, unique_checks = 0, sql_log_bin = 0;';

/* Less careful with the disk while rows are made. */
function fill(set) {
	for (const [name, value] of Object.entries(set))
		sql(`SET GLOBAL ${name} = ${value}`);
}

let password;

/* The same password for all: a hash takes long on purpose. */
export function passwords() {
	const email = `first${Date.now()}@bench.example`;
	const out = execFileSync(`${build}/millwright`, ['user', 'create', '--site', 'demo', '--email', email,
		'--name', 'First Person', '--role', 'admin'], { encoding: 'utf8' });
	password = out.trim().split('\t')[2];
	sql(`UPDATE user u JOIN user f ON f.email = '${email}' SET u.password = f.password`);
}

/* Writes now what is still to be written, which else would be while the pages are measured. */
async function settle() {
	fill({ innodb_flush_log_at_trx_commit: 1, innodb_log_file_size: 64 << 20, innodb_max_dirty_pages_pct_lwm: 0,
		innodb_max_dirty_pages_pct: 0 });
	for (let i = 0; i < 120 && Number(sql(`SHOW STATUS LIKE 'Innodb_buffer_pool_pages_dirty'`)[0][1]) > 50; i++)
		await pause(500);
	fill({ innodb_max_dirty_pages_pct: 90 });
}

/* Fills a table without its indexes and then makes them, sorted: a million rows take a minute and not ten. */
function quickly(table, fillIt) {
	const keys = [...sql(`SHOW CREATE TABLE ${table}`)[0][1].matchAll(/(?:UNIQUE |FULLTEXT )?KEY (`\w+`) \(.*?\)(?=,?\\n)/g)]
		.filter(([all]) => !all.startsWith('UNIQUE'));
	sql(`${loading} ALTER TABLE ${table} ${keys.map(([, name]) => `DROP KEY ${name}`).join(', ')}`);
	fillIt();
	const [words, others] = [true, false].map((w) => keys.filter(([all]) => all.startsWith('FULLTEXT') === w));
	for (const some of [others, words])	/* one FULLTEXT a statement, and not beside others in place */
		if (some.length > 0)
			sql(`${loading} ALTER TABLE ${table} ${some.map(([all]) => `ADD ${all}`).join(', ')}`);
}

/* n machines in all.  The search has an index of its own, which stays as it is: lists do not ask it. */
function machines(n) {
	sql('UPDATE search_progress SET last_id = 1 << 60');
	quickly('machine', () => {
		for (let from = MACHINES + 1; from <= n; from += 50000)
			sql(`${loading} SET @from = ${from}, @to = ${Math.min(from + 49999, n)};` + parts.machines);
	});
	sql('ANALYZE TABLE machine, machine_model, location, part');
}

function rows(n) {
	sql(loading + parts.empty + 'UPDATE search_progress SET last_id = 1 << 60');
	for (let from = 1; from <= n; from += 50000)
		sql(`${loading} SET @n = ${n}, @from = ${from}, @to = ${Math.min(from + 49999, n)};` + parts.rows);
	sql(loading + parts.end);
}

function reindex() {
	return execFileSync(`${build}/millwright`, ['reindex', '--site', 'demo'], { encoding: 'utf8' }).trim().split('\n').at(-1);
}

/* What the plant holds, once it was filled to the end; a kept one is filled once. */
const known = `${process.env.MILLWRIGHT_VAR}/bench.json`;

/* A plant of n work orders, a hundred thousand parts and so many machines. */
export async function filled(n, many) {
	if (existsSync(known)) {
		const has = JSON.parse(readFileSync(known, 'utf8'));
		if (has.n !== n || has.many !== many)
			throw new Error(`${process.env.MILLWRIGHT_VAR} holds ${has.n} work orders and ${has.many} machines`);
		return passwords();
	}
	const times = [];
	const timed = (what, act) => {
		const from = performance.now();
		times.push(`${what}${act() ?? ''} ${((performance.now() - from) / 1000).toFixed(0)} s`);
	};
	fill({ innodb_flush_log_at_trx_commit: 0, innodb_log_file_size: 1 << 30 });
	timed('registers', () => { sql(loading + parts.registers); passwords(); });
	timed(`${n} work orders`, () => rows(n));
	timed('the search: ', reindex);
	if (many > MACHINES)
		timed(`${many} machines`, () => machines(many));
	await settle();
	writeFileSync(known, JSON.stringify({ n, many }));
	console.log(`filled: ${times.join(', ')}`);
}

/* Person `seq` of rows.sql, signed in; with the cookies as one header and the form token. */
export async function person(seq) {
	const who = new Client();
	await who.signIn({ email: `person${seq}@bench.example`, password });
	const page = await who.get('/account');
	who.cookie = [...who.cookies].map(([n, v]) => `${n}=${v}`).join('; ');
	who.csrf = forms(page).map((f) => f.hidden.csrf).find((c) => c);
	return who;
}

/*
 * The general log shows a prepared statement's values only when it was on as the statement was prepared, and such
 * a statement is slower: the workers have to begin anew before and after.
 */
export async function logging(on) {
	sql(`SET GLOBAL log_output = 'TABLE', GLOBAL general_log = ${on ? 'ON' : 'OFF'}`);
	for (const [id] of sql(`SELECT id FROM information_schema.processlist WHERE user = 'millwright_app'`))
		try {
			sql(`KILL ${id}`);
		} catch {
			/* It has ended by itself. */
		}
	await pause(1200);	/* a worker asks after a second whether its connection is alive */
}

/*
 * What the workers run meanwhile, in order: [{ thread, sql, text, args }]; text with its values, sql with `?`;
 * sql null: sent as it is; undefined: not seen when it was prepared.
 */
export async function statements(doing) {
	sql('TRUNCATE mysql.general_log');
	await doing();
	const found = [];
	for (const [account, thread, command, argument] of sql('SELECT user_host, thread_id, command_type, argument'
		+ ' FROM mysql.general_log')) {
		const text = argument.replace(/\\([nt\\0])/g, (all, c) => ({ n: '\n', t: '\t', '\\': '\\', 0: '\0' })[c]);
		if (!account.startsWith('millwright_app'))
			continue;
		if (command === 'Prepare')
			prepared.add(text);
		if (command === 'Execute')
			found.push({ thread, text });
		if (command === 'Query' && /^(START|COMMIT)/.test(text))
			found.push({ thread, sql: null, text, args: [] });
	}
	for (const s of found.filter((f) => f.sql === undefined))
		for (const p of prepared) {
			s.args = args(p, s.text);
			if (s.args) {
				s.sql = p;
				break;
			}
		}
	return found;
}

/* The values that stand where `sql` has its question marks, as SQL; null when text was not made from it. */
function args(sql, text) {
	const plain = sql.split('?');
	const found = [];
	let at = 0;
	for (const [i, p] of plain.entries()) {
		if (!text.startsWith(p, at))
			return null;
		at += p.length;
		if (i + 1 === plain.length)
			break;
		const value = /^(?:TIMESTAMP|DATE)?'(?:[^'\\]|\\.|'')*'|^[-\w.]+/s.exec(text.slice(at));
		if (!value)
			return null;
		found.push(value[0]);
		at += value[0].length;
	}
	return at === text.length ? found : null;
}

/* A program that is ended with this one. */
export function start(name, argv, options = {}) {
	const child = spawn(name, argv, { stdio: ['ignore', 'ignore', 'inherit'], ...options });
	process.on('exit', () => child.kill());
	return child;
}

/* What a worker reads again every few seconds, whatever the page. */
export const settings = /FROM (site_host|site|plant)\b|^SELECT id, name FROM department WHERE archived_at IS NULL ORDER/;

export { setting, url };
