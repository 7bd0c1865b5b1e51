import { describe, expect, it } from 'vitest';
import { parse } from '../../src/index.ts';

/** A mail of a server, with the null sender, and the text as its body. */
function report(text: string, header = ''): string {
  return `Return-Path: <>\nFrom: <postmaster@corp.example>\nTo: <bounce@shop.example>\n${header}Content-Type: text/plain; charset=utf-8\n\n${text}`;
}

const read = async (text: string, header?: string) => {
  const { kind, format, reportingMta, recipients } = await parse(report(text, header));
  return {
    kind,
    format,
    reportingMta,
    recipients: recipients.map((r) => [r.recipient, r.action, r.status, r.replyCode, r.remoteMta]),
  };
};

/** Sentences of no language at all: what is read does not hang on words. */
const WORDLESS = {
  'Latin letters': ['Qrst vwxz bnnm lkjh gfds:', 'Plok ijuh ygtf:', 'Zxcv bnmm:'],
  Cyrillic: ['Жщцы фывап ролдж эячс:', 'Щгшнек уцйфы:', 'Бьтими счяэ:'],
  Kanji: ['亜唖娃阿哀愛挨姶:', '逢葵茜穐悪:', '握渥旭葦芦:'],
  Arabic: ['ضصثق فغعه خحجد شسيب:', 'لاتن مكطئ:', 'ءؤرى:'],
  Devanagari: ['कखग घङच छजझ:', 'ञटठ डढण:', 'तथद धन:'],
} as const;

describe.each(Object.entries(WORDLESS))(
  'the section for administrators in %s',
  (_, [title, label, headers]) => {
    const section = (lines: string): string =>
      `${title}\n\n${title}\n\n${label} mbx3.corp.example\n\n${lines}\n\n${headers}\n\nReceived: from a.example by mbx3.corp.example with Microsoft SMTP Server id 15.1\nFrom: a@shop.example\nMessage-ID: <1@shop.example>\n`;

    it('is read with # and ##', async () => {
      expect(
        await read(section('bob@corp.example\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##')),
      ).toEqual({
        kind: 'bounce',
        format: 'exchange-2007',
        reportingMta: 'mbx3.corp.example',
        recipients: [['bob@corp.example', 'failed', '5.1.1', '550', null]],
      });
    });

    it('is read with a reply of another server in angle brackets', async () => {
      const line = 'mx.far.example #<mx.far.example #5.7.1 smtp;554 5.7.1 <bob@far.example>: refused> #SMTP#';
      expect((await read(section(`bob@far.example\n${line}`))).recipients).toEqual([
        ['bob@far.example', 'failed', '5.7.1', '554', 'mx.far.example'],
      ]);
    });

    it.each(["''", '""', '“”', '„“', '«»', '「」'])('is read with a reply in %s', async ([open, close]) => {
      const lines = `bob@far.example\nmx.far.example\n${title.slice(0, -1)} ${open}550 5.4.1 Access denied${close}`;
      const { recipients } = await parse(report(section(lines)));
      expect(recipients).toHaveLength(1);
      expect(recipients[0]).toMatchObject({
        recipient: 'bob@far.example',
        status: '5.4.1',
        remoteMta: 'mx.far.example',
        diagnosticCode: '550 5.4.1 Access denied',
      });
    });

    it('is read with a quoted diagnosis in angle brackets', async () => {
      const lines = `bob@far.example\nmx.far.example\n${title} '<mx.far.example #5.2.2 smtp;552 5.2.2 full>'`;
      expect((await read(section(lines))).recipients).toEqual([
        ['bob@far.example', 'failed', '5.2.2', '552', 'mx.far.example'],
      ]);
    });

    it('is read with marks of direction around the address', async () => {
      const lines = '\u200fbob@corp.example\u200e\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##';
      expect((await read(section(lines))).recipients).toEqual([
        ['bob@corp.example', 'failed', '5.1.1', '550', null],
      ]);
    });

    it('tells a delay by its 400', async () => {
      const lines =
        "bob@far.example\nServer at mx.far.example (203.0.113.5) returned '400 4.4.7 Message delayed'";
      expect(await read(section(lines))).toMatchObject({
        kind: 'delay',
        recipients: [['bob@far.example', 'delayed', '4.4.7', '400', 'mx.far.example']],
      });
    });
  },
);

