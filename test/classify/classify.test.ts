import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { classify } from '../../src/classify/index.ts';
import { normalisePhrase } from '../../src/classify/normalise.ts';
import { unwrap } from '../../src/classify/unwrap.ts';

describe('order of evidence', () => {
  test('a code means what it means at this provider', () => {
    expect(classify({ reply: '550 5.7.27 Refused', remoteMta: 'gmail-smtp-in.l.google.com' })).toMatchObject({
      reason: 'auth-failure',
      detail: 'spf',
      provider: 'gmail',
    });
    expect(classify({ reply: '550 5.7.27 Refused' })).toMatchObject({
      reason: 'sender-rejected',
      rule: 'registry/x.7.27',
    });
    expect(classify({ reply: '550 5.1.10 Refused', provider: 'microsoft' }).reason).toBe('mailbox-not-found');
    expect(classify({ reply: '550 5.1.10 Refused' }).reason).toBe('domain-refuses-mail');
  });
  test('a sentence outweighs a number', () => {
    expect(classify({ reply: '550 5.1.1 Mailbox is full' }).reason).toBe('mailbox-full');
    expect(classify({ reply: '550 5.7.1 No such user' }).reason).toBe('mailbox-not-found');
  });
  test('codes are compared, not parts of them', () => {
    expect(classify({ reply: '550 5.7.2 Refused' }).rule).toBe('registry/x.7.2');
    expect(classify({ reply: '550 5.7.25 Refused' }).rule).toBe('registry/x.7.25');
  });
  test('nothing said is nothing concluded', () => {
    expect(classify({})).toMatchObject({ reason: 'unknown', confidence: 0 });
    expect(classify({ reply: '' }).bounceType).toBe('unknown');
  });
});

describe('a temporary refusal', () => {
  test('never suppresses by itself, whatever it says', () => {
    for (const text of [
      'User unknown',
      'Mailbox disabled',
      'Host unknown',
      'Bad address syntax',
      'User has moved',
    ]) {
      const got = classify({ reply: `450 4.0.0 ${text}` });
      expect(got.bounceType, text).toBe('soft');
      expect(['retry', 'retry-slower', 'fix-then-retry', 'suppress-after-repeated'], text).toContain(
        got.advice,
      );
    }
  });
  test('does not, even where the row of the provider suppresses', () => {
    const reply = 'Envelope blocked - User Entry';
    expect(classify({ reply: `550 ${reply}`, provider: 'mimecast' }).advice).toBe('suppress');
    expect(classify({ reply: `450 ${reply}`, provider: 'mimecast' }).advice).toBe('suppress-after-repeated');
  });
  test('is known by the reply before the status (421 5.7.32)', () => {
    expect(classify({ reply: '421 5.7.32 From is not aligned', provider: 'gmail' }).temporary).toBe(true);
  });
  test('says how long to wait', () => {
    expect(classify({ reply: '450 4.2.0 Greylisted, try again in 300 seconds' }).retryAfter).toBe(300);
    expect(classify({ reply: '451 4.7.1 Greylisted, retry in 5 minutes' }).retryAfter).toBe(300);
    expect(classify({ reply: '450 Greylisted, please come back in 00:04:30' }).retryAfter).toBe(270);
    expect(classify({ reply: '550 5.1.1 User unknown, try in 300 seconds' }).retryAfter).toBeUndefined();
  });
});

describe('what a reply names', () => {
  test('block lists by zone, the precise one first', () => {
    expect(
      classify({ reply: '554 5.7.1 Client host [192.0.2.1] blocked using zen.spamhaus.org' }),
    ).toMatchObject({ reason: 'blocklisted', blocklist: 'spamhaus-zen', detail: 'spamhaus-zen' });
    expect(
      classify({ reply: '554 5.7.1 Client host [192.0.2.1] blocked using rbl.example.test' }).blocklist,
    ).toBeUndefined();
  });
  test('a help page, without what follows it', () => {
    expect(classify({ reply: '550 5.7.1 Refused, see https://example.net/help?x=1.' }).helpUrl).toBe(
      'https://example.net/help?x=1',
    );
    expect(classify({ reply: '550 5.7.1 see javascript:alert(1)' }).helpUrl).toBeUndefined();
  });
});

