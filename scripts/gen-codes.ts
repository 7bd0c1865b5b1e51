/**
 * Writes docs/codes.md out of the rule table. test/classify/codes.test.ts holds the page to it.
 *
 *   npx tsx scripts/gen-codes.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { codesMarkdown } from '../src/cli/commands/codes.ts';

mkdirSync('docs', { recursive: true });
writeFileSync('docs/codes.md', codesMarkdown());
