import { describe, expect, it } from 'vitest';
import { parse } from '../../src/index.ts';

/** What list managers write in their languages: the shape is read, and no translation has to be known. */
const mailman = (request: string, reason = 'Nein.', header = ''): string => `From: bees-bounces@lists.example
To: news@kontor.example
Subject: Bees
X-Mailman-Version: 3.3.8
${header}Precedence: bulk
Content-Type: text/plain; charset=utf-8

Your request to the bees@lists.example mailing list

    ${request}

has been rejected by the list moderator.  The moderator gave the
following reason for rejecting your request:

"${reason}"

Any questions or comments should be directed to the list administrator
at:

    bees-owner@lists.example
`;

describe('Mailman', () => {
  it.each([
    'Posting of your message titled "Mailbox full"',
    'Veröffentlichung Ihrer Nachricht mit dem Titel "Mailbox full"',
    'Expédition de votre message intitulé « Mailbox full »',
    'Publicació del missatge titulat «Mailbox full»',
    '"Mailbox full" tárgyú üzenete küldése',
    'Publikowanie wiadomości zatytułowanej „Mailbox full”',
    'Публикация вашего сообщения под заголовком Mailbox full',
    '以“Mailbox full“为标题发布你的消息',
  ])('%s', async (request) => {
    const { kind, format, recipients } = await parse(mailman(request));
    expect([kind, format, recipients.length]).toEqual(['bounce', 'mailman', 1]);
    expect(recipients[0]?.recipient).toBe('bees@lists.example');
    expect(recipients[0]?.diagnosticCode).toMatch(/\S{3,} ["“„«「]Nein\.["“”»」]$/);
  });

  it.each(['Subscription request', "Demande d'abonnement", 'Запрос на подписку', '订阅请求'])(
    'refuses no post: %s',
    async (request) => {
      expect((await parse(mailman(request))).format).toBeNull();
    },
  );

  it('tells that a moderator refused, where he gave no reason', async () => {
    const { recipients } = await parse(mailman('Posting of your message titled "Bees"', '[No reason given]'));
    expect(recipients[0]?.diagnosticCode).toBe(
      'has been rejected by the list moderator. The moderator gave the following reason for rejecting your request: "[No reason given]"',
    );
  });

  it('reads the reason through to its end', async () => {
    const { recipients } = await parse(
      mailman('Posting of your message titled "Bees"', 'See "rules".\n\nNo ads, no "offers"'),
    );
    expect(recipients[0]?.diagnosticCode).toMatch(/ "See "rules"\. No ads, no "offers""$/);
  });

  it('does not take what the list distributes for what it says', async () => {
    const post = mailman(
      'Posting of your message titled "Bees"',
      'No.',
      'List-Post: <mailto:bees@lists.example>\n',
    );
    expect((await parse(post)).kind).toBe('other');
  });

  it('holds a post with a title in quotation marks', async () => {
    const held = `From: bees-bounces@lists.example
To: news@kontor.example
Subject: Your message to bees@lists.example awaits moderator approval
X-Mailman-Version: 3.3.8
Precedence: bulk

Your mail to 'bees@lists.example' with the subject

    "Undelivered" honey

Is being held until the list moderator can review it for approval.

The message is being held because:

    "Precedence" is a suspicious header

Either the message will get posted to the list, or you will receive
notification of the moderator's decision.
`;
    expect((await parse(held)).kind).not.toBe('bounce');
  });
});

describe('Sympa', () => {
  const reject = (
    sentence: string,
    subject: string,
  ): string => `Message-Id: <sympa.1774522803.20611.318@lists.example>
From: bees-request@lists.example
To: news@kontor.example
Subject: Bees
Auto-Submitted: auto-generated
Content-Type: text/plain; charset=utf-8

${sentence}

${subject}

https://lists.example/info/bees
`;

  it.each([
    [
      'Ihre Nachricht an die Liste bees@lists.example wurde durch den Moderator (mia@mods.example) abgelehnt.',
      '(Betreff Ihrer E-Mail: Voll)',
    ],
    [
      'Teie kiri listi bees@lists.example\nlükati tagasi moderaatori (mia@mods.example) poolt.',
      '(Teie kirja teemarida: Voll)',
    ],
    [
      'あなたがメーリングリスト bees@lists.example へ送ったメッセージは、モデレータ (mia@mods.example) に拒否されました。',
      '(メールの件名: Voll)',
    ],
    ['邮件列表bees@lists.example的邮件\n被监管员（mia@mods.example）拒绝了。', '（Voll）'],
  ])('%s', async (sentence, subject) => {
    const { kind, format, recipients } = await parse(reject(sentence, subject));
    expect([kind, format, recipients.length]).toEqual(['bounce', 'sympa', 1]);
    expect(recipients[0]).toMatchObject({
      recipient: 'bees@lists.example',
      diagnosticCode: sentence.replace('\n', ' '),
    });
  });

  it('has the moderator in the sentence that refuses', async () => {
    const { format } = await parse(reject('Welcome to bees@lists.example', '(The list of the beekeepers.)'));
    expect(format).not.toBe('sympa');
  });
});

describe('LISTSERV', () => {
  const notice = (subject: string, text: string): string => `From: LISTSERV Server <LISTSERV@LISTS.EXAMPLE>
To: news@kontor.example
Subject: ${subject}

${text}
`;

  it('names the list in its subject', async () => {
    const { kind, recipients } = await parse(
      notice('Rejected posting to BEES-L@LISTS.EXAMPLE', 'It is a command.'),
    );
    expect(kind).toBe('bounce');
    expect(recipients[0]).toMatchObject({
      recipient: 'BEES-L@LISTS.EXAMPLE',
      diagnosticCode: 'It is a command.',
    });
  });

  it('names the list in its text', async () => {
    const text =
      'You are  not authorized  to send  mail to the  BEES-L list  from your\nnews@kontor.example account.';
    const { format, recipients } = await parse(notice('Your message of today', text));
    expect(format).toBe('listserv');
    expect(recipients[0]).toMatchObject({ recipient: 'BEES-L@LISTS.EXAMPLE', action: 'failed' });
  });

  it('answers commands as well', async () => {
    expect(
      (await parse(notice('Output of your job "news"', 'Rejected posting to nobody.'))).format,
    ).toBeNull();
  });
});
