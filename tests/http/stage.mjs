/*
 * stage.mjs: a department of one's own with its people, machines, parts and work orders, for tests that change
 * things, and the product's own tables (routes, permissions, moves) read from where the product has them.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { setTimeout as pause } from 'node:timers/promises';

import { Client, account, client, forms, sql, unescape, words } from './harness.mjs';

const root = new URL('../../', import.meta.url).pathname;

export const read = (path) => readFileSync(root + path, 'utf8');
/* Letters only, so that it stands in names, numbers and addresses; never twice. */
export const mark = () => BigInt(`0x${randomBytes(6).toString('hex')}`).toString(36).replace(/\d/g,
	(d) => 'ghijklmnop'[d]);
export const quote = (text) => `'${String(text).replace(/[\\']/g, '\\$&')}'`;
export const one = async (query) => (await sql(query))[0]?.[0];

/* Again until it answers something true; fails after so many seconds. */
export async function until(what, seconds = 5, said = what) {
	for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(50)) {
		const answer = await what();
		if (answer)
			return answer;
	}
	return assert.fail(`not within ${seconds} s: ${said}`);
}

/* All of the list through the function, so many at a time. */
export async function inParallel(list, n, fn) {
	const answers = [];
	let next = 0;
	await Promise.all(Array.from({ length: n }, async () => {
		while (next < list.length) {
			const i = next++;
			answers[i] = await fn(list[i], i);
		}
	}));
	return answers;
}

/* ---- the product's own tables -------------------------------------------------------------- */

/* [{ method, pattern, permission, flags }]: what `millwright routes` says. */
export const routes = execFileSync(`${process.env.BUILD ?? 'build'}/millwright`, ['routes'],
	{ cwd: new URL('../../', import.meta.url), encoding: 'utf8' }).trimEnd().split('\n').map((line) => {
	const [method, pattern, permission, flags = ''] = line.split('\t');
	return { method, pattern, permission, flags: flags.trim().split(' ').filter(Boolean) };
});

function table(path, keys) {
	const [head, ...lines] = read(path).trimEnd().split('\n').map((l) => l.trim().split(/\s+/));
	return lines.map((l) => Object.fromEntries([...keys, ...head.slice(-7)].map((k, i) => [k, l[i]])));
}

/* reach.work_order_view.TECHNICIAN: '-', 'own', 'department' or 'all'. */
export const reach = Object.fromEntries(
	table('tests/unit/golden/permission.txt', ['permission']).map((r) => [r.permission, r]));
/* [{ state, act, next, VISITOR, ADMIN, … }]: every state × every act. */
export const moves = table('tests/unit/golden/work_order.txt', ['state', 'act', 'next']);
export const roles = ['ADMIN', 'SUPERVISOR', 'TECHNICIAN', 'MANAGER', 'INVENTORY', 'REQUESTER'];

/* ---- people -------------------------------------------------------------------------------- */

/* A person that posts without opening the page first: the form token is one for the session. */
export class Person extends Client {
	/* Signed in without a password, which costs half a second: by a refresh token that the database knows. */
	async enter(who) {
		const token = randomBytes(32).toString('base64url');
		await sql(`INSERT INTO session (id, user_id, refresh_digest, rotated_at, expires_at) VALUES
			('${randomBytes(16).toString('base64url')}', ${who.id}, UNHEX('${sha256(token)}'), UTC_TIMESTAMP(6),
			UTC_TIMESTAMP(6) + INTERVAL 1 DAY)`);
		this.cookies.set('refresh', token);
		Object.assign(this, { id: who.id, email: who.email, name: who.name, password: who.password, role: who.role });
		await this.token();
		return this;
	}

	async token() {
		const page = await this.get('/account');
		assert.equal(page.status, 200, words(page).slice(0, 300));
		this.csrf = forms(page).find((f) => f.hidden.csrf).hidden.csrf;
		return this.csrf;
	}

	/* What a form carries, and a value for "once" that is new. */
	hidden() {
		return { csrf: this.csrf, once: randomBytes(16).toString('base64url') };
	}

	act(path, fields = {}, files) {
		return files ? this.postMultipart(path, { ...this.hidden(), ...fields }, files)
			: this.post(path, { ...this.hidden(), ...fields });
	}

	/* act() that must succeed; answers where it led. */
	async must(path, fields, files) {
		const answer = await this.act(path, fields, files);
		assert.equal(answer.status, 303, `${this.role} POST ${path}: ${answer.status} ${words(answer).slice(0, 600)}`);
		return answer.location;
	}
}

