import { configDefaults, defineConfig } from 'vitest/config';
import { ChildCoverage, CHILDREN } from './children.ts';

/** `npm run coverage`: the tests, and how many lines of src/ they run, in themselves and in the command line. */
export default defineConfig({
  test: {
    // Counting takes memory of its own.
    exclude: [...configDefaults.exclude, 'test/watch/memory.test.ts'],
    // Each program that a test starts writes a file of what it ran, which takes its time.
    testTimeout: 30_000,
    setupFiles: ['scripts/coverage/setup.ts'],
    provide: { childCoverage: CHILDREN },
    reporters: ['default', new ChildCoverage()],
    coverage: {
      enabled: true,
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.d.ts'],
      reporter: ['text-summary', 'json', 'json-summary'],
      reportOnFailure: true,
      thresholds: { lines: 95 },
    },
  },
});
