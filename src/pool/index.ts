/**
 * bouncekit/pool: many messages on many cores.
 *
 * ```ts
 * for await (const { message, report, error } of parseMany(messages)) { … }
 * ```
 */

export { type ManyInput, type Parsed, type ParseManyOptions, parseMany } from './parse-many.ts';
