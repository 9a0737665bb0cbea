/* book.mjs: what stands in a workbook of Excel. */
import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';

import { unescape } from './harness.mjs';

/* The files of a zip, by name. */
function unzip(bytes) {
	const found = {};
	for (let at = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16); bytes.readUInt32LE(at) === 0x02014b50;) {
		const [size, name, extra, comment] = [bytes.readUInt32LE(at + 20), ...[28, 30, 32].map((n) => bytes.readUInt16LE(at + n))];
		const head = bytes.readUInt32LE(at + 42);
		const data = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
		const packed = bytes.subarray(data, data + size);
		found[bytes.toString('utf8', at + 46, at + 46 + name)] = (bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString();
		at += 46 + name + extra + comment;
	}
	return found;
}

const textIn = (xml) => [...xml.matchAll(/<t\b[^>]*?(?:\/>|>([^]*?)<\/t>)/g)].map((t) => unescape(t[1] ?? '')).join('')
	.replace(/_x([0-9A-F]{4})_/g, (all, hex) => String.fromCharCode(parseInt(hex, 16)));

/* Rows of texts and numbers, and empty ones. */
export function sheet(bytes) {
	const files = unzip(bytes);
	const xml = files['xl/worksheets/sheet1.xml'];
	assert.doesNotMatch(xml, /<f[ >/]/, 'no cell is a formula');
	assert.doesNotMatch(xml, /<hyperlink/, 'nor a link');
	const shared = [...(files['xl/sharedStrings.xml'] ?? '').matchAll(/<si>([^]*?)<\/si>/g)].map((s) => textIn(s[1]));
	return [...xml.matchAll(/<row\b[^>]*?(?:\/>|>([^]*?)<\/row>)/g)].map(([, row = '']) => {
		const list = [];
		for (const [, head, body = ''] of row.matchAll(/<c\b([^>]*?)(?:\/>|>([^]*?)<\/c>)/g)) {
			const at = [...(/r="([A-Z]+)/.exec(head)[1])].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1;
			const value = /<v>([^<]*)<\/v>/.exec(body)?.[1];
			list[at] = /t="s"/.test(head) ? shared[value] : /t="(inlineStr|str)"/.test(head) ? textIn(body) : value && Number(value);
		}
		return list;
	});
}
