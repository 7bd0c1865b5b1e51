import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Report } from '../model/report.ts';

/** `…/<meaning>.eml` with its golden report `<meaning>.json`, or with the `<meaning>.truth.json` of a capture, beside it. */
export interface Sample {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly file: string;
  /** The exact report. */
  readonly golden: string;
  /** What is known of the message from elsewhere: a part of the report. Nobody but a person writes it. */
  readonly truth: string;
}

/** Every `.eml` below the folder, in the order of their names. An `.eml` file that is named is a sample of its own. */
export async function listSamples(folder: string): Promise<Sample[]> {
  const names = (await stat(folder)).isDirectory()
    ? (await readdir(folder, { recursive: true })).map((name) => join(folder, name))
    : [folder];
  return names
    .filter((file) => file.toLowerCase().endsWith('.eml'))
    .sort()
    .map((file) => {
      const stem = file.slice(0, -'.eml'.length);
      const path = (relative(folder, file) || file).split(sep).join('/');
      return { path, file, golden: `${stem}.json`, truth: `${stem}.truth.json` };
    });
}

/** A golden report or a truth; null where there is no such file. @throws SyntaxError where it is no JSON. */
export async function readExpected(file: string): Promise<Record<string, unknown> | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : (JSON.parse(text) as Record<string, unknown>);
}

export async function writeGolden(file: string, report: Report): Promise<void> {
  await writeFile(file, `${JSON.stringify(plain(report), null, 2)}\n`);
}

/** The report as its JSON says it, without `source`, which differs from place to place. */
export function plain({ source: _, ...report }: Report): Record<string, unknown> {
  return JSON.parse(JSON.stringify(report)) as Record<string, unknown>;
}
