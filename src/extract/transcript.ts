import type { Command } from '../model/lists.ts';
import { bareAddress } from './addresses.ts';
import type { NoticeLine } from './notice.ts';
import { commandOf } from './smtp-reply.ts';

/** A reply in the transcript of an SMTP session, as Sendmail and its kin print it. */
export interface TranscriptReply {
  /** Codes and text, the lines of one reply joined by line ends. */
  readonly text: string;
  /** Its lines in the notice. */
  readonly lines: readonly NoticeLine[];
  /** Who said it, from `... while talking to host.:`. */
  readonly host: string | null;
  /** What it answered, from the command in front of it. */
  readonly command: Command | null;
  /** The addresses that stand in the command or in the reply, or that the server had taken before. */
  readonly addresses: readonly string[];
  /** Said by the remote side (`<<<`); else a line of the reporting server's own. */
  readonly remote: boolean;
}

const TALKING = /^(?:\.{3} )?while talking to ([^\s:]{1,255}?)\.?:/i;
/** Sendmail `>>>`, InterScan `Sent <<<`, MDaemon `-->`, Postfix smtpd(8) `In:`; the other direction likewise. */
const SENT = /^(?:Sent <<<|>{2,4}|--?>|In:) {0,3}(.{1,600})/;
const RECEIVED = /^(?:Received >>>|<{2,4}|<--?|Out:) {0,3}(.{1,2000})/;
/** What a line of a transcript starts with. */
const STARTS = 'S>-IR<O45.wW';
/** Replies behind one that may tell what it was about. */
const NEAR = 4;
const OWN = /^([45]\d\d)[ -](?:[45]\.\d{1,3}\.\d{1,3} )?.{0,2000}/;
const ANGLE = /<([^<>\s]{1,320}@[^<>\s]{1,255})>/;
const CONTINUES = /^\d\d\d-/;
/** What Sendmail adds of its own when RCPT was refused; of DATA it says `554 5.0.0 Service unavailable`. */
const UNKNOWN = /^5\d\d .{0,600}\.{3} (?:User|Host) unknown/i;

/** A reply while its session is read, with the command of the session that it stands below. */
interface Draft extends TranscriptReply {
  command: Command | null;
  addresses: readonly string[];
  readonly exchange: number;
}

/**
 * Reads the transcript in a notice: `... while talking to h.:`, `>>> RCPT To:<a>`, `<<< 550 text`, and the
 * server's own `550 5.1.1 <a>... User unknown`. Other lines are passed over.
 */
export function readTranscript(lines: readonly NoticeLine[]): TranscriptReply[] {
  const replies: Draft[] = [];
  let exchange = 0;
  let host: string | null = null;
  let command: Command | null = null;
  let recipient: string | null = null;
  let accepted: string[] = [];
  /** The reply that `550-first` leaves open. */
  let open: { said: string[]; at: NoticeLine[]; remote: boolean } | null = null;

  const close = (): void => {
    if (open === null) return;
    const { said, at, remote } = open;
    open = null;
    const text = said.join('\n');
    if (remote && recipient !== null && text.startsWith('2')) accepted.push(recipient);
    // What MAIL FROM is told names the sender.
    const named = command === 'MAIL FROM' && remote ? null : (angleAddress(text) ?? recipient);
    // What is refused after RCPT is refused for everybody who was taken.
    const late = remote && named === null && (command === 'DATA' || command === 'end of DATA');
    replies.push({
      text,
      lines: at,
      host: remote ? host : null,
      command: remote ? command : null,
      addresses: named !== null ? [named] : late ? accepted : [],
      remote,
      exchange,
    });
    if (late && !text.startsWith('3')) accepted = [];
  };

  for (const line of lines) {
    if (!STARTS.includes(line.text.charAt(0)) || line.text === '') continue;
    const sent = SENT.exec(line.text);
    if (sent !== null) {
      close();
      command = sentCommand(sent[1] as string);
      exchange++;
      recipient = command === 'RCPT TO' ? angleAddress(sent[1] as string) : null;
      if (command === 'MAIL FROM') accepted = [];
      continue;
    }
    const received = RECEIVED.exec(line.text);
    const said = received?.[1] ?? OWN.exec(line.text)?.[0];
    if (said !== undefined) {
      const remote = received !== null;
      if (open !== null && (open.remote !== remote || !CONTINUES.test(open.said.at(-1) as string))) close();
      open ??= { said: [], at: [], remote };
      open.said.push(said);
      open.at.push(line);
      continue;
    }
    const talking = TALKING.exec(line.text);
    if (talking !== null) {
      close();
      host = talking[1] as string;
      exchange++;
      command = null;
      recipient = null;
    }
  }
  close();
  attribute(replies);
  return replies;
}

