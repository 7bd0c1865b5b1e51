import type { Part } from '../mime/part.ts';
import type { Message } from '../mime/scan.ts';
import type { Command } from '../model/lists.ts';
import { type Found, found, inferred, type RecipientDraft } from './draft.ts';
import { readNotice } from './notice.ts';
import { commandOf } from './smtp-reply.ts';
import { readTranscript } from './transcript.ts';

/** Stages by lower-case address, and by reply where nobody is named. */
type Stages = ReadonlyMap<string, Found<Command>>;

/** Words that only stand in a notice that tells the stage: Postfix, Exim; Sendmail and Courier. */
const MARKS = ['command)', 'from remote mail server after'].map((mark) => Buffer.from(mark));
const TRANSCRIPT = Buffer.from('>>> ');

/** `<a@b>: host …` of Postfix, `  a@b` of Exim. */
const HEAD = /^(?:<([^<>\s]{1,320})>| {2}([^\s<>]{1,320}))(?=[\s:]|$)/;
const IN_REPLY = /\(in reply to [^()]{1,60}command\)$/;
const AFTER = /error from remote mail server after .{1,400}/;

const STAGES = new WeakMap<Message, Stages>();
const NONE: Stages = new Map();

/**
 * The command at which a recipient was refused, out of the notice: the Diagnostic-Code of Postfix, Exim, Sendmail
 * and Courier is the bare reply.
 */
export function stageOf(draft: RecipientDraft, message: Message): Found<Command> | null {
  let stages = STAGES.get(message);
  if (stages === undefined) STAGES.set(message, (stages = readStages(message)));
  if (stages.size === 0) return null;
  const { finalRecipient, originalRecipient, recipient, diagnosticCode } = draft;
  for (const value of [finalRecipient, originalRecipient, recipient, diagnosticCode]) {
    const stage = value ? stages.get(keyOf(value.value)) : undefined;
    if (stage !== undefined) return stage;
  }
  return null;
}

function readStages(message: Message): Stages {
  const part = message.leaves[0];
  if (part === undefined || part.type.startsWith('message/')) return NONE;
  const stages = new Map<string, Found<Command>>();
  if (MARKS.some((mark) => part.raw.includes(mark))) readBlocks(part, stages);
  if (part.raw.includes(TRANSCRIPT)) readSession(message, stages);
  return stages;
}

/** One block a recipient: its address, then what was said, folded. */
function readBlocks(part: Part, stages: Map<string, Found<Command>>): void {
  let address: string | null = null;
  let block: string[] = [];
  let first = 0;
  const close = (): void => {
    const said = address === null ? null : saidAt(block);
    const command = said === null ? null : commandOf(said.text);
    if (said !== null && command !== null && !stages.has(address as string)) {
      const { evidence } = found(said.text, 'text', part.path, first + said.line, said.text);
      stages.set(address as string, inferred(command, 'text', evidence));
    }
    address = null;
    block = [];
  };
  part.text.split('\n').forEach((line, at) => {
    const head = HEAD.exec(line);
    if (head !== null || line.trim() === '') close();
    if (head !== null) {
      address = keyOf((head[1] ?? head[2]) as string);
      first = at + 1;
    }
    if (address !== null) block.push(line.trim());
  });
  close();
}

/** The words that name the command, and in which line of the block they start. */
function saidAt(block: readonly string[]): { text: string; line: number } | null {
  const exim = block.findIndex((line) => AFTER.test(line));
  if (exim !== -1) return { text: (AFTER.exec(block[exim] as string) as RegExpExecArray)[0], line: exim };
  // Postfix ends with it, within three lines.
  const start = Math.max(0, block.length - 3);
  const said = IN_REPLY.exec(block.slice(start).join(' '));
  if (said === null) return null;
  let line = start;
  for (let left = said.index; left > (block[line] as string).length; line++)
    left -= (block[line] as string).length + 1;
  return { text: said[0], line };
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
