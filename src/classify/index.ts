export { classify } from './classify.ts';
export { type CompiledRules, compileRules } from './compile.ts';
export type { Phrase, Rule } from './rule.ts';
export { RULES } from './rules/index.ts';
