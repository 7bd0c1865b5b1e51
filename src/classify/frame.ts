import type { Command } from '../model/lists.ts';

/**
 * What stands behind a reply and tells nothing of its cause: the stage (Postfix), the host that was left alone (qmail),
 * the client's own number, a word of courtesy.
 */
const TAIL =
  /[\s.]{0,9}(?:\(in reply to [a-z ]{1,40}\)\)?|\bgiving up on [\d.:a-f]{3,45}\.?|\byour ip(?: address)?(?: is|:) [\d.:a-f]{3,45}\.?|\bif you (?:believe|think|feel) (?:that )?this (?:is|was) (?:in error|an error|a mistake)[^\n[/@]{0,120})\s{0,9}$/i;
const HAS_TAIL = /in reply to|giving up on|your ip|if you/i;
/** The type of a Diagnostic-Code (RFC 3464 §2.3.6). */
const TYPE = /^\s{0,9}smtp\s{0,9};\s{0,9}/i;

/** How Python prints the reply that its smtplib got: `(550, b'5.1.1 User unknown')`. */
const TUPLE = /\(([245]\d\d), b?(['"])(.{0,2000}?)\2\)/s;
/** A line of qmail-send's log: blanks are underscores, line ends are slashes. */
const QMAIL_LOG = /\b(?:failure|deferral): (\S{1,4000})$/;

/** A reply without what reports, logs and programs put round every one. */
export function trimReply(text: string): string {
  let reply = text.includes(';') ? text.replace(TYPE, '') : text;
  if (reply.includes('_')) reply = reply.replace(QMAIL_LOG, (_, line: string) => readQmailLog(line));
  if (reply.includes(", b'") || reply.includes(', b"'))
    reply = TUPLE.exec(reply)?.slice(1).join(' ') ?? reply;
  if (reply.includes('  ')) reply = reply.replace(/ {2,}/g, ' ');
  return HAS_TAIL.test(reply) ? reply.replace(TAIL, '') : reply;
}

function readQmailLog(line: string): string {
  return line.replaceAll('_', ' ').replaceAll('./', '.\n').replace(/\/$/, '');
}

/** What is told of a reply by what quotes it. */
export interface Frame {
  /** The command that was refused. */
  readonly command: Command | null;
  /** The host that refused it. */
  readonly host: string | null;
}

/** Postfix names the command behind the reply, Exim in front of it. */
const STAGE =
  /\b(?:in reply to|from remote mail server after)(?: pipelined| sending)? (end of data|data|rcpt to|mail from|ehlo|helo|starttls|auth)\b/i;
const COMMANDS: Readonly<Record<string, Command>> = {
  'end of data': 'end of DATA',
  data: 'DATA',
  'rcpt to': 'RCPT TO',
  'mail from': 'MAIL FROM',
  ehlo: 'EHLO',
  helo: 'EHLO',
  starttls: 'STARTTLS',
  auth: 'AUTH',
};
/** `host mx.example.com[192.0.2.1] said` (Postfix), `host mx.example.com [192.0.2.1]: 550` (Exim). */
const HOST = /\bhost ([a-z0-9][a-z0-9.-]{2,252}) ?\[[\d.:a-f]{2,45}\](?: said| refused|:|\n)/i;

/** Null where nothing quotes the reply. */
export function readFrame(text: string): Frame | null {
  const stage = /in reply to|mail server after/i.test(text)
    ? STAGE.exec(text)?.[1]?.toLowerCase()
    : undefined;
  const host = text.includes('host ') ? HOST.exec(text)?.[1] : undefined;
  if (stage === undefined && host === undefined) return null;
  return { command: COMMANDS[stage ?? ''] ?? null, host: host ?? null };
}
