/*
 * search.mjs: what is typed into the box, as one types: /search.json, one question at a time, from a million work orders
 * and a hundred thousand parts.  The product promises an answer within 50 ms.
 */
import os from 'node:os';
import { performance } from 'node:perf_hooks';
import { bar } from './bars.mjs';
import { person } from './plant.mjs';

const questions = [
	['a frequent word', 'pump'], ['two frequent words', 'pump noise'], ['three words', 'oil leaks spindle'],
	['its beginning', 'vib'], ['two letters', 'be'], ['a part of it', 'earin'], ['a letter wrong', 'vibraton'],
	['a number', '123456'], ['a machine', 'MCH-00077'], ['a serial number', 'SN1001'], ['a part', 'BRG-10006'],
	['part of a code', '2RS'], ['frequent and rare', 'pump 4711'], ['a person', 'Family7'], ['nothing', 'xyzzy qqq'],
];
const at = (list, share) => [...list].sort((x, y) => x - y)[Math.min(list.length - 1, Math.floor(list.length * share))];

/* Person 1 is an administrator, 6 a supervisor, 46 a technician, 161 a requester. */
/* worked(): milliseconds of processor time that the plant's programs have used so far. */
export async function search(n, worked = () => 0, times = Number(process.env.BENCH_SEARCHES || 40)) {
	const all = [];
	const each = [];	/* processor time of a question */
	console.log(`\nsearch, ${n} work orders, load ${os.loadavg()[0].toFixed(1)}   p50    p95    cpu   found`);
	for (const [seq, role] of [[1, 'administrator'], [6, 'supervisor'], [46, 'technician'], [161, 'requester']]) {
		const who = await person(seq);
		for (const [name, typed] of questions) {
			const took = [];
			let found, before;
			for (let i = 0; i < times + 3; i++) {
				if (i === 3)
					before = worked();
				const from = performance.now();
				const answer = await who.get(`/search.json?q=${encodeURIComponent(typed)}`);
				if (i >= 3)
					took.push(performance.now() - from);
				if (answer.status !== 200)
					throw new Error(`${typed}: ${answer.status}`);
				found = JSON.parse(answer.text).count;
			}
			all.push(...took);
			each.push((worked() - before) / times);
			if (seq === 1 || at(took, 0.95) > 30)
				console.log(`${role.padEnd(14)} ${name.padEnd(20)} ${at(took, 0.5).toFixed(1).padStart(6)} ${at(took, 0.95).toFixed(1).padStart(6)} ${each.at(-1).toFixed(1).padStart(6)} ${String(found).padStart(7)}`);
		}
	}
	console.log(`search: p50 ${at(all, 0.5).toFixed(1)} ms, p95 ${at(all, 0.95).toFixed(1)} ms, of ${all.length} questions; processor ${(each.reduce((x, y) => x + y) / each.length).toFixed(1)} ms each`);
	bar(`search in ${n} work orders, as one waits: 95 of 100`, 50, at(all, 0.95));
	bar('search, processor time of the dearest question', 50, Math.max(...each));
}
