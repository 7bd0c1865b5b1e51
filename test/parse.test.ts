import { Readable } from 'node:stream';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { BouncekitError, createParser, type Format, parse, type Report, type Rule } from '../src/index.ts';

const DSN = `Return-Path: <>
From: MAILER-DAEMON@mx.sender.example (Mail Delivery System)
To: news@sender.example
Subject: Undelivered Mail Returned to Sender
Date: Thu, 19 Nov 2026 10:11:12 +0100 (CET)
Message-ID: <20261119101112.AAAA@mx.sender.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

<bob@example.com>: host mx.example.com[192.0.2.25] said: 550 5.1.1 unknown

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.sender.example
Arrival-Date: Thu, 19 Nov 2026 10:11:10 +0100 (CET)

Final-Recipient: rfc822; bob@example.com
Original-Recipient: rfc822;bob@example.com
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.com
Diagnostic-Code: smtp; 550-5.1.1 No mailbox here by that name, and
    550 5.1.1 there never was

--b1
Content-Type: message/rfc822

From: News <news@sender.example>
To: bob@example.com
Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
Message-ID: <42@sender.example>
List-ID: All the news <news.sender.example>
Date: Thu, 19 Nov 2026 10:11:09 +0100

550 5.7.1 is what this newsletter is about: carol@example.org
--b1--
`;

const without = ({ warnings: _, evidence: __, ...report }: Report): unknown => ({
  ...report,
  recipients: report.recipients.map(({ evidence: ___, ...r }) => r),
});

