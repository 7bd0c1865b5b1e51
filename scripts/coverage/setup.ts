import { inject } from 'vitest';

// Programs that a test starts write down what they ran (Node reads this at their start; it does nothing here).
process.env.NODE_V8_COVERAGE = inject('childCoverage');
