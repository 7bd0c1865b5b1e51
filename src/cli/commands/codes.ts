import { Command, Option } from 'commander';
import { BouncekitError, type CodeRow, listCodes, PROVIDERS, type Provider } from '../../index.ts';

const FORMATS = ['text', 'json', 'markdown'] as const;

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
      const rows = listCodes().filter((row) => provider === undefined || row.provider === provider);
      process.stdout.write(`${RENDER[options.format](rows)}\n`);
    });
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
export function codesMarkdown(rows: readonly CodeRow[] = listCodes()): string {
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
  for (const provider of PROVIDERS as readonly Provider[]) {
    section(
      provider.name,
      provider.helpUrl,
      rows.filter((row) => row.provider === provider.id),
    );
  }
  return `${parts.join('\n')}\n`;
}

const cell = (text: string): string =>
  text.replaceAll('|', ' or ').replaceAll('<', '&lt;').replaceAll('*', '\\*');
