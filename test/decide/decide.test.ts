import { describe, expect, test } from 'vitest';
import { classify } from '../../src/classify/index.ts';
import { decide, POLICIES, type History } from '../../src/decide/index.ts';
import { CAUSES } from '../../src/decide/causes.ts';
import { DECISION_ACTIONS, REASONS, SCOPES } from '../../src/model/lists.ts';

const on = (reply: string, history?: History, policy?: Parameters<typeof decide>[2], provider?: string) =>
  decide(classify({ reply, provider: provider ?? null }), history, policy);
const past = (reason: (typeof REASONS)[number], ...sends: string[]) =>
  sends.map((send, i) => ({ at: `2026-01-0${i + 1}T10:00:00Z`, reason, send }));

describe('without history', () => {
  test.each([
    ['550 5.1.1 User unknown', 'suppress', 'address'],
    ['556 5.1.10 The domain has a null MX', 'suppress-domain', 'domain'],
    ['521 Host takes no mail', 'suppress-domain', 'domain'],
    ['552 5.2.2 Mailbox full', 'suppress-after-repeated', 'address'],
    ['452 4.2.2 Mailbox full', 'retry', 'address'],
    ['450 4.1.1 User unknown', 'suppress-after-repeated', 'address'],
    ['550 5.7.1 Blocked using zen.spamhaus.org', 'fix-then-retry', 'sender'],
    ['554 5.7.1 Message looks like spam', 'fix-then-retry', 'message'],
    ['554 5.0.0 Delivery failed', 'suppress-after-repeated', 'address'],
    ['250 2.0.0 OK', 'none', 'message'],
  ])('%s: %s', (reply, action, scope) => expect(on(reply)).toMatchObject({ action, scope }));

  test('no 4yz suppresses, and neither does a fault of the sender', () => {
    const texts = [
      'User unknown',
      'Mailbox disabled',
      'Blocked using rbl.example.test',
      'SPF check failed',
      'Message too large',
      'No PTR record',
      '',
    ];
    for (const code of ['421', '450', '451', '452'])
      for (const text of texts) expect(on(`${code} ${text}`).action).not.toMatch(/^suppress(-domain)?$/);
    for (const text of texts.slice(2, 6))
      expect(on(`550 ${text}`, { failures: past('blocklisted', 'a', 'b', 'c', 'd'), send: 'e' }).action).toBe(
        'fix-then-retry',
      );
  });
});

describe('with history', () => {
  test('a full mailbox is given up after three separate sends, and not for retries of one', () => {
    const full = '552 5.2.2 Mailbox full';
    expect(on(full, { send: 'c', failures: past('mailbox-full', 'a', 'b') }).action).toBe('suppress');
    expect(on(full, { send: 'a', failures: past('mailbox-full', 'a', 'a', 'a') }).action).toBe(
      'suppress-after-repeated',
    );
  });
  test('a success starts the count again', () => {
    const failures = past('mailbox-full', 'a', 'b');
    expect(
      on('552 5.2.2 Mailbox full', { send: 'c', failures, lastDelivered: '2026-01-05T00:00:00Z' }).action,
    ).toBe('suppress-after-repeated');
  });
  test('failures of the sender do not count against the address', () => {
    expect(
      on('554 5.0.0 Delivery failed', { send: 'c', failures: past('auth-failure', 'a', 'b') }).action,
    ).toBe('suppress-after-repeated');
    expect(on('554 5.0.0 Delivery failed', { send: 'c', failures: past('unknown', 'a', 'b') }).action).toBe(
      'suppress',
    );
  });
  test('a temporarily full mailbox counts too', () => {
    expect(on('452 4.2.2 Mailbox full', { send: 'c', failures: past('mailbox-full', 'a', 'b') }).action).toBe(
      'suppress',
    );
  });
  test('an address that never got mail is to be verified', () => {
    expect(on('450 4.2.0 Try later', { lastDelivered: null }).needs).toMatch(/verify/);
  });
});

describe('policies', () => {
  test('cold: three retries in 72 hours, then the address is given up', () => {
    const full = '452 4.2.2 Mailbox full';
    expect(
      on(full, { attempts: 3, now: '2026-01-01T12:00:00Z', firstAttempt: '2026-01-01T00:00:00Z' }, 'cold'),
    ).toMatchObject({ action: 'retry', until: '2026-01-04T00:00:00.000Z' });
    expect(on(full, { attempts: 4 }, 'cold').action).toBe('suppress');
    expect(
      on(full, { attempts: 2, now: '2026-01-05T00:00:00Z', firstAttempt: '2026-01-01T00:00:00Z' }, 'cold')
        .action,
    ).toBe('suppress');
    expect(on(full, { attempts: 4 }, 'opt-in').action).toBe('retry');
  });
  test("retries that are used up for an outage are nobody's fault", () => {
    expect(on('451 4.3.0 Temporary local problem', { attempts: 99 }, 'cold').action).toBe('none');
  });
  test('a full mailbox gets one more try after 24 hours', () => {
    expect(on('552 5.2.2 Mailbox full', {}, 'quota-once').retryAfter).toBe(86_400);
    expect(
      on('552 5.2.2 Mailbox full', { send: 'b', failures: past('mailbox-full', 'a') }, 'quota-once').action,
    ).toBe('suppress');
  });
  test('what the reply asks for comes before the backoff', () => {
    expect(on('450 4.2.0 Greylisted, try again in 77 seconds').retryAfter).toBe(77);
    expect(on('450 4.2.0 Greylisted').retryAfter).toBe(300);
    expect(on('450 4.2.0 Greylisted', { attempts: 2 }).retryAfter).toBe(1800);
  });
  test("are data, with unique ids; an unknown one is the caller's mistake", () => {
    expect(new Set(POLICIES.map((policy) => policy.id)).size).toBe(POLICIES.length);
    expect(() => on('550 x', {}, 'nonsense' as never)).toThrow(/no policy/);
    expect(() => on('450 x', { now: 'yesterday', failures: [{ at: 'x', reason: 'unknown' }] })).toThrow(
      /no date/,
    );
  });
});

test('a warning of Gmail is urgent although it is temporary', () => {
  for (const status of ['4.7.26', '4.7.27', '4.7.29', '4.7.30', '4.7.32'])
    expect(on(`421 ${status} Slowed`, {}, 'opt-in', 'gmail').urgent, status).toBe(true);
  expect(on('550 5.7.26 Blocked', {}, 'opt-in', 'gmail').urgent).toBeUndefined();
  expect(on('421 4.7.26 Slowed').urgent).toBeUndefined();
});

test('every cause explains itself in one sentence and says what would change it', () => {
  expect(CAUSES.map((cause) => cause.reason)).toEqual([...REASONS]);
  for (const code of ['450', '550']) {
    for (const reason of REASONS) {
      const got = decide({ ...classify({ reply: code }), reason });
      expect(got.why).toMatch(/^[A-Z][^.!?]*\.$/);
      expect(got.needs ?? '').not.toBe('');
      expect(DECISION_ACTIONS).toContain(got.action);
      expect(SCOPES).toContain(got.scope);
    }
  }
});

test('the same question has the same answer', () => {
  const history = { now: '2026-01-01T00:00:00Z', send: 'x', failures: past('unknown', 'a') };
  expect(on('550 5.0.0 no', history)).toEqual(on('550 5.0.0 no', history));
});