/**
 * Says what was refused where the session only prints its last command. With pipelining (RFC 2920 §3.1) that is
 * DATA, and the replies to RCPT stand below it: every one but the last, and the last where the server's own words
 * call the user unknown. A refusal that names nobody is about the next one whom the server's own words name.
 */
function attribute(replies: readonly Draft[]): void {
  replies.forEach((reply, at) => {
    if (!reply.remote || !/^[45]/.test(reply.text)) return;
    const behind = replies.slice(at + 1, at + 1 + NEAR).filter((r) => r.exchange === reply.exchange);
    if (reply.command === 'DATA' && (behind.some((r) => r.remote) || UNKNOWN.test(behind[0]?.text ?? '')))
      reply.command = 'RCPT TO';
    if (reply.addresses.length > 0) return;
    const next = behind.find((r) => r.remote || r.addresses.length > 0);
    if (next !== undefined && !next.remote) reply.addresses = next.addresses;
  });
}

/** `MAIL From:<a>`, `EHLO host`, `.`: commands as they were sent, not as words tell of them. */
function sentCommand(text: string): Command | null {
  if (text === '.') return 'end of DATA';
  const verb = /^[a-z]{4}/i.exec(text)?.[0].toUpperCase();
  if (verb === 'EHLO' || verb === 'HELO') return 'EHLO';
  return verb === 'MAIL' ? 'MAIL FROM' : commandOf(text);
}

function angleAddress(text: string): string | null {
  const match = ANGLE.exec(text);
  return match === null ? null : bareAddress(match[1] as string);
}

/** The refusals of a transcript, ready to be asked for. */
export class Refusals {
  readonly #byAddress = new Map<string, TranscriptReply[]>();
  /** What the remote side said, without what only follows from an earlier refusal. */
  readonly #remote: TranscriptReply | null;
  readonly #first: TranscriptReply | null;

  constructor(replies: readonly TranscriptReply[]) {
    const refusals = replies.filter((r) => /^[45]\d\d/.test(r.text));
    for (const reply of refusals) {
      for (const address of reply.addresses) {
        const key = address.toLowerCase();
        const known = this.#byAddress.get(key);
        if (known === undefined) this.#byAddress.set(key, [reply]);
        else known.push(reply);
      }
    }
    const remote = refusals.filter((r) => r.remote);
    // 503 answers a command out of order: DATA after every recipient was refused (RFC 5321 §4.3.2).
    this.#remote = remote.findLast((r) => !r.text.startsWith('503')) ?? remote.at(-1) ?? null;
    this.#first = refusals[0] ?? null;
  }

  /** What an address was told: by the remote side, else in the server's own words; a lone recipient takes what there is. */
  for(address: string | null, alone: boolean): TranscriptReply | null {
    const named = (address === null ? undefined : this.#byAddress.get(address.toLowerCase())) ?? [];
    return (
      named.find((r) => r.remote) ?? (alone ? this.#remote : null) ?? named[0] ?? (alone ? this.#first : null)
    );
  }
}