describe('parse', () => {
  it('reads who failed, what the server said, why, and what to do', async () => {
    const report = await parse(DSN);
    expect(report).toMatchObject({
      kind: 'bounce',
      format: 'rfc3464',
      message: {
        messageId: '20261119101112.AAAA@mx.sender.example',
        from: 'MAILER-DAEMON@mx.sender.example',
        to: 'news@sender.example',
        date: '2026-11-19T10:11:12+01:00',
        returnPath: '',
      },
      reportingMta: 'mx.sender.example',
      arrivalDate: '2026-11-19T10:11:10+01:00',
      recipients: [
        {
          recipient: 'bob@example.com',
          finalRecipient: 'bob@example.com',
          originalRecipient: 'bob@example.com',
          action: 'failed',
          status: '5.1.1',
          replyCode: '550',
          diagnosticCode: '550 5.1.1 No mailbox here by that name, and there never was',
          diagnosticType: 'smtp',
          remoteMta: 'mx.example.com',
          reason: 'mailbox-not-found',
          bounceType: 'hard',
          bucket: 'fix-recipient',
          decision: { action: 'suppress', scope: 'address' },
        },
      ],
      original: {
        messageId: '42@sender.example',
        from: 'news@sender.example',
        to: 'bob@example.com',
        subject: 'Grüße',
        listId: 'news.sender.example',
      },
      shouldReply: false,
      warnings: [],
    });
    expect(report.original?.headers['list-id']).toBe('All the news <news.sender.example>');
  });

  it('names the line behind every value', async () => {
    const [r] = (await parse(DSN)).recipients;
    expect(r?.evidence.recipient).toEqual({
      from: 'delivery-status',
      part: '2',
      line: 5,
      text: 'Original-Recipient: rfc822;bob@example.com',
    });
    expect(r?.evidence.status).toEqual({
      from: 'delivery-status',
      part: '2',
      line: 7,
      text: 'Status: 5.1.1',
    });
    expect(r?.evidence.replyCode).toMatchObject({ from: 'reply', part: '2', line: 9, inferred: true });
    const values = [
      'recipient',
      'finalRecipient',
      'originalRecipient',
      'action',
      'status',
      'replyCode',
      'diagnosticCode',
      'diagnosticType',
      'remoteMta',
      'command',
      'lastAttemptDate',
      'willRetryUntil',
      'finalLogId',
      'reason',
    ] as const;
    for (const name of values) expect(r?.evidence[name] !== undefined, name).toBe(r?.[name] !== null);
  });

  it('takes a Buffer, a Uint8Array, a string, a Node stream and a web stream', async () => {
    const expected = await parse(DSN);
    const bytes = Buffer.from(DSN);
    const halves = [bytes.subarray(0, 700), bytes.subarray(700)];
    const web = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const half of halves) controller.enqueue(new Uint8Array(half));
        controller.close();
      },
    });
    for (const input of [bytes, new Uint8Array(bytes), Readable.from(halves), web]) {
      expect(await parse(input as Buffer)).toEqual(expected);
    }
  });

  it('gives the same event id to the same failure in another copy, and another to another failure', async () => {
    const id = async (text: string): Promise<string | undefined> =>
      (await parse(text)).recipients[0]?.eventId;
    const first = await id(DSN);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(await id(DSN.replaceAll('\n', '\r\n'))).toBe(first);
    expect(await id(`X-Received-Again: yes\n${DSN}`)).toBe(first);
    expect(await id(DSN.replaceAll('bob@', 'bert@'))).not.toBe(first);
    expect(await id(DSN.replace('<42@', '<43@'))).not.toBe(first);
    expect(await id(DSN.replace('Action: failed', 'Action: delayed'))).not.toBe(first);
  });

  it('never searches the returned message', async () => {
    const report = await parse(DSN.replace(/Diagnostic-Code[\s\S]*?never was\n/, ''));
    expect(JSON.stringify(report.recipients)).not.toMatch(/5\.7\.1|carol/);
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['binary', Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) & 255))],
    ['NUL bytes', Buffer.alloc(1000)],
    ['half a header', Buffer.from('Subject: half of a')],
    ['half a multipart', Buffer.from(DSN.slice(0, 330))],
  ])('answers %s input with a report and a warning', async (_, input) => {
    const report = await parse(input);
    expect(report.kind).toBe('other');
    expect(report.recipients).toEqual([]);
    expect(report.warnings.length).toBeGreaterThan(0);
  });

  it('reads what is left of a truncated report', async () => {
    const report = await parse(DSN.slice(0, DSN.indexOf('Diagnostic-Code')));
    expect(report.recipients).toMatchObject([
      { recipient: 'bob@example.com', action: 'failed', status: '5.1.1' },
    ]);
    expect(report.warnings.map((w) => w.code)).toContain('missing-close-boundary');
  });

  it('throws for what is no message at all, and only then', async () => {
    for (const input of [undefined, null, 7, {}, []]) {
      const error = await parse(input as never).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(BouncekitError);
      expect(error).toMatchObject({ code: 'invalid-input' });
    }
  });

  it('passes on the error of a stream', async () => {
    const stream = new Readable({
      read() {
        this.destroy(new Error('socket closed'));
      },
    });
    await expect(parse(stream)).rejects.toThrow('socket closed');
  });
});

describe('parse(ParsedMail)', () => {
  it('reads the same records out of what mailparser kept', async () => {
    const bytes = await parse(DSN);
    const mail = await parse(await simpleParser(DSN, { keepDeliveryStatus: true }));
    const same = (r: Report): unknown => without({ ...r, original: null });
    expect(same(mail)).toEqual(same(bytes));
    expect(mail.original?.messageId).toBe('42@sender.example');
    expect(mail.warnings).toEqual([]);
  });

  it('reads a status that was folded into the text, and says so', async () => {
    const mail = await parse(await simpleParser(DSN));
    expect(mail.recipients).toMatchObject([
      { recipient: 'bob@example.com', status: '5.1.1', replyCode: '550' },
    ]);
    expect(mail.warnings.map((w) => w.code)).toContain('parsed-mail-loss');
  });

  it('says that a returned message that is inline was lost', async () => {
    const inline = DSN.replace(
      'Content-Type: message/rfc822',
      'Content-Disposition: inline\nContent-Type: message/rfc822',
    );
    const mail = await parse(await simpleParser(inline, { keepDeliveryStatus: true }));
    expect(mail.recipients).toHaveLength(1);
    expect(mail.warnings.map((w) => w.code)).toContain('parsed-mail-loss');
  });
});

