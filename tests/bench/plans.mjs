/* plans.mjs: what every list and page asks of the database, for each role: time, rows read, rows sorted. */
import { logging, person, settings, sql, statements } from './plant.mjs';

const people = { admin: 1, supervisor: 6, technician: 46, manager: 146, inventory: 156, requester: 161 };
const states = ['', 'OPEN', 'PENDING', 'IN_PROGRESS', 'WAITING_PARTS', 'CONFIRM', 'COMPLETED', 'CANCELLED'];
const list = (query) => `/work-orders?${query}`;

function paths(n, after) {
	return ['/', ...states.map((s) => list(`state=${s}`)), ...states.map((s) => list(`state=${s}&sort=oldest`)),
		list('priority=CRITICAL'), list('priority=CRITICAL&state=COMPLETED'), list('priority=LOW&state=CANCELLED&sort=oldest'),
		list('department=7'), list('department=7&state=OPEN'), list('department=7&state=CONFIRM&sort=oldest'),
		list('department=7&priority=LOW'), list('department=7&priority=LOW&state=CANCELLED'), list('machine=77'),
		list('machine=77&state=COMPLETED'), list('machine=77&priority=LOW'), list('number=WO-2026-00'), list('number=0000'), list('mine=1'),
		list('mine=1&state=COMPLETED'), list('free=1'), list('free=1&state=PENDING&sort=oldest'), list(`after=${after}`),
		list(`state=COMPLETED&after=${after}`), list(`state=CANCELLED&sort=oldest&after=${after}`),
		list(`department=7&after=${after}`), list(`priority=HIGH&after=${after}`), '/technician/work', '/machines', '/machines/77',
		'/machines?status=DOWN', `/work-orders/${n - 40}`, '/machines/77/report', '/activity', '/users', '/parts',
		'/manager/approvals', '/inventory/to-issue', '/search?q=MCH', '/notifications'];
}

/* What running it costs: { ms, read, sorted, scans }. */
function cost(text) {
	const out = sql(`FLUSH STATUS; SET @t = NOW(6); ${text}; SELECT '@ms', TIMESTAMPDIFF(MICROSECOND, @t, NOW(6)) / 1000;
SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%' OR Variable_name IN ('Sort_rows', 'Select_scan');`);
	const from = out.findLastIndex((r) => r[0] === '@ms');
	const status = Object.fromEntries(out.slice(from + 1).map(([k, v]) => [k, Number(v)]));
	const read = Object.entries(status).filter(([k]) => k.startsWith('Handler_read')).reduce((sum, [, v]) => sum + v, 0);
	return { ms: Number(out[from][1]), read, sorted: status.Sort_rows };
}

/* Of each statement the time and the rows; of each page and role the worst statement. */
export async function plans(n) {
	const [[us, id]] = sql(`SELECT UNIX_TIMESTAMP(reported_at) * 1000000 DIV 1, id FROM work_order WHERE id = ${n / 2}`);
	const seen = new Map();

	await logging(true);
	console.log('\nrole        page                                                 queries      ms    read  sorted');
	for (const [role, seq] of Object.entries(people)) {
		const who = await person(seq);
		for (const path of paths(n, `${us}-${id}`)) {
			let code;
			const ran = await statements(async () => {
				({ status: code } = await who.get(path));
			});
			if (code !== 200) {
				if (code !== 403 && code !== 404)
					console.log(`${role} ${path}: ${code}`);
				continue;
			}
			const thread = ran.find((s) => /FROM session /.test(s.text))?.thread;
			const mine = ran.filter((s) => s.thread === thread && !settings.test(s.text));
			const worst = { ms: 0, read: 0, sorted: 0 };
			for (const { text } of mine.filter((s) => /^\(?SELECT/.test(s.text) && !/FROM session|FOR UPDATE/.test(s.text))) {
				if (!seen.has(text))
					seen.set(text, cost(text));
				for (const k of Object.keys(worst))
					worst[k] = Math.max(worst[k], seen.get(text)[k]);
				if (process.env.BENCH_PLANS === '2' && (seen.get(text).read > 3000 || seen.get(text).sorted > 500))
					console.log(`\t${text}`);
			}
			const bad = worst.read > 3000 || worst.sorted > 500 || worst.ms > 20 ? '  *' : '';
			console.log([role.padEnd(11), path.padEnd(54), String(mine.filter((s) => s.sql !== null).length).padStart(5), worst.ms.toFixed(1).padStart(7),
				String(worst.read).padStart(7), String(worst.sorted).padStart(7)].join(' ') + bad);
		}
	}
}
