/*
 * browser.mjs: people at Chromium, for the browser tests.
 *
 *	const anna = await person('supervisor', { phone: true });	signed in, a context of her own
 *	await anna.page.goto('/machines');
 *	await anna.close();						throws what the console complained of
 *
 * Options: nth (which account of the role), phone (390 × 844, touch), width and height, language, theme, js (false: none),
 * door (true: signs in by the page, not beforehand), browser (another one), kept (stays from test to test).  No role: a stranger.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { account, Client, url } from '../http/harness.mjs';

export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
/* The plant is on this machine: nothing needs a sandbox that containers do not have. */
export const args = ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'];

let started;
const people = new Set();

/* A test; when it fails, it tells what everybody had before their eyes. */
export function promise(words, work) {
	test(words, { timeout: 180000 }, async (t) => {
		try {
			await work(t);
		} catch (e) {
			for (const one of people)
				if (!one.kept)
					t.diagnostic(await one.sight());
			throw e;
		} finally {
			for (const one of people)
				if (!one.kept)
					await one.close().catch(() => {});
		}
	});
}

export function browser() {
	started ??= chromium.launch({ executablePath, args });
	return started;
}

/* After the last test of a file. */
export async function end() {
	await (await started)?.close();
}

/* A folder for one thing, and then none. */
export async function inFolder(work) {
	const folder = mkdtempSync(join(tmpdir(), 'browser-'));
	try {
		return await work(folder);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/* The text of the first code in a picture (the bytes of a PNG); an error when there is none. */
export function scan(picture) {
	return inFolder((folder) => {
		const file = join(folder, 'picture.png');
		writeFileSync(file, picture);
		return execFileSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', file],
			{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0];
	});
}

/* Repeats what until it is true; the last answer. */
export async function until(what, seconds = 15) {
	let answer;
	for (const last = Date.now() + seconds * 1000; Date.now() < last; await pause(200)) {
		answer = await what();
		if (answer)
			return answer;
	}
	throw new Error(`not within ${seconds} s: ${what}`);
}

/* Few may sign in at the same moment, and the next is asked to try again: so does work, while it is told so. */
async function again(work) {
	for (let i = 0; ; i++)
		try {
			return await work();
		} catch (e) {
			if (i === 20 || !/\b429\b/.test(e.message))
				throw e;
			await pause(300 + 200 * Math.random());
		}
}

const clients = new Map();

/* As client() of the harness, with patience. */
export function client(role) {
	if (!clients.has(role))
		clients.set(role, role ? again(() => new Client().signIn(account(role))) : new Client());
	return clients.get(role);
}

/* A session's cookies for a browser. */
export async function cookies(role, nth = 0) {
	const client = await again(() => new Client().signIn(account(role, nth)));
	return [...client.cookies].map(([name, value]) => ({ name, value, url }));
}

export class Person {
	complaints = [];

	constructor(context, page, who) {
		people.add(this);
		Object.assign(this, { context, page, who });
		page.on('console', (m) => this.#heard(m));
		page.on('pageerror', (e) => this.complaints.push(`${page.url()}: ${e}`));
		/* Pages that leave with something typed ask; a person who has sent the form is never asked. */
		page.on('dialog', (d) => {
			this.complaints.push(`${page.url()}: a dialog: ${d.type()} ${d.message()}`);
			d.accept();
		});
	}

	#heard(message) {
		if (message.type() !== 'error' && !/Content.Security.Policy|Trusted Type/i.test(message.text()))
			return;
		/* Answers like 409 and 422 are pages that a test looks at; Chromium counts them as errors. */
		if (/the server responded with a status of (4\d\d|503)/.test(message.text())
			&& message.location().url === this.page.url())
			return;
		this.complaints.push(`${this.page.url()}: ${message.text()} ${message.location().url}`);
	}

	/* What the console has said since, taken out. */
	heard() {
		return this.complaints.splice(0);
	}

	async sight() {
		const text = await this.page.evaluate('document.body.innerText').catch((e) => String(e));
		if (process.env.SHOTS)
			await this.page.screenshot({ path: join(process.env.SHOTS, `failed-${this.who}.png`), fullPage: true }).catch(() => {});
		return `${this.who} at ${this.page.url()}: ${text.replace(/\s+/g, ' ').slice(0, 600)}`;
	}

	async close() {
		people.delete(this);
		await this.context.close();
		if (this.complaints.length)
			throw new Error(`the console of ${this.who}:\n${this.complaints.join('\n')}`);
	}

	/* Types the account's mail and password into the page that is open. */
	signIn(role, nth = 0) {
		const { email, password } = account(role, nth);
		return again(async () => {
			await this.page.getByLabel('E-mail').fill(email);
			await this.page.getByLabel('Password').fill(password);
			const answer = this.page.waitForResponse((r) => r.request().method() === 'POST');
			await this.page.getByRole('button', { name: 'Sign in' }).click();
			const status = (await answer).status();
			await this.page.waitForLoadState();
			if (status !== 303)
				throw new Error(`${email} could not sign in: ${status}`);
			await this.page.waitForURL((to) => to.pathname !== '/sign-in');
		});
	}

	/* Has read everything: the bell counts from nothing. */
	async readAll() {
		await this.page.goto('/notifications');
		const read = this.page.getByRole('button', { name: 'Mark all as read' });
		if (await read.count())
			await read.click();
		await until(async () => await this.bell() === 0);
	}

	/* How many notifications the bell of this page counts. */
	async bell() {
		const text = await this.page.locator('a.bell:visible').innerText();
		return Number(/\d+/.exec(text)?.[0] ?? 0);
	}

	/* Looks again until the bell counts more than before. */
	async rings(before, seconds = 30) {
		return until(async () => {
			await this.page.reload();
			return await this.bell() > before;
		}, seconds);
	}
}

export async function person(role, options = {}) {
	const { nth = 0, phone = false, js = true, language = 'en', theme, door = false } = options;
	const context = await (await (options.browser ?? browser())).newContext({
		baseURL: url,
		viewport: phone ? { width: 390, height: 844 } : { width: options.width ?? 1440, height: options.height ?? 900 },
		isMobile: phone && js, hasTouch: phone && js, javaScriptEnabled: js,
		locale: language === 'fr' ? 'fr-FR' : 'en-GB', colorScheme: theme ?? 'light', reducedMotion: 'reduce',
		serviceWorkers: options.serviceWorkers ?? 'block', acceptDownloads: true,
		...options.context,
	});
	context.setDefaultTimeout(30000);
	await context.addCookies([{ name: 'language', value: language, url }]);	// chosen at the door
	if (role && !door)
		await context.addCookies(await cookies(role, nth));
	const page = await context.newPage();
	const one = new Person(context, page, role ?? 'a stranger');
	one.kept = options.kept;
	if (role && door) {
		await page.goto('/');
		await one.signIn(role, nth);
	}
	return one;
}