describe('marks of providers', () => {
  test.each([
    ['451 Try again in five minutes'],
    ['550 Your message to the group was refused, rpm wmx hll'],
    ['550 5.1.1 user unknown at spiderweb.de'],
    ['550 5.7.1 wilcox.net is not accepted'],
    ['550 5.7.1 contact online.de'],
    ['554 5.7.1 Client host ec2-192-0-2-1.compute.amazonaws.com rejected'],
  ])('are whole names: %s', (reply) => expect(classify({ reply }).provider).toBeNull());
  test.each([
    ['554 MI:SPF', 'netease-163'],
    ['554 5.7.1 (RTR:BL)', 'aol-legacy'],
    ['550 see http://mail.163.com/help/x', 'netease-163'],
    ['550 Refused by mx00.web.de', 'gmx'],
  ])('%s', (reply, provider) => expect(classify({ reply }).provider).toBe(provider));
});

describe('what is not sure evidence', () => {
  test('a recipient that is refused in so many words is counted, not suppressed', () => {
    expect(classify({ reply: '550 Recipient address rejected' }).advice).toBe('suppress-after-repeated');
    expect(classify({ reply: '550 5.1.0 Recipient address rejected' }).advice).toBe('suppress');
  });
  test('an unknown user after the data, unless 5.1.1 says that RCPT was meant', () => {
    expect(classify({ reply: '550 Unknown user', command: 'end of DATA' }).bounceType).toBe('soft');
    expect(classify({ reply: '550 Unknown user', command: 'RCPT TO' }).bounceType).toBe('hard');
    expect(classify({ reply: '550 5.1.1 Unknown user', command: 'DATA' }).bounceType).toBe('hard');
    const named = '550 Message not accepted: local mailbox jane@example.com: user not found';
    expect(classify({ reply: named, command: 'end of DATA' }).bounceType).toBe('hard');
  });
  test('an unknown user behind the code of a mailbox that exists, unless RCPT was told so', () => {
    const reply = '550 5.2.1 <jane@example.com>... User unknown';
    expect(classify({ reply })).toMatchObject({ reason: 'mailbox-disabled', bounceType: 'soft' });
    expect(classify({ reply, command: 'RCPT TO' }).advice).toBe('suppress');
    expect(classify({ reply: '550 5.2.1 Mailbox disabled' }).advice).toBe('suppress');
  });
  test.each(['kddi', 'ntt-docomo'])('a filter of a subscriber of %s answers after the data', (provider) => {
    const reply = '550 : User unknown';
    expect(classify({ reply, provider, command: 'end of DATA' }).advice).toBe('suppress-after-repeated');
    expect(classify({ reply, provider, command: 'RCPT TO' }).advice).toBe('suppress');
  });
  test('a refusal before any recipient was named is about the sender', () => {
    for (const command of ['CONNECT', 'EHLO', 'MAIL FROM'] as const)
      expect(classify({ reply: '554 Transaction failed', command }).advice).toBe('fix-then-retry');
    expect(classify({ reply: '554 Transaction failed', command: 'RCPT TO' }).reason).toBe('unknown');
  });
  test('4.4.7 of what is still in the queue', () => {
    const reply = '400 4.4.7 Message delayed';
    expect(classify({ reply, action: 'delayed' }).advice).toBe('retry');
    expect(classify({ reply, action: 'failed' }).advice).toBe('suppress-after-repeated');
  });
});

describe('a reply inside a reply', () => {
  test.each([
    [
      '550 5.7.350 Remote server returned message detected as spam -> 550 5.1.1 User unknown',
      '550 5.1.1 User unknown',
    ],
    [
      'host mx.example.com[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command)',
      '550 5.1.1 User unknown (in reply to RCPT TO command)',
    ],
    [
      'host mx.example.com [192.0.2.1]\n    SMTP error from remote mail server after end of data:\n    550 no',
      '550 no',
    ],
    ["Your message wasn't delivered. The response from the remote server was:\n550 5.1.1 no", '550 5.1.1 no'],
    ['SMTP error from remote mail server after RCPT TO:<a@b.example>: host mx [192.0.2.1]: 550 no', '550 no'],
    ['no inner reply here', null],
    ['421 Slow down: retry timeout exceeded', '421 Slow down'],
    ['no code here: retry timeout exceeded', null],
    ['X said: hello', null],
  ])('%s', (text, inner) => expect(unwrap(text)?.reply ?? null).toBe(inner));
  test('is judged by the host and the stage that the frame names', () => {
    const said = (host: string, stage: string) =>
      classify({
        reply: `host ${host}[192.0.2.7] said: 550 5.7.27 Unknown user (in reply to ${stage} command)`,
      });
    expect(said('gmail-smtp-in.l.google.com', 'RCPT TO').provider).toBe('gmail');
    expect(said('mx.example.com', 'RCPT TO').provider).toBe(null);
    expect(said('mx.example.com', 'RCPT TO').bounceType).toBe('hard');
    expect(said('mx.example.com', 'end of DATA').bounceType).toBe('soft');
  });
  test('is judged by the inner one, and by who said it', () => {
    const got = classify({
      reply: '550 5.7.350 Remote server returned message detected as spam -> 550 5.7.26 Refused - gsmtp',
    });
    expect(got).toMatchObject({ reason: 'auth-failure', provider: 'gmail' });
  });
});

