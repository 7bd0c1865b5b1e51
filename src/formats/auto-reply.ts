import { type Extraction, type Found, found, inferred } from '../extract/draft.ts';
import { headlineOf } from '../extract/headline.ts';
import { HeaderReader } from '../extract/original.ts';
import { readShape } from '../extract/shape.ts';
import { type Message, once } from '../mime/scan.ts';
import type { AutoReplyType } from '../model/lists.ts';
import type { AutoReply } from '../model/report.ts';
import { type HeaderFindings, readMarks } from './auto-reply/marks.ts';
import { fold, lineAt, type OwnText, readOwnText } from './auto-reply/own-text.ts';
import { readAddressAfter, readUntil } from './auto-reply/particulars.ts';
import {
  hasTicketNumber,
  isReplyHead,
  subjectHead,
  type SubjectMeaning,
  subjectMeaning,
  TYPE_OF_SUBJECT,
} from './auto-reply/subjects.ts';
import { type Hit, type Meaning, readPhrases } from './auto-reply/wording.ts';
import type { Claim, Format } from './format.ts';

/** Points that make an automatic reply: see WEIGHT in auto-reply/marks.ts. */
const ENOUGH = 4;
/** A mark that only autoresponders write is among them. */
const SURE = 10;

/**
 * Automatic replies by people's mailboxes and help desks: RFC 3834, RFC 5230 (Sieve vacation), and what vendors write.
 *
 * Where it stands among the formats: a message that has the structure of a report is never claimed, so a reply that a
 * delivery report wraps stays a bounce. A mark of an autoresponder claims 0.97, above the frames of bounces in text
 * (0.7 to 0.95), because what such a mark carries may quote an old bounce. Everything else adds up to 0.6 to 0.88,
 * and loses to a frame that names a failed recipient: 35 % of bounces carry `Auto-Submitted: auto-replied` as well.
 */
export const autoReply = {
  id: 'auto-reply',
  maxConfidence: 0.97,

  recognise(message: Message): Claim | null {
    const verdict = judgeOnce(message);
    if (verdict === null) return null;
    const why = verdict.signals.map((s) => s.name).join(', ');
    if (verdict.sure) return { confidence: 0.97, why };
    return { confidence: Math.min(0.88, 0.4 + verdict.points / 20), why };
  },

  extract(message: Message): Extraction {
    const verdict = judgeOnce(message);
    if (verdict === null) return { recipients: [] };
    const { own, hits, type } = verdict;
    const header = new HeaderReader(message.headers);
    const known = [header.from, header.to, message.headers.get('reply-to'), header.returnPath];
    const left = hits.some((h) => h.means === 'left') && type === 'notice';
    const until = own === null || type !== 'vacation' ? null : readUntil(own, hits, header.date);
    const standIn = own === null || type !== 'vacation' ? null : readAddressAfter(own, hits, 'person', known);
    const newAddress = own === null || !left ? null : readAddressAfter(own, hits, 'new-address', known);
    const reply: AutoReply = {
      type,
      signals: verdict.signals.map((s) => s.name),
      until: until?.value ?? null,
      standIn: standIn?.value ?? null,
      newAddress: newAddress?.value ?? null,
      review: left,
      evidence: {
        ...(until && { until: until.evidence }),
        ...(standIn && { standIn: standIn.evidence }),
        ...(newAddress && { newAddress: newAddress.evidence }),
      },
    };
    const { evidence } = (verdict.signals[0] as Signal).found;
    return {
      kind: inferred('auto-reply', evidence.from, evidence),
      recipients: [],
      autoReply: inferred(reply, evidence.from, evidence),
    };
  },
} satisfies Format;

interface Signal {
  readonly name: string;
  readonly points: number;
  readonly found: Found;
}

interface Verdict {
  /** Strongest first. */
  readonly signals: readonly Signal[];
  readonly points: number;
  readonly sure: boolean;
  readonly type: AutoReplyType;
  readonly own: OwnText | null;
  readonly hits: readonly Hit[];
}