const SECTION = `Diagnostic information for administrators:

Generating server: mbx3.corp.example

ann@corp.example
#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##

bob@far.example
2026-05-12 09:14 - Remote Server at mx.far.example (203.0.113.5) returned '550 4.4.7 QUEUE.Expired; message expired'
2026-05-12 08:14 - Remote Server at mx.far.example (203.0.113.5) returned '451 4.4.0 later'

Original message headers:

Received: from a.example by mbx3.corp.example with Microsoft SMTP Server id 15.1
Message-ID: <1@shop.example>
From: a@shop.example
`;

it('keeps one diagnosis a recipient, the newest of several attempts', async () => {
  expect((await read(SECTION)).recipients).toEqual([
    ['ann@corp.example', 'failed', '5.1.1', '550', null],
    ['bob@far.example', 'failed', '4.4.7', '550', 'mx.far.example'],
  ]);
});

it('joins a diagnosis that was wrapped', async () => {
  const text = SECTION.replace('RecipNotFound; not found ##', 'RecipNotFound;\nnot found ##');
  const [ann] = (await parse(report(text))).recipients;
  expect(ann?.diagnosticCode).toBe('550 5.1.1 RESOLVER.ADR.RecipNotFound; not found');
  expect(ann?.evidence.diagnosticCode?.text).toBe('550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##');
});

it('keeps the code of Microsoft 365 beside the reply that it wraps', async () => {
  const reply = '550 5.1.351 Remote server returned unknown recipient -> 550 5.1.1 No such user';
  const text = SECTION.replaceAll('mbx3.corp.example', 'DB9PR05MB1.eurprd05.prod.outlook.com').replace(
    '#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##',
    `Remote Server returned '${reply}'`,
  );
  const { format, recipients } = await parse(report(text));
  expect(format).toBe('microsoft365');
  expect(recipients[0]).toMatchObject({ status: '5.1.351', replyCode: '550', diagnosticCode: reply });
});

describe('the card of Microsoft 365 with labels of no language', () => {
  const card = (error: string): string =>
    `Abcd tom@tenant.example efgh.\n\nIjkl: https://go.microsoft.com/fwlink/?LinkId=1\nMnop: 550 5.1.10\n\nQrst\nUvwx:\t5/12/2026\nYzab:\tbounce@shop.example\nCdef:\ttom@tenant.example\nGhij:\tInvoice\n\nKlmn\nOpqr:\t${error}\nStuv:\tmx1.partner.example\n\nWxyz\nBcde:\tDB9PR05MB1.eurprd05.prod.outlook.com\n`;

  it.each([
    ['550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found', '5.1.10', '550'],
    ['554 Message refused', null, '554'],
    ['550 5.0.350 Remote server returned an error -> 552 5.2.2 full', '5.0.350', '552'],
  ])('%s', async (error, status, replyCode) => {
    expect(await read(card(error))).toEqual({
      kind: 'bounce',
      format: 'microsoft365',
      reportingMta: 'DB9PR05MB1.eurprd05.prod.outlook.com',
      recipients: [['tom@tenant.example', 'failed', status, replyCode, 'mx1.partner.example']],
    });
  });
});

describe('a notice of success', () => {
  const list = 'Abcd:\n\nbob@corp.example (bob@corp.example)<mailto:bob@corp.example>\n';

  it.each([
    ['Relayed', 'relayed'],
    ['Zugestellt', 'delivered'],
    ['展開済み', 'expanded'],
  ])('%s: is a delivery', async (word, action) => {
    const { kind, recipients } = await read(
      list,
      `Subject: ${word}: Invoice\nX-MS-Exchange-Message-Is-Ndr:\n`,
    );
    expect(kind).toBe('delivery');
    expect(recipients).toEqual([['bob@corp.example', action, null, null, null]]);
  });

  it('has to come from Exchange', async () => {
    expect((await read(list, 'Subject: Delivered: your parcel\n')).format).toBeNull();
  });
});

