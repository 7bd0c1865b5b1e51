import { ENHANCED_CODES, type EnhancedCode, REPLY_CODES, type ReplyCode } from '../registry.ts';
import type { Rule } from '../rule.ts';
import { MICROSOFT } from './microsoft.ts';

/** A code that only names its class or subject, or that servers put on everything. Wording comes before it. */
const VAGUE = new Set(['x.1.0', 'x.2.0', 'x.3.0', 'x.4.0', 'x.5.0', 'x.6.0', 'x.7.0', 'x.7.1']);

function outcomeOf(row: EnhancedCode | ReplyCode) {
  return {
    ...(row.bounceType === undefined ? {} : { bounceType: row.bounceType }),
    ...(row.bucket === undefined ? {} : { bucket: row.bucket }),
    ...(row.advice === undefined ? {} : { advice: row.advice }),
    ...(row.detail === undefined ? {} : { detail: row.detail }),
  };
}

function enhancedRules(vague: boolean): Rule[] {
  return ENHANCED_CODES.flatMap((row: EnhancedCode) =>
    row.reason === null || row.code === 'x.0.0' || VAGUE.has(row.code) !== vague
      ? []
      : [
          {
            id: `registry/${row.code}`,
            status: row.code,
            reason: row.reason,
            ...outcomeOf(row),
            sample: `550 ${row.code.replace('x', '5')}`,
            source: row.source,
          },
        ],
  );
}

/**
 * Codes with a detail from 100 on: no registered one is so high, and no server has them but Exchange Online, so they
 * mean the same where a reply does not tell who said it.
 */
const PRIVATE_CODES: readonly Rule[] = MICROSOFT.flatMap(({ provider: _, ...row }: Rule) => {
  const codes = [row.status ?? []].flat().filter((code) => /^.\.\d+\.\d{3}/.test(code));
  const [first] = codes;
  if (first === undefined || row.says !== undefined || row.reply !== undefined) return [];
  const code = first.replace('x', '5').replace(/-.*/, '');
  return [
    {
      ...row,
      id: `registry/${row.id}`,
      status: codes,
      sample: `${code.startsWith('4') ? 450 : 550} ${code}`,
    },
  ];
});

/** Success comes before everything: no wording makes a refusal out of a 2yz. */
export const ACCEPTED: readonly Rule[] = [
  {
    id: 'code/2yz',
    reply: '2',
    reason: 'unknown',
    bounceType: 'success',
    bucket: 'none',
    advice: 'none',
    scope: 'message',
    sample: '250 2.0.0 OK',
    source: 'RFC 5321 §4.2.1',
  },
  {
    id: 'code/3yz',
    reply: '3',
    reason: 'unknown',
    bounceType: 'success',
    bucket: 'none',
    advice: 'none',
    scope: 'message',
    sample: '354 Go ahead',
    source: 'RFC 5321 §4.2.1',
  },
];

export const PRECISE_CODES: readonly Rule[] = [
  {
    id: 'registry/4.2.1',
    status: '4.2.1',
    reason: 'server-unavailable',
    scope: 'address',
    sample: '450 4.2.1 Not now',
    source: 'RFC 3463 §3.3: x.2.1 may be temporary; a mailbox that is off for a while is not given up',
  },
  ...PRIVATE_CODES,
  ...enhancedRules(false),
];
export const VAGUE_CODES: readonly Rule[] = enhancedRules(true);

/** Reply codes that name a cause; 550, 553 and 554 do not. */
export const REPLY_CODE_ROWS: readonly Rule[] = REPLY_CODES.flatMap((row: ReplyCode) =>
  row.code < '400' || row.reason === 'unknown'
    ? []
    : [
        {
          id: `code/${row.code}`,
          reply: row.code,
          reason: row.reason,
          ...outcomeOf(row),
          sample: row.code,
          source: row.source,
        },
      ],
);

export const FIRST_DIGIT: readonly Rule[] = [
  { id: 'code/4yz', reply: '4', reason: 'unknown', sample: '460 Later', source: 'RFC 5321 §4.2.1' },
  {
    id: 'code/5yz-before-rcpt',
    reply: '5',
    command: ['CONNECT', 'EHLO', 'MAIL FROM'],
    reason: 'policy-rejected',
    sample: '554 5.0.0',
    source: 'RFC 5321 §3.1, §3.3: no recipient was named yet, so the client or the sender is refused',
  },
  { id: 'code/5yz', reply: '5', reason: 'unknown', sample: '554 5.0.0', source: 'RFC 5321 §4.2.1' },
];
