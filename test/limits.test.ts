import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { classify, createParser, parse, type WarningCode } from '../src/index.ts';
import { isMbox } from '../src/sources/mbox.ts';
import { readStream } from '../src/sources/stream.ts';

/**
 * Every bound by its number: what just fits is read whole, one more is not. The numbers stand here a second time, so
 * that none is altered unseen. (`recipients`: bounds.test.ts.)
 */
const HEAD =
  'Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: sender@example.org\nSubject: Undelivered mail\n';
const REPORT = `${HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n`;
const notice = (body: string, type = 'text/plain'): string => `${HEAD}Content-Type: ${type}\n\n${body}`;
const dsn = (returned: string): string =>
  `${REPORT}--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n\n--b\nContent-Type: message/rfc822\n\n${returned}\n\nhello\n--b--\n`;

const lines = (count: number, text = 'lorem'): string => `${text}\n`.repeat(count);
const codes = async (message: string | Buffer): Promise<WarningCode[]> =>
  (await parse(message)).warnings.map((w) => w.code);

const nested = (depth: number): string =>
  Array.from({ length: depth }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`).join(
    '',
  );

const MB = 1024 * 1024;

describe('a bound of the message', () => {
  const LIMITS: readonly (readonly [string, WarningCode, number, (size: number) => string | Buffer])[] = [
    [
      'bytes',
      'limit-bytes',
      64 * MB,
      (size) => Buffer.concat([Buffer.from(HEAD), Buffer.alloc(size - HEAD.length, '\n')]),
    ],
    ['parts', 'limit-parts', 1_000, (size) => `${REPORT}${lines(size, '--b\n\nx')}--b--\n`],
    ['depth', 'limit-depth', 50, (size) => `Subject: x\n${nested(size)}\nx`],
    ['headerLines', 'limit-header-lines', 2_000, (size) => `${lines(size, 'A: b')}\nx`],
    ['fieldLength', 'limit-header-lines', 16 * 1024, (size) => `Subject:${'x'.repeat(size)}\n\nx`],
    ['textBytes', 'limit-text-bytes', 4 * MB, (size) => notice('x'.repeat(size))],
    [
      'statusBytes',
      'limit-text-bytes',
      32 * MB,
      (size) =>
        `${HEAD}Content-Type: message/delivery-status\n\n${'Final-Recipient: rfc822; bob@example.com\nX-Lorem: '.padEnd(size, 'x')}`,
    ],
    [
      'htmlBytes',
      'limit-text-bytes',
      192 * 1024,
      (size) => notice('x '.repeat(size / 2 + 1).slice(0, size), 'text/html'),
    ],
    ['noticeLines', 'limit-notice-lines', 20_000, (size) => notice(lines(size).trimEnd())],
    ['lineLength', 'limit-line-length', 4_000, (size) => notice('x'.repeat(size))],
    ['originalHeaders', 'limit-original-headers', 500, (size) => dsn(lines(size, 'A: b').trimEnd())],
  ];
  it.each(LIMITS)('%s', { timeout: 60_000 }, async (_, code, bound, make) => {
    expect(await codes(make(bound))).not.toContain(code);
    expect(await codes(make(bound + 1))).toContain(code);
  });

  it('headerBytes', async () => {
    const header = (size: number): string => `${`X: ${'x'.repeat(1020)}\n`.repeat(size / 1024)}\nx`;
    expect(await codes(header(MB))).not.toContain('limit-header-bytes');
    expect(await codes(header(MB + 1024))).toContain('limit-header-bytes');
  });
});

/** Whether something is found at the bound, and one behind it. */
async function edge(bound: number, at: (size: number) => unknown): Promise<void> {
  expect([await at(bound), await at(bound + 1)]).toEqual([true, false]);
}

describe('a bound of a notice', () => {
  const names = async (message: string): Promise<boolean> =>
    (await parse(message)).recipients.some((r) => r.recipient === 'bob@example.com');
  const said = async (message: string): Promise<string> =>
    (await parse(message)).recipients[0]?.diagnosticCode ?? '';

  it('lines', async () => {
    await edge(20_000, (size) => names(notice(`${lines(size - 1)}Recipient: bob@example.com`)));
  });
  it('characters of a line', async () => {
    await edge(4_000, (size) =>
      names(notice('Recipient: bob@example.com'.replace(' ', ' '.repeat(size - 25)))),
    );
  });
  it('a line that is cut makes no address of the half of one', async () => {
    const report = await parse(notice(`Recipient: ${' '.repeat(3_970)}bob@example.company.example`));
    expect(report.recipients.map((r) => r.recipient)).not.toContain('bob@example.company');
    expect(report.warnings.map((w) => w.code)).toContain('limit-line-length');
  });
  it('bytes of HTML', async () => {
    const html = (size: number): string => {
      const tail = '</p><p>Recipient: bob@example.com';
      return notice(`<p>${'x'.repeat(size - 3 - tail.length)}${tail}`, 'text/html');
    };
    await edge(192 * 1024, (size) => names(html(size)));
  });
  it('lines of a cause', async () => {
    const whole = async (size: number): Promise<boolean> => {
      const text = Array.from({ length: size }, (_, n) => `w${n}`);
      return (
        (await said(notice(`Recipient: bob@example.com\n\nReason: ${text.join('\n')}`))) === text.join(' ')
      );
    };
    await edge(40, whole);
  });
  it('causes of one address', async () => {
    const last = async (size: number): Promise<boolean> =>
      (await said(
        notice(`Recipient: bob@example.com\n${lines(size - 1, 'Reason: lorem')}Response: 550 last`),
      )) === '550 last';
    await edge(12, last);
  });
  it('bytes of the returned header', async () => {
    // Long fields, so that no other bound is met.
    const subject = async (size: number): Promise<boolean> => {
      const field = `X-A: ${'x'.repeat(1018)}\n`;
      const tail = 'Subject: last';
      const fill = size - tail.length;
      const header = field.repeat(Math.floor(fill / field.length) - 1);
      const text = `${header}X-B: ${'x'.repeat(fill - header.length - 6)}\n${tail}`;
      return (await parse(dsn(text))).original?.subject === 'last';
    };
    await edge(MB, subject);
  });
  it('characters of evidence, of a field and of a line', async () => {
    const field = async (size: number): Promise<number | undefined> =>
      (
        await parse(
          `${HEAD}Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; bob@example.com\n${'Diagnostic-Code: '.padEnd(size, 'x')}\n`,
        )
      ).recipients[0]?.evidence.diagnosticCode?.text.length;
    expect([await field(500), await field(501)]).toEqual([500, 500]);
    const line = async (size: number): Promise<number | undefined> =>
      (await parse(notice(`Recipient: bob@example.com\n\nReason: ${'x'.repeat(size)}\n`))).recipients[0]
        ?.evidence.diagnosticCode?.text.length;
    expect([await line(500), await line(501)]).toEqual([500, 500]);
  });
});

describe('a bound of a notice of Exchange', () => {
  const TITLE = 'Diagnostic information for administrators:\n\nGenerating server: mbx3.corp.example\n';
  it('lines between the server and the first diagnosis', async () => {
    const server = async (size: number): Promise<boolean> => {
      const text = `${TITLE}${lines(size - 2, '')}ann@corp.example\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n`;
      return (await parse(notice(text))).reportingMta === 'mbx3.corp.example';
    };
    await edge(14, server);
  });
  it('lines of a diagnosis', async () => {
    const whole = async (size: number): Promise<boolean> => {
      const text = `${TITLE}\nann@corp.example\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found\n${lines(size - 1)}end ##\n`;
      return (await parse(notice(text))).recipients[0]?.diagnosticCode?.endsWith('end') === true;
    };
    await edge(30, whole);
  });

  const card = (above: number, below: number): string =>
    notice(
      `Office 365 lorem https://go.microsoft.com/fwlink/?LinkId=389361\n\nRecipient Address: bob@corp.example\n${lines(above)}Error: 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup\n${lines(below)}Message rejected by: AB1PR01MB0001.eurprd01.prod.outlook.com\n`,
    );
  it('lines of the details in front of the error', async () => {
    await edge(18, async (size) => (await parse(card(size - 1, 2))).format === 'microsoft365');
  });
  it('lines to the hosts behind the error', async () => {
    await edge(9, async (size) => (await parse(card(2, size - 1))).reportingMta !== null);
  });

  it('columns in front of an address (SMTP service of Windows)', async () => {
    const format = async (indent: number): Promise<string | null> =>
      (
        await parse(
          `From: postmaster@corp.example\nX-DSNContext: 7ce717b1 - 1386 - 00000002\nSubject: Delivery Status Notification (Failure)\n\nDelivery to the following recipients failed.\n\n${' '.repeat(indent)}bob@example.com\n`,
        )
      ).format;
    expect([await format(2), await format(3)]).toEqual(['generic', 'windows-smtp']);
  });
});

