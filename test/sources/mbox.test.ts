import { describe, expect, it } from 'vitest';
import { isMbox, splitMbox } from '../../src/sources/mbox.ts';

const FROM = 'From MAILER-DAEMON Fri Jul  8 12:08:34 2011';

async function split(text: string, chunk = 1_000_000, maxBytes = 1_000_000): Promise<string[]> {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  const found: string[] = [];
  for await (const { bytes: message, index } of splitMbox(chunks(), maxBytes)) {
    expect(index).toBe(found.length);
    found.push(message.toString());
  }
  return found;
}

/** The same whatever the chunks: every boundary falls somewhere else. */
async function splitAnyhow(text: string, maxBytes?: number): Promise<string[]> {
  const whole = await split(text, 1_000_000, maxBytes);
  for (const chunk of [1, 2, 3, 5, 7, 8, 9, 13, 64]) {
    expect(await split(text, chunk, maxBytes), `chunks of ${chunk}`).toEqual(whole);
  }
  return whole;
}

describe('splitMbox', () => {
  it('takes the From line and the blank line at the end away', async () => {
    const text = `${FROM}\nSubject: a\n\none\n\n${FROM}\nSubject: b\n\ntwo\n`;
    expect(await splitAnyhow(text)).toEqual(['Subject: a\n\none\n', 'Subject: b\n\ntwo\n']);
  });

  it('reads CRLF', async () => {
    const text = `${FROM}\nSubject: a\n\none\n\n${FROM}\nSubject: b\n\ntwo\n\n`.replaceAll('\n', '\r\n');
    expect(await splitAnyhow(text)).toEqual(['Subject: a\r\n\r\none\r\n', 'Subject: b\r\n\r\ntwo\r\n']);
  });

  it('takes one level of quoting off (mboxo, mboxrd)', async () => {
    const text = `${FROM}\nSubject: a\n\n>From here\n>>From there\n> From quoted\nx >From y\n`;
    expect(await splitAnyhow(text)).toEqual([
      'Subject: a\n\nFrom here\n>From there\n> From quoted\nx >From y\n',
    ]);
  });

  it.each([
    ['prose', 'From the desk of Bob, 12:30 on Tuesday'],
    ['prose with a year', 'From 2011 on we have no such user'],
    ['a date, but no header below', `${FROM}\nand so on`],
  ])('leaves a From line in a body alone: %s', async (_, line) => {
    expect(await splitAnyhow(`${FROM}\nSubject: a\n\none\n\n${line}\n\ntwo\n`)).toHaveLength(1);
  });

  it('does not split where no blank line stands in front', async () => {
    expect(await splitAnyhow(`${FROM}\nSubject: a\n\none\n${FROM}\nX: y\n`)).toHaveLength(1);
  });

  it.each([
    'From bob@example.com Tue Aug  4 12:00:00 +0200 2020',
    'From - Tue Aug 04 12:00:00 2020',
    'From 123@xxx Tue Aug 04 12:00:00 UTC 2020',
    'From "bob smith"@example.com Tue Aug  4 12:00 2020',
    'From bob at example.com  Tue Aug  4 12:00:00 2020',
  ])('knows the From lines of other writers: %s', async (line) => {
    expect(isMbox(Buffer.from(`${line}\nSubject: x\n`))).toBe(true);
    expect(await splitAnyhow(`${line}\nSubject: a\n\none\n\n${line}\nSubject: b\n\ntwo\n`)).toHaveLength(2);
  });

  const body = `one\n\n${FROM}\nSubject: returned\n\n>From stays\n`;

  it('believes Content-Length where it leads to the next From line (mboxcl2)', async () => {
    const text = `${FROM}\nContent-Length: ${body.length}\n\n${body}\n${FROM}\nSubject: b\n\ntwo\n`;
    expect(await splitAnyhow(text)).toEqual([
      `Content-Length: ${body.length}\n\n${body}`,
      'Subject: b\n\ntwo\n',
    ]);
  });

  it('believes it at the end of the file', async () => {
    expect(await splitAnyhow(`${FROM}\nContent-Length: ${body.length}\n\n${body}\n`)).toHaveLength(1);
  });

  it.each([1, 40, 5_000])('does not believe a length of %i that leads nowhere', async (length) => {
    const text = `${FROM}\nContent-Length: ${length}\n\none\n\n${FROM}\nSubject: b\n\ntwo\n\n${FROM}\nSubject: c\n\nthree\n`;
    expect(await splitAnyhow(text)).toEqual([
      `Content-Length: ${length}\n\none\n`,
      'Subject: b\n\ntwo\n',
      'Subject: c\n\nthree\n',
    ]);
  });

  it('stays linear where every message lies about its length', async () => {
    const one = `${FROM}\nContent-Length: 900000\n\nx\n\n`;
    expect(await split(one.repeat(20_000), 65_536)).toHaveLength(20_000);
  }, 5_000);

  it('keeps one byte more than the bound of a long message, and reads on', async () => {
    const text = `${FROM}\nSubject: a\n\n${'x'.repeat(500)}\n\n${FROM}\nSubject: b\n\ntwo\n`;
    const messages = await splitAnyhow(text, 100);
    expect(messages.map((m) => m.length)).toEqual([101, 16]);
  });

  it('loses no message: those that are joined come apart again', async () => {
    const bodies = Array.from(
      { length: 200 },
      (_, i) => `Subject: ${i}\n\n${'line\n'.repeat(i % 17)}end ${i}\n`,
    );
    expect(await splitAnyhow(bodies.map((b) => `${FROM}\n${b}\n`).join(''))).toEqual(bodies);
  });

  it('gives the same whatever the chunks, on texts made of its own marks', async () => {
    const pieces = [
      FROM,
      'From x',
      '\n',
      '\n',
      '\n',
      '\r\n',
      '>From ',
      'Subject: a',
      'Content-Length: 9',
      'text',
      'X: y\n\n',
    ];
    let seed = 20_261_121;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (seed >>> 8) % below;
    };
    let several = 0;
    for (let round = 0; round < 300; round++) {
      const text =
        FROM + '\n' + Array.from({ length: 1 + random(40) }, () => pieces[random(pieces.length)]).join('');
      const messages = await splitAnyhow(text, round % 2 === 0 ? 30 : 10_000);
      if (messages.length > 1) several++;
      expect(messages.join('').length).toBeLessThanOrEqual(text.length);
    }
    expect(several).toBeGreaterThan(30);
  });

  it.each(['', '\n', '\n\n\n', FROM, `${FROM}\n`, 'no mbox at all'])('bears %j', async (text) => {
    expect((await split(text)).join('').length).toBeLessThanOrEqual(text.length);
  });
});
