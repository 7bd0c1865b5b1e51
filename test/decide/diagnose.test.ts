import { describe, expect, test } from 'vitest';
import { classify } from '../../src/classify/index.ts';
import { decide, diagnose } from '../../src/decide/index.ts';
import type { Recipient, Report } from '../../src/model/report.ts';

function failed(address: string, reply: string, provider: string | null = null): Pick<Report, 'recipients'> {
  const got = classify({ reply, provider });
  const recipient: Recipient = {
    recipient: address,
    finalRecipient: address,
    originalRecipient: null,
    action: 'failed',
    status: got.status,
    replyCode: got.replyCode,
    diagnosticCode: reply,
    diagnosticType: 'smtp',
    remoteMta: null,
    command: null,
    lastAttemptDate: null,
    willRetryUntil: null,
    finalLogId: null,
    reason: got.reason,
    bounceType: got.bounceType,
    bucket: got.bucket,
    provider: got.provider,
    rule: got.rule,
    decision: decide(got),
    eventId: address,
    evidence: {},
  };
  return { recipients: [recipient] };
}

const AUTH = '550 5.7.26 The message failed the DMARC check';

describe('diagnose', () => {
  test('the same failure at Gmail, Microsoft and Yahoo at once is the sender', () => {
    const got = diagnose([
      failed('a@gmail.com', AUTH, 'gmail'),
      failed('b@outlook.com', AUTH, 'microsoft'),
      failed('c@yahoo.com', AUTH, 'yahoo'),
    ]);
    expect(got.incidents).toMatchObject([{ kind: 'sender', reason: 'auth-failure', count: 3 }]);
    expect(got.keep).toEqual(['a@gmail.com', 'b@outlook.com', 'c@yahoo.com']);
  });
  test('Microsoft under two names is one receiver', () => {
    const got = diagnose([
      failed('a@x.example', AUTH, 'microsoft'),
      failed('b@outlook.com', AUTH, 'outlook.com'),
      failed('c@y.example', AUTH, 'microsoft'),
    ]);
    expect(got.incidents).toMatchObject([{ kind: 'provider', count: 3 }]);
  });
  test('at one provider only it is that provider', () => {
    const got = diagnose(['a', 'b', 'c'].map((name) => failed(`${name}@gmail.com`, AUTH, 'gmail')));
    expect(got.incidents).toMatchObject([{ kind: 'provider', providers: ['gmail'] }]);
  });
  test('dead addresses are no incident and are not kept', () => {
    const got = diagnose(
      ['a', 'b', 'c', 'd'].map((name, i) => failed(`${name}@d${i}.example`, '550 5.1.1 User unknown')),
    );
    expect(got).toEqual({ incidents: [], keep: [], rates: null });
  });
  test('451 at many domains is the sender', () => {
    const got = diagnose(
      [1, 2, 3, 4, 5].map((n) => failed(`a@d${n}.example`, '451 4.3.0 Temporary local problem')),
    );
    expect(got.incidents).toMatchObject([{ kind: 'sender', count: 5 }]);
  });
  test('a large share of one domain is that domain', () => {
    const reports = [1, 2, 3, 4, 5].map((n) => failed(`a${n}@one.example`, '550 5.1.1 User unknown'));
    expect(diagnose(reports, { sent: 10_000, domains: { 'one.example': 8 } }).incidents).toMatchObject([
      { kind: 'domain', domains: ['one.example'] },
    ]);
    expect(diagnose(reports, { sent: 10_000, domains: { 'one.example': 8 } }).keep).toHaveLength(5);
    expect(diagnose(reports, { sent: 10_000, domains: { 'one.example': 800 } }).incidents).toEqual([]);
  });
  test('one below a threshold is no incident', () => {
    const auth = (receivers: number, each: number) =>
      Array.from({ length: receivers * each }, (_, n) => failed(`a${n}@d${n % receivers}.example`, AUTH));
    expect(diagnose(auth(3, 1)).incidents).toMatchObject([{ kind: 'sender' }]);
    expect(diagnose(auth(2, 1)).incidents).toEqual([]);
    expect(diagnose(auth(2, 2)).incidents).toEqual([]);
    expect(diagnose(auth(2, 3)).incidents.map((incident) => incident.kind)).toEqual(['provider', 'provider']);
    const late = (domains: number) =>
      Array.from({ length: domains }, (_, n) =>
        failed(`a@d${n}.example`, '451 4.3.0 Temporary local problem'),
      );
    expect(diagnose(late(4)).incidents).toEqual([]);
    const dead = (count: number) =>
      Array.from({ length: count }, (_, n) => failed(`a${n}@one.example`, '550 5.1.1 User unknown'));
    const kinds = (count: number, sent: number): string[] =>
      diagnose(dead(count), { sent: 10_000, domains: { 'one.example': sent } }).incidents.map((i) => i.kind);
    expect([kinds(5, 10), kinds(5, 11), kinds(4, 4)]).toEqual([['domain'], [], []]);
  });
  test('an incident shows five replies, each once', () => {
    const replies = ['a', 'b', 'c', 'd', 'e', 'f', 'f'].map((word, n) =>
      failed(`a@d${n}.example`, `${AUTH} ${word}`),
    );
    expect(diagnose(replies).incidents[0]?.evidence).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((word) => `${AUTH} ${word}`),
    );
  });
  test('what nobody failed with, and what has no domain, is left out', () => {
    const [one] = failed('a@one.example', '550 5.1.1 User unknown').recipients;
    const nobody = Array.from({ length: 6 }, () => ({
      recipients: [{ ...(one as Recipient), recipient: null }],
    }));
    const delivered = Array.from({ length: 6 }, () => ({
      recipients: [{ ...(one as Recipient), action: 'delivered' as const, bounceType: 'soft' as const }],
    }));
    expect(diagnose([...nobody, ...delivered]).incidents).toEqual([]);
  });
  test('rates against their limits', () => {
    const reports = [1, 2, 3].map((n) => failed(`a@d${n}.example`, '550 5.1.1 User unknown'));
    const got = diagnose(reports, { sent: 100, complaints: 1 });
    expect(got.rates).toEqual({ bounce: 0.03, hard: 0.03, complaint: 0.01 });
    expect(got.incidents.map((incident) => incident.why)).toEqual([
      'The bounce rate is 3 %, at or over the limit of 2 %.',
      'The rate of hard bounces is 3 %, at or over the limit of 0.5 %.',
      'The complaint rate is 1 %, at or over the limit of 0.3 %.',
    ]);
    expect(diagnose(reports, { sent: 100_000 }).incidents).toEqual([]);
    expect(diagnose(reports, { sent: 0 }).rates).toBeNull();
  });
});
