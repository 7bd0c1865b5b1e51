/**
 * bouncekit: bounce mail in, records out.
 *
 * `parse` reads one message; `createParser` does the same with formats, rules, a policy and bounds of your own.
 */

export type { Claim, Format } from './formats/format.ts';
export type { Extraction, Found, RecipientDraft } from './extract/draft.ts';
export { type Limits, DEFAULT_LIMITS } from './limits.ts';
export type { Headers, HeaderField } from './mime/headers.ts';
export type { Part } from './mime/part.ts';
export type { Message } from './mime/scan.ts';
export type * from './model/classification.ts';
export { BouncekitError, type BouncekitErrorCode } from './model/errors.ts';
export type * from './model/evidence.ts';
export * from './model/lists.ts';
export type * from './model/report.ts';
export { WARNING_CODES, type Warning, type WarningCode } from './model/warnings.ts';
export { createParser, type Input, type Parser, type ParserOptions, parse } from './parser.ts';
export * from './classify/index.ts';
export * from './decide/index.ts';