/** Gateways that name themselves daemons speak of what they found. */
const FILTERS = /virus|moderat|filter|attachment/i;

/** What answers of people have as well. */
const BY_ANYBODY: ReadonlySet<string> = new Set(['in-reply-to', 'references']);

function judgeOnce(message: Message): Verdict | null {
  return once(message, judge);
}

/** In the order of decision: structure, fields of autoresponders, RFC 3834 and threading, wording, and the subject last. */
function judge(message: Message): Verdict | null {
  if (isReport(message)) return null;
  const header = readMarks(message.headers);
  const sure = header.marks.some((m) => m.points >= SURE);
  if (!sure && (header.human || header.bulk)) return null;
  const { daemon } = readShape(message);
  // A daemon's mail that no autoresponder marks is a report in some frame: no need to read it.
  if (daemon && !sure && !FILTERS.test(message.headers.get('subject') ?? '')) return null;
  const subject = message.headers.text('subject') ?? '';
  const meaning = subjectMeaning(subject);
  const topic = exchangePrefix(message, subject);
  if (header.marks.length === 0 && meaning === null && !topic) return null;

  const signals: Signal[] = header.marks.map(({ signal, points, field }) => ({
    name: signal,
    points,
    found: found(signal, 'header', '0', field.line, `${titleCase(field.name)}: ${field.value}`),
  }));
  if (meaning !== null) signals.push(ofSubject(message, 'subject', meaning === 'auto' ? 5 : 3));
  if (topic) signals.push(ofSubject(message, 'prefix in front of the thread topic', 2));
  const own = readOwnText(message);
  const hits = own === null ? [] : readPhrases(own.folded);
  const says = wordingOf(hits);
  // `We have received your order` answers a form, unless something says that it answers mail.
  const answers =
    header.threaded ||
    meaning !== null ||
    header.marks.some((m) => m.signal.startsWith('auto-submitted: auto-replied')) ||
    hasTicketNumber(subject) ||
    isReplyHead(subjectHead(subject));
  const wording = says === null || (TO_AN_ANSWER.has(says.means) && !answers && !sure) ? null : says;
  if (wording !== null && own !== null) {
    signals.push({
      name: `text: ${wording.means}`,
      points: wording.means === 'challenge' || wording.means === 'filter' ? 4 : 3,
      found: ofText(own, wording),
    });
  }
  let points = signals.reduce((sum, s) => sum + s.points, 0);
  if (!sure) {
    // Words of people alone, and their threads, make no automatic reply.
    const byProgram = header.marks.some(
      ({ field }) => !BY_ANYBODY.has(field.name) && (meaning !== null || field.name !== 'received'),
    );
    const filter =
      wording?.means === 'filter' || wording?.means === 'moderation' || wording?.means === 'challenge';
    const inAnswer = header.threaded && isAnswer(subject, meaning, hits);
    if (!byProgram && !topic && meaning !== 'auto' && !inAnswer) return null;
    // What is held is not delivered either, until somebody releases it.
    const held = wording?.means === 'moderation' || wording?.means === 'challenge';
    if (!held && hits.some((h) => h.means === 'failure')) points -= 3;
    if (daemon && !filter) points -= 4;
    if (points < ENOUGH) return null;
  } else if (daemon && hits.some((h) => h.means === 'failure')) {
    return null;
  }
  signals.sort((a, b) => b.points - a.points);
  const bySubject = meaning === null ? null : TYPE_OF_SUBJECT[meaning];
  const type = typeOf(
    header,
    // `Eingangsbestätigung`, in which office hours are told.
    bySubject === 'acknowledgement' && wording?.means === 'vacation' ? null : (wording?.means ?? null),
    bySubject ?? (hasTicketNumber(subject) ? 'acknowledgement' : null),
  );
  return { signals, points, sure, type, own, hits };
}

