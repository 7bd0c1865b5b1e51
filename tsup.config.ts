import { copyFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';

const shared = { target: 'node20', sourcemap: false, splitting: true, treeshake: true } as const;

export default defineConfig([
  // The library: ESM and CJS, each with its own types.
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      sources: 'src/sources/index.ts',
      corpus: 'src/corpus/index.ts',
      pool: 'src/pool/index.ts',
    },
    format: ['esm', 'cjs'],
    // import.meta.url in CJS: the pool finds its worker by it.
    shims: true,
    dts: true,
    clean: true,
    onSuccess: () => copyFile('src/model/report.schema.json', 'dist/report.schema.json'),
  },
  // The command line and what threads run: ESM only, nobody imports them.
  {
    ...shared,
    entry: { cli: 'src/cli/main.ts', 'cli-worker': 'src/cli/worker.ts', 'pool-worker': 'src/pool/worker.ts' },
    format: ['esm'],
    dts: false,
  },
]);
