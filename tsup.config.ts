import { copyFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';

const shared = { target: 'node20', sourcemap: false, splitting: true, treeshake: true } as const;

export default defineConfig([
  // The library: ESM and CJS, each with its own types.
  {
    ...shared,
    entry: { index: 'src/index.ts', sources: 'src/sources/index.ts', corpus: 'src/corpus/index.ts' },
    format: ['esm', 'cjs'],
    dts: true,
    clean: true,
    onSuccess: () => copyFile('src/model/report.schema.json', 'dist/report.schema.json'),
  },
  // The command line: ESM only, nobody imports it.
  {
    ...shared,
    entry: { cli: 'src/cli/main.ts' },
    format: ['esm'],
    dts: false,
    banner: { js: '#!/usr/bin/env node' },
  },
]);