describe('normalisation', () => {
  test.each([
    ['User <jane@example.com> unknown', 'user unknown'],
    ['550-5.1.1 The account\n550 5.1.1 is gone', 'the account 550 is gone'],
    ["You can't, you cannot, it doesn't", 'you can not you can not it does not'],
    ['E-mail over-quota', 'email over quota'],
    ['[192.0.2.1] and 2001:db8::1 and 127.0.0.2', 'and and 127.0.0.2'],
    ['rejected:<jane@example.com>...', 'rejected'],
    [
      'Empfänger \u00fcberf\u00fcllt, zu gro\u00df; bo\u00eete d\u00e9sactiv\u00e9e',
      'empfanger uberfullt zu gross boite desactivee',
    ],
    ['de\u0301sactive\u0301', 'desactive'],
    ['Użytkownik łódź, kullanıcı, учётная, άγνωστος', 'uzytkownik lodz kullanici учетная αγνωστος'],
  ])('%s', (text, want) => expect(normalisePhrase(text)).toBe(want));
});

describe('hostile input', () => {
  test.each([
    ['a very long line', 'user '.repeat(200_000)],
    ['only separators', ' \u0000\u001b[31m\u202e'.repeat(5_000)],
    ['only at signs', '@'.repeat(50_000)],
    ['lone surrogates', '\ud800'.repeat(1_000)],
    ['digits', '5.'.repeat(50_000)],
    ['arrows', '-> 550 '.repeat(20_000)],
  ])('%s neither throws nor hangs', (_, reply) => {
    const start = performance.now();
    expect(classify({ reply, status: reply.slice(0, 50), remoteMta: reply.slice(0, 200) }).reason).toBeTypeOf(
      'string',
    );
    expect(performance.now() - start).toBeLessThan(500);
  });
  test('random replies give an answer out of the closed lists', () => {
    let seed = 42;
    const next = (n: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % n;
    };
    const words =
      '550 5.7.1 421 user unknown mailbox full -> said: blocked using <a@b> [192.0.2.1] spam dmarc \u00e9 \u4e0d #5.1.1 ( ) "'.split(
        ' ',
      );
    for (let i = 0; i < 2_000; i++) {
      const reply = Array.from({ length: next(30) }, () => words[next(words.length)]).join(' ');
      const got = classify({ reply });
      expect(got.confidence).toBeLessThanOrEqual(1);
      if (got.temporary) expect(got.advice).not.toMatch(/^suppress(-domain)?$/);
    }
  });
});

/** Answer files that stand beside the repository, not in it. */
const ANSWERS = ['seed', 'provider'] as const;
const floors: Record<string, number> = JSON.parse(
  readFileSync(new URL('floors.json', import.meta.url), 'utf8'),
);
const { decide } = await import('../../src/decide/index.ts');
for (const name of ANSWERS) {
  const path = new URL(`../../../shared/facts/${name}-answers.json`, import.meta.url);
  let rows: {
    text: string;
    remoteHost: string | null;
    provider: string | null;
    expect?: Record<string, string[]>;
  }[] = [];
  try {
    rows = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    console.warn(`${name}-answers.json is not there: its replies are not asked`);
  }
  describe.skipIf(rows.length === 0)(`${name} answers`, () => {
    test('agree', () => {
      const asked = rows.filter((row) => row.expect !== undefined && row.expect !== null);
      const right = asked.filter((row) => {
        const got = classify({ reply: row.text, remoteMta: row.remoteHost, provider: row.provider });
        const found: Record<string, string> = { ...got, decision: decide(got).action } as never;
        return Object.entries(row.expect ?? {}).every(([field, allowed]) =>
          allowed.includes(found[field] as string),
        );
      });
      expect(asked.length).toBeGreaterThan(300);
      expect((100 * right.length) / asked.length).toBeGreaterThanOrEqual(floors[`${name}-answers`] as number);
    });
  });
}

