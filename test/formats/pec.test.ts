import { describe, expect, it } from 'vitest';
import { parse } from '../../src/index.ts';

const NOTICE = `Il giorno 01/02/2026 alle ore 10:00:00 (+0100) nel messaggio "x" proveniente da "a@pec.example"
e destinato all'utente "b@cert.example" è stato rilevato un errore 5.2.2 - casella piena.
Il messaggio è stato rifiutato dal sistema.
`;

const HEADER = {
  'X-Ricevuta': 'errore-consegna',
  'X-Riferimento-Message-ID': '<1@pec.example>',
  From: 'posta-certificata@pec.example',
  Subject: 'AVVISO DI MANCATA CONSEGNA: x',
};

/** A message with these fields, this notice and, where given, these certification data. */
function receipt(fields: Record<string, string>, notice: string, xml?: string): string {
  const header = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
  const parts = [`Content-Type: text/plain; charset=utf-8\n\n${notice}`];
  if (xml !== undefined) parts.push(`Content-Type: application/xml; name="daticert.xml"\n\n${xml}`);
  const body = parts.map((part) => `--b\n${part}\n`).join('');
  return `${header.join('')}Content-Type: multipart/mixed; boundary=b\n\n${body}--b--\n`;
}

const data = (tipo: string, inside: string, errore = 'altro'): string =>
  `<?xml version="1.0"?><postacert tipo="${tipo}" errore="${errore}">${inside}</postacert>`;

describe('a receipt of certified mail', () => {
  it.each([
    ['all', HEADER, NOTICE, 'pec'],
    ['the header alone', { 'X-Ricevuta': 'errore-consegna', From: 'a@b.example', Subject: 'Hi' }, 'Hi', null],
    ['one mark', { 'X-Ricevuta': 'errore-consegna', From: 'a@b.example', Subject: 'Hi' }, NOTICE, null],
    ['no X-Ricevuta', { From: HEADER.From, Subject: HEADER.Subject }, 'Hi', null],
    ['an envelope', { ...HEADER, 'X-Trasporto': 'posta-certificata' }, NOTICE, null],
    ['accettazione', { ...HEADER, 'X-Ricevuta': 'accettazione' }, NOTICE, null],
  ])('without data: %s', async (_, fields, notice, format) => {
    const report = await parse(receipt(fields as Record<string, string>, notice));
    expect(report.format).toBe(format);
    expect(report.kind).toBe(format === null ? 'other' : 'bounce');
  });

  it.each([
    ['errore-consegna', 'bounce', 'failed'],
    ['preavviso-errore-consegna', 'delay', 'delayed'],
    ['avvenuta-consegna', 'delivery', 'delivered'],
    ['presa-in-carico', 'delivery', 'relayed'],
    ['non-accettazione', 'bounce', 'failed'],
    ['rilevazione-virus', 'bounce', 'failed'],
  ])('%s', async (tipo, kind, action) => {
    const xml = data(
      tipo,
      '<destinatari>b@cert.example</destinatari><destinatari tipo="esterno">B@cert.example</destinatari>',
    );
    // The data count, whatever the header says; one recipient that is named twice is one.
    for (const fields of [HEADER, { From: HEADER.From }]) {
      const report = await parse(receipt(fields, '', xml));
      expect(report.kind).toBe(kind);
      expect(report.recipients).toHaveLength(1);
      expect(report.recipients[0]).toMatchObject({ recipient: 'b@cert.example', action });
      expect(report.recipients[0]?.evidence.recipient?.inferred ?? tipo === 'non-accettazione').toBe(true);
    }
  });

  it.each(['posta-certificata', 'accettazione', ''])('is none where the data say "%s"', async (tipo) => {
    expect((await parse(receipt(HEADER, NOTICE, data(tipo, '')))).kind).toBe('other');
  });

  it('has a status of its `errore` only where it names the recipient and nothing better stands there', async () => {
    const read = async (tipo: string, errore: string, detail: string): Promise<string | null | undefined> => {
      const inside = `<destinatari>b@cert.example</destinatari><errore-esteso>${detail}</errore-esteso>`;
      return (await parse(receipt(HEADER, '', data(tipo, inside, errore)))).recipients[0]?.status;
    };
    expect(await read('errore-consegna', 'no-dest', '')).toBe('5.1.1');
    expect(await read('errore-consegna', 'no-dominio', 'x')).toBe('5.1.2');
    expect(await read('errore-consegna', 'no-dest', '5.2.1 - x')).toBe('5.2.1');
    expect(await read('errore-consegna', 'virus', 'x')).toBeNull();
    expect(await read('non-accettazione', 'no-dest', 'x')).toBeNull();
  });

  it('names nobody where the data name several and the notice none', async () => {
    const xml = data(
      'errore-consegna',
      '<destinatari>b@cert.example</destinatari><destinatari>c@cert.example</destinatari>',
    );
    const report = await parse(receipt(HEADER, '', xml));
    expect(report.kind).toBe('bounce');
    expect(report.recipients.map((r) => r.recipient)).toEqual([null]);
    expect(report.warnings.map((w) => w.code)).toContain('missing-recipient');
    expect((await parse(receipt(HEADER, NOTICE, xml))).recipients[0]?.recipient).toBe('b@cert.example');
  });

  it.each([
    ['&#98;&amp;&lt;&#x3e;&quot;&apos;', 'b&<>"\''],
    ['&b; &#0; &#xD800; &#x110000; &', '&b; &#0; &#xD800; &#x110000; &'],
    ['<![CDATA[a&amp;<b>]]> c', 'a&amp;<b> c'],
    ['a<!-- <b> --> c', 'a c'],
    ['a\n  b', 'a b'],
    ['<![CDATA[a', 'a'],
  ])('reads the text %j', async (written, text) => {
    const report = await parse(receipt(HEADER, '', data('errore-consegna', `<oggetto>${written}</oggetto>`)));
    expect(report.original?.subject?.split('</', 1)[0]).toBe(text);
  });

  it.each(['<', '<<<<', '<!--', '<?', '<postacert', '<postacert tipo=', '</', '<a/><postacert/>', '\0'])(
    'falls back on the notice where the data are %j',
    async (xml) => {
      const report = await parse(receipt(HEADER, NOTICE, xml));
      expect(report.recipients[0]).toMatchObject({ recipient: 'b@cert.example', status: '5.2.2' });
    },
  );
});
