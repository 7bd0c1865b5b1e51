import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { classify } from '../../src/classify/index.ts';

/** What MTAs, their logs and mail libraries put round a reply. None of it tells why the mail was refused. */
const FRAMES = {
  'a Diagnostic-Code': (reply) => `smtp; ${reply}`,
  Postfix: (reply) => `host mx.example.net[192.0.2.7] said: ${reply} (in reply to RCPT TO command)`,
  "Postfix's log": (reply) =>
    `Nov 29 12:00:01 mx1 postfix/smtp[1234]: 4F2A81B2C3: to=<joe@example.net>, relay=mx.example.net[192.0.2.7]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=5.0.0, status=bounced (host mx.example.net[192.0.2.7] said: ${reply} (in reply to RCPT TO command))`,
  Exim: (reply) =>
    `SMTP error from remote mail server after RCPT TO:<joe@example.net>: host mx.example.net [192.0.2.7]: ${reply}`,
  "Exim's bounces": (reply) =>
    `host mx.example.net [192.0.2.7]\n    SMTP error from remote mail server after RCPT TO:<joe@example.net>:\n    ${reply}`,
  "Exim's log": (reply) =>
    `2026-11-29 12:00:00 1kXyZ2-0003Ab-9c ** joe@example.net R=dnslookup T=remote_smtp H=mx.example.net [192.0.2.7]: SMTP error from remote mail server after RCPT TO:<joe@example.net>: ${reply}`,
  qmail: (reply) => `192.0.2.7 does not like recipient.\nRemote host said: ${reply}\nGiving up on 192.0.2.7.`,
  "qmail's log": (reply) =>
    `delivery 41: failure: 192.0.2.7_does_not_like_recipient./Remote_host_said:_${reply.replaceAll(' ', '_')}/Giving_up_on_192.0.2.7./`,
  Sendmail: (reply) => `... while talking to mx.example.net.:\n>>> RCPT To:<joe@example.net>\n<<< ${reply}`,
  "Sendmail's log": (reply) =>
    `x7ABCDE: to=<joe@example.net>, delay=00:00:01, mailer=esmtp, relay=mx.example.net. [192.0.2.7], dsn=5.0.0, stat=${reply}`,
  Gmail: (reply) => `Your message wasn't delivered. The response from the remote server was:\n${reply}`,
  'Exchange 2010': (reply) => `mx.example.net\nRemote Server returned '${reply}'`,
  'Exchange 2013': (reply) =>
    `joe@example.net\nRemote Server returned '< mx.example.net #5.0.0 smtp;${reply}>'`,
  Nodemailer: (reply) => `Error: Can't send mail - all recipients were rejected: ${reply}`,
  "Nodemailer's data stage": (reply) => `Error: Message failed: ${reply}`,
  PHPMailer: (reply) => `SMTP Error: The following recipients failed: joe@example.net: ${reply}`,
  'Symfony Mailer': (reply) =>
    `Expected response code "250/251/252" but got code "${reply.slice(0, 3)}", with message "${reply}"`,
  'Jakarta Mail': (reply) => `com.sun.mail.smtp.SMTPAddressFailedException: ${reply}`,
  smtplib: (reply) => `{'joe@example.net': (${reply.slice(0, 3)}, b'${reply.slice(4)}')}`,
} as const satisfies Record<string, (reply: string) => string>;

/** What servers say beside the cause. */
const COURTESIES = {
  'a page': (reply) => `${reply}. Please visit https://www.example.net/help/mail for more information`,
  'another page': (reply) => `${reply} Learn more at https://support.example.net/smtp`,
  'the number of the client': (reply) => `${reply}. Your IP: 192.0.2.9`,
  'the session': (reply) => `${reply} (session 1a2b3c)`,
  'the host': (reply) => `${reply} - mta4123.mail.example.net`,
  'a reference': (reply) => `${reply} (ref: 8a7c-1234)`,
  'good wishes': (reply) => `${reply}. Have a nice day!`,
  'whom to ask': (reply) => `${reply}. If you believe this is an error, please contact your administrator.`,
  regret: (reply) => reply.replace(/^(\d{3}[ -](?:\d\.\d+\.\d+ )?)/, '$1Sorry, '),
  'the host in front': (reply) => reply.replace(/^(\d{3}[ -](?:\d\.\d+\.\d+ )?)/, '$1mx.example.net: '),
} as const satisfies Record<string, (reply: string) => string>;

/** Replies with a code in front that quote no other, and say nothing of the queue. */
const REPLIES = readFileSync(new URL('wording.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t')[1] as string)
  .filter((reply) => /^[45]\d\d[ -]/.test(reply))
  .filter((reply) => !/said:|->|in reply to|retry timeout|["\n]|\('|_/.test(reply));

test.each(Object.entries({ ...FRAMES, ...COURTESIES }))('%s', (_, frame) => {
  expect(REPLIES.length).toBeGreaterThan(1_900);
  const changed = REPLIES.flatMap((reply) => {
    const bare = classify({ reply }).reason;
    const framed = classify({ reply: frame(reply) });
    return framed.reason === bare ? [] : [`${bare} → ${framed.reason} (${framed.rule}): ${reply}`];
  });
  expect(changed).toEqual([]);
});