/* A person of that role and those departments, made for this test, signed in; the password is the admin's. */
export async function person(role, departments = [], more = {}) {
	const { email: from, password } = account('admin');
	const name = more.name ?? `${role[0]}${role.slice(1).toLowerCase()} ${mark()}`;
	const email = `${mark()}@stage.example`;
	const id = Number(await one(`INSERT INTO user (email, name, role, password, hourly_rate, language)
		SELECT '${email}', ${quote(name)}, '${role}', password, ${more.rate ?? 'NULL'}, 'en' FROM user
		WHERE email = '${from}' RETURNING id`));
	for (const d of departments)
		await sql(`INSERT INTO user_department VALUES (${id}, ${d})`);
	const who = { id, email, name, password, role };
	return more.signedOut ? who : new Person().enter(who);
}

/* ---- records ------------------------------------------------------------------------------- */

export async function department() {
	return Number(await one(`INSERT INTO department (name) VALUES ('Stage ${mark()}') RETURNING id`));
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export async function machine(department_id, more = {}) {
	const admin = await client('admin');
	const number = `S-${mark()}`;
	const fields = { number, name: `Machine ${number}`, department_id, location: 'Hall 1', criticality: 'HIGH',
		status: 'OPERATIONAL', parent_number: '', manufacturer: '', model: '', serial_number: '', installed_on: '',
		...more };
	const answer = await admin.submit('/machines/new', fields);
	assert.equal(answer.status, 303, words(answer).slice(0, 400));
	const id = Number(answer.location.split('/').pop());
	return { id, number, name: fields.name, code: await one(`SELECT code FROM machine WHERE id = ${id}`) };
}

/* A part with that stock, received at that cost. */
export async function part(on_hand = 0, cost = 0, minimum = 0) {
	const number = `P-${mark()}`;
	const id = Number(await one(`INSERT INTO part (number, name, description, minimum) VALUES ('${number}',
		'Part ${number}', '', ${minimum}) RETURNING id`));
	if (on_hand)
		await receive(id, on_hand, cost);
	return { id, number };
}

/* As a delivery would be booked: movement, stock and moving average together. */
export async function receive(id, quantity, cost) {
	await sql(`START TRANSACTION;
		UPDATE part SET average_cost = ROUND((average_cost * on_hand + ${cost} * ${quantity})
			/ (on_hand + ${quantity}), 4), on_hand = on_hand + ${quantity} WHERE id = ${id};
		INSERT INTO movement (part_id, kind, quantity, unit_cost, on_hand_after, at)
			SELECT id, 'IN', ${quantity}, ${cost}, on_hand, NOW(6) FROM part WHERE id = ${id};
		COMMIT`);
}

export async function stock(id) {
	const [[on_hand, reserved, sum, movements]] = await sql(`SELECT on_hand, reserved,
		(SELECT COALESCE(SUM(quantity), 0) FROM movement WHERE part_id = p.id),
		(SELECT COUNT(*) FROM movement WHERE part_id = p.id AND kind = 'OUT') FROM part p WHERE id = ${id}`);
	assert.equal(Number(on_hand), Number(sum), `part ${id}: the stock is not the sum of its movements`);
	return { on_hand: Number(on_hand), reserved: Number(reserved), out: Number(movements) };
}

export const idOf = (location) => Number(/\/(\d+)$/.exec(location)?.[1]);

export async function report(who, machine_id, fields = {}) {
	return idOf(await who.must(`/machines/${machine_id}/report`,
		{ priority: 'HIGH', problem_code_id: '', description: 'It rattles', another: '1', ...fields }, {}));
}

/* Asks for parts; the request's id and its lines { part id: line id }. */
export async function ask(technician, work_order_id, quantities, note = '') {
	const fields = Object.fromEntries(Object.entries(quantities).map(([p, q]) => [`quantity_${p}`, q]));
	await technician.must(`/work-orders/${work_order_id}/parts`, { search: '', note, ...fields });
	const id = await one(`SELECT MAX(id) FROM parts_request WHERE work_order_id = ${work_order_id}`);
	const lines = await sql(`SELECT part_id, id FROM parts_request_line WHERE parts_request_id = ${id}`);
	return { id: Number(id), lines: Object.fromEntries(lines) };
}

export async function completion(more = {}) {
	const [[cause, remedy]] = await sql(`SELECT MIN(CASE WHEN kind = 'CAUSE' THEN id END),
		MIN(CASE WHEN kind = 'REMEDY' THEN id END) FROM failure_code WHERE archived_at IS NULL`);
	return { cause_code_id: cause, remedy_code_id: remedy, resolution: 'Bearing replaced', minutes: '', ...more };
}

/* A department with one person of each role (two technicians) and a machine. */
export async function stage() {
	const id = await department();
	const s = {
		department: id,
		technician: await person('TECHNICIAN', [id], { rate: 36 }),
		technician2: await person('TECHNICIAN', [id], { rate: 48 }),
		supervisor: await person('SUPERVISOR', [id]),
		manager: await person('MANAGER'),
		inventory: await person('INVENTORY'),
		machine: await machine(id),
	};
	return s;
}

/* A work order of that stage in that state. */
export async function inState(s, state, machine_id = s.machine.id) {
	const id = await report(s.supervisor, machine_id);
	if (state === 'CANCELLED')
		await s.supervisor.must(`/work-orders/${id}/cancel`, { reason: 'Not needed' });
	if (state === 'PENDING' || state === 'CANCELLED')
		return id;
	await s.technician.must(`/work-orders/${id}/accept`);
	if (state === 'WAITING_PARTS') {
		s.part ??= await part(100, 5);
		await ask(s.technician, id, { [s.part.id]: 1 });
	}
	if (state === 'COMPLETED')
		await s.technician.must(`/work-orders/${id}/complete`, await completion());
	return id;
}

/* What the form of that page would send when nothing is changed. */
export function typed(page, action) {
	const [, , body] = [...page.text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)]
		.find(([all]) => all.includes(`action="${action}"`));
	const fields = {};
	for (const [, tag] of body.matchAll(/<input\b([^>]*)>/g)) {
		const of = (name) => unescape(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
		if (/type="(checkbox|radio)"/.test(tag) && !/\bchecked\b/.test(tag))
			continue;
		if (of('name'))
			fields[of('name')] = of('name') in fields && /type="checkbox"/.test(tag)
				? [fields[of('name')], of('value')].flat() : of('value');
	}
	for (const [, name, text] of body.matchAll(/<textarea\b[^>]*\bname="([^"]+)"[^>]*>\n?(.*?)<\/textarea>/gs))
		fields[name] = unescape(text);
	for (const [, name, options] of body.matchAll(/<select\b[^>]*\bname="([^"]+)"[^>]*>(.*?)<\/select>/gs))
		fields[name] = unescape(/<option value="([^"]*)"[^>]*\bselected/.exec(options)?.[1] ?? '');
	return fields;
}

