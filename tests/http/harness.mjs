/*
 * harness.mjs: a person at a browser without script, for the HTTP tests.
 *
 * The plant is the one of `millwright run --once-ready`: its address is in MILLWRIGHT_URL, its folder in
 * MILLWRIGHT_VAR.  Accounts are the lines `role<TAB>email<TAB>password` of its accounts.txt.
 *
 *	const anna = await client('supervisor');		signed in (kept: one sign-in a file and role)
 *	let page = await anna.get('/machines');			{ status, headers, text, path, location }
 *	page = await anna.submit('/machines/1/report', { priority: 'high', words: 'It smokes' });
 *	await sql('SELECT COUNT(*) FROM work_order');		[['7']]
 *
 * Plain JavaScript of node 18; nothing is installed for it.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, existsSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export const url = process.env.MILLWRIGHT_URL;
export const folder = process.env.MILLWRIGHT_VAR;
if (!url || !folder)
	throw new Error('no plant: run these by `tests/run http`, or see tests/README.md');

/* Every account of the demo plant: [{ role, email, password }]. */
export const accounts = existsSync(`${folder}/accounts.txt`)
	? readFileSync(`${folder}/accounts.txt`, 'utf8').trim().split('\n').map((line) => {
		const [role, email, password] = line.split('\t');
		return { role, email, password };
	})
	: [];

/* The nth account of that role. */
export function account(role, nth = 0) {
	const found = accounts.filter((a) => a.role === role)[nth];
	if (!found)
		throw new Error(`no account ${nth} with the role ${role} in accounts.txt`);
	return found;
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", '#34': '"', nbsp: '\u00a0' };

export function unescape(html) {
	return html.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (all, name) => {
		if (name in entities)
			return entities[name];
		if (!name.startsWith('#'))
			return all;
		const hex = name[1] === 'x' || name[1] === 'X';
		return String.fromCodePoint(parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10));
	});
}

function attributes(tag) {
	const found = {};
	for (const [, name, a, b, c] of tag.matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g))
		found[name.toLowerCase()] ??= unescape(a ?? b ?? c ?? '');
	return found;
}

/* The forms of a page: [{ action, method, enctype, hidden: {name: value}, names: [name…] }]. */
export function forms(page) {
	return [...page.text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head, body]) => {
		const form = attributes(head);
		const controls = [...body.matchAll(/<(?:input|select|textarea|button)\b([^>]*)>/g)]
			.map(([, tag]) => attributes(tag)).filter((c) => c.name !== undefined);
		const hidden = {};
		for (const c of controls)
			if (c.type === 'hidden')
				hidden[c.name] = c.value ?? '';
		return {
			action: form.action || page.path,
			method: (form.method || 'get').toLowerCase(),
			enctype: form.enctype || 'application/x-www-form-urlencoded',
			hidden,
			names: controls.map((c) => c.name),
		};
	});
}

/* The text that a person would read: no tags, entities resolved, blanks joined. */
export function words(page) {
	return unescape(page.text.replace(/<(script|style)\b.*?<\/\1>/gs, ' ').replace(/<[^>]*>/g, ' '))
		.replace(/\s+/g, ' ').trim();
}

function exchange(method, path, body, headers, localAddress) {
	const bytes = body === undefined ? undefined : Buffer.from(body instanceof URLSearchParams ? String(body) : body);
	const target = new URL(path, url);
	return new Promise((resolve, reject) => {
		const asked = http.request({
			method, headers: bytes ? { ...headers, 'content-length': bytes.length } : headers,
			host: '127.0.0.1', port: target.port, path: target.pathname + target.search, agent: false, localAddress,
		}, (answer) => {
			const parts = [];
			answer.on('data', (part) => parts.push(part));
			answer.on('error', reject);
			answer.on('end', () => resolve({
				status: answer.statusCode,
				headers: new Headers(Object.entries(answer.headers).map(([n, v]) => [n, String(v)])),
				cookies: answer.headers['set-cookie'] ?? [],
				bytes: Buffer.concat(parts),
				text: Buffer.concat(parts).toString('utf8'),
			}));
		});
		asked.setTimeout(60000, () => asked.destroy(new Error(`${method} ${path}: no answer in 60 s`)));
		asked.on('error', reject);
		asked.end(bytes);
	});
}