/** Words of a dead address in replies that are not about the recipient: none of them may suppress. */
describe('no valid address is given up for', () => {
  test.each([
    '550 5.7.1 Your account has been disabled for sending spam',
    '550 Sender address does not exist',
    '550 5.1.7 <x@example.org>: sender address rejected: user unknown',
    '553 5.1.8 Domain of sender address x@nosuch.example does not exist',
    '504 5.5.2 <unknown>: Helo command rejected: Host not found',
    '535 5.7.8 user unknown or bad password',
    '554 5.7.1 Message rejected: link to unknown domain',
    '550 URL in message does not exist',
    '554 Too many invalid recipients in this session',
    '550 client host name not found',
    '550 5.7.1 The sender account is suspended',
    '550 unknown user in sender address',
    '550 5.7.1 No valid DKIM signature for this recipient domain',
    '554 Transaction failed: invalid date header',
    '550 5.7.1 User not authorized to relay',
    '550 5.1.7 <x@example.org>: Sender address rejected: undeliverable address: host mx.example.org said: 550 5.1.1 User unknown',
    "511 sorry, can't find a valid MX for sender domain (#5.1.1)",
    '550 HELO is an IP address (See RFC2821 4.1.3)',
    '550 Your message looks like SPAM or has been reported as SPAM',
    '550 5.7.1 Invalid user credentials',
    '550 sender mailbox unavailable: user unknown',
    '554 5.7.1 The header names an unknown user agent',
    '550 5.7.1 The server does not accept unknown senders',
    '535 5.7.8 Account disabled',
    '554 5.7.1 Your address is blocked',
    '550 Your account is disabled',
    '521 5.2.1 We will not accept delivery of this message',
    '554 5.7.1 This server is no open relay',
    '550 No mail accepted for the domain of your sender address',
    '550 5.7.1 Mail from unknown users is not accepted',
    '550 5.7.1 Password expired, user account locked',
    '517 Domain does not exist: nosuch.example, see <URL:http://example.net/>',
    '550 5.7.1 Client host rejected: <virus@example.net>, see https://example.net/user-unknown',
    '550 5.7.1 The reason for this refusal is unknown',
    '554 5.7.1 Your IP address is not in the database of trusted senders',
    '550 The message is not in the correct format for this server',
    '550 This does not work at this time',
    '550 No more recipients allowed in this session',
    '550 No more email is accepted from you today',
    '550 5.7.1 The host has no name in DNS',
    '550 5.7.1 Sending from this top level domain is blocked',
    '552 5.2.2 The recipient has too many messages',
    '550 5.7.1 Your reputation is now at level 3',
    '550 5.7.1 Message for the user was moved to the spam folder',
    '554 no matching cipher found for this user',
    '550 5.7.1 Unable to find address record of your host',
    '550 This server no longer accepts mail without TLS',
    '550 5.7.1 This domain does not accept email from free providers',
    '554 5.7.1 Le message au destinataire a été supprimé par le filtre',
    '550 O email foi removido pelo antivirus',
    '550 Absenderadresse existiert nicht',
    "550 Le domaine de l'expéditeur n'existe pas",
    '550 发件人域名不存在',
    '550 服务器无法找到',
    '550 5.7.1 送信者のドメインが存在しません',
    '550 Brak rekordu PTR dla adresu IP',
    '535 Usuario o contraseña incorrectos',
    '550 Votre compte est suspendu pour envoi de spam',
    '550 Twoje konto zostalo zablokowane za wysylanie spamu',
    '550 Ваш аккаунт заблокирован за рассылку спама',
    '550 Delivery to this recipient is blocked by the administrator',
    '550 Unknown host tried to send to this mailbox',
    '550 Your account does not exist or is disabled',
    '550 Host is not reachable',
    '550 5.7.1 Your server is not listed in our directory of allowed senders',
    '550 Your email account has been disabled for sending',
    '550 host not found for your IP',
    '550 The domain of your address does not exist',
    '550 cannot resolve your domain',
    '550 Backscatter protection detected an invalid or expired email address',
    '550 kim@sender.example is not a registered gateway user',
    '550 your domain is not in our database',
    '550 You are not in my address list',
    '550 user account locked for sending',
    '550 recipient disabled reception of mail with attachments',
    '550 domain in the body does not exist',
    '550 List washing: invalid recipients detected from your network',
  ])('%s', (reply) => expect(decide(classify({ reply })).action).not.toMatch(/^suppress(-domain)?$/));
});
