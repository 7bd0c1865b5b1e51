import { countLines } from '../mime/lines.ts';
import type { Part } from '../mime/part.ts';
import { type Message, once } from '../mime/scan.ts';
import type { Command } from '../model/lists.ts';
import { type Found, found, inferred, type RecipientDraft } from './draft.ts';
import { readNotice } from './notice.ts';
import { commandOf } from './smtp-reply.ts';
import { readTranscript } from './transcript.ts';

/** Stages by lower-case address, and by reply where nobody is named. */
type Stages = ReadonlyMap<string, Found<Command>>;

/** How the words start that name a command; with letters that are rare, so that a search passes over the rest. */
const IN_START = '(in';
const AFTER_START = 'MTP error from remote';

/** Ends what Postfix says: `(in reply to RCPT TO command)`, folded anywhere. */
const COMMAND_END = 'command)';
const IN_REPLY = /\(in reply to [^()]{1,60}command\)$/;
/** `SMTP error from remote mail server after RCPT TO:<a@b>:` (Exim) */
const AFTER = 'error from remote mail server after ';
const AFTER_LENGTH = 400;
const TRANSCRIPT = '>>> ';

/** `<a@b>: host …` of Postfix, `  a@b` of Exim. */
const HEAD = /^(?:<([^<>\s]{1,320})>| {2}([^\s<>]{1,320}))(?=[\s:]|$)/;
/** Lines between an address and the words that name the command. */
const MOST_LINES = 40;

/**
 * The command at which a recipient was refused, out of the notice: the Diagnostic-Code of Postfix, Exim, Sendmail
 * and Courier is the bare reply.
 */
export function stageOf(draft: RecipientDraft, message: Message): Found<Command> | null {
  const stages = once(message, readStages);
  if (stages.size === 0) return null;
  const { finalRecipient, originalRecipient, recipient, diagnosticCode } = draft;
  for (const value of [finalRecipient, originalRecipient, recipient, diagnosticCode]) {
    const stage = value ? stages.get(keyOf(value.value)) : undefined;
    if (stage !== undefined) return stage;
  }
  return null;
}

const NONE: Stages = new Map();

function readStages(message: Message): Stages {
  const part = message.leaves[0];
  if (part === undefined || part.type.startsWith('message/')) return NONE;
  const session = part.holds(TRANSCRIPT);
  const words = part.holds(IN_START) || part.holds(AFTER_START);
  if (!session && !words) return NONE;
  const stages = new Map<string, Found<Command>>();
  if (session) readSession(message, stages);
  if (words) readWords(part, stages);
  return stages;
}

function readWords(part: Part, stages: Map<string, Found<Command>>): void {
  const { text } = part;
  let line = 1;
  let counted = 0;
  const add = (start: number, words: string): void => {
    const address = addressAbove(text, start);
    const command = commandOf(words);
    if (address === null || command === null || stages.has(keyOf(address))) return;
    line += countLines(text, counted, start);
    counted = start;
    stages.set(keyOf(address), inferred(command, 'text', found('', 'text', part.path, line, words).evidence));
  };
  for (let at = text.indexOf(AFTER); at !== -1; at = text.indexOf(AFTER, at + 1)) {
    const end = text.indexOf('\n', at);
    add(at, text.slice(at, Math.min(end === -1 ? text.length : end, at + AFTER.length + AFTER_LENGTH)));
  }
  line = 1;
  counted = 0;
  for (let at = text.indexOf(COMMAND_END); at !== -1; at = text.indexOf(COMMAND_END, at + 1)) {
    const end = at + COMMAND_END.length;
    const start = text.lastIndexOf('(in', at);
    if (start === -1 || end - start > 200 || (end < text.length && text[end] !== '\n')) continue;
    const words = IN_REPLY.exec(text.slice(start, end).replace(/\n[ \t]{0,20}/g, ' '))?.[0];
    if (words !== undefined) add(start, words);
  }
}

/** The address that leads the block in which `at` stands: lines up to an empty one. */
function addressAbove(text: string, at: number): string | null {
  let end = at;
  for (let lines = 0; lines < MOST_LINES; lines++) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const head = HEAD.exec(text.slice(start, end));
    if (head !== null) return (head[1] ?? head[2]) as string;
    if (start === 0 || (lines > 0 && text.slice(start, end).trim() === '')) return null;
    end = start - 1;
  }
  return null;
}

function readSession(message: Message, stages: Map<string, Found<Command>>): void {
  for (const { text, lines, command, addresses, remote } of readTranscript(readNotice(message).lines)) {
    const [first] = lines;
    if (!remote || command === null || first === undefined || !/^[45]/.test(text)) continue;
    const stage = inferred(command, 'text', found('', 'text', first.part, first.line, first.text).evidence);
    for (const key of [...addresses, text, first.text.replace(/^<{2,4} {0,3}/, '')])
      if (!stages.has(keyOf(key))) stages.set(keyOf(key), stage);
  }
}

const keyOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\s{1,80}/g, ' ')
    .trim();
