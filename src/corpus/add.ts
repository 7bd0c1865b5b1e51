import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanMessage } from '../mime/scan.ts';
import { type Parser, parse, type Report } from '../index.ts';
import { redact } from './redact.ts';
import { listSamples, writeGolden } from './sample.ts';

export interface AddOptions {
  /** The folder of the corpus. It is made where it is missing. */
  readonly to: string;
  /** Replace what names somebody. Default true. */
  readonly redact?: boolean;
  /** A parser with formats, rules or a policy of your own. */
  readonly parser?: Parser;
}

export interface Added {
  /** The file that was to be added. */
  readonly from: string;
  readonly outcome: 'added' | 'duplicate' | 'refused';
  /** The sample, or the one that it is a duplicate of, below the folder; null where it was refused. */
  readonly path: string | null;
  /** Why it was refused, and what a person should look at. */
  readonly notes: readonly string[];
}

/**
 * Takes messages into a corpus: redacts them, names them by format and meaning, writes the golden reports. A message
 * that says the same as a sample, with other ids, is left out.
 * @throws where the folder cannot be read or written. A file that cannot be read is refused.
 */
export async function addSamples(files: readonly string[], options: AddOptions): Promise<Added[]> {
  await mkdir(options.to, { recursive: true });
  const known = new Map<string, string>();
  const taken = new Set<string>();
  for (const sample of await listSamples(options.to)) {
    known.set(await fingerprint(await readFile(sample.file)), sample.path);
    taken.add(sample.path);
  }
  const results: Added[] = [];
  for (const from of files) results.push(await addSample(from, known, taken, options));
  return results;
}

async function addSample(
  from: string,
  known: Map<string, string>,
  taken: Set<string>,
  options: AddOptions,
): Promise<Added> {
  const refused = (...notes: string[]): Added => ({ from, outcome: 'refused', path: null, notes });
  let bytes: Buffer;
  try {
    bytes = await readFile(from);
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  const parser = options.parser ?? { parse };
  let notes: readonly string[] = [];
  if (options.redact ?? true) {
    const redaction = await redact(bytes, { parser });
    if (redaction.differences.length > 0) {
      const fields = redaction.differences.map((d) => d.field).slice(0, 5);
      return refused(`the redacted message gives another report (${fields.join(', ')})`);
    }
    ({ bytes, review: notes } = redaction);
  }
  const print = await fingerprint(bytes);
  const twin = known.get(print);
  if (twin !== undefined) return { from, outcome: 'duplicate', path: twin, notes: [] };

  const report = await parser.parse(bytes);
  const path = freeName(`${report.format ?? 'other'}/${fileName(meaningOf(report))}`, taken);
  await mkdir(join(options.to, report.format ?? 'other'), { recursive: true });
  await writeFile(join(options.to, path), bytes);
  await writeGolden(join(options.to, path.replace(/\.eml$/, '.json')), report);
  known.set(print, path);
  taken.add(path);
  return { from, outcome: 'added', path, notes };
}

/** `mailbox-full-5-2-2`, `delayed-network-error`, `three-recipients-…`: what the message says. */
function meaningOf(report: Report): string {
  const [first] = report.recipients;
  if (report.feedback) return report.feedback.type ?? 'feedback';
  if (report.disposition) return report.disposition.type ?? 'disposition';
  if (report.autoReply) return report.autoReply.type;
  if (first === undefined) return report.kind;
  const words = [
    report.recipients.length > 1 ? `${report.recipients.length}-recipients` : null,
    first.action === 'failed' ? null : first.action,
    first.reason,
    first.status?.replaceAll('.', '-'),
  ];
  return words.filter((word) => word).join('-');
}

/** A type of report is a word that a stranger wrote: no folder comes of it, and no name too long for a disk. */
function fileName(meaning: string): string {
  return meaning
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80);
}

function freeName(stem: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const path = n === 1 ? `${stem}.eml` : `${stem}-${n}.eml`;
    if (!taken.has(path)) return path;
  }
}

/**
 * The same for messages that say the same with other ids, dates, addresses and hosts: the words of everything in
 * front of the returned message, without stand-ins, numbers and ids.
 */
async function fingerprint(bytes: Buffer): Promise<string> {
  const { bytes: plain } = await redact(bytes);
  const message = scanMessage(plain);
  const texts = [message.headers.text('subject') ?? ''];
  for (const leaf of message.leaves) {
    texts.push(leaf.type);
    if (leaf.isMessage || leaf.isHeaderOnly) break;
    texts.push(leaf.text);
  }
  const words = texts
    .join('\n')
    .split(/\s+/)
    .map((word) => (isId(word) ? '#' : word.toLowerCase()));
  return createHash('sha256').update(words.join(' ')).digest('hex');
}

/** A stand-in, or a word with a digit that is no code such as `550`, `550-5.1.1` or `(#5.7.1)`. */
function isId(word: string): boolean {
  if (/@|\.example\b|(?:^|[^a-z])x[a-z]/i.test(word)) return true;
  return (
    /\d/.test(word) && !/^[^\w]{0,2}(?:[245]\d\d)?[- ]?(?:[245]\.\d{1,3}\.\d{1,3})?[^\w]{0,2}$/.test(word)
  );
}
