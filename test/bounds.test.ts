import { describe, expect, it } from 'vitest';
import { parse } from '../src/index.ts';
import type { WarningCode } from '../src/index.ts';

/**
 * Messages made to be slow or large. Each is answered with a report; where a bound was met, a warning names it. The
 * time-out only tells a hang.
 */
const HEAD = 'From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\n';
const REPORT = `${HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n`;

const recipients = (count: number, between: string): string =>
  Array.from(
    { length: count },
    (_, n) => `Final-Recipient: rfc822; user${n}@example.com\nAction: failed\nStatus: 5.1.1\n`,
  ).join(between);
const dsn = (fields: string): string =>
  `${REPORT}--b\nContent-Type: text/plain\n\nnotice\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n${fields}\n--b--\n`;

interface Hostile {
  readonly name: string;
  readonly message: () => string | Buffer;
  readonly warning?: WarningCode;
  readonly recipients?: number;
}

const HOSTILE: readonly Hostile[] = [
  {
    name: 'a body of 10 MB behind the report',
    message: () => dsn(recipients(1, '')) + 'x'.repeat(10e6),
    recipients: 1,
  },
  { name: '100,000 recipients', message: () => dsn(recipients(100_000, '\n')), recipients: 100_000 },
  {
    name: '100,000 recipients without empty lines',
    message: () => dsn(recipients(100_000, '')),
    recipients: 100_000,
  },
  {
    name: 'more recipients than are read',
    message: () => dsn(recipients(100_001, '\n')),
    recipients: 100_000,
    warning: 'limit-recipients',
  },
  {
    name: '5,000 multiparts inside one another',
    message: () =>
      `${Array.from({ length: 5_000 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`).join('')}\nx`,
    warning: 'limit-depth',
  },
  { name: 'a line of 50 MB', message: () => `${HEAD}\n${'x'.repeat(50e6)}`, warning: 'limit-text-bytes' },
  {
    name: 'a header of 10 MB in one line',
    message: () => `Subject: ${'x'.repeat(10e6)}\n\nx`,
    warning: 'limit-header-bytes',
  },
  {
    name: 'a header of two million fields',
    message: () => `${'A: b\n'.repeat(2e6)}\nx`,
    warning: 'limit-header-lines',
  },
  {
    name: 'a header of encoded-words',
    message: () => `Subject: ${'=?utf-8?Q?a?= '.repeat(700_000)}\n\nx`,
    warning: 'limit-header-bytes',
  },
  { name: 'a million parts', message: () => REPORT + '--b\n\n'.repeat(1e6), warning: 'limit-parts' },
  {
    name: 'a boundary that never ends',
    message: () => `${REPORT}--b\n\n${'x\n--c\n'.repeat(1e6)}`,
    warning: 'missing-close-boundary',
  },
  {
    name: 'no boundary, and lines like one',
    message: () => `${REPORT.replace('; boundary=b', '')}${'--x\n'.repeat(2e6)}`,
    warning: 'missing-boundary',
  },
  {
    name: '20 MB of base64',
    message: () =>
      `${HEAD}Content-Transfer-Encoding: base64\n\n${Buffer.alloc(15e6, 'hello 550 <a@example.com> ').toString('base64').replace(/.{76}/g, '$&\n')}`,
    warning: 'limit-text-bytes',
  },
  {
    name: 'quoted-printable of blanks',
    message: () => `${HEAD}Content-Transfer-Encoding: quoted-printable\n\n${' '.repeat(10e6)}x`,
    warning: 'limit-text-bytes',
  },
  {
    name: 'quoted-printable of broken escapes',
    message: () => `${HEAD}Content-Transfer-Encoding: quoted-printable\n\n${'= \t= '.repeat(2e6)}`,
    warning: 'limit-text-bytes',
  },
  {
    name: 'UTF-7 shifted at each letter',
    message: () => `${HEAD}Content-Type: text/plain; charset=utf-7\n\n${'+AGEAYg-'.repeat(1e6)}`,
    warning: 'limit-text-bytes',
  },
  { name: '20 MB of NUL', message: () => Buffer.alloc(20e6), warning: 'not-a-message' },
  {
    name: 'tables inside tables',
    message: () => `${HEAD}Content-Type: text/html\n\n${'<div><table><tr><td>'.repeat(200_000)}a@example.com`,
  },
  {
    name: 'a notice of addresses',
    message: () => `${HEAD}\n${'  a@example.com\n'.repeat(300_000)}`,
    warning: 'limit-text-bytes',
  },
  {
    name: 'a transcript of open replies',
    message: () =>
      dsn('Final-Recipient: rfc822; a@example.com\nAction: failed\n').replace(
        'notice\n',
        '<<< 550-x\n'.repeat(300_000),
      ),
    recipients: 1,
  },
  {
    name: 'brackets in an address',
    message: () => dsn(`Final-Recipient: rfc822; ${'<'.repeat(3e6)}\nAction: failed\n`),
    warning: 'malformed-address',
  },
];

describe('hostile messages', () => {
  it.each(HOSTILE.map((h) => [h.name, h] as const))('%s', { timeout: 60_000 }, async (_, hostile) => {
    const report = await parse(hostile.message());
    if (hostile.recipients !== undefined) expect(report.recipients).toHaveLength(hostile.recipients);
    if (hostile.warning !== undefined) expect(report.warnings.map((w) => w.code)).toContain(hostile.warning);
  });
});