describe('a bound of an automatic reply', () => {
  const reply = async (text: string) => {
    const header =
      'From: a@b.example\nAuto-Submitted: auto-replied (vacation)\nDate: Thu, 19 Nov 2026 10:11:12 +0100\nSubject: Automatic reply\n\n';
    return (await parse(header + text)).autoReply;
  };
  it('characters that are looked at', async () => {
    // A line that begins within the bound is read.
    const until = async (size: number): Promise<boolean> =>
      (await reply(`${'x'.repeat(size - 1)}\nI am out of the office until 2026-12-24.\n`))?.until ===
      '2026-12-24';
    await edge(2_499, until);
  });
  it('characters between a phrase and its date', async () => {
    const until = async (size: number): Promise<boolean> =>
      (await reply(`I am out of the office until ${'x'.repeat(size - 2)} 2026-12-24.\n`))?.until ===
      '2026-12-24';
    await edge(44, until);
  });
  it('characters between a phrase and its address', async () => {
    const standIn = async (size: number): Promise<boolean> =>
      (await reply(`I am out of the office. Please contact ${'x'.repeat(size - 2)} jane@b.example.\n`))
        ?.standIn === 'jane@b.example';
    await edge(199, standIn);
  });
  it('points of a mark that only autoresponders write, and of marks that do not do alone', async () => {
    const kind = async (header: string): Promise<string> =>
      (await parse(`From: a@b.example\nSubject: Hello\n${header}\nI am out of the office.\n`)).kind;
    // Ten points outweigh the mark of a list, four do not, and four are enough without it.
    expect(await kind('X-Autoreply: yes\nList-Id: <x.y>\n')).toBe('auto-reply');
    expect(await kind('X-MS-Exchange-Inbox-Rules-Loop: a\nList-Id: <x.y>\n')).toBe('other');
    expect(await kind('X-MS-Exchange-Inbox-Rules-Loop: a\n')).toBe('auto-reply');
  });
});

