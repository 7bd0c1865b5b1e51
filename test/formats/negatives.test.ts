import { describe, expect, it } from 'vitest';
import { parse } from '../../src/index.ts';

/** Mail that talks about failures and is none. The kind may be any but a bounce or a delay. */
const BOUNCE = `Hi. This is the qmail-send program at mx.firma.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<lars@firma.example>:
203.0.113.7 does not like recipient.
Remote host said: 550 5.1.1 <lars@firma.example>: User unknown
Giving up on 203.0.113.7.

--- Below this line is a copy of the message.

Return-Path: <anna@sender.example>
From: anna@sender.example
To: lars@firma.example
Subject: Hello

Hello
`;

const quoted = BOUNCE.split('\n')
  .map((line) => `> ${line}`)
  .join('\n');

const cases: readonly (readonly [string, string])[] = [
  [
    'a forward of a bounce by a person',
    `Return-Path: <anna@sender.example>
From: Anna <anna@sender.example>
To: help@hoster.example
Subject: Fwd: failure notice

Can you tell me what this means?

---------- Forwarded message ---------
From: MAILER-DAEMON@mx.firma.example
Subject: failure notice

${BOUNCE}`,
  ],
  [
    'a forward without a word of its own',
    `Return-Path: <anna@sender.example>
From: Anna <anna@sender.example>
To: help@hoster.example
Subject: failure notice

${BOUNCE}`,
  ],
  [
    'a reply that quotes a bounce',
    `Return-Path: <bob@sender.example>
From: Bob <bob@sender.example>
To: anna@sender.example
Subject: Re: failure notice
In-Reply-To: <1@sender.example>

He has left the company. Use eva@firma.example.

${quoted}`,
  ],
  [
    'a reply to the postmaster, by the postmaster',
    `Return-Path: <postmaster@hoster.example>
From: Postmaster <postmaster@hoster.example>
To: anna@sender.example
Subject: Re: cannot mail to firma.example

Dear Anna,

we looked into this. The other side has a problem with its storage and we
expect that it works again tomorrow. Write to help@hoster.example if not.
`,
  ],
  [
    'a ticket about a bounce',
    `Return-Path: <support@desk.example>
From: Support <support@desk.example>
To: anna@sender.example
Subject: [#4711] Undelivered Mail Returned to Sender
Auto-Submitted: auto-generated

Thank you for your request. We have opened ticket #4711 with this text:

My mail to lars@firma.example came back with 550 5.1.1 User unknown.
`,
  ],
  [
    'a newsletter with reply codes',
    `Return-Path: <bounces@news.example>
From: Mail Weekly <news@news.example>
To: anna@sender.example
Subject: What 550 5.1.1 means
List-Unsubscribe: <mailto:off@news.example>
Precedence: bulk

550 5.1.1 User unknown: the address does not exist.
552 5.2.2 Mailbox full: try again, for example to bob@shop.example.
`,
  ],
  [
    'an out-of-office reply with the null sender that names codes and addresses',
    `Return-Path: <>
From: Lars Holm <lars@firma.example>
To: anna@sender.example
Subject: Automatic reply: Your order
Auto-Submitted: auto-replied

I am out of the office. Mail to my old address lars@alt.example is rejected with 550 5.1.1, use
eva@firma.example instead.
`,
  ],
  [
    'a quota warning of a mail server',
    `Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@hoster.example>
To: anna@sender.example
Subject: Your mailbox is almost full

Your mailbox anna@sender.example uses 95 % of its space. Please delete old messages.
`,
  ],
  [
    'a greeting of a postmaster',
    `Return-Path: <postmaster@hoster.example>
From: postmaster@hoster.example
To: anna@sender.example
Subject: Welcome

Your account is ready. Your addresses:

anna@sender.example
info@sender.example

Questions? Contact support@hoster.example.
`,
  ],
  [
    'a monitoring mail with a log in it',
    `Return-Path: <root@web1.example>
From: root@web1.example (Cron Daemon)
To: admin@web1.example
Subject: Cron <root@web1> tail /var/log/mail.log

Nov 21 04:00:01 web1 postfix/smtp[711]: 4cm0711: to=<bob@shop.example>, status=bounced (host
mx.shop.example[203.0.113.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command))
`,
  ],
  [
    'a digest of a spam filter',
    `Return-Path: <>
From: Spam Digest <postmaster@filter.example>
To: anna@sender.example
Subject: Quarantine summary

Messages held for you:

eva@shop.example   Special offer
tim@bank.example   Your account
`,
  ],
];

describe('is no bounce', () => {
  it.each(cases)('%s', async (_, mail) => {
    const { kind } = await parse(mail);
    expect(kind).not.toBe('bounce');
    expect(kind).not.toBe('delay');
  });
});

it('is a bounce where the mail system itself sends the same text', async () => {
  const report = await parse(
    `Return-Path: <>\nFrom: MAILER-DAEMON@mx.firma.example\nTo: anna@sender.example\nSubject: failure notice\n\n${BOUNCE}`,
  );
  expect(report.kind).toBe('bounce');
  expect(report.recipients.map((r) => r.recipient)).toEqual(['lars@firma.example']);
});
