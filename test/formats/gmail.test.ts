import { describe, expect, it } from 'vitest';
import { parse } from '../../src/index.ts';

const FROM = 'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: orders@shop.example\n';
const mail = (text: string, header = ''): string =>
  `${FROM}${header}Content-Type: text/plain; charset=utf-8\n\n${text}`;
const FAILURE = 'Subject: Delivery Status Notification (Failure)\nX-Failed-Recipients: bob@far.example\n';
const DELAY = 'Subject: Delivery Status Notification (Delay)\n';

/** Sentences of no language at all. */
const NOTICE = [
  '\n** Щгш нек **\n\nҐёъ bob@far.example цукен.\n\nФыва: https://support.google.com/mail/?p=X\n\nОлдж эячс:\n',
  '\n** 亜唖娃 **\n\n阿哀bob@far.exampleに愛挨。\n\n姶: https://support.google.com/mail/?p=X\n\n逢葵:\n',
  '\n** Qrs tvw **\n\nXzbn bob@far.example mlkj.\n\nHgfd: https://support.google.com/mail/?p=X\n\nSapo iuyt:\n',
];
const RETURNED =
  '\n----- Original message -----\n\nMessage-ID: <1@shop.example>\nFrom: orders@shop.example\nTo: bob@far.example\n';

describe.each(NOTICE)('a notice whose words mean nothing', (notice) => {
  it('is read where it failed', async () => {
    const { kind, format, recipients } = await parse(mail(`${notice}550 5.7.1 no thanks\n`, FAILURE));
    expect([kind, format]).toEqual(['bounce', 'gmail']);
    expect(recipients).toHaveLength(1);
    expect(recipients[0]).toMatchObject({
      recipient: 'bob@far.example',
      action: 'failed',
      status: '5.7.1',
      replyCode: '550',
      diagnosticCode: '550 5.7.1 no thanks',
    });
    expect(recipients[0]?.evidence.recipient).toMatchObject({
      from: 'header',
      text: 'X-Failed-Recipients: bob@far.example',
    });
  });

  it('is read where it goes on, without X-Failed-Recipients', async () => {
    const { kind, recipients } = await parse(mail(`${notice}451 4.7.1 later\n${RETURNED}`, DELAY));
    expect(kind).toBe('delay');
    expect(recipients.map((r) => [r.recipient, r.action, r.status])).toEqual([
      ['bob@far.example', 'delayed', '4.7.1'],
    ]);
  });

  it('takes what Gmail says itself where no server said anything', async () => {
    const { recipients } = await parse(mail(`${notice}\nDNS Error: no such domain\n`, FAILURE));
    expect(recipients[0]).toMatchObject({
      status: null,
      replyCode: null,
      diagnosticCode: 'DNS Error: no such domain',
    });
  });
});

it('reads the reply behind the colon of older notices, without the code that stands twice', async () => {
  const text =
    'Delivery to the following recipient failed permanently:\n\n     bob@far.example\n\nTechnical details of permanent failure: \nIt was rejected. The error that the other server returned was: 554 554 5.7.1 refused [192.0.2.1] (state 13).\n';
  const [bob] = (await parse(mail(text, FAILURE))).recipients;
  expect(bob).toMatchObject({
    replyCode: '554',
    status: '5.7.1',
    diagnosticCode: '554 5.7.1 refused [192.0.2.1]',
    remoteMta: null,
  });
});

it('takes every address of a list', async () => {
  const text =
    'Delivery to the following recipients failed permanently:\n\n     bob@far.example\n     carol@far.example\n\nTechnical details of permanent failure: \nPERM_FAILURE: SMTP Error (state 9): 550 Unknown user\n';
  const { recipients } = await parse(mail(text, DELAY.replace('Delay', 'Failure')));
  expect(recipients.map((r) => [r.recipient, r.replyCode, r.diagnosticCode])).toEqual([
    ['bob@far.example', '550', '550 Unknown user'],
    ['carol@far.example', '550', '550 Unknown user'],
  ]);
});

it('leaves a report of another server that quotes Gmail to its own format', async () => {
  const text =
    'This is the mail system at host mail.shop.example.\n\n<bob@gmail.example>: host gmail-smtp-in.l.google.com[192.0.2.26] said: 550-5.1.1\n    The account does not exist. https://support.google.com/mail/?p=NoSuchUser 550 5.1.1 x - gsmtp (in reply to RCPT TO command)\n';
  const { format, recipients } = await parse(
    `Return-Path: <>\nFrom: MAILER-DAEMON@mail.shop.example (Mail Delivery System)\nSubject: Undelivered Mail Returned to Sender\n\n${text}`,
  );
  expect(format).not.toBe('gmail');
  expect(recipients.map((r) => [r.recipient, r.status])).toEqual([['bob@gmail.example', '5.1.1']]);
});

it('does not take a forwarded notice for one', async () => {
  const text = `${NOTICE[2]}550 5.7.1 no thanks\n`;
  const { kind } = await parse(
    `From: Ann <ann@shop.example>\nSubject: Fwd: Delivery Status Notification (Failure)\n\n${text}`,
  );
  expect(kind).not.toBe('bounce');
});

describe('Google Groups', () => {
  const text =
    'Абвг bob@far.example,\n\nДежз (reading.club) икл.\n\n * мноп\n\nРсту https://groups.google.com/support/.\n';
  const header = FAILURE.replace('bob@far.example', 'reading.club@lists.example');

  it('is told by the name of the group', async () => {
    const { format, recipients } = await parse(mail(text, header));
    expect(format).toBe('google-groups');
    expect(recipients.map((r) => [r.recipient, r.action, r.status])).toEqual([
      ['reading.club@lists.example', 'failed', null],
    ]);
    expect(recipients[0]?.diagnosticCode).toBe(
      'Дежз (reading.club) икл. * мноп Рсту https://groups.google.com/support/.',
    );
  });

  it('is not told where another name stands there', async () => {
    expect((await parse(mail(text.replace('reading.club', 'chess'), header))).format).not.toBe(
      'google-groups',
    );
  });
});
