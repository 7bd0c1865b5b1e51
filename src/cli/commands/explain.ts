import { readFile, stat } from 'node:fs/promises';
import { styleText } from 'node:util';
import { Command } from 'commander';
import {
  BouncekitError,
  causeOf,
  type Decision,
  decide,
  type Examination,
  examine,
  parse,
  POLICIES,
  type PolicyId,
  PROVIDERS,
  type Provider,
  type ReplyFacts,
} from '../../index.ts';
import { clean, cleanJson } from '../terminal.ts';

const EXAMPLES = `
Examples:
  $ bouncekit explain "550 5.1.1 <jane@example.com>: User unknown"
  $ bouncekit explain 5.7.27 --provider gmail        what the code means there, and in the registry
  $ bouncekit explain 421 4.7.28                     quotes are not needed for codes
  $ bouncekit explain "$(grep status=bounced /var/log/mail.log | tail -1)"   a line of a log, or what a library threw
  $ bouncekit explain bounce.eml                     every refusal in a message
  $ bouncekit explain "554 5.7.1 Refused" --json

Exit codes: 0 fine, 2 wrong usage, 3 the message holds no refusal.`;

interface Options {
  provider?: string;
  remoteMta?: string;
  policy?: PolicyId;
  json?: true;
}

interface Explained {
  readonly recipient: string | null;
  readonly facts: ReplyFacts;
  readonly examination: Examination;
  readonly decision: Decision;
}

export function explainCommand(): Command {
  return new Command('explain')
    .description('what a reply, a code or a bounce message means, which signals counted, and what to do')
    .argument(
      '<reply...>',
      'an SMTP reply, alone or in a line of a log; a code (550, 5.7.26); or the file of a message',
    )
    .option('-p, --provider <id>', 'who refused, where the text does not show it')
    .option('-m, --remote-mta <host>', 'host that refused')
    .option('--policy <id>', `policy of the decision: ${POLICIES.map((policy) => policy.id).join(', ')}`)
    .option('--json', 'for programs')
    .addHelpText('after', EXAMPLES)
    .action(async (words: string[], options: Options) => {
      if (options.provider !== undefined && !PROVIDERS.some((provider) => provider.id === options.provider)) {
        throw new BouncekitError(
          'invalid-option',
          `There is no provider "${options.provider}". Known: ${PROVIDERS.map((p) => p.id).join(', ')}.`,
        );
      }
      const found = await explain(words, options);
      if (found.length === 0) {
        process.stderr.write('bouncekit: no refusal in this message\n');
        process.exitCode = 3;
      } else if (options.json) process.stdout.write(`${cleanJson(found.map(asJson), 2)}\n`);
      else process.stdout.write(`${found.map(render).join('\n\n')}\n`);
    });
}

async function explain(words: readonly string[], options: Options): Promise<Explained[]> {
  const own = { provider: options.provider ?? null, remoteMta: options.remoteMta ?? null };
  const path = words.length === 1 ? (words[0] as string) : null;
  if (path !== null && (await isFile(path))) {
    const report = await parse(await readFile(path));
    return report.recipients
      .filter((recipient) => recipient.action === 'failed' || recipient.action === 'delayed')
      .map((recipient) =>
        answer(
          recipient.recipient,
          {
            reply: recipient.diagnosticCode,
            replyCode: recipient.replyCode,
            status: recipient.status,
            diagnosticType: recipient.diagnosticType,
            command: recipient.command,
            action: recipient.action,
            remoteMta: own.remoteMta ?? recipient.remoteMta,
            provider: own.provider,
          },
          options,
        ),
      );
  }
  return [answer(null, { reply: words.join(' '), ...own }, options)];
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function answer(recipient: string | null, facts: ReplyFacts, options: Options): Explained {
  const examination = examine(facts);
  return { recipient, facts, examination, decision: decide(examination.classification, {}, options.policy) };
}

function asJson({ recipient, facts, examination, decision }: Explained): object {
  const { decided, second, elsewhere, providers, ...rest } = examination;
  const cite = (rule: Examination['decided']) =>
    rule === null ? null : { id: rule.id, reason: rule.reason, source: rule.source };
  return {
    recipient,
    reply: facts.reply ?? null,
    ...rest,
    providers: providers.map((provider) => provider.id),
    decided: cite(decided),
    second: cite(second),
    elsewhere: elsewhere.map((rule) => ({ provider: rule.provider, id: rule.id, reason: rule.reason })),
    decision,
  };
}

const WIDTH = 12;

function render({ recipient, facts, examination: e, decision }: Explained): string {
  const { classification: c } = e;
  const cause = causeOf(c.reason);
  const success = c.bounceType === 'success';
  const provider: Provider | undefined = PROVIDERS.find((row) => row.id === c.provider);
  const lines: [string, string][] = [];
  const add = (label: string, value: string | null | undefined): void => {
    if (value) lines.push([label, clean(value)]);
  };
  add('Recipient', recipient);
  if (c.detail === 'mail-client') {
    add('Meaning', 'no bounce: the program that sends says this, before any receiver was asked');
  } else add('Meaning', success ? 'the mail was accepted' : cause.meaning);
  add('Reason', `${c.reason}${c.detail ? ` (${c.detail})` : ''} · ${c.bounceType} · ${c.bucket}`);
  add('Refused by', provider ? `${provider.name}` : undefined);
  add(
    'What to do',
    `${decision.action}, ${decision.scope}${decision.retryAfter ? `, in ${wait(decision.retryAfter)}` : ''}`,
  );
  add('Why', decision.why);
  add('First', decision.needs);
  add(
    'Reply code',
    e.replyCode ? `${c.replyCode}: ${e.replyCode.name} (${e.replyCode.source})` : c.replyCode,
  );
  add(
    'Status',
    e.status
      ? `${c.status}: ${e.status.name} (${e.status.source})`
      : c.status
        ? `${c.status}: not in the registry`
        : null,
  );
  add('Block list', e.blocklist);
  add(
    'Wording',
    e.wording
      .slice(0, 3)
      .map((says) => `"${says}"`)
      .join(', '),
  );
  add(
    'Decided by',
    e.decided
      ? `${e.decided.id}, ${Math.round(c.confidence * 100)} % sure (${e.decided.source})`
      : 'nothing: no row knows this text',
  );
  add('Next best', e.second ? `${e.second.id}: ${e.second.reason}` : null);
  if (e.status?.reason && e.decided?.provider && e.status.reason !== c.reason) {
    add('Differs', `the registry means ${e.status.reason} by this code`);
  }
  for (const rule of e.elsewhere.filter((row) => row.provider !== c.provider).slice(0, 5)) {
    add(
      'Elsewhere',
      `${rule.provider} means ${rule.reason}${rule.detail ? ` (${rule.detail})` : ''} by ${c.status}`,
    );
  }
  add(
    'Links',
    [c.helpUrl, provider?.helpUrl].filter((url, i, all) => url && all.indexOf(url) === i).join('  '),
  );
  const head = clean(facts.reply ?? [facts.replyCode, facts.status].filter(Boolean).join(' '));
  return [bold(head), ...lines.map(([label, value]) => `  ${bold(label.padEnd(WIDTH))}${value}`)].join('\n');
}

function wait(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

const bold = (text: string): string => (process.stdout.isTTY ? styleText('bold', text) : text);
