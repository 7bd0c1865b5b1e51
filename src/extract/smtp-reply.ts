import type { Command } from '../model/lists.ts';
import { readCodes, type SmtpCodes } from '../model/smtp-codes.ts';

/** An SMTP reply taken apart. */
export interface SmtpReply {
  readonly replyCode: string | null;
  readonly status: string | null;
  /** What the remote server said, out of its wrappers. */
  readonly text: string;
  /** The host that said it, where a wrapper names it. */
  readonly host: string | null;
  /** The command that it answered, where a wrapper names it. */
  readonly command: Command | null;
}

/** A wrapper around a reply: the reply is what follows `mark`. */
interface Wrapper {
  /** Lower-case literal. */
  readonly mark: string;
  /** Where in the text before the mark the host stands. */
  readonly host: RegExp | null;
  readonly source: string;
}

const HOST_BEFORE =
  /(?:^|\s)(?:host|from|server|by|to) ([A-Za-z0-9_.-]{1,255})(?:\[([0-9A-Fa-f.:]{2,60})\])?[^\s]{0,9}$/;

const WRAPPERS = [
  {
    mark: ' said: ',
    host: HOST_BEFORE,
    source: 'Postfix smtp(8): "host X[ip] said: reply (in reply to C command)"',
  },
  { mark: ' refused to talk to me: ', host: HOST_BEFORE, source: 'Postfix smtp(8), banner and HELO stage' },
  { mark: "' -> '", host: null, source: 'Exchange Online: Remote server returned … -> …' },
  { mark: ' -> ', host: null, source: 'Exchange Online: Remote server returned … -> …' },
  { mark: ' (last: ', host: null, source: 'chasquid: all MXs returned transient failures (last: …)' },
  { mark: '(last transfail: ', host: null, source: 'Momentum: message expired (last transfail: …)' },
  { mark: 'remote host said: ', host: null, source: 'qmail-remote(8)' },
] as const satisfies readonly Wrapper[];

/** What servers call the stages. First match wins. */
const STAGES = [
  [
    /in reply to end of data|\bend of data\b|after end of data|end-of-data|final data|data closing|message body|\bdot\b/i,
    'end of DATA',
  ],
  [/in reply to RCPT|after RCPT|RCPT TO|\bRCPT\b/i, 'RCPT TO'],
  [/in reply to MAIL|after MAIL|\bMAIL FROM\b|\bmail from:/, 'MAIL FROM'], // "mail from" is prose too
  [/in reply to (?:EHLO|HELO)|after (?:EHLO|HELO)|refused to talk to me|\b(?:EHLO|HELO) command/i, 'EHLO'],
  [/in reply to DATA|after DATA|DATA command|\bDATA\b/, 'DATA'],
  [/in reply to STARTTLS|after STARTTLS|STARTTLS command/i, 'STARTTLS'],
  [/in reply to AUTH|after AUTH/i, 'AUTH'],
  [/initial connection|after connect|connection greeting|\bbanner\b/i, 'CONNECT'],
] as const satisfies readonly (readonly [RegExp, Command])[];

const IN_REPLY_TO = /^\(in reply to [^()]{1,60}\)\s{0,9}\.?$/i;

/** chasquid puts the stage in front: `MAIL+RCPT 550 text`, `DATA closing 554 text`, `Error creating client: 421 text`. */
const STAGE_IN_FRONT =
  /^(?:MAIL\+RCPT|MAIL FROM|MAIL|RCPT TO|RCPT|DATA closing|DATA|EHLO|HELO|STARTTLS|AUTH|Error creating client):? (?=[45]\d\d(?:[ -]|$))/;

/** The command that a phrase such as `in reply to RCPT TO command` names. */
export function commandOf(phrase: string): Command | null {
  for (const [pattern, command] of STAGES) if (pattern.test(phrase)) return command;
  return null;
}

/** Something that every wrapper has: most replies are bare, and need not be searched for each of them. */
const WRAPPED = /: |-> |\(in /i;
const BARE = /^[245]/;

/** Takes a reply, wrapped or bare, apart. `diagnostic` is unfolded. */
export function parseReply(diagnostic: string): SmtpReply {
  let text = diagnostic.trim();
  let host: string | null = null;
  let command: Command | null = null;

  if (BARE.test(text) && !WRAPPED.test(text)) return replyOf(readCodes(text), text, null, null);
  let lower = text.toLowerCase();
  const replyTo = lower.lastIndexOf('(in reply to ');
  if (replyTo !== -1 && IN_REPLY_TO.test(text.slice(replyTo))) {
    command = commandOf(text.slice(replyTo));
    text = text.slice(0, replyTo).trimEnd();
    lower = lower.slice(0, text.length);
  }
  for (const { mark, host: pattern } of WRAPPERS) {
    const at = lower.indexOf(mark);
    if (at === -1) continue;
    const inner = text.slice(at + mark.length).trim();
    if (mark.includes('->') && readCodes(inner).replyCode === null) continue;
    if (pattern !== null && host === null) {
      const match = pattern.exec(text.slice(Math.max(0, at - 400), at));
      host = match === null ? null : (match[1] as string);
    }
    if (mark === ' refused to talk to me: ') command ??= 'EHLO';
    if (mark.includes('->')) text = inner.replace(/^["']|["')]{1,2}$/g, '');
    else if (mark.includes('(last')) text = inner.replace(/\)$/, '');
    else text = inner;
    lower = text.toLowerCase();
  }
  const stage = STAGE_IN_FRONT.exec(text);
  if (stage !== null) {
    command ??= commandOf(stage[0]);
    text = text.slice(stage[0].length);
  }
  const codes = readCodes(text);
  if (codes.replyCode === null && codes.status === null && text !== diagnostic) {
    return replyOf(readCodes(diagnostic), text, host, command);
  }
  return replyOf(codes, text, host, command);
}

function replyOf(
  { replyCode, status }: SmtpCodes,
  text: string,
  host: string | null,
  command: Command | null,
): SmtpReply {
  return { replyCode, status, text, host, command };
}

/**
 * Several lines of one reply joined: `550-5.1.1 first 550 5.1.1 last` → `550 5.1.1 first last` (RFC 5321 §4.2.1).
 * The codes that each line repeats are dropped.
 */
export function joinReplyLines(text: string): string {
  const codes = /^([245]\d\d)[- ](?:([245]\.\d{1,3}\.\d{1,3})[ ])?/.exec(text);
  if (codes === null) return text;
  const [lead, reply, status] = codes as unknown as [string, string, string | undefined];
  let out = text.slice(lead.length);
  for (const separator of ['-', ' ']) {
    const prefix = status === undefined ? ` ${reply}${separator}` : ` ${reply}${separator}${status} `;
    if (out.includes(prefix)) out = out.split(prefix).join(' ');
  }
  return `${reply} ${status === undefined ? '' : `${status} `}${out}`;
}
