import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type Limits, withDefaults } from '../../src/limits.ts';
import { type Message, scanMessage } from '../../src/mime/scan.ts';

function scan(text: string, limits: Limits = DEFAULT_LIMITS): Message {
  return scanMessage(Buffer.from(text, 'latin1'), limits);
}

const codes = (message: Message): string[] => message.warnings.list.map((w) => w.code);

const REPORT = `From: MAILER-DAEMON@mx.example.net
Subject: =?utf-8?Q?Zustellung_gescheitert_=E2=80=93_Fehler?=
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

preamble
--b1
Content-Type: text/plain; charset=utf-8

hello
--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
--b1
Content-Type: message/rfc822

Subject: original
Content-Type: multipart/mixed; boundary="b2"

--b2

inner
--b2--
--b1--
epilogue
`;

describe('scanMessage', () => {
  it('keeps every part with its path, type and text', () => {
    const message = scan(REPORT);
    expect(message.leaves.map((p) => [p.path, p.type])).toEqual([
      ['1', 'text/plain'],
      ['2', 'message/delivery-status'],
      ['3', 'message/rfc822'],
    ]);
    expect(message.leaves.map((p) => p.text.split('\n')[0])).toEqual([
      'hello',
      'Reporting-MTA: dns; mx.example.net',
      'Subject: original',
    ]);
    expect(message.headers.text('subject')).toBe('Zustellung gescheitert – Fehler');
    expect(codes(message)).toEqual([]);
  });

  it('does not open the returned message', () => {
    expect(scan(REPORT).leaves).toHaveLength(3);
  });

  it.each([
    ['CRLF', REPORT.replaceAll('\n', '\r\n')],
    ['CR', REPORT.replaceAll('\n', '\r')],
    ['CR CR LF', REPORT.replaceAll('\n', '\r\r\n')],
    ['LF header, CRLF body', REPORT.replace(/\n\npreamble[\s\S]*/, (body) => body.replaceAll('\n', '\r\n'))],
    [
      'LF header, CR body',
      REPORT.replace(/\n\npreamble[\s\S]*/, (body) => `\n\n${body.slice(2).replaceAll('\n', '\r')}`),
    ],
    ['CRLF header, LF body', REPORT.replace(/^[\s\S]*?\n\n/, (head) => head.replaceAll('\n', '\r\n'))],
  ])('reads the same from %s line ends', (_, text) => {
    const twin = scan(text);
    const lf = scan(REPORT);
    expect(twin.leaves.map((p) => [p.path, p.type, p.text])).toEqual(
      lf.leaves.map((p) => [p.path, p.type, p.text]),
    );
    expect(twin.headers.fields).toEqual(lf.headers.fields);
  });

  it('numbers a message that is no multipart as part 1', () => {
    const message = scan('From: a@example.com\n\ntext\n');
    expect(message.leaves.map((p) => [p.path, p.type, p.text])).toEqual([['1', 'text/plain', 'text\n']]);
  });

  it('reads on where the last boundary is missing', () => {
    const message = scan(REPORT.slice(0, REPORT.indexOf('--b1\nContent-Type: message/rfc822')));
    expect(message.leaves.map((p) => p.type)).toEqual(['text/plain', 'message/delivery-status']);
    expect(codes(message)).toEqual(['missing-close-boundary']);
  });

  it('finds another boundary where the declared one does not occur', () => {
    const message = scan(REPORT.replace('boundary="b1"', 'boundary="other"'));
    expect(message.leaves.map((p) => p.type)).toEqual([
      'text/plain',
      'message/delivery-status',
      'message/rfc822',
    ]);
    expect(codes(message)).toContain('wrong-boundary');
  });

  it('finds a boundary where none is declared', () => {
    const message = scan(REPORT.replace('; boundary="b1"', ''));
    expect(message.leaves).toHaveLength(3);
    expect(codes(message)).toContain('missing-boundary');
  });

  it('takes the fields of a report that swallowed its empty line', () => {
    const message = scan(REPORT.replace('message/delivery-status\n\n', 'message/delivery-status\n'));
    expect(message.leaves[1]?.text).toBe('Reporting-MTA: dns; mx.example.net');
    expect(message.leaves[1]?.headers.fields.map((f) => f.name)).toEqual(['content-type']);
  });

  it("leaves a part's own extension fields in its header", () => {
    const message = scan(
      REPORT.replace('message/delivery-status\n', 'message/delivery-status\nX-Vendor: trace\n'),
    );
    expect(message.leaves[1]?.headers.get('x-vendor')).toBe('trace');
    expect(message.leaves[1]?.text).toBe('Reporting-MTA: dns; mx.example.net');
  });

  it('skips empty lines and the From line of an mbox', () => {
    for (const lead of ['\n\n', 'From daemon Thu Nov 19 2026\n', '\n  \nFrom daemon x\n', '\xef\xbb\xbf']) {
      expect(scan(lead + REPORT).headers.get('from')).toBe('MAILER-DAEMON@mx.example.net');
    }
  });

  it('takes a folded line that lost its indentation as a continuation', () => {
    const message = scan('Subject: first\nhalf of it\nFrom: a@example.com\n\nbody');
    expect(message.headers.get('subject')).toBe('first half of it');
    expect(message.headers.get('from')).toBe('a@example.com');
    expect(codes(message)).toEqual(['malformed-header']);
  });

  it('starts the body where the empty line is missing', () => {
    const message = scan('From: a@example.com\nthis is text already\nand more of it\n');
    expect(message.headers.fields).toHaveLength(1);
    expect(message.root.text).toBe('this is text already\nand more of it\n');
    expect(codes(message)).toEqual(['missing-header-end']);
  });

  it.each([
    ['', 'empty-message'],
    ['\n\n', 'empty-message'],
    ['\x00\x01\x02\xff binary \n rubbish', 'not-a-message'],
  ])('answers %j with a warning', (text, code) => {
    expect(codes(scan(text))).toContain(code);
  });

  it('cuts and warns at its bounds', () => {
    const many = `Content-Type: multipart/mixed; boundary=x\n\n${'--x\n\na\n'.repeat(20)}--x--\n`;
    const limited = scan(many, withDefaults({ parts: 5 }));
    expect(limited.leaves).toHaveLength(5);
    expect(codes(limited)).toEqual(['limit-parts']);

    const deep = Array.from(
      { length: 10 },
      (_, n) => `Content-Type: multipart/mixed; boundary=d${n}\n\n--d${n}\n`,
    ).join('');
    expect(codes(scan(`${deep}\ntext`, withDefaults({ depth: 3 })))).toContain('limit-depth');

    expect(codes(scan(`A: ${'x'.repeat(2000)}\n\nb`, withDefaults({ headerBytes: 1000 })))).toContain(
      'limit-header-bytes',
    );
    expect(codes(scan(`${'A: b\n'.repeat(50)}\nb`, withDefaults({ headerLines: 10 })))).toContain(
      'limit-header-lines',
    );
    expect(codes(scan(`A: b\n\n${'x'.repeat(2000)}`, withDefaults({ bytes: 1000 })))).toContain(
      'limit-bytes',
    );

    const text = scan(`A: b\n\n${'x'.repeat(2000)}`, withDefaults({ textBytes: 100 }));
    expect(text.root.text).toHaveLength(100);
    expect(codes(text)).toContain('limit-text-bytes');
  });

  it('refuses a bound that is no number', () => {
    expect(() => withDefaults({ parts: 0 })).toThrow(/limits\.parts/);
    expect(() => withDefaults({ part: 3 } as never)).toThrow(/no bound named/);
  });
});

