import { describe, expect, it } from 'vitest';
import { parse, type Report } from '../../src/index.ts';

/** Charsets that need care in real bounces, read out of whole messages. */
const text = (bytes: Buffer | string, charset: string): Promise<Report> =>
  parse(
    Buffer.concat([
      Buffer.from(
        `From: MAILER-DAEMON@mx.example\nSubject: Undelivered mail\nContent-Type: text/plain${charset && `; charset=${charset}`}\n\nRecipient: bob@example.com\n\nReason: `,
      ),
      typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes,
      Buffer.from('\n'),
    ]),
  );
const said = async (
  bytes: Buffer | string,
  charset: string,
): Promise<[string | null | undefined, string[]]> => {
  const { recipients, warnings } = await text(bytes, charset);
  return [
    recipients[0]?.diagnosticCode,
    warnings.map((w) => w.code).filter((code) => code.endsWith('charset')),
  ];
};

describe('a charset', () => {
  it('iso-2022-kr is read by its shifts', async () => {
    // KS X 1001 in seven bits is EUC-KR without its eighth: the same bytes with it say the same.
    const eightBit = Buffer.from([0xb0, 0xa1, 0xb3, 0xaa]); // 가나
    const sevenBit = `\x1b$)C\x0e${Buffer.from(eightBit.map((byte) => byte & 0x7f)).toString('latin1')}\x0f lorem`;
    expect(await said(sevenBit, 'iso-2022-kr')).toEqual(['가나 lorem', []]);
    expect(await said(Buffer.concat([eightBit, Buffer.from(' lorem')]), 'euc-kr')).toEqual([
      '가나 lorem',
      [],
    ]);
  });

  it('of seven bits over bytes of eight is a lie, and a warning says so', async () => {
    expect(await said(Buffer.from('größer', 'utf8'), 'iso-2022-jp')).toEqual(['größer', ['wrong-charset']]);
    expect(await said('gr\xf6\xdfer', 'iso-2022-jp')).toEqual(['größer', ['wrong-charset']]);
  });

  it('that nobody knows, and none at all', async () => {
    expect(await said('gr\xf6\xdfer', 'x-lorem')).toEqual(['größer', ['unknown-charset']]);
    expect(await said('grosser', 'x-lorem')).toEqual(['grosser', ['unknown-charset']]);
    expect(await said('gr\xf6\xdfer', '')).toEqual(['größer', []]);
    // Shift_JIS without a label: pairs of kana.
    expect(await said('\x82\xa0\x82\xa2\x82\xa4', '')).toEqual(['あいう', []]);
  });

  it.each([
    ['utf-7', 'gr+APYA3w-er'],
    ['iso-2022-jp', '\x1b$B$"$$\x1b(B'],
    ['utf-8', 'gr\xc3\xb6\xc3\x9fer'],
    ['us-ascii', 'grosser'],
  ])('%s', async (charset, bytes) => {
    const expected = { 'utf-7': 'größer', 'iso-2022-jp': 'あい', 'utf-8': 'größer' }[charset];
    expect(await said(bytes, charset)).toEqual([expected ?? 'grosser', []]);
  });
});
