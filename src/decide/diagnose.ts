import type { Reason } from '../model/lists.ts';
import type { Recipient, Report } from '../model/report.ts';
import { causeOf } from './causes.ts';

/** What was sent in the time that the reports cover. */
export interface Volumes {
  /** Messages sent. */
  readonly sent: number;
  /** Complaints received. */
  readonly complaints?: number;
  /** Messages sent by recipient domain. */
  readonly domains?: Readonly<Record<string, number>>;
}

/** Who has to look: the sender everywhere, the sender with one provider, or the receiving domain. */
export type IncidentKind = 'sender' | 'provider' | 'domain' | 'rate';

export interface Incident {
  readonly kind: IncidentKind;
  /** Null for a rate. */
  readonly reason: Reason | null;
  readonly providers: readonly string[];
  readonly domains: readonly string[];
  /** Failed recipients that belong to it. */
  readonly count: number;
  /** One sentence. */
  readonly why: string;
  /** What to do first. */
  readonly needs: string;
  /** Raw replies, at most five. */
  readonly evidence: readonly string[];
}

export interface Rates {
  /** Shares of what was sent, 0 to 1. */
  readonly bounce: number;
  readonly hard: number;
  readonly complaint: number | null;
}

export interface Diagnosis {
  readonly incidents: readonly Incident[];
  /** Addresses that failed for an incident that is not theirs: none of them is to be suppressed. */
  readonly keep: readonly string[];
  /** Null without volumes. */
  readonly rates: Rates | null;
}

/** The same failure at so many receivers at once is the sender's. Gmail, Microsoft and Yahoo are three. */
const RECEIVERS_AT_ONCE = 3;
/** 451 at so many domains at once points to the sender: a stale record, a suspended domain. */
const DOMAINS_OF_451 = 5;
/** Fewer failures than this are single cases. */
const FEWEST = 3;
const FEWEST_OF_DOMAIN = 5;
/** Half of what went to a domain. */
const LARGE_SHARE = 0.5;
const MOST_EVIDENCE = 5;

/** Limits of the senders' guides; Google's sender guidelines for complaints, industry practice for bounces. */
const LIMITS = [
  {
    rate: 'bounce',
    alarm: 0.02,
    target: 0.01,
    name: 'bounce rate',
    needs: 'Split the failures by reason first: 5.1.x is the list, 5.7.x is the infrastructure.',
  },
  {
    rate: 'hard',
    alarm: 0.005,
    target: 0.005,
    name: 'rate of hard bounces',
    needs: 'Look at where the addresses came from; verify those that never got mail.',
  },
  {
    rate: 'complaint',
    alarm: 0.003,
    target: 0.001,
    name: 'complaint rate',
    needs: 'Stop mail that nobody asked for; offer one-click unsubscription (RFC 8058).',
  },
] as const;

interface Failure {
  readonly recipient: Recipient;
  readonly reason: Reason;
  /** Provider, or the domain where no provider is known. */
  readonly receiver: string;
  readonly domain: string;
}

/** Names of one and the same receiver. */
const FAMILY: Readonly<Record<string, string>> = { 'outlook.com': 'microsoft', 'aol-legacy': 'yahoo' };

/** What many reports say together that none of them says alone. */
export function diagnose(reports: Iterable<Pick<Report, 'recipients'>>, volumes?: Volumes): Diagnosis {
  const failures: Failure[] = [];
  for (const report of reports) {
    for (const recipient of report.recipients) {
      if ((recipient.action !== 'failed' && recipient.action !== 'delayed') || recipient.reason === null)
        continue;
      const domain = recipient.recipient?.slice(recipient.recipient.lastIndexOf('@') + 1).toLowerCase() ?? '';
      const { provider } = recipient;
      const receiver = provider === null ? domain : (FAMILY[provider] ?? provider);
      failures.push({ recipient, reason: recipient.reason, receiver, domain });
    }
  }
  const found = [
    ...senderIncidents(failures),
    ...deferralIncidents(failures),
    ...domainIncidents(failures, volumes),
  ];
  const keep = new Set<string>();
  for (const { members } of found)
    for (const { recipient } of members) if (recipient.recipient !== null) keep.add(recipient.recipient);
  const rates = volumes === undefined || volumes.sent <= 0 ? null : readRates(failures, volumes);
  return {
    incidents: [...found.map((entry) => entry.incident), ...rateIncidents(rates)],
    keep: [...keep],
    rates,
  };
}

interface Found {
  readonly incident: Incident;
  readonly members: readonly Failure[];
}

