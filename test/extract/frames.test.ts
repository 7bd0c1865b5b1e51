import { describe, expect, it } from 'vitest';
import { readFrames } from '../../src/extract/frames.ts';
import { readNotice } from '../../src/extract/notice.ts';
import { scanMessage } from '../../src/mime/scan.ts';

function frames(text: string): [string, string | null][] {
  const message = scanMessage(
    Buffer.from(`From: MAILER-DAEMON@x.example\nContent-Type: text/plain; charset=utf-8\n\n${text}`),
  );
  return readFrames(readNotice(message)).frames.map((f) => [f.address, f.reply?.text ?? null]);
}

describe('an address is bound to its failure', () => {
  it.each<[string, string, [string, string | null][]]>([
    [
      'by a paragraph',
      'Sorry.\n\n<a@b.example>:\nno mailbox here (#5.1.1)\n\n<c@d.example>:\nuser is over quota\n',
      [
        ['a@b.example', 'no mailbox here (#5.1.1)'],
        ['c@d.example', 'user is over quota'],
      ],
    ],
    [
      'by indentation',
      'The following addresses failed:\n\n  a@b.example\n    Unrouteable address\n  c@d.example\n    host mx.d.example [192.0.2.1]: 550 No\n',
      [
        ['a@b.example', 'Unrouteable address'],
        ['c@d.example', '550 No'],
      ],
    ],
    [
      'by a list under a ruled heading',
      '----- The following addresses had permanent fatal errors -----\n<a@b.example>\n<c@d.example>\n\n----- Transcript of session follows -----\n550 5.1.1 <a@b.example>... User unknown\n552 5.2.2 <c@d.example>... Mailbox full\n',
      [
        ['a@b.example', '550 5.1.1 <a@b.example>... User unknown'],
        ['c@d.example', '552 5.2.2 <c@d.example>... Mailbox full'],
      ],
    ],
    [
      'by bullets',
      'Your mail could not be delivered to these recipients:\n\n * a@b.example\n * c@d.example\n\nReason: 550 User unknown\n',
      [
        ['a@b.example', '550 User unknown'],
        ['c@d.example', '550 User unknown'],
      ],
    ],
    [
      'by a label',
      'Undeliverable address: a@b.example\nReason: the mailbox is full\n',
      [['a@b.example', 'the mailbox is full']],
    ],
    [
      'by a transcript',
      '>>> RCPT TO:<a@b.example>\n<<< 550-5.1.1 first line\n<<< 550 5.1.1 second line\n',
      [['a@b.example', '550-5.1.1 first line 550 5.1.1 second line']],
    ],
    ['by a sentence', 'We were unable to deliver your message to a@b.example.\n', [['a@b.example', null]]],
    [
      'by what follows it',
      'Your message to:\n\n  a@b.example\n\ncould not be delivered because the host is unknown.\n',
      [['a@b.example', 'could not be delivered because the host is unknown.']],
    ],
    [
      'in German',
      'Ihre Nachricht konnte nicht zugestellt werden an:\n\n  a@b.example\n\n550 Unbekannt\n',
      [['a@b.example', '550 Unbekannt']],
    ],
    [
      'in French',
      "Votre message n'a pas pu être remis aux destinataires suivants :\n\n  a@b.example\n",
      [['a@b.example', null]],
    ],
    ['in Spanish', 'No se pudo entregar su mensaje a:\n\na@b.example\n', [['a@b.example', null]]],
    [
      'in Portuguese',
      'Não foi possível entregar a mensagem para:\n\n<a@b.example>\n',
      [['a@b.example', null]],
    ],
    ['in Italian', 'Impossibile recapitare il messaggio a:\n\n<a@b.example>\n', [['a@b.example', null]]],
    ['in Polish', 'Nie można dostarczyć wiadomości do:\n\n<a@b.example>\n', [['a@b.example', null]]],
    ['in Russian', 'Не удалось доставить письмо:\n\n<a@b.example>\n', [['a@b.example', null]]],
    ['in Turkish', 'Mesajınız teslim edilemedi:\n\n<a@b.example>\n', [['a@b.example', null]]],
    ['in Japanese', '以下の宛先に配信できませんでした。\n\na@b.example\n', [['a@b.example', null]]],
    ['in Chinese', '您的邮件无法投递到以下收件人:\n\na@b.example\n', [['a@b.example', null]]],
    ['in Korean', '다음 받는 사람에게 배달되지 않았습니다:\n\na@b.example\n', [['a@b.example', null]]],
  ])('%s', (_, text, expected) => {
    expect(frames(text)).toEqual(expected);
  });
});

describe('an address is not bound', () => {
  it.each([
    [
      'to whom one turns',
      'Your message could not be delivered.\n\nFor assistance contact:\n\nhelp@b.example\n',
    ],
    ['that sent', 'A message sent by\n\n  <a@b.example>\n\ncould not be delivered. Please try again.\n'],
    [
      'with a reply code elsewhere',
      'The code 550 means that a user is unknown.\n\nWrite to a@b.example for more.\n',
    ],
    ['in a list of something else', 'Your addresses:\n\na@b.example\nc@d.example\n'],
    [
      'in the returned message',
      'Your message could not be delivered.\n\nReceived: from x.example by y.example; Tue, 14 Oct 2025 09:11:02 +0200\nFrom: a@b.example\nTo: c@d.example\nSubject: x\n\n<e@f.example>: 550 User unknown\n',
    ],
  ])('%s', (_, text) => {
    expect(frames(text)).toEqual([]);
  });
});

describe('a hostile notice is read in linear time', () => {
  const many = 40_000;
  it.each([
    ['addresses', 'The following addresses failed:\n\n', 'a@b.example\n'],
    ['labels of causes', 'The following addresses failed:\n\na@b.example\n', 'Reason: 550 no\n'],
    ['addresses and labels', 'x\n\n', 'Failed recipient: a@b.example\nReason: no\n'],
    ['transcripts', '', '>>> RCPT TO:<a@b.example>\n<<< 250 ok\n>>> DATA\n<<< 550 no\n'],
    ['local parts', 'Undeliverable:\n', '  name\n'],
    ['headings', '', '--- Undeliverable ---\n'],
    ['header fields', '', 'To: a@b.example\n\n'],
  ])('%s', (_, start, unit) => {
    let text = start;
    for (let i = 0; i < many; i++) text += unit.replace('a@b', `a${i}@b`).replace('name', `name${i}`);
    const began = performance.now();
    frames(text);
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it('one line of a megabyte', () => {
    const began = performance.now();
    frames(`Undeliverable to ${'a@b.example 550 5.1.1 <'.repeat(50_000)}\n`);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

it('tells the line in which a sentence starts, also where two start alike', () => {
  const text =
    'Your mail to <a@b.example>\n550-5.7.26 was not delivered, it seems unsigned.\n550-5.7.26 Your message to c@d.example could not be delivered: 550 No\n';
  const message = scanMessage(Buffer.from(`From: MAILER-DAEMON@x.example\n\n${text}`));
  const { frames: found } = readFrames(readNotice(message));
  expect(found.map((f) => [f.address, f.reply?.at.line])).toEqual([
    ['a@b.example', 1],
    ['c@d.example', 3],
  ]);
});
