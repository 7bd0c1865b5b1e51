/**
 * Writes the JSON Schema of a report from its TypeScript types, the one source of both.
 *
 *   npm run schema
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

const ROOT = resolve(import.meta.dirname, '..');
export const SCHEMA_FILE = join(ROOT, 'src/model/report.schema.json');

export function generateSchema(): string {
  const schema = createGenerator({
    path: join(ROOT, 'src/model/report.ts'),
    tsconfig: join(ROOT, 'tsconfig.json'),
    type: 'Report',
    additionalProperties: false,
    skipTypeCheck: true,
  }).createSchema('Report');
  return `${JSON.stringify({ $id: 'urn:bouncekit:report:1', ...schema }, null, 2)}\n`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(SCHEMA_FILE, generateSchema());
  console.log(`wrote ${SCHEMA_FILE}`);
}
