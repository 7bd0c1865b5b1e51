import { Command, Option } from 'commander';
import { PROVIDERS } from '../../classify/providers.ts';
import { defaultsOf } from '../../classify/reasons.ts';
import { ENHANCED_CODES, REPLY_CODES } from '../../classify/registry.ts';
import { RULES } from '../../classify/rules/index.ts';
import type { Rule } from '../../classify/rule.ts';
import { BouncekitError, type Reason } from '../../index.ts';

const FORMATS = ['text', 'json', 'markdown'] as const;

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

export function codesCommand(): Command {
  return new Command('codes')
    .description('the table of codes and wordings, with what each means and what to do')
    .option('-p, --provider <id>', 'rows of one provider only')
    .addOption(new Option('-f, --format <format>', 'output').choices(FORMATS).default('text'))
    .addHelpText(
      'after',
      '\nExamples:\n  $ bouncekit codes --provider gmail\n  $ bouncekit codes --format json | jq ".[] | select(.code == \\"5.7.1\\")"',
    )
    .action((options: { provider?: string; format: (typeof FORMATS)[number] }) => {
      const { provider } = options;
      if (provider !== undefined && !PROVIDERS.some((row) => row.id === provider)) {
        throw new BouncekitError(
          'invalid-option',
          `There is no provider "${provider}". Known: ${PROVIDERS.map((row) => row.id).join(', ')}.`,
        );
      }
      const rows = codeRows().filter((row) => provider === undefined || row.provider === provider);
      process.stdout.write(`${RENDER[options.format](rows)}\n`);
    });
}

/** The registry, the reply codes, then each provider in the order of the table. */
export function codeRows(): CodeRow[] {
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

const RENDER: Readonly<Record<(typeof FORMATS)[number], (rows: readonly CodeRow[]) => string>> = {
  json: (rows) => JSON.stringify(rows, null, 2),
  text: (rows) =>
    rows
      .map((row) =>
        [
          (row.provider ?? '').padEnd(16),
          row.code.padEnd(14),
          (row.reason ?? 'accepted').padEnd(22),
          (row.advice ?? '').padEnd(24),
          row.says,
        ]
          .join(' ')
          .trimEnd(),
      )
      .join('\n'),
  markdown: codesMarkdown,
};

/** `docs/codes.md`. */
export function codesMarkdown(rows: readonly CodeRow[] = codeRows()): string {
  const parts = [
    '# Codes',
    '',
    'What SMTP reply codes, enhanced status codes and the wording of providers mean, and what to do. Written by `scripts/gen-codes.ts` out of the rule table; `bouncekit codes` prints the same.',
  ];
  const section = (title: string, link: string | undefined, lines: readonly CodeRow[]): void => {
    if (lines.length === 0) return;
    parts.push('', `## ${title}`, '');
    if (link) parts.push(`Its own page: <${link}>`, '');
    parts.push('| code | text | reason | what to do | source |', '|---|---|---|---|---|');
    for (const row of lines)
      parts.push(
        `| ${[row.code, row.says, row.reason ?? 'accepted', row.advice ?? '', row.source].map(cell).join(' | ')} |`,
      );
  };
  section(
    'Reply codes',
    undefined,
    rows.filter((row) => row.provider === null && !row.code.startsWith('x')),
  );
  section(
    'Enhanced status codes',
    'https://www.iana.org/assignments/smtp-enhanced-status-codes',
    rows.filter((row) => row.provider === null && row.code.startsWith('x')),
  );
  for (const provider of PROVIDERS) {
    section(
      provider.name,
      'helpUrl' in provider ? provider.helpUrl : undefined,
      rows.filter((row) => row.provider === provider.id),
    );
  }
  return `${parts.join('\n')}\n`;
}

const cell = (text: string): string =>
  text.replaceAll('|', ' or ').replaceAll('<', '&lt;').replaceAll('*', '\\*');
