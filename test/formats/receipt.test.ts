import { describe, expect, it } from 'vitest';
import { parse } from '../../src/index.ts';

const mail = (subject: string, text: string, header = ''): string =>
  `From: Reader <reader@far.example>\nTo: sender@shop.example\nSubject: ${subject}\n${header}Content-Type: text/plain; charset=utf-8\n\n${text}\n`;

/** Outlook's form: what stands in front of the block and behind it. */
const block = (before: string, behind: string): string =>
  `${before}\n\n   A: Reader\n   B: Budget. Second draft\n   C: 2026-06-08 16:30\n\n ${behind}`;

/** Subject, the words in front of the block, and the words behind it. */
const READ: readonly (readonly [string, string, string])[] = [
  ['Read: x', 'Your message', 'was read on Tuesday, June 9, 2026 7:42'],
  [
    'Gelesen: x',
    'Ihre Nachricht',
    'wurde am Dienstag, 9. Juni 2026 um 07:42 (UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien gelesen.',
  ],
  ['Lu : x', 'Votre message', 'a été lu le mardi 9 juin 2026 07:42'],
  ['Leído: x', 'El mensaje', 'fue leído el martes 9 de junio de 2026'],
  ['Lida: x', 'Sua mensagem', 'foi lida em terça-feira, 9 de junho de 2026'],
  ['Letto: x', 'Il messaggio', 'è stato letto in data martedì 9 giugno 2026'],
  ['Gelezen: x', 'Uw bericht', 'is gelezen op dinsdag 9 juni 2026'],
  ['Läst: x', 'Ditt meddelande', 'lästes den 9 juni 2026'],
  ['Læst: x', 'Din meddelelse', 'blev læst den 9. juni 2026'],
  ['Lest: x', 'Meldingen', 'ble lest 9. juni 2026'],
  ['Luettu: x', 'Viestisi', 'luettiin 9.6.2026'],
  ['Przeczytano: x', 'Twoja wiadomość', 'została przeczytana w dniu 9 czerwca 2026'],
  ['Přečteno: x', 'Zpráva', 'byla přečtena dne 9. června 2026'],
  ['Prečítané: x', 'Vaša správa', 'bola prečítaná dňa 9. júna 2026'],
  ['Olvasott: x', 'Az üzenet', 'el lett olvasva: 2026. június 9.'],
  ['Citit: x', 'Mesajul dvs.', 'a fost citit la 9 iunie 2026'],
  ['Прочтено: x', 'Ваше сообщение', 'было прочитано 9 июня 2026 г.'],
  ['Прочитано: x', 'Ваше повідомлення', 'прочитано 9 червня 2026 р.'],
  ['Прочетено: x', 'Вашето съобщение', 'беше прочетено на 9 юни 2026 г.'],
  ['Pročitano: x', 'Vaša poruka', 'je pročitana 9. lipnja 2026.'],
  ['Prebrano: x', 'Vaše sporočilo', 'je bilo prebrano 9. junija 2026'],
  ['Loetud: x', 'Teie sõnum', 'loeti 9. juunil 2026'],
  ['Izlasīts: x', 'Jūsu ziņojums', 'tika izlasīts 2026. gada 9. jūnijā'],
  ['Perskaityta: x', 'Jūsų laiškas', 'buvo perskaitytas 2026 m. birželio 9 d.'],
  ['Llegit: x', 'El missatge', "s'ha llegit el 9 de juny de 2026"],
  ['Okundu: x', 'İletiniz', '9 Haziran 2026 tarihinde okundu.'],
  ['Διαβάστηκε: x', 'Το μήνυμά σας', 'διαβάστηκε στις 9 Ιουνίου 2026'],
  ['נקרא: x', 'הודעתך', 'נקראה ב 9/6/2026'],
  ['مقروءة: x', 'رسالتك', 'تمت قراءتها في ٩/٦/٢٠٢٦'],
  ['開封済み: x', '次のメッセージ', 'は 2026年6月9日 7:42 に開封されました。'],
  ['既読：x', '次のメール', 'は 2026年6月9日 7:42 に開かれました。'],
  ['已读: x', '您的邮件', '已于 2026年6月9日 7:42:05 被阅读。'],
  ['已讀：x', '您的郵件', '已於 2026年6月9日 7:42:05 讀取。'],
  ['읽음: x', '보낸 메시지', '을(를) 2026년 6월 9일 화요일에 읽었습니다.'],
  ['อ่านแล้ว: x', 'ข้อความของคุณ', 'ถูกอ่านเมื่อ 9/6/2026'],
  ['Đã đọc: x', 'Thư của bạn', 'đã được đọc vào 9/6/2026'],
];

