import type { Command } from '../model/lists.ts';
import { bareAddress } from './addresses.ts';
import type { NoticeLine } from './notice.ts';
import { commandOf } from './smtp-reply.ts';

/** A reply in the transcript of an SMTP session, as Sendmail and its kin print it. */
export interface TranscriptReply {
  /** Codes and text, the lines of one reply joined by line ends. */
  readonly text: string;
  /** 1-based place among the lines of the notice. */
  readonly line: number;
  /** Who said it, from `... while talking to host.:`. */
  readonly host: string | null;
  /** What it answered, from the `>>>` line in front of it. */
  readonly command: Command | null;
  /** The address that stands in the command or in the reply. */
  readonly address: string | null;
  /** Said by the remote side (`<<<`); else a line of the reporting server's own. */
  readonly remote: boolean;
}

const TALKING = /^(?:\.{3} )?while talking to ([^\s:]{1,255}?)\.?:/i;
/** Sendmail `>>>`, InterScan `Sent <<<`, MDaemon `-->`; the other direction likewise. */
const SENT = /^(?:Sent <<<|>{2,4}|--?>) {0,3}(.{1,600})/;
const RECEIVED = /^(?:Received >>>|<{2,4}|<--?) {0,3}(.{1,2000})/;
const OWN = /^([45]\d\d)[ -](?:[45]\.\d{1,3}\.\d{1,3} )?.{0,2000}/;
const ANGLE = /<([^<>\s]{1,320}@[^<>\s]{1,255})>/;

/**
 * Reads the transcript in a notice: `... while talking to h.:`, `>>> RCPT To:<a>`, `<<< 550 text`, and the
 * server's own `550 5.1.1 <a>... User unknown`. Other lines are passed over.
 */
export function readTranscript(lines: readonly NoticeLine[]): TranscriptReply[] {
  const replies: TranscriptReply[] = [];
  let host: string | null = null;
  let command: Command | null = null;
  let commandAddress: string | null = null;
  let line = 0;
  for (const { text: content } of lines) {
    line++;
    const sent = SENT.exec(content);
    if (sent !== null) {
      command = commandOf(sent[1] as string);
      commandAddress = command === 'RCPT TO' ? angleAddress(sent[1] as string) : null;
      continue;
    }
    const received = RECEIVED.exec(content);
    const said = received?.[1] ?? OWN.exec(content)?.[0];
    if (said !== undefined) {
      const remote = received !== null;
      const last = replies.at(-1);
      // `<<< 550-first` goes on in the next line.
      if (
        last &&
        last.remote === remote &&
        line === last.line + last.text.split('\n').length &&
        /(?:^|\n)\d\d\d-[^\n]*$/.test(last.text)
      ) {
        replies[replies.length - 1] = {
          ...last,
          text: `${last.text}\n${said}`,
          address: last.address ?? angleAddress(said),
        };
      } else {
        replies.push({
          text: said,
          line,
          host: remote ? host : null,
          command: remote ? command : null,
          address: angleAddress(said) ?? commandAddress,
          remote,
        });
      }
      continue;
    }
    const talking = TALKING.exec(content);
    if (talking !== null) {
      host = talking[1] as string;
      command = null;
      commandAddress = null;
    }
  }
  return replies;
}

function angleAddress(text: string): string | null {
  const match = ANGLE.exec(text);
  return match === null ? null : bareAddress(match[1] as string);
}

/** The refusal that belongs to an address: what the remote side said to it, else the server's own word; a lone recipient takes the last. */
export function replyFor(
  replies: readonly TranscriptReply[],
  address: string | null,
  alone: boolean,
): TranscriptReply | null {
  const refusals = replies.filter((r) => /^[45]\d\d/.test(r.text));
  const own = address?.toLowerCase();
  const named = refusals.filter((r) => own !== undefined && r.address?.toLowerCase() === own);
  return (
    named.find((r) => r.remote) ??
    (alone ? refusals.findLast((r) => r.remote) : undefined) ??
    named[0] ??
    (alone ? refusals[0] : undefined) ??
    null
  );
}
