import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mergeProcessCovs, type ProcessCov } from '@bcoe/v8-coverage';
import { convert } from 'ast-v8-to-istanbul';
import { parseAstAsync, type Reporter } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    childCoverage: string;
  }
}

const DIST = pathToFileURL(`${resolve(import.meta.dirname, '../../dist')}/`).href;

/** Where the programs that tests start write what they ran. */
export const CHILDREN = mkdtempSync(join(tmpdir(), 'bouncekit-coverage-'));

/**
 * Adds to Vitest's coverage, which sees the test processes only, what dist/cli.js ran: the tests of the command line
 * start it as a program. It was built with source maps, which lead back to the lines of src/.
 */
export class ChildCoverage implements Reporter {
  async onCoverage(coverage: unknown): Promise<void> {
    const map = coverage as { merge(more: object): void };
    for (const script of readChildren().result) {
      const file = fileURLToPath(script.url);
      const code = readFileSync(file, 'utf8');
      map.merge(
        await convert({
          ast: await parseAstAsync(code),
          code,
          coverage: script,
          sourceMap: JSON.parse(readFileSync(`${file}.map`, 'utf8')),
        }),
      );
    }
    rmSync(CHILDREN, { recursive: true });
  }
}

/** A program that was killed while it wrote leaves half a file. */
function readChildren(): ProcessCov {
  const runs = readdirSync(CHILDREN).flatMap((name): ProcessCov[] => {
    try {
      const { result } = JSON.parse(readFileSync(join(CHILDREN, name), 'utf8')) as ProcessCov;
      return [{ result: result.filter(({ url }) => url.startsWith(DIST) && url.endsWith('.js')) }];
    } catch {
      return [];
    }
  });
  return mergeProcessCovs(runs);
}
