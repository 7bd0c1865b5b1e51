#!/usr/bin/env node
/**
 * Holds parse() to the truth beside each captured message:
 * `node scripts/capture/verify.mjs [MODULE] [SERVER…]`, MODULE the built library (dist/index.js when left out).
 * Prints each difference and, per server, how many fields are right. Exit 1 on any difference.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const captured = join(root, 'corpus/captured');
const args = process.argv.slice(2);
const library = /\.m?js$/.test(args[0] ?? '') ? args.shift() : join(root, 'dist/index.js');
const { parse } = await import(pathToFileURL(resolve(library)).href);
const servers = args.length > 0 ? args : readdirSync(captured).sort();

const answerOf = (recipient, field) => (field === 'decision' ? recipient.decision.action : recipient[field]);

/** Pairs each true recipient with the answer for the same address, one answer for one truth. */
function pairUp(truths, answers) {
  const left = [...answers];
  return truths.map((truth) => {
    const at = left.findIndex((r) => r.recipient?.toLowerCase() === truth.recipient?.toLowerCase());
    return { truth, answer: at < 0 ? undefined : left.splice(at, 1)[0] };
  });
}

/** Every field that the truth gives, as {field, wanted, got}. */
function compare(truth, report) {
  const checks = [{ field: 'kind', wanted: truth.kind, got: report.kind }];
  // Of an auto-reply or a receipt the truth says only what it is.
  if (truth.recipients.length === 0) return checks;
  checks.push({ field: 'recipients', wanted: truth.recipients.length, got: report.recipients.length });
  for (const { truth: wanted, answer } of pairUp(truth.recipients, report.recipients)) {
    for (const [field, value] of Object.entries(wanted)) {
      checks.push({ field, wanted: value, got: answer && answerOf(answer, field), of: wanted.recipient });
    }
  }
  return checks;
}

const table = [];
let wrong = 0;
for (const server of servers) {
  const counts = new Map();
  const count = (field, right) => {
    const [good, all] = counts.get(field) ?? [0, 0];
    counts.set(field, [good + (right ? 1 : 0), all + 1]);
  };
  let messages = 0;
  for (const file of readdirSync(join(captured, server)).filter((f) => f.endsWith('.truth.json'))) {
    const truth = JSON.parse(readFileSync(join(captured, server, file), 'utf8'));
    const name = file.replace('.truth.json', '');
    const report = await parse(readFileSync(join(captured, server, `${name}.eml`)));
    messages++;
    for (const { field, wanted, got, of } of compare(truth, report)) {
      const right =
        field === 'recipient' || field === 'remoteMta'
          ? String(wanted).toLowerCase() === String(got).toLowerCase()
          : wanted === got;
      count(field, right);
      if (right) continue;
      wrong++;
      console.log(
        `${server}/${name}: ${field} is ${JSON.stringify(got)}, should be ${JSON.stringify(wanted)}${of ? ` (${of})` : ''}`,
      );
    }
  }
  table.push({ server, messages, counts });
}

const FIELDS = [
  'kind',
  'recipients',
  'recipient',
  'action',
  'status',
  'replyCode',
  'remoteMta',
  'reason',
  'decision',
];
console.log(`\n${'server'.padEnd(16)}${'messages'.padStart(9)}${FIELDS.map((f) => f.padStart(12)).join('')}`);
for (const { server, messages, counts } of table) {
  const cells = FIELDS.map((f) => (counts.has(f) ? counts.get(f).join('/') : '-').padStart(12));
  console.log(`${server.padEnd(16)}${String(messages).padStart(9)}${cells.join('')}`);
}
const sum = (at) =>
  table.reduce((n, { counts }) => n + [...counts.values()].reduce((m, c) => m + c[at], 0), 0);
console.log(`${sum(0)} of ${sum(1)} fields right in ${table.reduce((n, t) => n + t.messages, 0)} messages`);
process.exitCode = wrong > 0 ? 1 : 0;