/** A failure of the sender's, at many receivers or at one. */
function senderIncidents(failures: readonly Failure[]): Found[] {
  const found: Found[] = [];
  for (const [reason, members] of groupBy(failures, (failure) => failure.reason)) {
    const { side, meaning, needs } = causeOf(reason);
    if ((side !== 'sender' && side !== 'message') || members.length < FEWEST) continue;
    const receivers = unique(members.map((failure) => failure.receiver));
    if (receivers.length >= RECEIVERS_AT_ONCE) {
      found.push(
        incidentOf(
          'sender',
          reason,
          members,
          `At ${receivers.length} receivers at once ${meaning}: the sending domain or address is at fault, no single receiver.`,
          needs,
        ),
      );
    } else {
      for (const [receiver, own] of groupBy(members, (failure) => failure.receiver)) {
        if (own.length >= FEWEST)
          found.push(
            incidentOf(
              'provider',
              reason,
              own,
              `Only at ${receiver} ${meaning}: it is a matter with this receiver.`,
              needs,
            ),
          );
      }
    }
  }
  return found;
}

function deferralIncidents(failures: readonly Failure[]): Found[] {
  const deferred = failures.filter(
    ({ recipient, reason }) => recipient.replyCode === '451' && causeOf(reason).side === 'receiver',
  );
  const domains = unique(deferred.map((failure) => failure.domain));
  if (domains.length < DOMAINS_OF_451) return [];
  return [
    incidentOf(
      'sender',
      (deferred[0] as Failure).reason,
      deferred,
      `${domains.length} domains answer 451 at once: that many servers do not fail together, so the sender is the likely cause.`,
      'Check the DNS and authentication records of the sending domain and whether it is suspended.',
    ),
  ];
}

/** A large share of one domain: its server or a block, not so many addresses. */
function domainIncidents(failures: readonly Failure[], volumes: Volumes | undefined): Found[] {
  const found: Found[] = [];
  for (const [domain, members] of groupBy(failures, (failure) => failure.domain)) {
    const own = members.filter(
      ({ reason }) => causeOf(reason).side === 'receiver' || causeOf(reason).side === 'recipient',
    );
    if (domain === '' || own.length < FEWEST_OF_DOMAIN) continue;
    const sent = volumes?.domains?.[domain];
    const large =
      sent === undefined
        ? own.every(({ recipient }) => recipient.bounceType === 'soft')
        : own.length / sent >= LARGE_SHARE;
    if (!large) continue;
    const share =
      sent === undefined
        ? `${own.length} addresses`
        : `${Math.round((100 * own.length) / sent)} % of what was sent`;
    found.push(
      incidentOf(
        'domain',
        (own[0] as Failure).reason,
        own,
        `At ${domain} ${share} failed: its server or a block is the likely cause, not each address.`,
        'Wait, and write to the postmaster of the domain before any of its addresses is given up.',
      ),
    );
  }
  return found;
}

function readRates(failures: readonly Failure[], { sent, complaints }: Volumes): Rates {
  const failed = failures.filter(({ recipient }) => recipient.action === 'failed');
  return {
    bounce: failed.length / sent,
    hard: failed.filter(({ recipient }) => recipient.bounceType === 'hard').length / sent,
    complaint: complaints === undefined ? null : complaints / sent,
  };
}

function rateIncidents(rates: Rates | null): Incident[] {
  if (rates === null) return [];
  return LIMITS.flatMap(({ rate, alarm, target, name, needs }) => {
    const value = rates[rate];
    if (value === null || value < target) return [];
    const limit = value >= alarm ? `the limit of ${percent(alarm)}` : `the target of ${percent(target)}`;
    return [
      {
        kind: 'rate' as const,
        reason: null,
        providers: [],
        domains: [],
        count: 0,
        why: `The ${name} is ${percent(value)}, at or over ${limit}.`,
        needs,
        evidence: [],
      },
    ];
  });
}

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;

function incidentOf(
  kind: IncidentKind,
  reason: Reason,
  members: readonly Failure[],
  why: string,
  needs: string,
): Found {
  const incident = {
    kind,
    reason,
    providers: unique(
      members.flatMap(({ recipient }) => (recipient.provider === null ? [] : [recipient.provider])),
    ),
    domains: unique(members.map((failure) => failure.domain)),
    count: members.length,
    why,
    needs,
    evidence: unique(members.flatMap(({ recipient }) => recipient.diagnosticCode ?? [])).slice(
      0,
      MOST_EVIDENCE,
    ),
  };
  return { incident, members };
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];

function groupBy<K, V>(values: readonly V[], key: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group === undefined) groups.set(key(value), [value]);
    else group.push(value);
  }
  return groups;
}
