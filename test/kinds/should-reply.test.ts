import { describe, expect, it } from 'vitest';
import { HeaderReader } from '../../src/extract/original.ts';
import { adviseReply } from '../../src/extract/should-reply.ts';
import { scanMessage } from '../../src/mime/scan.ts';
import { KINDS, type Kind } from '../../src/index.ts';

const advise = (header: string, kind: Kind = 'other') => {
  const message = scanMessage(Buffer.from(`${header}\n\nHello.\n`));
  return adviseReply(message, kind, new HeaderReader(message.headers));
};

describe('may a program answer', () => {
  it('a person', () => {
    expect(advise('From: ann@b.example\nReturn-Path: <ann@b.example>')).toMatchObject({ shouldReply: true });
    expect(advise('From: ann@b.example\nAuto-Submitted: no')).toMatchObject({ shouldReply: true });
  });

  it.each(KINDS.filter((kind) => kind !== 'other'))('not a message of kind %s', (kind) => {
    expect(advise('From: ann@b.example', kind).shouldReply).toBe(false);
  });

  it.each([
    'From: ann@b.example\nReturn-Path: <>',
    'Subject: nobody wrote this',
    'From: no-reply@b.example',
    'From: "B" <donotreply@b.example>',
    'From: MAILER-DAEMON@b.example',
    'From: owner-list@b.example',
    'From: list-request@b.example',
    'From: ann@b.example\nAuto-Submitted: auto-generated',
    'From: ann@b.example\nPrecedence: list',
    'From: ann@b.example\nList-Id: <l.b.example>',
    'From: ann@b.example\nX-Auto-Response-Suppress: DR, AutoReply',
    'From: ann@b.example\nX-Loop: desk',
  ])('not %j', (header) => {
    const advice = advise(header);
    expect(advice.shouldReply).toBe(false);
    expect(advice.why).toMatch(/\.$/);
  });
});
