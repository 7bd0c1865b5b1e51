import { readCodes } from '../model/smtp-codes.ts';
import { addressesIn, leadingAddress } from './address-lines.ts';
import { bareAddress } from './addresses.ts';
import {
  ALIAS_LABELS,
  CAUSE_LABELS,
  HOST_LABELS,
  OTHER_LABELS,
  RECIPIENT_LABELS,
  SUMMARY_LABELS,
} from './labels.ts';
import type { Notice, NoticeLine } from './notice.ts';
import { CODE, type FrameReply, joined, readReply } from './notice-reply.ts';
import { CAUSE, CONTACT, DELAYED, FAILED, HINT, readWording } from './phrases.ts';
import { readTranscript, Refusals, type TranscriptReply } from './transcript.ts';

/** How an address is bound to a failure, strongest first. */
export type Binding = 'paragraph' | 'list' | 'label' | 'transcript' | 'sentence' | 'reply';

/** An address that a notice binds to a failure, and what was said about it. */
export interface Frame {
  readonly address: string;
  readonly binding: Binding;
  /** Where the address stands. */
  readonly at: NoticeLine;
  /** What the sender had written to, where the notice says so: `(expanded from: <a@b>)`. */
  alias: string | null;
  reply: FrameReply | null;
  /** A name of the host that no reply carries: `Remote system:`. */
  host: string | null;
}

/** Lines of one reply that are read: long enough for every real one. */
const MAX_REPLY_LINES = 40;
/** Labels of a cause (`Reason:`, `Diagnostic code:`, …) that are read for the same addresses. */
const MAX_CAUSES = 12;

/** What a notice binds, and the cause that it tells where it names no address. */
export interface NoticeFrames {
  readonly frames: readonly Frame[];
  readonly unbound: FrameReply | null;
}

/** Reads every frame of a notice, one for each address, in one pass over its lines. */
export function readFrames(notice: Notice, senders: ReadonlySet<string> = new Set()): NoticeFrames {
  const reader = new FrameReader(senders);
  for (const line of notice.lines) reader.read(line);
  return reader.finish(notice);
}

class FrameReader {
  readonly #senders: ReadonlySet<string>;
  readonly #frames: Frame[] = [];
  readonly #byAddress = new Map<string, Frame>();
  /** Sentences that bind an address, where nothing stronger does. */
  readonly #sentences: Frame[] = [];
  /** Frames that wait for a cause which follows them. */
  #waiting: Frame[] = [];
  #current: Frame | null = null;
  #reply: NoticeLine[] = [];
  /** Cause in front of the addresses that it belongs to. */
  #leading: FrameReply | null = null;
  /** Labels of causes since the last address. */
  #causes = 0;
  /** Behind a label of a cause, until its lines end. */
  #cause: { targets: Frame[]; remote: boolean; lines: NoticeLine[]; first: string } | null = null;
  #paragraph: NoticeLine[] = [];
  /** Wording of the paragraph that the next addresses stand under. */
  #heading = 0;
  #transcript = false;
  /** A paragraph that words a cause, above an address in angle brackets. */
  #above: readonly NoticeLine[] = [];
  /** The end of the paragraph in front of the present one. */
  #before = '';
  /** An address alone on its line, which the next paragraph binds or lets go. */
  #candidate: { address: string; at: NoticeLine } | null = null;
  /** `To:` among the fields by which a notice tells of the message. */
  readonly #summary: Frame[] = [];
  /** The sentence that bound an address: its cause where nothing tells a better one. */
  readonly #context = new Map<Frame, FrameReply>();

  constructor(senders: ReadonlySet<string>) {
    this.#senders = senders;
  }