describe('a bound of a reply', () => {
  it('characters that are looked at', async () => {
    const reason = (size: number): boolean =>
      classify({ reply: `550 ${'x'.repeat(size - 17)} mailbox full` }).reason === 'mailbox-full';
    await edge(4_096, reason);
  });
  it('characters between the phrases of a list', async () => {
    const reason = (size: number): boolean =>
      classify({ reply: `550 user ${'x'.repeat(size - 2)} unknown` }).reason === 'mailbox-not-found';
    await edge(60, reason);
  });
  it('characters of an IP number', async () => {
    const number = (size: number): boolean =>
      classify({ reply: `550 user ${'2001:db8:'.padEnd(size, '0')} unknown` }).rule === 'recipient/unknown';
    await edge(39, number);
  });
  it('marks in front of a quoted reply', async () => {
    const quoted = (size: number): boolean =>
      classify({
        reply: `550 5.7.350 Remote server returned message detected as spam -> 550 5.1.1 gone ${'-> x '.repeat(size - 1)}`,
      }).reason === 'mailbox-not-found';
    await edge(16, quoted);
  });
  it('the longest time to wait', () => {
    const wait = (text: string): number | undefined =>
      classify({ reply: `451 4.7.1 Greylisted, retry in ${text}` }).retryAfter;
    expect([wait('168 hours'), wait('10081 minutes'), wait('169 hours')]).toEqual([
      604_800,
      undefined,
      undefined,
    ]);
  });
});

describe('a bound of an mbox', () => {
  const from = (size: number): string => `From ${'a'.repeat(size - 30)} Thu Nov 19 10:11:12 2026\n`;
  it('bytes of a From line', async () => {
    expect(from(999).indexOf('\n')).toBe(999);
    await edge(999, (size) => isMbox(Buffer.from(`${from(size)}Subject: x\n\nx\n`)));
  });
  it('bytes that are waited for in front of the first From line', async () => {
    const count = async (blank: number): Promise<number> => {
      const message = 'From a@b.example Thu Nov 19 10:11:12 2026\nSubject: x\n\nx\n\n';
      const chunks = Readable.from([Buffer.alloc(blank, '\n'), Buffer.from(message + message)]);
      let messages = 0;
      for await (const _ of readStream(chunks, '-', 1_000_000)) messages++;
      return messages;
    };
    expect([await count(1_999), await count(2_000)]).toEqual([2, 1]);
  });
});

it('fields of the returned message over a bound are told, too', async () => {
  const codesOf = async (fields: string): Promise<WarningCode[]> => codes(dsn(fields));
  expect(await codesOf(`Subject:${'x'.repeat(16 * 1024)}`)).not.toContain('limit-header-lines');
  expect(await codesOf(`Subject:${'x'.repeat(16 * 1024 + 1)}`)).toContain('limit-header-lines');
  expect(await codesOf(lines(2_001, 'A: b').trimEnd())).toContain('limit-header-lines');
});

it('a bound that hides the report inside a notice is told, too', async () => {
  const wrapped = readFileSync(new URL('../corpus/nested/gateway-pasted-the-report.eml', import.meta.url));
  const told = async (parts: number): Promise<[string | null, boolean]> => {
    const { format, warnings } = await createParser({ limits: { parts } }).parse(wrapped);
    return [format, warnings.some(({ code }) => code === 'limit-parts')];
  };
  expect(await told(3)).toEqual(['nested', false]);
  expect(await told(1)).toEqual(['generic', true]);
});
