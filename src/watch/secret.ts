import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { BouncekitError } from '../index.ts';
import { explainFileError } from '../sources/errors.ts';

const COMMAND_TIMEOUT_MS = 60_000;

/** Where a secret may come from: never the command line, which everybody on the machine can see. */
export interface SecretPlaces {
  /** What it is, for errors. */
  readonly what: string;
  readonly variable: string;
  readonly file?: string | undefined;
  /** Its first line of output. */
  readonly command?: string | undefined;
}

/** Null where no place is named. @throws BouncekitError `invalid-option` where the place holds none. */
export async function readSecret(places: SecretPlaces): Promise<string | null> {
  const { what, variable, file, command } = places;
  const secret = await lookUp(places);
  if (secret === '') {
    const place = command !== undefined ? 'the command printed nothing' : `${file ?? variable} is empty`;
    throw new BouncekitError('invalid-option', `${what}: ${place}`);
  }
  return secret;
}

async function lookUp({ what, variable, file, command }: SecretPlaces): Promise<string | null> {
  try {
    if (command !== undefined) {
      const run = promisify(execFile);
      const { stdout } = await run('/bin/sh', ['-c', command], { timeout: COMMAND_TIMEOUT_MS });
      return firstLine(stdout);
    }
    if (file !== undefined) return firstLine(await readFile(file, 'utf8'));
  } catch (error) {
    const said = file === undefined ? 'the command failed' : `${file}: ${explainFileError(error)}`;
    throw new BouncekitError('invalid-option', `${what}: ${said}`, { cause: error });
  }
  return process.env[variable] ?? null;
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] as string).replace(/\r$/, '');
}