describe('createParser', () => {
  const acme: Format = {
    id: 'acme',
    recognise: (message) =>
      message.headers.has('x-acme-bounce') ? { confidence: 0.9, why: 'X-Acme-Bounce' } : null,
    extract: (message) => {
      const field = message.headers.field('x-acme-bounce');
      const evidence = {
        from: 'header',
        part: '0',
        line: field?.line ?? 1,
        text: `X-Acme-Bounce: ${field?.value}`,
      } as const;
      const [address = '', reply = ''] = (field?.value ?? '').split(' ', 2);
      return {
        recipients: [
          {
            finalRecipient: { value: address, evidence },
            action: { value: 'failed', evidence },
            diagnosticCode: { value: `${reply} 5.2.2 full`, evidence },
          },
        ],
      };
    },
  };

  it('asks a format of your own like a built-in one', async () => {
    const parser = createParser({ formats: [acme] });
    const report = await parser.parse('X-Acme-Bounce: bob@example.com 552\nFrom: a@b.example\n\n');
    expect(report).toMatchObject({
      kind: 'bounce',
      format: 'acme',
      recipients: [
        { recipient: 'bob@example.com', replyCode: '552', status: '5.2.2', reason: 'mailbox-full' },
      ],
    });
  });

  it('goes on without a format that throws', async () => {
    const broken: Format = {
      ...acme,
      id: 'broken',
      recognise: () => {
        throw new Error('oops');
      },
    };
    const report = await createParser({ formats: [broken] }).parse(DSN);
    expect(report.format).toBe('rfc3464');
    expect(report.warnings).toMatchObject([{ code: 'format-error', detail: 'format broken: oops' }]);
  });

  it('puts rules of your own in front of the built-in ones, and keeps those', async () => {
    const frozen: Rule = {
      id: 'acme/frozen',
      says: ['account frozen'],
      reason: 'mailbox-disabled',
      sample: '550 Account frozen',
      source: 'https://acme.example/smtp',
    };
    const parser = createParser({ rules: [frozen] });
    const [own] = (await parser.parse(DSN.replace(/(?<=Diagnostic-Code: ).*/, 'smtp; 550 Account frozen')))
      .recipients;
    expect(own).toMatchObject({ rule: 'acme/frozen', reason: 'mailbox-disabled' });
    expect((await parser.parse(DSN)).recipients[0]?.rule).toBe((await parse(DSN)).recipients[0]?.rule);
  });

  it('refuses what cannot work', () => {
    expect(() => createParser({ formats: [acme, acme] })).toThrow(BouncekitError);
    expect(() => createParser({ limits: { bytes: -1 } })).toThrow(/limits\.bytes/);
  });

  it('keeps to its bounds', async () => {
    const many = DSN.replace(/\n\nFinal-Recipient[\s\S]*?never was\n/, (block) => block.repeat(30));
    const report = await createParser({ limits: { recipients: 10 } }).parse(many);
    expect(report.recipients).toHaveLength(10);
    expect(report.warnings.map((w) => w.code)).toContain('limit-recipients');
  });
});

describe('a notice of several parts', () => {
  const two = (first: string, second: string): string =>
    `From: MAILER-DAEMON@mx.example\nSubject: Undelivered mail\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n${first}\n--b\n\n${second}\n--b--\n`;
  it('has no sentence that goes on from one part into the next', async () => {
    const [r] = (await parse(two('Recipient: bob@example.com\nReason: 550 no', 'mailbox of this name')))
      .recipients;
    expect(r?.diagnosticCode).toBe('550 no');
  });
});

describe('a report that says nothing', () => {
  it('is backed by a line that stands there', async () => {
    const silent = `From: MAILER-DAEMON@mx.example\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n`;
    const { evidence } = await parse(silent);
    expect(evidence.kind).toMatchObject({ part: '0', line: 1, text: 'from: MAILER-DAEMON@mx.example' });
  });
});
