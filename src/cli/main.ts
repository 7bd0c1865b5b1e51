#!/usr/bin/env node
import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { BouncekitError } from '../index.ts';
import { codesCommand } from './commands/codes.ts';
import { corpusCommand } from './commands/corpus.ts';
import { explainCommand } from './commands/explain.ts';
import { parseCommand } from './commands/parse.ts';
import { watchCommand } from './commands/watch.ts';
import { clean } from './terminal.ts';

const USAGE = 2;
const UNREADABLE = 3;

// A reader that closes the pipe (`| head`) ends us quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

function program(): Command {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  const command = new Command('bouncekit')
    .description(
      'Bounce mail in, records out: who failed, what the remote server said, why, and what to do about it.',
    )
    .version(version)
    .addCommand(parseCommand())
    .addCommand(explainCommand())
    .addCommand(watchCommand())
    .addCommand(corpusCommand())
    .addCommand(codesCommand())
    .addHelpText('after', '\nRun "bouncekit <command> --help" for the options and examples of a command.');
  return withUsageErrors(command);
}

/** A wrong call exits with 2, says what it may have meant, and where to look; subcommands likewise. */
function withUsageErrors(command: Command): Command {
  command.exitOverride().showSuggestionAfterError().showHelpAfterError('(--help shows the options)');
  for (const subcommand of command.commands) withUsageErrors(subcommand);
  return command;
}

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  else if (error instanceof BouncekitError) {
    process.stderr.write(`bouncekit: ${clean(error.message)}\n`);
    process.exitCode = USAGE;
  } else {
    process.stderr.write(`bouncekit: ${clean(error instanceof Error ? error.message : String(error))}\n`);
    process.exitCode = UNREADABLE;
  }
}
