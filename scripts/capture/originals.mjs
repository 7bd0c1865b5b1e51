/** The messages that are sent: small, in several shapes, with nothing personal in them. */
import { SENDER_DOMAIN } from './network.mjs';

const b64 = (text, width = 60) =>
  Buffer.from(text)
    .toString('base64')
    .replace(new RegExp(`.{1,${width}}`, 'g'), '$&\r\n')
    .trim();

const plain = {
  subject: 'Your order 48112 is on its way',
  fields: ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=us-ascii'],
  body: ['Hello,', '', 'your parcel left our house today.', '', 'Linden Post'],
};

/** By name; `fields` and `body` as they go over the wire. Bytes that are no ASCII are given as a Buffer. */
export const ORIGINALS = {
  plain,
  html: {
    subject: 'Summer list',
    fields: [
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary="sep-77aa"',
      'List-Id: Summer list <summer.lindenpost.example>',
      'List-Unsubscribe: <https://lindenpost.example/leave>',
      'Precedence: list',
    ],
    body: [
      '--sep-77aa',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Gr=C3=BC=C3=9Fe aus dem Lindenhof',
      '--sep-77aa',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Greetings <b>from the court</b></p>',
      '--sep-77aa--',
    ],
  },
  japanese: {
    subject: '=?iso-2022-jp?B?GyRCJCpDTiRpJDsbKEI=?=',
    fields: [
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=iso-2022-jp',
      'Content-Transfer-Encoding: 7bit',
    ],
    body: ['\x1b$B$*CN$i$;$G$9\x1b(B', 'LindenPost'],
  },
  big5: {
    subject: '=?big5?B?sXqmbg==?=',
    fields: [
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=big5',
      'Content-Transfer-Encoding: base64',
    ],
    body: [Buffer.from([0xb1, 0x7a, 0xa6, 0x6e]).toString('base64')],
  },
  attachment: {
    subject: 'Invoice 2231',
    fields: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="=_part_1"'],
    body: [
      '--=_part_1',
      'Content-Type: text/plain',
      '',
      'Invoice attached.',
      '--=_part_1',
      'Content-Type: application/pdf; name="invoice.pdf"',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="invoice.pdf"',
      '',
      b64('%PDF-1.4 no real document, only some bytes to carry along'),
      '--=_part_1--',
    ],
  },
  /** Words of a bounce in an ordinary letter: a parser that searches the whole text falls for them. */
  bait: {
    subject: 'Re: why our mail came back',
    fields: plain.fields,
    body: [
      'You asked what the log said:',
      '',
      '> 550 5.2.2 <someone@other-house.example>: mailbox full',
      '> Final-Recipient: rfc822; someone@other-house.example',
      '',
      'It was solved last week.',
    ],
  },
  utf8Subject: {
    subject: '=?utf-8?Q?Pr=C3=BCfung_abgeschlossen?=',
    fields: [
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
    ],
    body: ['Die Prüfung ist abgeschlossen.'],
  },
  large: {
    ...plain,
    subject: 'The long one',
    body: Array.from({ length: 200 }, (_, i) => `line ${i} of a letter that is longer than the limit`),
  },
};

/** The message in bytes. A Date and a Message-ID are given, so that no server has to invent them. */
export function buildOriginal({ name = 'plain', from, to, id, extra = [] }) {
  const { subject, fields, body } = ORIGINALS[name];
  const header = [
    `From: Linden Post <${from}>`,
    `To: ${to.map((a) => `<${a}>`).join(', ')}`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@${SENDER_DOMAIN}>`,
    ...extra,
    ...fields,
  ];
  return Buffer.from([...header, '', ...body, ''].join('\r\n'), 'utf8');
}