/* ---- photos: small, real, and no two with the same bytes ------------------------------------ */

function chunk(type, data) {
	const body = Buffer.concat([Buffer.from(type), data]);
	const out = Buffer.alloc(body.length + 8);
	out.writeUInt32BE(data.length, 0);
	body.copy(out, 4);
	out.writeUInt32BE(crc(body), body.length + 4);
	return out;
}

function crc(bytes) {
	let c = ~0;
	for (const b of bytes) {
		c ^= b;
		for (let i = 0; i < 8; i++)
			c = (c >>> 1) ^ (0xedb88320 & -(c & 1));
	}
	return ~c >>> 0;
}

export function png() {
	const head = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
	const rows = Buffer.concat([Buffer.from([0]), randomBytes(6), Buffer.from([0]), randomBytes(6)]);
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
		chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

const segment = (code, ...bytes) => Buffer.from([0xff, code, (bytes.length + 2) >> 8, (bytes.length + 2) & 255, ...bytes]);

/* 8 × 8 of one grey: one block of two codes. */
export function jpeg(comment = randomBytes(8)) {
	const lone = [1, ...Array(15).fill(0), 0];	// one code, of one bit, for 0
	return Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xfe, ...comment), segment(0xdb, 0, ...Array(64).fill(1)),
		segment(0xc0, 8, 0, 8, 0, 8, 1, 1, 0x11, 0), segment(0xc4, 0x00, ...lone), segment(0xc4, 0x10, ...lone),
		segment(0xda, 1, 1, 0, 0, 63, 0), Buffer.from([0x3f, 0xff, 0xd9])]);
}

export function webp() {
	const image = Buffer.from('VlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');
	const extra = Buffer.concat([Buffer.from('JUNK\x08\0\0\0', 'latin1'), randomBytes(8)]);
	const size = Buffer.alloc(4);
	size.writeUInt32LE(4 + image.length + extra.length);
	return Buffer.concat([Buffer.from('RIFF'), size, Buffer.from('WEBP'), image, extra]);
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
