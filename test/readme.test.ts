import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The README's examples are run, and print what it says. `UPDATE=1` writes what they print. */
const ROOT = resolve(import.meta.dirname, '..');
const FILE = join(ROOT, 'README.md');
const CLI = join(ROOT, 'dist/cli.js');
const UPDATE = process.env.UPDATE === '1';

let readme = readFileSync(FILE, 'utf8');

function run(command: string): string {
  const { stdout } = spawnSync(
    'sh',
    ['-c', command.replace(/^bouncekit/, `'${process.execPath}' '${CLI}'`)],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  return stdout.replace(/\r\n/g, '\n').trimEnd();
}

function hold(block: string, wanted: string): void {
  if (UPDATE && block !== wanted) {
    readme = readme.replace(block, () => wanted);
    writeFileSync(FILE, readme);
  } else expect(block).toBe(wanted);
}

describe('the README', () => {
  const consoles = [...readme.matchAll(/```console\n\$ ([^\n]+)\n([\s\S]*?)```/g)];
  const scripts = [...readme.matchAll(/```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];

  it('has examples', () => {
    expect(consoles.length).toBeGreaterThan(1);
    expect(scripts.length).toBeGreaterThan(1);
  });

  it.each(consoles.map((m) => [m[1] as string, m[0]] as const))('$ %s', (command, block) => {
    hold(block, `\`\`\`console\n$ ${command}\n${run(command)}\n\`\`\``);
  });

  it.each(scripts.map((m, at) => [at + 1, m[1] as string, m[0]] as const))(
    'script %i',
    (_, script, block) => {
      const module = script.replaceAll(
        /from 'bouncekit(?:\/(\w+))?'/g,
        (_whole, sub?: string) => `from '${join(ROOT, 'dist', `${sub ?? 'index'}.js`)}'`,
      );
      const printed = execFileSync(process.execPath, ['--input-type=module', '-e', module], {
        cwd: ROOT,
        encoding: 'utf8',
      }).trimEnd();
      hold(block, `\`\`\`js\n${script}\`\`\`\n\n\`\`\`text\n${printed}\n\`\`\``);
    },
  );
});
