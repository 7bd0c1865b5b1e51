import type { Reason } from '../model/lists.ts';
import { defaultsOf } from './reasons.ts';
import { ENHANCED_CODES, REPLY_CODES } from './registry.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules/index.ts';

/** A line of the table: a code or wording, and what it means. */
export interface CodeRow {
  /** Null for what holds everywhere. */
  readonly provider: string | null;
  readonly code: string;
  readonly says: string;
  readonly reason: Reason | null;
  readonly bucket: string | null;
  readonly advice: string | null;
  readonly source: string;
  readonly rule: string | null;
}

/** The registry, the reply codes, then each provider in the order of the table. */
export function listCodes(): CodeRow[] {
  const general = [...REPLY_CODES, ...ENHANCED_CODES].map((row): CodeRow => {
    const success = 'bounceType' in row && row.bounceType === 'success';
    const reason = success ? null : row.reason;
    const defaults =
      reason === null ? null : defaultsOf(reason)[row.code.startsWith('4') ? 'temporary' : 'permanent'];
    return {
      provider: null,
      code: row.code,
      says: row.name,
      reason,
      bucket: 'bucket' in row ? row.bucket : (defaults?.bucket ?? null),
      advice: 'advice' in row ? row.advice : (defaults?.advice ?? null),
      source: row.source,
      rule: null,
    };
  });
  return [...general, ...RULES.filter((rule: Rule) => rule.provider !== undefined).map(providerRow)];
}

function providerRow(rule: Rule): CodeRow {
  const codes = [rule.reply ?? [], rule.status ?? []].flat();
  const temporary =
    codes.length > 0 ? codes.every((code) => code.startsWith('4')) : rule.sample.startsWith('4');
  const defaults = defaultsOf(rule.reason)[temporary ? 'temporary' : 'permanent'];
  return {
    provider: rule.provider ?? null,
    code: codes.join(' '),
    says: (rule.says ?? [])
      .map((says) => (typeof says === 'string' ? says : says.join(' … ')))
      .slice(0, 3)
      .join(' / '),
    reason: rule.reason,
    bucket: rule.bucket ?? defaults.bucket,
    advice: rule.advice ?? defaults.advice,
    source: rule.source,
    rule: rule.id,
  };
}