  read(line: NoticeLine): void {
    const { text } = line;
    if (text === '') {
      this.#blank();
      return;
    }
    if (isRuled(text)) {
      this.#closeReply();
      this.#closeCause();
      this.#closeParagraph();
      this.#ruled(line);
      return;
    }
    if (isTranscript(text)) {
      this.#transcript = true;
      this.#closeReply();
    } else if (this.#transcript && OWN_REPLY.test(text)) return;
    if (this.#heading & (FAILED | DELAYED) && PIPE.test(text)) {
      this.#closeReply();
      return;
    }
    const lead = leadingAddress(text);
    if (lead !== null && this.#address(line, lead.address, lead.form, lead.rest)) return;
    if (this.#labelled(line)) return;
    if (this.#cause !== null) {
      if (this.#cause.lines.length < MAX_REPLY_LINES) this.#cause.lines.push(line);
      return;
    }
    const current = this.#current;
    if (current === null && this.#aliasOnly(line)) return;
    const sibling = current !== null && !current.address.includes('@') && line.indent === current.at.indent;
    if ((current === null || sibling) && this.#localPart(line, sibling)) return;
    if (this.#current !== null && this.#continues(line, this.#current)) {
      if (this.#reply.length < MAX_REPLY_LINES) this.#reply.push(line);
      return;
    }
    this.#closeReply();
    this.#paragraph.push(line);
  }

  #blank(): void {
    this.#closeReply();
    if (this.#cause !== null && (this.#cause.lines.length > 0 || this.#cause.first !== ''))
      this.#closeCause();
    this.#closeParagraph();
    this.#transcript = false;
  }

  /** `----- The following addresses had errors -----`, `*** … ***` */
  #ruled(line: NoticeLine): void {
    const words = line.text.replace(RULES, '').trim();
    if (words === '') return;
    const lead = leadingAddress(words);
    if (lead !== null && this.#address({ ...line, text: words }, lead.address, lead.form, lead.rest)) return;
    const label = words.replace(/[-=*#:|. ]{1,80}$/, '').toLowerCase();
    const remote = CAUSE_LABELS.get(label);
    if (remote !== undefined) {
      this.#cause = { targets: this.#waiting, remote, lines: [], first: '' };
      return;
    }
    const wording = readWording(words);
    if (wording & (FAILED | DELAYED)) {
      this.#heading = wording;
      this.#before = '-';
    }
  }

  /** A line that starts with an address. False where it is something else: a sentence, a reply. */
  #address(line: NoticeLine, address: string, form: string, rest: string): boolean {
    const current = this.#current;
    if (current !== null) {
      const same = current.address.toLowerCase() === address.toLowerCase();
      if (same || line.indent > current.at.indent + 1) {
        if (same && rest === '' && this.#reply.length === 0) return true; // the same address twice
        this.#reply.push(line);
        return true;
      }
    }
    const aliased = rest.startsWith('(') ? ALIAS.exec(rest) : null;
    if (aliased !== null && aliased.index < 2) rest = rest.slice(aliased.index + aliased[0].length).trim();
    const heading = this.#headingAbove();
    const listed = (heading & (FAILED | DELAYED)) !== 0;
    const behind = restOfHead(rest) ?? (listed ? plainRest(rest) : null);
    const evident = behind !== null && behind !== '' && isEvident(behind);
    if (behind === null && !evident) return false;
    if (this.#cause !== null && !listed && !(rest === ':' || rest.startsWith(':'))) return false;
    const colon = rest.startsWith(':') && form !== 'bare';
    const alone = behind === '' && !colon;
    if (!listed && !evident && !colon) {
      // A cause above an address in angle brackets; else what follows may bind it: `a@b` / `could not be reached`.
      if (!alone) return false;
      if (!(form === 'angle' && heading & CAUSE && !(heading & CONTACT))) {
        if (SENT_BY.test(this.#before)) return true;
        this.#candidate = { address, at: line };
        return true;
      }
    }
    if (heading & CONTACT && !evident && !colon) return false;
    this.#closeReply();
    this.#closeCause();
    const frame = this.#add(address, colon || rest.startsWith(':') ? 'paragraph' : 'list', line);
    const alias = aliased === null ? null : bareAddress(aliased[1] as string);
    if (alias !== null && alias.toLowerCase() !== address.toLowerCase()) frame.alias ??= alias;
    if (!listed && !evident && !colon) this.#remember(frame, this.#above, CAUSE);
    this.#current = frame;
    if (behind) this.#reply = [{ ...line, text: behind }];
    return true;
  }

  /** `label: value` */
  #labelled(line: NoticeLine): boolean {
    const { text } = line;
    if (!text.includes(':') && !text.includes('：')) return this.#trailing(line);
    const bare = text.endsWith(':') || text.endsWith('：') ? text.length - 1 : -1;
    let colon = text.indexOf(':');
    const wide = text.indexOf('：');
    if (wide !== -1 && (colon === -1 || wide < colon)) colon = wide;
    if (colon > 80) colon = -1;
    const label = labelOf(text.slice(0, colon === -1 ? bare : colon));
    const value = colon === -1 ? '' : text.slice(colon + 1).trim();
    if (colon !== -1) {
      const remote = CAUSE_LABELS.get(label);
      if (remote !== undefined && !this.#isInside(line)) {
        // An address alone, and below it what the other server said: no heading is needed.
        if (remote && this.#candidate !== null && CODE.test(value)) {
          const { address, at } = this.#candidate;
          this.#candidate = null;
          this.#add(address, 'list', at);
        }
        this.#closeReply();
        this.#closeCause();
        this.#closeParagraph();
        this.#cause = { targets: this.#waiting, remote, lines: [], first: '' };
        if (value !== '') {
          this.#cause.first = value;
          this.#cause.lines.push({ ...line, text: value });
        }
        return true;
      }
      if (OTHER_LABELS.has(label) && !this.#isInside(line)) return true;
      if (HOST_LABELS.has(label) && this.#waiting.length > 0) {
        this.#closeCause();
        for (const frame of this.#waiting) frame.host ??= hostIn(value);
        return true;
      }
      if (ALIAS_LABELS.has(label) && this.#waiting.length > 0) {
        const alias = bareAddress(value.replace(/^[a-z0-9]{1,12};/i, ''));
        const frame = this.#waiting.at(-1) as Frame;
        if (alias !== null && alias.toLowerCase() !== frame.address.toLowerCase()) frame.alias = alias;
        return true;
      }
      if (SUMMARY_LABELS.has(label)) {
        for (const address of addressesIn(value))
          this.#summary.push({ address, binding: 'label', at: line, alias: null, reply: null, host: null });
      }
      if (RECIPIENT_LABELS.has(label) && value.includes('@')) {
        const lead = leadingAddress(value.replace(/^\[?(?:smtp|rfc822|mailto) ?[:;] ?/i, ''));
        const behind = lead === null ? null : restOfHead(lead.rest.replace(/^\]/, ''));
        if (lead !== null && behind !== null) {
          this.#closeReply();
          this.#closeCause();
          this.#closeParagraph();
          const frame = this.#add(lead.address, 'label', line);
          this.#current = frame;
          if (behind !== '') this.#reply = [{ ...line, text: behind }];
          else if (causeIn(label)) {
            const from = Math.max(line.text.toLowerCase().indexOf(label), 0);
            this.#remember(frame, [{ ...line, text: line.text.slice(from, from + label.length) }], CAUSE);
          }
          return true;
        }
      }
    }
    return false;
  }

  /** A name without domain, directly under a heading: the server knows its own domain. */
  #localPart(line: NoticeLine, sibling: boolean): boolean {
    const match = LOCAL_PART.exec(line.text);
    if (match === null || (match[2] !== undefined && plainRest(match[2]) === null)) return false;
    if (sibling) this.#closeReply();
    else if (this.#paragraph.length > 0) {
      const above = (this.#paragraph.at(-1) as NoticeLine).text;
      if (!above.endsWith(':') || line.indent === 0) return false;
    } else if (!/[:-]$/.test(this.#before)) return false;
    if (!(this.#headingAbove() & (FAILED | DELAYED))) return false;
    this.#current = this.#add(match[1] as string, 'list', line);
    if (match[2] !== undefined) this.#reply = [{ ...line, text: match[2] }];
    return true;
  }

  /** `undeliverable to a@b` */
  #trailing(line: NoticeLine): boolean {
    const blank = line.text.lastIndexOf(' ');
    if (blank === -1 || blank > 80 || !line.text.includes('@', blank)) return false;
    const lead = leadingAddress(line.text.slice(blank + 1));
    if (lead === null || restOfHead(lead.rest) !== '') return false;
    if (!RECIPIENT_LABELS.has(line.text.slice(0, blank).trimEnd().toLowerCase())) return false;
    this.#closeReply();
    this.#closeCause();
    this.#closeParagraph();
    this.#current = this.#add(lead.address, 'label', line);
    return true;
  }

  /** Exim hides a target: `an undisclosed address` / `(generated from a@b)`. */
  #aliasOnly(line: NoticeLine): boolean {
    const alias = ALIAS.exec(line.text);
    if (alias === null || alias[0].length !== line.text.length || !(this.#heading & (FAILED | DELAYED)))
      return false;
    const address = bareAddress(alias[1] as string);
    if (address === null) return false;
    this.#current = this.#add(address, 'list', line);
    return true;
  }

  /** Does the line belong to the reply of the open frame? */
  #continues(line: NoticeLine, frame: Frame): boolean {
    if (line.indent > frame.at.indent || frame.binding === 'paragraph') return true;
    const last = this.#reply.at(-1);
    // A line that was broken goes on in the next; below words of the own server stands what the other one said.
    if (last !== undefined)
      return (
        last.text.length >= 50 ||
        last.text.endsWith(':') ||
        (CODE.test(line.text) && !this.#reply.some((l) => CODE.test(l.text)))
      );
    return (
      isEvident(line.text) || SAYS.test(line.text) || (frame.binding === 'label' && line.text.endsWith(':'))
    );
  }

  /** Is the line part of an open reply, whatever it looks like? */
  #isInside(line: NoticeLine): boolean {
    if (this.#current === null) return false;
    const { at, binding } = this.#current;
    return binding === 'paragraph' && line.indent >= at.indent;
  }

  #headingAbove(): number {
    if (this.#paragraph.length > 0) this.#closeParagraph();
    return this.#heading;
  }

  #add(address: string, binding: Binding, at: NoticeLine): Frame {
    this.#closeParagraph();
    this.#before = '';
    const key = address.toLowerCase();
    let frame = this.#byAddress.get(key);
    if (frame === undefined) {
      frame = { address, binding, at, alias: null, reply: null, host: null };
      this.#byAddress.set(key, frame);
      this.#frames.push(frame);
    }
    // A frame that has its cause waits no more, nor do those that share it.
    if (this.#waiting.at(-1)?.reply || this.#waiting[0]?.reply) this.#waiting = [];
    this.#causes = 0;
    this.#waiting.push(frame);
    return frame;
  }

  #closeReply(): void {
    const frame = this.#current;
    if (frame === null) return;
    const lines: NoticeLine[] = [];
    for (const line of this.#reply) {
      const alias = ALIAS.exec(line.text);
      if (alias === null) lines.push(line);
      else {
        const address = bareAddress(alias[1] as string);
        if (address !== null && address.toLowerCase() !== frame.address.toLowerCase())
          frame.alias ??= address;
        const left = line.text.replace(ALIAS, '').trim();
        if (/[\p{L}\d]/u.test(left)) lines.push({ ...line, text: left });
      }
    }
    this.#reply = [];
    this.#current = null;
    if (lines.length > 0) frame.reply ??= readReply(lines);
  }

  #closeCause(): void {
    const cause = this.#cause;
    if (cause === null) return;
    this.#cause = null;
    if (cause.lines.length === 0) return;
    const reply = readReply(cause.lines);
    const targets = cause.targets.length > 0 ? cause.targets : this.#waiting;
    if (++this.#causes > MAX_CAUSES) return;
    if (targets.length === 0) {
      if (this.#leading === null || (cause.remote && readCodes(reply.text).replyCode !== null))
        this.#leading = reply;
      return;
    }
    for (const frame of targets) {
      const bare = frame.reply === null || readCodes(frame.reply.text).replyCode === null;
      if (
        frame.reply === null ||
        HOST_ALONE.test(frame.reply.text) ||
        (bare && (cause.remote || readCodes(reply.text).replyCode !== null))
      )
        frame.reply = { ...reply, host: reply.host ?? frame.reply?.host ?? null };
    }
  }

  #closeParagraph(): void {
    const lines = this.#paragraph;
    if (lines.length === 0) return;
    this.#paragraph = [];
    const text = joined(lines);
    this.#before = text.slice(-40);
    const wording = readWording(text);
    const candidate = this.#candidate;
    this.#candidate = null;
    if (wording & (FAILED | DELAYED)) {
      this.#heading = wording & ~CONTACT;
      if (candidate !== null)
        this.#remember(this.#add(candidate.address, 'list', candidate.at), lines, wording);
      this.#sentence(lines, text);
    } else if (wording & CONTACT) this.#heading = CONTACT;
    else if (!text.endsWith(':') && !(wording & CAUSE)) {
      if (!isTableHead(text)) this.#heading = 0;
    } else if (wording & CAUSE && !(this.#heading & (FAILED | DELAYED))) {
      this.#heading = CAUSE;
      this.#above = lines;
    }
  }

  /** `There was an error delivering your mail to <a@b>.`: one address in a paragraph that says failure. */
  #sentence(lines: readonly NoticeLine[], text: string): void {
    if (!text.includes('@')) return;
    const found = this.#sentences.length;
    const sentences = text.split(/(?<=[.!?。])\s/);
    if (text.length <= 600) sentences.push(text);
    for (const sentence of sentences) {
      if (this.#sentences.length > found && sentence === text) break;
      const wording = readWording(sentence);
      if ((wording & (FAILED | DELAYED)) === 0 || wording & CONTACT) continue;
      const addresses = addressesIn(sentence.replace(BY, ' ')).filter(
        (a) => !this.#senders.has(a.toLowerCase()),
      );
      if (addresses.length !== 1) continue;
      const address = addresses[0] as string;
      const at = lines.find((l) => l.text.includes(address)) ?? (lines[0] as NoticeLine);
      const told = CODE.test(sentence) ? sentence : CODE.test(text) ? text : null;
      const reply = told === null ? null : readReply([{ ...lineAt(lines, text.indexOf(told)), text: told }]);
      const frame: Frame = { address, binding: 'sentence', at, alias: null, reply, host: null };
      this.#sentences.push(frame);
      const start = lineAt(lines, text.indexOf(sentence));
      this.#remember(frame, [{ ...start, text: sentence }], wording);
      if (this.#frames.length === 0) this.#waiting = [frame];
    }
  }

  #remember(frame: Frame, lines: readonly NoticeLine[], wording: number): void {
    if (this.#context.has(frame) || !(wording & CAUSE || BECAUSE.test(joined(lines)))) return;
    this.#context.set(frame, readReply(lines));
  }

  finish(notice: Notice): NoticeFrames {
    this.#blank();
    this.#closeCause();
    const replies = hasTranscript(notice) ? readTranscript(notice.lines) : [];
    // Replies at the start of a line that belong to nobody are told like any other cause.
    const refusals = new Refusals(replies.filter((r) => r.remote || r.addresses.length > 0));
    let frames = this.#frames;
    if (frames.length === 0) frames = fromTranscript(replies, this.#senders);
    if (frames.length === 0) frames = unique(this.#sentences);
    if (frames.length === 0) frames = fromReplies(replies, this.#senders);
    if (frames.length === 0 && this.#summary.every((f) => f.at === this.#summary[0]?.at))
      frames = this.#summary;
    const alone = frames.length < 2;
    for (const frame of frames) {
      const said = refusals.for(frame.address, alone);
      // The transcript has the whole reply where `(reason: …)` has its start.
      if (said !== null && (said.remote || (frame.reply === null && !alone)))
        frame.reply = { ...replyOf(said), host: said.host ?? frame.reply?.host ?? null };
      frame.reply ??= this.#leading;
    }
    if (frames.length === 0) {
      const said = refusals.for(null, true);
      return { frames, unbound: said === null ? (this.#leading ?? sharedReply(notice, [])) : replyOf(said) };
    }
    if (frames.some((f) => f.reply === null)) {
      const shared = sharedReply(notice, frames);
      for (const frame of frames) frame.reply ??= shared ?? this.#context.get(frame) ?? null;
    }
    return { frames: unique(frames.map(withDomain)), unbound: null };
  }
}

/** A name without domain whose address stands in its reply. */
function withDomain(frame: Frame): Frame {
  if (frame.address.includes('@') || frame.reply === null || frame.reply.lines.length > 2_000) return frame;
  const start = `${frame.address.toLowerCase()}@`;
  const address = addressesIn(frame.reply.lines).find((a) => a.toLowerCase().startsWith(start));
  return address === undefined ? frame : { ...frame, address, at: frame.reply.at };
}

const NAMED = /^[45]\d\d (?:#?[45]\.\d{1,3}\.\d{1,3} )?<([^<>\s]{1,320})>\.{3} ?/;

/** Whom a transcript refuses: `>>> RCPT To:<a@b>` with its reply, `550 <a@b>... User unknown`. */
function fromTranscript(replies: readonly TranscriptReply[], senders: ReadonlySet<string>): Frame[] {
  const frames: Frame[] = [];
  for (const reply of replies) {
    if (!/^[45]/.test(reply.text)) continue;
    const named = NAMED.exec(reply.text)?.[1];
    const rejected =
      reply.command === 'RCPT TO' || reply.command === 'DATA' || reply.command === 'end of DATA';
    const addresses = rejected
      ? reply.addresses
      : named !== undefined && !senders.has(named.toLowerCase())
        ? [named]
        : [];
    for (const text of addresses) {
      const address = bareAddress(text);
      const at = reply.lines[0] as NoticeLine;
      if (address !== null)
        frames.push({ address, binding: 'transcript', at, alias: null, reply: null, host: null });
    }
  }
  return unique(frames);
}

/** `550 user unknown: a@b`: one address in a reply. */
function fromReplies(replies: readonly TranscriptReply[], senders: ReadonlySet<string>): Frame[] {
  const frames: Frame[] = [];
  for (const reply of replies) {
    if (!/^[45]\d\d/.test(reply.text)) continue;
    const addresses = addressesIn(reply.text).filter((a) => !senders.has(a.toLowerCase()));
    if (addresses.length !== 1) continue;
    const at =
      reply.lines.find((l) => l.text.includes(addresses[0] as string)) ?? (reply.lines[0] as NoticeLine);
    frames.push({
      address: addresses[0] as string,
      binding: 'reply',
      at,
      alias: null,
      reply: null,
      host: null,
    });
  }
  return unique(frames);
}

function unique(frames: readonly Frame[]): Frame[] {
  const seen = new Map<string, Frame>();
  for (const frame of frames) {
    const earlier = seen.get(frame.address.toLowerCase());
    if (earlier === undefined) seen.set(frame.address.toLowerCase(), frame);
    else earlier.reply ??= frame.reply;
  }
  return [...seen.values()];
}

function replyOf(reply: TranscriptReply): FrameReply {
  // `554 <a@b>... 550 Host unknown`: the reply of a server inside the words of another.
  const named = NAMED.exec(reply.text);
  const inner = named === null ? '' : reply.text.slice(named[0].length);
  const text = OWN_REPLY.test(inner) ? inner : reply.text;
  const at = reply.lines[0] as NoticeLine;
  return {
    text: text.replaceAll('\n', ' '),
    host: reply.host,
    command: reply.command,
    at,
    type: null,
    lines: joined(reply.lines),
  };
}

const TRANSCRIPT_LINE = /^(?:>>>|<<<|[45]\d\d[ -]|(?:sent|received) [<>]{3}|-->|<--|out: )/i;
/** What such a line starts with. */
const TRANSCRIPT_STARTS = '><45sSrR-oO';

function hasTranscript(notice: Notice): boolean {
  return notice.lines.some(
    ({ text }) => TRANSCRIPT_STARTS.includes(text.charAt(0)) && TRANSCRIPT_LINE.test(text),
  );
}

const BECAUSE =
  /\b(?:because|due to|weil|aufgrund|parce que|car|porque|debido a|devido a|omdat|eftersom|koska|nedeniyle|miatt)\b|perché|poiché|ponieważ|z powodu|protože|z důvodu|çünkü|потому что|так как|из-за|тому що|επειδή|λόγω|מכיוון|בגלל|بسبب|لأن|ため|因为|因為|由于|由於|때문|เนื่องจาก/iu;

function paragraphsOf(notice: Notice): NoticeLine[][] {
  const paragraphs: NoticeLine[][] = [[]];
  for (const line of notice.lines) {
    if (line.text === '' || isRuled(line.text)) paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs.filter((lines) => lines.length > 0 && lines.length <= MAX_REPLY_LINES);
}

/** How long a server tried: a cause, though it says failure as a heading does. */
const EXPIRED = /\b(?:for the last \d|giving up\b|gave up after)/i;

/** Bindings whose line holds the address, and the cause elsewhere. */
const BOUND_APART: ReadonlySet<Binding> = new Set(['paragraph', 'list', 'label']);

/** The one cause that a notice tells apart from its addresses: a line with an SMTP reply, else one that words a cause. */
function sharedReply(notice: Notice, frames: readonly Frame[]): FrameReply | null {
  const taken = new Set(frames.filter((f) => BOUND_APART.has(f.binding)).map((f) => f.at));
  let worded: NoticeLine[] = [];
  for (let at = 0; at < notice.lines.length; at++) {
    const line = notice.lines[at] as NoticeLine;
    if (taken.has(line) || line.text === '') continue;
    if (CODE.test(line.text)) {
      const lines = [line];
      // `SMTP error from remote server after RCPT command:` / `host h[ip]:` / `550 …`
      for (let above = at - 1; above >= 0 && lines.length < 4; above--) {
        const lead = notice.lines[above] as NoticeLine;
        if (!lead.text.endsWith(':') || taken.has(lead)) break;
        lines.unshift(lead);
      }
      for (let next = at + 1; next < notice.lines.length && lines.length < MAX_REPLY_LINES; next++) {
        const following = notice.lines[next] as NoticeLine;
        if (following.text === '' || isRuled(following.text)) break;
        lines.push(following);
      }
      return readReply(lines);
    }
    // What stands in parentheses speaks of the notice, not of the failure.
    if (worded.length === 0 && line.text.length > 8 && !/^\(.{1,400}\)$/.test(line.text)) {
      const wording = readWording(line.text);
      if (wording & (CAUSE | HINT) && (!(wording & (FAILED | DELAYED | CONTACT)) || EXPIRED.test(line.text)))
        worded = sentenceAt(notice.lines, at);
    }
  }
  if (worded.length > 0) return readReply(worded);
  const because = paragraphsOf(notice).find(
    (lines) => BECAUSE.test(joined(lines)) && readWording(joined(lines)) & (FAILED | DELAYED),
  );
  return because === undefined ? null : readReply(fromBecause(because));
}

/** Lines of a sentence around one of them that are read. */
const SENTENCE_LINES = 4;

/** A line with those in which its sentence starts and ends: what goes on in lower case, or in parentheses. */
function sentenceAt(lines: readonly NoticeLine[], at: number): NoticeLine[] {
  const goesOn = (above: NoticeLine, below: NoticeLine | undefined): boolean =>
    below !== undefined && GOES_ON.test(below.text) && !ENDS.test(above.text) && !isRuled(above.text);
  let start = at;
  while (start > 0 && at - start < SENTENCE_LINES) {
    const above = lines[start - 1] as NoticeLine;
    if (above.text === '' || above.text.includes('@') || !goesOn(above, lines[start])) break;
    start--;
  }
  let end = at + 1;
  while (end - at < SENTENCE_LINES && goesOn(lines[end - 1] as NoticeLine, lines[end])) end++;
  return lines.slice(start, end);
}

const GOES_ON = /^\(?\p{Ll}/u;
const ENDS = /[.:!?]$/;

/** The line that holds a place of the joined text. */
function lineAt(lines: readonly NoticeLine[], place: number): NoticeLine {
  let end = -1;
  return lines.find((line) => (end += line.text.length + 1) >= place) ?? (lines[0] as NoticeLine);
}

/** A paragraph from its "because" on where it quotes something in front: the subject of the returned message. */
function fromBecause(lines: readonly NoticeLine[]): readonly NoticeLine[] {
  const at = lines.findIndex((l) => BECAUSE.test(l.text));
  const line = lines[at];
  if (line === undefined || !/["“„«]/.test(joined(lines.slice(0, at + 1)))) return lines;
  return [{ ...line, text: line.text.slice(line.text.search(BECAUSE)) }, ...lines.slice(at + 1)];
}

// ---- one line ----

/** `host mx.example.com [192.0.2.1]`, above `Delay reason: …` (Exim). */
const HOST_ALONE = /^host [^\s[]{1,255}(?: \[[^\s\]]{2,60}\])?:?$/;
/** `SMTP module(domain example.com) reports:`, `host mx.example.com says:` (CommuniGate Pro). */
const SAYS = /\b(?:reports|says|said|replied|responded):$/;
/** A program or a file among the addresses of a list, and the alias that leads to it. */
const PIPE = /^(?:"\||\||\/[\w.-]{1,40}\/|\(expanded from: [^@\s]{1,64}\)$)/;
const OWN_REPLY = /^[45]\d\d[ -]/;
const ENHANCED = /(?<![\w.])#?[45]\.\d{1,3}\.\d{1,3}(?![\w.])/;
const LOCAL_PART = /^<?([A-Za-z0-9][\w.+-]{1,63})>?(?:(?:  |\t| (?="\())(.{1,400}))?$/;
/** `A message sent by` / `a@b`: the sender. */
const SENT_BY = /\b(?:sent by|from|von|par|de)[: ]{0,3}$/i;
/** Who refused, or sent: no recipient. */
const BY = /\b(?:from|by|von|par|de) <?[^\s<>]{1,320}@[^\s<>]{1,255}/gi;
const ALIAS =
  /\(?(?:expanded from|generated from|generated by|ultimately generated from|alias of|forwarded from):? <?([^\s<>()]{3,320}@[^\s<>()]{1,255})>?\)?/i;
const RULES = /^[-=*#_~|+]{2,80}[-=*#_~|+ ]{0,80}/;

function isRuled(text: string): boolean {
  const c = text.charCodeAt(0);
  if (c !== text.charCodeAt(1) && !(c === 124 && text.charCodeAt(1) === 45)) return false;
  return (c === 45 || c === 61 || c === 42 || c === 35 || c === 95 || c === 124) && !text.startsWith('-->');
}

/** `Recipient   Result`: the head of a table that stands under its sentence. */
function isTableHead(text: string): boolean {
  const cells = text.toLowerCase().split(/\s{1,40}/);
  const few = cells.length > 1 && cells.length <= MOST_CELLS && !/[.,:;!?]/.test(text);
  return few && RECIPIENT_LABELS.has(cells[0] as string);
}
/** Words in the head of a table: its cells, some of two words. */
const MOST_CELLS = 5;

function isTranscript(text: string): boolean {
  return text.startsWith('>>>') || text.startsWith('<<<') || text.startsWith('... while talking');
}

/** What stands behind a leading address where the line is a frame: `''` for nothing, null where it is a sentence. */
function restOfHead(rest: string): string | null {
  if (rest === '' || rest === ':' || rest === '.' || rest === ',' || rest === ';') return '';
  // `>> a@b <<`; what old Sendmail says of all errors, and tells apart in its transcript.
  if (/^(?:[<*=|~]{1,4}|\((?:unrecoverable error|transient failure|warning|deferred)\))$/i.test(rest))
    return '';
  if (rest.startsWith('(in reply to ')) return null; // the reply above was broken in front of its address
  if (
    /^(?:on (?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?[ ]|\((?:expanded|generated|ultimately))/i.test(rest)
  ) {
    return rest.startsWith('(') ? rest : '';
  }
  const mark = /^(?::|\.{2,3}|,|;|=>|->|-{1,2}|–|—|\||\t|(?=[[(]))/.exec(rest);
  if (mark !== null) return rest.slice(mark[0].length).trim();
  return CODE.test(rest) || ENHANCED.test(rest) ? plainRest(rest) : null;
}

/** `a@b User unknown`: words behind an address that tell a cause and are no sentence about it. */
function plainRest(rest: string): string | null {
  const told = isEvident(rest) || (readWording(rest) & HINT) !== 0;
  return told && !/^(?:is|was|has|and|or|for|with|at) /i.test(rest) ? rest : null;
}

/** Does the text tell a refusal: a reply code, an enhanced code, or a cause in words? */
function isEvident(text: string): boolean {
  return CODE.test(text) || ENHANCED.test(text) || (readWording(text) & (CAUSE | FAILED | DELAYED)) !== 0;
}

function causeIn(label: string): boolean {
  return (readWording(label) & (CAUSE | HINT)) !== 0;
}

function labelOf(text: string): string {
  return text
    .replace(RULES, '')
    .replace(/^(?:[*•· \t]{1,9}|\[<\d{2}>\] )/, '')
    .trim()
    .toLowerCase();
}

function hostIn(value: string): string | null {
  return /^(?:dns; ?|<)?([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,20})/i.exec(value)?.[1] ?? null;
}
