import { describe, expect, it } from 'vitest';
import { decodeVerp, unwrapEnvelope } from '../../src/extract/verp.ts';

describe('VERP', () => {
  it.each([
    ['bounces+bob=example.com@news.example', 'bob@example.com'],
    ['bounces+bob+tag=example.com@news.example', 'bob+tag@example.com'],
    ['list-return-42-bob=example.com@lists.example', 'bob@example.com'],
    ['list-return-42-bob-jones=example.com@lists.example', 'bob-jones@example.com'],
    ['bounces+1234567-ab12-bob=example.com@em.sender.example', 'bob@example.com'],
    ['sentto-1234-56-789-bob=example.com@returns.example', 'bob@example.com'],
    ['bounce-mc.us1_123.456-bob=example.com@mail.example', 'bob@example.com'],
    ['bounce+bob==a==example.com==news@lists.example', 'bob@example.com'],
    ['owner-news*bob**example.com@lists.example', 'bob@example.com'],
    ['prvs=0123abcdef=bounces+bob=example.com@news.example', 'bob@example.com'],
    ['SRS0=Ab1c=X7=news.example=bounces+bob=example.com@forward.example', 'bob@example.com'],
    [
      'SRS1=9fGh=first.example==Ab1c=X7=news.example=bounces+bob=example.com@second.example',
      'bob@example.com',
    ],
  ])('%s', (envelope, recipient) => {
    expect(decodeVerp(envelope)).toBe(recipient);
  });

  it.each([
    'bounces@news.example',
    'bob+tag@example.com',
    'bounces+1234@news.example',
    'a=b@example.com',
    'news+campaign=spring@news.example',
    'prvs=0123abcdef=bob@example.org',
  ])('nobody in %s', (envelope) => {
    expect(decodeVerp(envelope)).toBeNull();
  });

  it('unwraps BATV and SRS', () => {
    expect(unwrapEnvelope('prvs=0123abcdef=bob@example.org')).toBe('bob@example.org');
    expect(unwrapEnvelope('btv1==0123abcdef==bob@example.org')).toBe('bob@example.org');
    expect(unwrapEnvelope('SRS0=Ab1c=X7=example.org=bob@forward.example')).toBe('bob@example.org');
    expect(unwrapEnvelope('bob@example.org')).toBe('bob@example.org');
  });
});
