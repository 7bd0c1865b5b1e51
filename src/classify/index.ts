export { classify } from './classify.ts';
export { type CodeRow, listCodes } from './codes.ts';
export { type CompiledRules, compileRules } from './compile.ts';
export { type Examination, examine } from './examine.ts';
export { fromLabel, type Label, SYSTEMS, type System, toLabel } from './maps.ts';
export { PROVIDERS, type Provider } from './providers.ts';
export type { EnhancedCode, ReplyCode } from './registry.ts';
export type { Phrase, Rule } from './rule.ts';
export { RULES } from './rules/index.ts';