export class Client {
	constructor() {
		this.cookies = new Map();
		this.origin = url;	// null: send none
		this.headers = {};	// sent with each request, e.g. accept-language
		this.address = undefined;	// where it comes from: 127.0.0.9, whose rates are its own
	}

	/* One exchange; redirects are not followed.  Not fetch(): Debian's node 18 loses cookies there. */
	async request(method, path, body, headers = {}) {
		const sent = { host: new URL(url).host, ...this.headers, ...headers };
		if (this.cookies.size)
			sent.cookie ??= [...this.cookies].map(([n, v]) => `${n}=${v}`).join('; ');
		if (method !== 'GET' && method !== 'HEAD' && this.origin)
			sent.origin ??= this.origin;
		const answer = await exchange(method, path, body, sent, this.address);
		for (const line of answer.cookies)
			this.#keep(line);
		return { ...answer, location: answer.headers.get('location'), path };
	}

	#keep(line) {
		const [pair, ...rest] = line.split(';');
		const at = pair.indexOf('=');
		const name = pair.slice(0, at).trim();
		const gone = rest.some((r) => /^\s*max-age=(0|-\d+)\s*$/i.test(r));
		if (gone)
			this.cookies.delete(name);
		else
			this.cookies.set(name, pair.slice(at + 1));
	}

	get(path, headers) {
		return this.request('GET', path, undefined, headers);
	}

	/* fields: an object (a value may be an array), or a URLSearchParams. */
	post(path, fields = {}, headers = {}) {
		return this.request('POST', path, encode(fields), {
			'content-type': 'application/x-www-form-urlencoded', ...headers });
	}

	/* files: { field: [{ name, type, bytes }…] }. */
	postMultipart(path, fields = {}, files = {}, headers = {}) {
		const boundary = `----millwright${randomBytes(12).toString('hex')}`;
		const parts = [];
		for (const [name, value] of encode(fields))
			parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
		for (const [name, list] of Object.entries(files))
			for (const f of list)
				parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${f.name}"\r\n`
					+ `Content-Type: ${f.type || 'application/octet-stream'}\r\n\r\n`, f.bytes, '\r\n');
		parts.push(`--${boundary}--\r\n`);
		return this.request('POST', path, Buffer.concat(parts.map((p) => Buffer.from(p))), {
			'content-type': `multipart/form-data; boundary=${boundary}`, ...headers });
	}

	/*
	 * What a person does: opens the page, fills the form and sends it.  The form is the one whose action
	 * is options.action, or else the first that posts and has all the named fields.  Its hidden
	 * fields (csrf, once, version …) go along; a field given as undefined is left out.  A reference may be
	 * given by its id where the form, with many to choose from, has a field for its name.
	 */
	async submit(path, fields = {}, options = {}) {
		const page = options.page ?? await this.get(path);
		const wanted = Object.keys(fields).concat(Object.keys(options.files ?? {}));
		const form = forms(page).find((f) => f.method === 'post' && (options.action
			? f.action === options.action : wanted.every((n) => f.names.includes(n) || f.names.includes(`${n}_name`))));
		if (!form)
			throw new Error(`${path} (${page.status}) has no form ${options.action ?? ''} with ${wanted}`);
		const all = { ...form.hidden, ...fields };
		return options.files || form.enctype.startsWith('multipart/')
			? this.postMultipart(form.action, all, options.files)
			: this.post(form.action, all);
	}

	/* GET, and again while the answer is a redirect. */
	async follow(answer) {
		for (let i = 0; i < 5 && answer.location; i++)
			answer = await this.get(answer.location);
		return answer;
	}

	/* Again for ten seconds while others are being signed in: only so many are at a time. */
	async signIn({ email, password }) {
		let answer = await this.submit('/sign-in', { email, password });
		for (let i = 0; i < 40 && answer.status === 429; i++) {
			await pause(250);
			answer = await this.submit('/sign-in', { email, password });
		}
		if (answer.status !== 303)
			throw new Error(`${email} could not sign in: ${answer.status} ${words(answer).slice(0, 300)}`);
		return this;
	}
}

