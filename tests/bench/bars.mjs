/* bars.mjs: what the product promises, beside what was measured; told at the end, a line each. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const kept = process.env.BENCH_FOUND;	/* one process for each size: what the ones before have found */
const all = kept && existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : { found: {}, bars: [] };

/* what: "search, p95"; at most (or at least) so much of the unit is promised, measured is what was. */
export function bar(what, promised, measured, unit = 'ms', least = false) {
	all.bars.push({ what, promised, measured, unit, least, held: least ? measured >= promised : measured <= promised });
}

/* What the four pages took with n work orders, for the ratio of a million to ten thousand. */
export function found(n, pages) {
	all.found[n] = pages;
	return all.found;
}

export function keep() {
	if (kept)
		writeFileSync(kept, JSON.stringify(all));
}

const number = (x) => (Number.isInteger(x) ? String(x) : x.toFixed(x < 10 ? 2 : 1));

export function tell() {
	console.log(`\n${'promised'.padEnd(64)} bar         measured`);
	for (const { what, promised, measured, unit, least, held } of all.bars)
		console.log(`${what.padEnd(60)} ${least ? 'from' : 'to  '} ${number(promised).padStart(6)} ${unit.padEnd(3)} ${number(measured).padStart(8)}  ${held ? 'held' : 'MISSED'}`);
	const missed = all.bars.filter(({ held }) => !held).length;
	console.log(missed === 0 ? `all ${all.bars.length} held` : `${missed} of ${all.bars.length} MISSED`);
}