describe('parts', () => {
  const part = (header: string, body: Buffer | string) =>
    scanMessage(
      Buffer.concat([
        Buffer.from(`${header}\n\n`, 'latin1'),
        typeof body === 'string' ? Buffer.from(body, 'latin1') : body,
      ]),
    ).root;

  it.each([
    ['utf-8 under its label', 'Content-Type: text/plain; charset=utf-8', Buffer.from('größe'), 'größe', []],
    ['utf-8 misspelt', 'Content-Type: text/plain; charset=uft-8', Buffer.from('größe'), 'größe', []],
    ['latin-1', 'Content-Type: text/plain; charset=iso-8859-1', 'gr\xf6\xdfe', 'größe', []],
    ['8-bit without a label', 'X: y', Buffer.from('größe'), 'größe', []],
    ['8-bit without a label, no UTF-8', 'X: y', 'gr\xf6\xdfe', 'größe', []],
    [
      'utf-8 labelled us-ascii',
      'Content-Type: text/plain; charset=us-ascii',
      Buffer.from('größe'),
      'größe',
      ['wrong-charset'],
    ],
    [
      'utf-8 labelled latin-1',
      'Content-Type: text/plain; charset=iso-8859-1',
      Buffer.from('größe'),
      'größe',
      ['wrong-charset'],
    ],
    [
      'utf-8 labelled iso-2022-jp',
      'Content-Type: text/plain; charset=iso-2022-jp',
      Buffer.from('配信不能'),
      '配信不能',
      ['wrong-charset'],
    ],
    ['iso-2022-jp', 'Content-Type: text/plain; charset=ISO-2022-JP', '\x1b$BG[?.ITG=\x1b(B', '配信不能', []],
    ['iso-2022-jp without a label', 'X: y', '\x1b$BG[?.ITG=\x1b(B', '配信不能', []],
    ['utf-7', 'Content-Type: text/plain; charset=unicode-1-1-utf-7', 'gr+APYA3w-e', 'größe', []],
    [
      'shift_jis without a label',
      'X: y',
      Buffer.from('94 7a 90 4d 95 73 94 5c 82 c5 82 b7'.replaceAll(' ', ''), 'hex'),
      '配信不能です',
      [],
    ],
    [
      'a charset that nobody knows',
      'Content-Type: text/plain; charset=x-martian',
      'plain',
      'plain',
      ['unknown-charset'],
    ],
    ['utf8 without its hyphen', 'Content-Type: text/plain; charset=utf8', Buffer.from('größe'), 'größe', []],
    [
      'quoted-printable',
      'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable',
      'gr=C3=B6=\n=C3=9fe = 1=\n',
      'größe = 1',
      [],
    ],
    ['base64', 'Content-Transfer-Encoding: BASE64', Buffer.from('hello').toString('base64'), 'hello', []],
    [
      'base64 that is none',
      'Content-Transfer-Encoding: base64',
      'This was never encoded, you see.',
      'This was never encoded, you see.',
      ['malformed-base64'],
    ],
    [
      'an encoding that nobody knows',
      'Content-Transfer-Encoding: x-uue',
      'as it is',
      'as it is',
      ['unknown-transfer-encoding'],
    ],
  ])('reads %s', (_, header, body, text, warnings) => {
    const message = scanMessage(
      Buffer.concat([
        Buffer.from(`${header}\n\n`, 'latin1'),
        Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1'),
      ]),
    );
    expect(message.root.text).toBe(text);
    expect(message.warnings.list.map((w) => w.code)).toEqual(warnings);
  });

  it('reads parameters: quoted, bare, with comments, with parentheses inside', () => {
    expect(
      part('Content-Type: Text/Plain; charset="UTF-8" (a comment); format=flowed', '').param('format'),
    ).toBe('flowed');
    expect(part('Content-Type: text/plain;charset=utf-8', '').param('charset')).toBe('utf-8');
    const oracle = scan(
      'Content-Type: multipart/mixed; boundary=Boundary_(ID_x1)\n\n--Boundary_(ID_x1)\n\na\n--Boundary_(ID_x1)--\n',
    );
    expect(oracle.leaves).toHaveLength(1);
  });

  it('undoes transfer encodings of message parts', () => {
    const status = Buffer.from('Final-Recipient: rfc822; a@example.com\r\nAction: failed\r\n').toString(
      'base64',
    );
    const message = scan(
      `Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n${status}\n--b--\n`,
    );
    expect(message.leaves[0]?.text).toBe('Final-Recipient: rfc822; a@example.com\nAction: failed\n');
  });
});