function encode(fields) {
	if (fields instanceof URLSearchParams)
		return fields;
	const encoded = new URLSearchParams();
	for (const [name, value] of Object.entries(fields))
		for (const v of Array.isArray(value) ? value : [value])
			if (v !== undefined)
				encoded.append(name, String(v));
	return encoded;
}

const signedIn = new Map();

/* Somebody of that role, signed in; the same object each time.  No role: a stranger, always a new one. */
export function client(role, nth = 0) {
	if (role === undefined)
		return new Client();
	const key = `${role} ${nth}`;
	if (!signedIn.has(key))
		signedIn.set(key, new Client().signIn(account(role, nth)));
	return signedIn.get(key);
}

/* Bytes as they are to nginx; the whole answer as text.  The server must close: HTTP/1.0, or Connection: close. */
export function raw(bytes) {
	return new Promise((resolve, reject) => {
		const parts = [];
		const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
		socket.setTimeout(20000, () => socket.destroy(new Error('no answer in 20 s')));
		socket.on('data', (part) => parts.push(part));
		socket.on('error', reject);
		socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')));
	});
}

/* A setting of the plant's millwright.conf. */
export function setting(name) {
	return new RegExp(`^${name} *= *(.*)$`, 'm').exec(readFileSync(`${folder}/conf/millwright.conf`, 'utf8'))?.[1];
}

/*
 * A mariadb client that waits for the next query: to start one costs more than most queries do.  One that answers
 * an error has ended, as with --execute.
 */
class Asked {
	constructor(schema) {
		const password = readFileSync(setting('db_owner_password_file'), 'utf8').trim();
		this.end = `end of ${randomBytes(12).toString('hex')}\n`;
		this.process = spawn('mariadb', ['--no-defaults', '--batch', '--unbuffered', '--skip-column-names',
			'--default-character-set=utf8mb4', `--socket=${setting('db_socket')}`,
			`--user=${setting('db_owner')}`, schema], { env: { ...process.env, MYSQL_PWD: password } });
		this.process.stdout.setEncoding('utf8').on('data', (text) => this.#more(text));
		this.process.stderr.setEncoding('utf8').on('data', (text) => { this.error += text; });
		this.process.stdin.on('error', () => {});
		this.process.on('error', (error) => { this.error += error; this.#ended(); });
		this.process.on('close', () => this.#ended());
	}

	/* A test that has ended does not wait for it. */
	#idle(yes) {
		for (const part of [this.process, this.process.stdin, this.process.stdout, this.process.stderr])
			yes ? part.unref() : part.ref();
	}

	ask(query) {
		this.said = [];
		this.error = '';
		this.#idle(false);
		return new Promise((resolve, reject) => {
			Object.assign(this, { resolve, reject });
			this.process.stdin.write(`${query}\n;\nSELECT '${this.end.trim()}';\n`);
		});
	}

	#more(text) {
		this.said.push(text);
		if (!text.endsWith('\n') || !(text.length < this.end.length ? this.said.join('') : text).endsWith(this.end))
			return;
		this.#idle(true);
		this.resolve(this.said.join('').slice(0, -this.end.length));
	}

	#ended() {
		this.gone = true;
		this.reject?.(new Error(this.error || 'the database client ended'));
	}
}

const waiting = new Map();	// schema → the clients that nobody uses now

/* Runs SQL as the owner of the schemas; rows of texts, NULL as null. */
export async function sql(query, schema = 'mw_demo') {
	const idle = waiting.get(schema) ?? [];
	waiting.set(schema, idle);
	let answer, asked;
	while (answer === undefined) {
		const used = idle.pop();
		if (used?.gone)
			continue;
		asked = used ?? new Asked(schema);
		answer = await asked.ask(query).catch((error) => {
			// The database was restarted since.
			if (!used || !/ERROR (2006|2013|1927|4031)/.test(error.message))
				throw new Error(`${error.message}\n${query}`);
		});
	}
	idle.push(asked);
	return answer.split('\n').slice(0, -1).map((line) => line.split('\t').map((v) => (v === 'NULL' ? null : v)));
}
