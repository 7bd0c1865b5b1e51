/**
 * Classifications per second, and how that changes with the number of rules.
 *
 *   npx esbuild bench/classify.ts --bundle --platform=node --format=esm --outfile=/tmp/bench-classify.mjs && node /tmp/bench-classify.mjs
 */
import { classify, compileRules, RULES, type Rule } from '../src/classify/index.ts';
import { decide } from '../src/decide/index.ts';

const REPLIES = [
  '550 5.1.1 <jane@example.com>: Recipient address rejected: User unknown in virtual mailbox table',
  "550-5.7.26 Unauthenticated email from example.org is not accepted due to domain's DMARC policy. 550 5.7.26 For more information, go to https://support.google.com/mail/?p=UnauthenticatedMail a1b2 - gsmtp",
  '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.1',
  "452 4.2.2 The recipient's inbox is out of storage space and inactive",
  'connect to mx.example.com[192.0.2.1]:25: Connection timed out',
  '550 5.7.350 Remote server returned message detected as spam -> 554 5.7.1 [P4] Message blocked due to spam content in the message.',
  '421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1',
  '550 Postfach existiert nicht',
];
const ROUNDS = 40_000;

/** Rows that no reply matches, with words that many replies share. */
function filler(count: number): Rule[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `filler/${i}`,
    says: [`mailbox user number ${i} ${i * 7919} of the filler`, [`message ${i * 31}`, `refused ${i * 17}`]],
    reason: 'unknown' as const,
    sample: 'none',
    source: 'bench',
  }));
}

function measure(rules: ReturnType<typeof compileRules>): number {
  const run = (rounds: number): void => {
    for (let i = 0; i < rounds; i++) decide(classify({ reply: REPLIES[i % REPLIES.length] }, rules));
  };
  run(ROUNDS / 4);
  const start = performance.now();
  run(ROUNDS);
  return ((performance.now() - start) * 1000) / ROUNDS;
}

const cold = performance.now();
compileRules(RULES);
console.log(
  `built-in table: ${RULES.length} rows, compiled in ${(performance.now() - cold).toFixed(1)} ms (cold)`,
);
const general = RULES.filter((rule) => rule.provider === undefined).slice(0, 100);
for (const [name, rows] of [
  ['100 rows', general],
  [`${RULES.length} rows (built in)`, RULES],
  ['2,000 rows', [...RULES, ...filler(2_000 - RULES.length)]],
  ['10,000 rows', [...RULES, ...filler(10_000 - RULES.length)]],
] as const) {
  const start = performance.now();
  const rules = compileRules(rows);
  const built = performance.now() - start;
  const each = measure(rules);
  console.log(
    `${name.padEnd(24)} ${each.toFixed(2)} microseconds a reply with its decision, ${Math.round(1e6 / each).toLocaleString('en')} a second; compiled in ${built.toFixed(1)} ms`,
  );
}
