import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { BouncekitError } from '../index.ts';
import { explainFileError } from '../sources/errors.ts';

/**
 * Options from a TOML file whose keys are the long names of the flags, `no-tls = true` among them. A flag on the
 * command line wins.
 * @throws BouncekitError `invalid-option` for a key that is no flag, and a value that its flag would refuse.
 */
export async function applyConfig(command: Command, path: string): Promise<void> {
  const wrong = (why: string, cause?: unknown): BouncekitError =>
    new BouncekitError('invalid-option', `${path}: ${why}`, { cause });
  const { parse } = await import('smol-toml');
  let values: Record<string, unknown>;
  try {
    values = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const said = explainFileError(error);
    throw wrong(said.split('\n', 1)[0] as string, error);
  }
  for (const [name, value] of Object.entries(values)) {
    const option = command.options.find((o) => o.long === `--${name}`);
    if (option === undefined || name === 'config') throw wrong(`there is no option "${name}"`);
    const attribute = option.attributeName();
    if (command.getOptionValueSource(attribute) === 'cli') continue;
    if (option.isBoolean() || option.negate) {
      if (typeof value !== 'boolean') throw wrong(`${name} is true or false`);
      command.setOptionValueWithSource(attribute, option.negate ? !value : value, 'config');
      continue;
    }
    if (typeof value !== 'string' && typeof value !== 'number') throw wrong(`${name} is a text or a number`);
    try {
      const read = option.parseArg?.(String(value), undefined as never) ?? String(value);
      command.setOptionValueWithSource(attribute, read, 'config');
    } catch (error) {
      throw wrong(`${name}: ${error instanceof Error ? error.message : String(error)}`, error);
    }
  }
}