describe('is no report', () => {
  const person = (subject: string, text: string): string =>
    `Return-Path: <ann@shop.example>\nFrom: Ann <ann@shop.example>\nTo: help@shop.example\nSubject: ${subject}\n\n${text}`;

  it.each([
    ['a report that a person forwards', person('FW: Undeliverable: Invoice', `Why is this?\n\n${SECTION}`)],
    ['a report that a person pastes', person('Bounce of Bob', SECTION)],
    ['a report quoted in an answer', person('Re: Undeliverable', SECTION.replaceAll(/^/gm, '> '))],
    [
      'a ticket about a report',
      `From: Help desk <support@shop.example>\nAuto-Submitted: auto-generated\nSubject: [#1234] Undeliverable\n\n${SECTION}`,
    ],
    [
      'an automatic reply, with the null sender, that quotes a report',
      `Return-Path: <>\nFrom: Ann <ann@shop.example>\nAuto-Submitted: auto-replied\nSubject: Automatic reply: Undeliverable: x\n\nI am away.\n\n${SECTION.replaceAll(/^/gm, '> ')}`,
    ],
    ['an article about codes', report("The reply '550 5.1.1 RESOLVER.ADR.RecipNotFound' means #5.1.1 ##.\n")],
  ])('%s', async (_, mail) => {
    const { kind, recipients } = await parse(mail);
    expect(kind).not.toBe('bounce');
    expect(recipients).toEqual([]);
  });
});

describe('Exchange 5.5', () => {
  const block = (lines: string): string => `Abcd\n\n  Ef:  x\n  Gh:  y\n\nijkl:\n\n${lines}`;
  const TIME = 'Tue, 11 Mar 2003 10:20:01 +0100';

  it.each([
    ['000C05A6', '5.1.1'],
    ['000C0595', '5.1.4'],
    ['00120270', '5.4.6'],
    ['000B099C', null],
  ])('MAPI code %s is status %s', async (code, status) => {
    const text = block(`bob@corp.example xx ${TIME}\n    Qrst\n    MSEXCH:IMS:A:B:C 0 (${code}) Vwxz`);
    expect((await read(text)).recipients).toEqual([['bob@corp.example', 'failed', status, null, null]]);
  });

  it('prefers what the remote server said', async () => {
    const text = block(
      `bob@far.example xx ${TIME}\n    Qrst\n    MSEXCH:IMS:A:B:C 3550 (000C05A6) 550 5.7.1\n<bob@far.example>... no`,
    );
    const [bob] = (await parse(report(text))).recipients;
    expect(bob).toMatchObject({
      status: '5.7.1',
      replyCode: '550',
      lastAttemptDate: '2003-03-11T10:20:01+01:00',
    });
    expect(bob?.diagnosticCode).toBe('550 5.7.1 <bob@far.example>... no');
  });
});

it('leaves a receipt of Exchange 5.5 alone', async () => {
  const header =
    'Subject: Read: Invoice\nX-Mailer: Internet Mail Service (5.5.2653.19)\nX-MS-Embedded-Report: \n';
  const text =
    'Your message\n\n  Subject: Invoice\n\nwas read by\n\nbob@corp.example on Tue, 11 Mar 2003 10:20:01 +0100\n';
  const { kind, recipients } = await read(text, header);
  expect(kind).not.toBe('bounce');
  expect(recipients).toEqual([]);
});

describe('Exchange 2003', () => {
  it.each([
    ['<srv.corp.example #5.1.1>', '5.1.1', null],
    ['<srv.corp.example #5.5.0 smtp;552 5.2.2 full>', '5.5.0', '552'],
    ['< #5.2.2 smtp;552 full>', '5.2.2', '552'],
    ['550 5.7.1 <bob@corp.example>... denied', '5.7.1', '550'],
  ])('%s', async (diagnosis, status, replyCode) => {
    const text = `Abcd\n\n      Ef:  x\n\nijkl:\n\n      'bob@corp.example' xx 10.02.2004 10:20\n            Mnop qrst.\n            ${diagnosis}\n`;
    expect(await read(text)).toMatchObject({
      format: 'exchange-2003',
      recipients: [['bob@corp.example', 'failed', status, replyCode, null]],
    });
  });
});
