import { describe, expect, it } from 'vitest';
import { parse } from '../../src/index.ts';

const mail = (header: string, text: string): string =>
  `Return-Path: <>\nFrom: Postmaster@corp.example\nTo: orders@shop.example\n${header}Content-Type: text/plain; charset=utf-8\n\n${text}`;

describe('Domino', () => {
  const frame = (cause: string): string =>
    `Qwer tz\n\n  Uiop: Invoice\n\nasdf ghjk:\n\n  bob@corp.example\n\nyxcv:\n\n  ${cause}\n\n`;

  it.each([
    ['the cause in the subject', 'Subject: BNMQ WERT: Zuiop asdfg hjkl yxcvb (bob@corp.example)\n'],
    ['X-MIMETrack', 'Subject: x\nX-MIMETrack: Serialize by Router on D1/Corp\n'],
  ])('is told by its frame and %s, in any language', async (_, header) => {
    const { kind, format, recipients } = await parse(
      mail(header, frame('Zuiop asdfg hjkl yxcvb (bob@corp.example)')),
    );
    expect([kind, format]).toEqual(['bounce', 'domino']);
    expect(recipients.map((r) => [r.recipient, r.action, r.diagnosticCode])).toEqual([
      ['bob@corp.example', 'failed', 'Zuiop asdfg hjkl yxcvb (bob@corp.example)'],
    ]);
  });

  it('reads the reply and the server in the cause', async () => {
    const cause =
      'Error transferring to mx.far.example; SMTP Protocol Returned a Permanent Error 552 5.2.2 full';
    const [bob] = (await parse(mail('X-MIMETrack: x\n', frame(cause)))).recipients;
    expect(bob).toMatchObject({ replyCode: '552', status: '5.2.2', remoteMta: 'mx.far.example' });
  });

  it('is not a ticket that holds one', async () => {
    const text = `A new ticket:\n\n${frame('User bob (bob@corp.example) not listed in Domino Directory')}`;
    const header =
      'From: support@shop.example\nAuto-Submitted: auto-generated\nSubject: [Ticket 12] DELIVERY FAILURE\n';
    expect((await parse(`${header}\n${text}`)).kind).not.toBe('bounce');
  });

  it('is not told by the frame alone', async () => {
    expect((await parse(mail('Subject: Lunch\n', frame('Somebody ate it')))).format).not.toBe('domino');
  });
});

describe('Lotus Notes', () => {
  it('binds each cause to the addresses below it', async () => {
    const text =
      '------- Failure Reasons  --------\n\nfirst\ncause\na@corp.example\nb@corp.example\n\nsecond cause\nc@corp.example\n\n------- Returned Message --------\nReceived: x (Lotus SMTP MTA v4)\nMessage-ID: <1@shop.example>\nFrom: a@shop.example\n';
    const { format, recipients } = await parse(mail('Subject: Undeliverable message\n', text));
    expect(format).toBe('lotus-notes');
    expect(recipients.map((r) => [r.recipient, r.diagnosticCode])).toEqual([
      ['a@corp.example', 'first cause'],
      ['b@corp.example', 'first cause'],
      ['c@corp.example', 'second cause'],
    ]);
  });
});

describe('GroupWise', () => {
  it('reads local users, causes and sessions', async () => {
    const text =
      'Abcd:\n\tbob (user not found)\n\tcarol@far.example\n\tTranscript of session follows:\n\tCommand: RCPT TO:<carol@far.example>\n\tResponse: 550 5.1.1 unknown\n\nEfgh:\n';
    const { format, recipients } = await parse(mail('X-Mailer: GroupWise 2014\n', text));
    expect(format).toBe('groupwise');
    expect(recipients.map((r) => [r.recipient, r.replyCode, r.command, r.diagnosticCode])).toEqual([
      ['bob', null, null, 'user not found'],
      ['carol@far.example', '550', 'RCPT TO', '550 5.1.1 unknown'],
    ]);
  });
});

describe('the SMTP service of Windows', () => {
  const text = 'Abcd efgh.\n\nIjkl mnop.\n\n       bob@corp.example\n       carol@corp.example\n\n';

  it.each([
    ['Failure', 'bounce', 'failed'],
    ['Delay', 'delay', 'delayed'],
    ['Relay', 'delivery', 'relayed'],
  ])('says in its subject what was done: %s', async (word, kind, action) => {
    const header = `Subject: Delivery Status Notification (${word})\nX-DSNContext: 335a7efd - 4523 - 00000001 - 80040546\n`;
    const report = await parse(mail(header, text));
    expect([report.kind, report.format]).toEqual([kind, 'windows-smtp']);
    expect(report.recipients.map((r) => [r.recipient, r.action])).toEqual([
      ['bob@corp.example', action],
      ['carol@corp.example', action],
    ]);
  });
});