const DELETED: readonly (readonly [string, string, string])[] = [
  ['Not read: x', 'Your message', 'was deleted without being read on Tuesday, June 9, 2026 7:42'],
  ['Deleted: x', 'Your message', 'was deleted unread on June 9, 2026'],
  ['Ungelesen gelöscht: x', 'Ihre Nachricht', 'wurde am 9. Juni 2026 ungelesen gelöscht.'],
  ['Non lu : x', 'Votre message', 'a été supprimé sans avoir été lu le mardi 9 juin 2026'],
  ['No leído: x', 'El mensaje', 'se eliminó sin leer el martes 9 de junio de 2026'],
  ['Não lida: x', 'A sua mensagem', 'foi eliminada sem ser lida em 9 de junho de 2026'],
  ['Non letto: x', 'Il messaggio', 'è stato eliminato senza essere letto il 9 giugno 2026'],
  ['Niet gelezen: x', 'Uw bericht', 'is verwijderd zonder te zijn gelezen op 9 juni 2026'],
  ['Oläst: x', 'Ditt meddelande', 'togs bort utan att läsas den 9 juni 2026'],
  ['Не прочтено: x', 'Ваше сообщение', 'было удалено без прочтения 9 июня 2026 г.'],
  ['Okunmadı: x', 'İletiniz', '9 Haziran 2026 tarihinde okunmadan silindi.'],
  ['未開封: x', '次のメッセージ', 'は 2026年6月9日 に開封されずに削除されました。'],
  ['未读: x', '您的邮件', '未经阅读，已于 2026年6月9日 删除。'],
  ['未讀: x', '您的郵件', '未經讀取即於 2026年6月9日 刪除。'],
  ['읽지 않음: x', '보낸 메시지', '을(를) 2026년 6월 9일에 읽지 않고 삭제했습니다.'],
];

/** Programs that name their receipt, or write a sentence of their own. */
const PROGRAMS: readonly (readonly [string, string | null, string, string])[] = [
  [
    'Outlook Express',
    'displayed',
    'Read: x',
    'This is a receipt for the mail you sent to\n"A" <a@far.example> at 1/2/2003 10:20 AM\n\nThis receipt verifies that the message has been displayed on the recipient\'s computer at 1/2/2003 10:25 AM',
  ],
  [
    'Thunderbird',
    'displayed',
    'Return Receipt (displayed) - x',
    'Note: This Return Receipt only acknowledges that the message was displayed on the recipient’s computer.',
  ],
  [
    'Thunderbird',
    'displayed',
    'Accusé de réception (affiché) - x',
    'Note : cet accusé de réception atteste seulement que le message a été affiché sur l’ordinateur du destinataire.',
  ],
  [
    'Thunderbird',
    'dispatched',
    'Return Receipt (dispatched) - x',
    'The message was sent somewhere without being displayed.',
  ],
  [
    'Thunderbird',
    'processed',
    'Return Receipt (processed) - x',
    "The message was processed by the recipient's mail client without being displayed.",
  ],
  [
    'Pegasus',
    'displayed',
    'RCPT: x',
    'Confirmation of reading: your message -\n\n    Date:    17 Mar 97\n    To:      Reader\n    Subject: x\n\nWas read at 12:03, 17 Mar 97.',
  ],
  [
    'Evolution',
    'displayed',
    'Delivery Notification for "x"',
    'Your message to A <a@far.example> about "x" on 5 May 2026 has been read.',
  ],
  [
    'KMail',
    'deleted',
    'Message Disposition Notification',
    'The message sent on 5 May to a@far.example with subject "x" has been deleted unseen.',
  ],
  [
    'SquirrelMail',
    'displayed',
    'Read: x',
    block('Your message', 'Was displayed on Tue, June 9, 2026 7:42 am'),
  ],
  [
    'Notes',
    null,
    'Return Receipt',
    'Your       Budget\ndocument:  second draft\n\nwas        A Reader/Far\nreceived\nby:\n\nat:        06/09/2026',
  ],
  [
    'Notes',
    null,
    'Empfangsbestätigung',
    'Ihr Dokument: Budget\nwurde empfangen von: A Reader/Far\nam: 09.06.2026',
  ],
  [
    'Mail.ru',
    'displayed',
    'Уведомление о прочтении письма',
    'Ваше письмо «Смета» было прочитано получателем.',
  ],
  ['QQ', 'displayed', '已读：报价单二月', '您发送的邮件《报价单二月》已被对方阅读。'],
];

