import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { generateSchema, SCHEMA_FILE } from '../scripts/gen-schema.ts';
import { parse } from '../src/index.ts';

const FOLDERS = [
  resolve(import.meta.dirname, '../corpus'),
  resolve(import.meta.dirname, '../../shared/corpora'),
];

function samples(): string[] {
  return FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.eml'))
      .map((name) => join(folder, name)),
  );
}

describe('the JSON Schema of a report', () => {
  const schema = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as object;
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

  it('is what the types say (npm run schema writes it)', { timeout: 60_000 }, () => {
    expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(generateSchema());
  });

  it('fits every report that we produce', { timeout: 120_000 }, async () => {
    const files = samples();
    expect(files.length).toBeGreaterThan(40);
    for (const file of files) {
      const report: unknown = JSON.parse(JSON.stringify(await parse(readFileSync(file))));
      expect(validate(report), `${file}: ${JSON.stringify(validate.errors?.slice(0, 3))}`).toBe(true);
    }
  });

  it('refuses what is no report', () => {
    expect(validate({ kind: 'bounce' })).toBe(false);
    expect(validate({})).toBe(false);
  });
});
