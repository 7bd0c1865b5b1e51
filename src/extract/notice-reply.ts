import type { Command } from '../model/lists.ts';
import type { NoticeLine } from './notice.ts';
import { commandOf, parseReply } from './smtp-reply.ts';

/** Lines of a notice that tell a cause. */
export interface FrameReply {
  /** What the remote side said where that can be told apart, else the lines joined. */
  readonly text: string;
  readonly host: string | null;
  readonly command: Command | null;
  readonly at: NoticeLine;
  /** Type of a Diagnostic-Code, lower case, where the notice tells it. */
  readonly type: string | null;
  /** The lines as they stand, joined by blanks. */
  readonly lines: string;
}

/** A reply code where a server puts one. */
export const CODE =
  /(?:^([45][0-5]\d)(?=[ -]|$|: )|(?:[:>([\]'"] {0,2}|\b(?:failure|code|said|error) ?[:=]? ?)([45][0-5]\d)(?=-| [^\d]| #?[245]\.\d{1,3}\.\d|$|: ))/;
/** Words in brackets, no address of a host. */
const BRACKETED = /^\[\p{L}/u;
const TYPED = /^(smtp|lmtp|x-[a-z0-9-]{1,30}) ?; ?/i;
const WRAPPED = / said: | refused to talk to me: /i;
const HOST =
  /\b(?:host|server|to|from)[: ] ?<?([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,20})\.?>?(?=[\s:[\](),>]|$)/i;
const HOST_LEADS =
  /^(?:connected to )?([A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,20})(?: ?\[[0-9A-Fa-f.:]{2,60}\])?(?::$| (?:does not like|failed|did not like|but|responded|said))/i;
/** How the stage is told in words. First match wins. */
const STAGE_WORDS = [
  [/does not like recipient|rejected recipient|following RCPT|\[RCPT_TO\]|RCPT command/i, 'RCPT TO'],
  [/sender was rejected|does not like sender|\[MAIL_FROM\]|MAIL command/i, 'MAIL FROM'],
  [/after I sent the message|final DATA|end of data|\[BODY\]/i, 'end of DATA'],
  [/failed on DATA|\[DATA\]/i, 'DATA'],
  [/greeting|\[CONNECT\]/i, 'CONNECT'],
] as const satisfies readonly (readonly [RegExp, Command])[];

/** Where a later line starts with a code of its own, in the joined text; -1 where none does. */
function ownLine(lines: readonly NoticeLine[], text: string): number {
  let at = text.length - joined(lines).length + (lines[0] as NoticeLine).text.length + 1;
  for (const line of lines.slice(1)) {
    if (/^(?:[45]\d\d[ -]|[45]\.\d{1,3}\.\d{1,3} )/.test(line.text)) return at;
    at += line.text.length + 1;
  }
  return -1;
}

/** `host h`, unless it was looked up in vain. */
function hostThatSpoke(wrapper: string): string | null {
  const named = HOST.exec(wrapper);
  if (named === null) return null;
  const behind = wrapper.slice(named.index + named[0].length);
  return /^ (?:not found|unknown|does not exist|could not be (?:found|resolved))/i.test(behind)
    ? null
    : (named[1] as string);
}

/** Cuts what the remote side said out of the words around it: `SMTP error … after RCPT TO:<a>: host h [ip]: 550 text`. */
export function readReply(lines: readonly NoticeLine[]): FrameReply {
  const at = lines[0] as NoticeLine;
  const whole = joined(lines);
  let text = whole;
  if (whole.startsWith('(reason: ')) text = whole.slice('(reason: '.length);
  else if (whole.endsWith(']') && (whole.startsWith('(') || BRACKETED.test(whole))) text = whole.slice(1);
  if (text !== whole) text = text.replace(/[)\]]$/, '');
  text = text.replace(/^\.{3} /, ''); // Sendmail: `<a>... Deferred: text`
  const typed = TYPED.exec(text);
  if (typed !== null) text = text.slice(typed[0].length);
  const type = typed?.[1]?.toLowerCase() ?? null;
  if (WRAPPED.test(text) && !/remote host said:/i.test(text)) {
    const { text: said, host, command } = parseReply(text);
    return { text: said, host, command, at, type, lines: whole };
  }
  const code = CODE.exec(text);
  const own = code === null || code.index > 0 ? ownLine(lines, text) : -1;
  const start = own === -1 ? (code === null ? text.length : code.index + code[0].length - 3) : own;
  const wrapper = text.slice(0, start);
  const host = HOST_LEADS.exec(wrapper)?.[1] ?? hostThatSpoke(wrapper);
  const command =
    STAGE_WORDS.find(([words]) => words.test(text))?.[1] ??
    (start < text.length || /\b[SL]MTP error/i.test(text) ? commandOf(wrapper) : null);
  if (start < text.length) {
    text = text.slice(start);
    if (/[[(] {0,2}$/.test(wrapper)) text = text.replace(/[\])]{1,2}\.?$/, '');
  }
  text = text.replace(/ Giving up on [^\s]{1,255}$/, '');
  return { text, host, command, at, type, lines: whole };
}

/** Lines as one text. */
export function joined(lines: readonly NoticeLine[]): string {
  return lines.length === 1 ? (lines[0] as NoticeLine).text : lines.map((l) => l.text).join(' ');
}