describe('a receipt in words only', () => {
  it.each(READ)('%s', async (subject, before, behind) => {
    const { kind, format, disposition, recipients } = await parse(mail(subject, block(before, behind)));
    expect([kind, format, recipients]).toEqual(['disposition', 'receipt', []]);
    expect(disposition).toMatchObject({
      type: 'displayed',
      mode: null,
      finalRecipient: 'reader@far.example',
    });
  });

  it.each(DELETED)('%s', async (subject, before, behind) => {
    const { format, disposition } = await parse(mail(subject, block(before, behind)));
    expect([format, disposition?.type]).toEqual(['receipt', 'deleted']);
  });

  it.each(PROGRAMS)('of %s: %s', async (_, type, subject, text) => {
    const { format, disposition } = await parse(mail(subject, text));
    expect([format, disposition?.type]).toEqual(['receipt', type]);
  });

  it.each(READ)('%s: the subject or the sentence alone is none', async (subject, before, behind) => {
    expect((await parse(mail('Budget', block(before, behind)))).kind).toBe('other');
    expect((await parse(mail(subject, block(before, '2026')))).kind).toBe('other');
    expect((await parse(mail(`Re: ${subject}`, block(before, behind)))).kind).toBe('other');
  });

  const TEXT = block('Your message', 'was read on Tuesday, June 9, 2026 7:42');

  it('has the marks of an automatic reply as well', async () => {
    const marks =
      'Return-Path: <>\nAuto-Submitted: auto-replied\nX-Auto-Response-Suppress: All\nPrecedence: bulk\nThread-Topic: Budget of June\nIn-Reply-To: <1@shop.example>\nReferences: <0@shop.example> <1@shop.example>\n';
    const { format, disposition } = await parse(mail('Read: Budget of June', TEXT, marks));
    expect([format, disposition?.originalMessageId]).toEqual(['receipt', '1@shop.example']);
  });

  it.each([
    ['References: <0@shop.example>\n <1@shop.example>\n', '1@shop.example'],
    ['', null],
  ])('names the message that was read: %s', async (header, id) => {
    expect((await parse(mail('Read: x', TEXT, header))).disposition?.originalMessageId).toBe(id);
  });

  it.each([
    'List-Id: <a.shop.example>\n',
    'List-Unsubscribe: <mailto:a@b.example>\n',
    'Auto-Submitted: no\n',
  ])('is none by a list or a person: %s', async (header) => {
    expect((await parse(mail('Read: x', TEXT, header))).kind).toBe('other');
  });

  it.each([
    ['Read: this article', 'Thanks for your message. The poem was read on 5 May at the board.'],
    ['Read: your message', 'Your message was read on air, they told me.'],
    ['Gelesen: das neue Buch', 'Ich habe deine Nachricht vom 5. Mai gelesen und finde sie gut.'],
    ['Unread: 5 messages', 'You have 5 unread messages.'],
    ['未读: 提醒', '您有 5 封未读邮件。'],
    ['No leído: 5', 'Tienes 5 mensajes sin leer. El mensaje más antiguo es del 5 de mayo.'],
    ['Return receipt', 'The following address had a successful delivery: <bob@far.example>'],
    ['Read: x', `Hello, see below.\n\n-----Original Message-----\n${TEXT}`],
    ['Read: x', TEXT.replace(/^/gm, '> ')],
  ])('is none: %s', async (subject, text) => {
    expect((await parse(mail(subject, text))).kind).toBe('other');
  });
});

describe('a signed receipt (RFC 2634)', () => {
  const signed = (type: string): string =>
    `From: reader@far.example\nSubject: x\nIn-Reply-To: <1@shop.example>\nContent-Type: ${type}\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHAqCAMIAA\n`;

  it.each([
    ['application/pkcs7-mime; smime-type=signed-receipt; name=smime.p7m', 'disposition'],
    ['application/x-pkcs7-mime; name=smime.p7m; smime-type="Signed-Receipt"', 'disposition'],
    ['application/pkcs7-mime; smime-type=signed-data; name=smime.p7m', 'other'],
    ['application/pkcs7-signature; smime-type=signed-receipt', 'other'],
  ])('%s', async (type, kind) => {
    const report = await parse(signed(type));
    expect(report.kind).toBe(kind);
    if (kind === 'disposition')
      expect(report.disposition).toMatchObject({ type: null, originalMessageId: '1@shop.example' });
  });
});