/**
 * Subject and text say the same, in answer to a message: `Ticket received - Budget` (help desks), or
 * `Re: Budget (I am away)`, where GroupWise puts what its rule says behind the subject.
 */
function isAnswer(subject: string, meaning: SubjectMeaning | null, hits: readonly Hit[]): boolean {
  if (meaning === 'acknowledgement') return hits.some((h) => h.means === 'acknowledgement');
  const behind = isReplyHead(subjectHead(subject))
    ? /\(([^()]{3,80})\)\s{0,3}$/.exec(subject)?.[1]
    : undefined;
  if (behind === undefined || !hits.some((h) => h.means === 'vacation')) return false;
  return readPhrases(`${fold(behind)} `).some((h) => h.means === 'vacation');
}

/** What other formats answer for: a report (RFC 6522), a receipt, a complaint, a meeting. */
function isReport(message: Message): boolean {
  if (message.root.type === 'multipart/report' || message.headers.has('x-failed-recipients')) return true;
  return message.leaves.some((leaf) => REPORT_TYPES.has(leaf.type));
}

const REPORT_TYPES = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/global-disposition-notification',
  'message/feedback-report',
  'text/calendar',
  'application/tlsrpt+gzip',
  'application/tlsrpt+json',
]);

/** Exchange puts its words in front of the topic: `<Abwesend>: Budget` beside `Thread-Topic: Budget`. People write `Re:`. */
function exchangePrefix(message: Message, subject: string): boolean {
  const topic = message.headers.text('thread-topic')?.trim() ?? '';
  if (topic === '' || !subject.endsWith(topic) || subject === topic) return false;
  const prefix = subject.slice(0, -topic.length).trim();
  return prefix.endsWith(':') && prefix.length > 7 && !/\[/.test(prefix);
}

function titleCase(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function ofSubject(message: Message, name: string, points: number): Signal {
  return { name, points, found: { value: name, evidence: headlineOf(message) } };
}

function ofText(own: OwnText, hit: Hit): Found {
  const line = lineAt(own, hit.start);
  return found(hit.phrase, 'text', own.part.path, line.line, line.text);
}

/** What the text is about. Who thanks for a message and is away is away; who has left is not on holiday. */
const BY_WEIGHT = [
  'challenge',
  'left',
  'filter',
  'moderation',
  'vacation',
  'acknowledgement',
  'unread',
  'automatic',
] as const satisfies readonly Meaning[];

function wordingOf(hits: readonly Hit[]): (Hit & { means: (typeof BY_WEIGHT)[number] }) | null {
  for (const means of BY_WEIGHT) {
    const hit = hits.find((h) => h.means === means);
    if (hit !== undefined) return { ...hit, means };
  }
  return null;
}

/** Words that notifications use as well: they count only in an answer. */
const TO_AN_ANSWER: ReadonlySet<Meaning> = new Set<Meaning>(['acknowledgement', 'unread', 'left']);

const TYPE_OF_WORDING = {
  challenge: 'challenge',
  left: 'notice',
  filter: 'notice',
  moderation: 'notice',
  vacation: 'vacation',
  acknowledgement: 'acknowledgement',
  unread: 'notice',
  automatic: null,
} as const satisfies Record<(typeof BY_WEIGHT)[number], AutoReplyType | null>;

/** A field that names the type, then the text, then the subject. What nothing tells apart is a vacation (RFC 5230). */
function typeOf(
  header: HeaderFindings,
  wording: (typeof BY_WEIGHT)[number] | null,
  subject: AutoReplyType | null,
): AutoReplyType {
  const byText = wording === null ? null : TYPE_OF_WORDING[wording];
  const typed = header.marks.filter((m) => m.type !== null);
  const byField = typed.find((m) => m.points >= SURE)?.type ?? null;
  // An out-of-office reply is also how people tell that they have left.
  if (byField === 'vacation' && wording === 'left') return 'notice';
  return byField ?? byText ?? subject ?? typed[0]?.type ?? 'vacation';
}
