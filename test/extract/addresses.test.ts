import { describe, expect, it } from 'vitest';
import { isAddress } from '../../src/extract/addresses.ts';
import { createParser } from '../../src/index.ts';

describe('an address', () => {
  it.each([
    'jane@example.com',
    "o'brien+tag@mail.example.co.uk",
    'jane@_mta.example.com',
    'a!b#c$d%e@example.com',
    'jane@localhost',
  ])('%s is one', (text) => expect(isAddress(text)).toBe(true));

  it.each(['jane@-example.com', 'jane@!example.com', 'jane', '@example.com', 'ja ne@example.com'])(
    '%s is none',
    (text) => expect(isAddress(text)).toBe(false),
  );

  it('is read whole or not at all where a line is cut: half of it is the address of somebody else', async () => {
    const long = `${'a'.repeat(64)}@${'label.'.repeat(30)}example.com`;
    const parser = createParser({ limits: { lineLength: 400 } });
    for (const before of [150, 250, 399]) {
      const line = `Could not be delivered ${'x'.repeat(before - 24)} ${long}: user unknown`;
      const message = `Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: sender@example.org\nSubject: Undelivered mail\n\n${line}\n`;
      const { recipients } = await parser.parse(message);
      for (const { recipient } of recipients) expect([null, long]).toContain(recipient);
    }
  });
});
