import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFiles } from '../../src/sources/files.ts';
import { readStream } from '../../src/sources/stream.ts';

const FROM = 'From MAILER-DAEMON Fri Jul  8 12:08:34 2011';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bouncekit-files-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, content: string | Buffer): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** `name#index subject`, or `name! error`. */
async function read(paths: string[], stdin?: AsyncIterable<Buffer>): Promise<string[]> {
  const seen: string[] = [];
  for await (const item of readFiles(paths, stdin === undefined ? {} : { stdin })) {
    const name = item.origin.path.replace(`${folder}/`, '');
    if ('error' in item) seen.push(`${name}! ${item.error}`);
    else seen.push(`${name}#${item.origin.index} ${item.bytes.toString().split('\n')[0]}`);
  }
  return seen;
}

async function* chunks(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

describe('readFiles', () => {
  it('walks a folder: mail, mboxes, folders below; nothing hidden, nothing that is no mail', async () => {
    put('tree/b.eml', 'Subject: b\n\n');
    put('tree/17', 'Subject: mh\n\n');
    put('tree/notes.pdf', '%PDF');
    put('tree/.hidden.eml', 'Subject: hidden\n\n');
    put('tree/sub/old.mbox', `${FROM}\nSubject: m0\n\nx\n\n${FROM}\nSubject: m1\n\ny\n`);
    symlinkSync(join(folder, 'tree'), join(folder, 'tree/sub/loop'));
    execFileSync('mkfifo', [join(folder, 'tree/1pipe')]);
    expect(await read([join(folder, 'tree')])).toEqual([
      'tree/17#0 Subject: mh',
      'tree/b.eml#0 Subject: b',
      'tree/sub/old.mbox#0 Subject: m0',
      'tree/sub/old.mbox#1 Subject: m1',
    ]);
  });

  it('reads new and cur of a Maildir, never tmp', async () => {
    mkdirSync(join(folder, 'md/tmp'), { recursive: true });
    put('md/tmp/1.half', 'Subject: half');
    put('md/new/2.host', 'Subject: new\n\n');
    put('md/cur/weird-name.txt:2,S', 'Subject: cur\n\n');
    put('md/dovecot.index.log', 'no mail');
    put('md/subscriptions', 'no mail');
    expect(await read([join(folder, 'md')])).toEqual([
      'md/cur/weird-name.txt:2,S#0 Subject: cur',
      'md/new/2.host#0 Subject: new',
    ]);
    mkdirSync(join(folder, 'empty-md/new'), { recursive: true });
    mkdirSync(join(folder, 'empty-md/cur'));
    expect(await read([join(folder, 'empty-md')])).toEqual([]);
  });

  it('says what it could not read and goes on', async () => {
    const good = put('good.eml', 'Subject: good\n\n');
    mkdirSync(join(folder, 'nothing'));
    expect(await read([join(folder, 'missing'), join(folder, 'nothing'), good])).toEqual([
      'missing! no such file or folder',
      expect.stringMatching(/^nothing! there is no mail in this folder/),
      'good.eml#0 Subject: good',
    ]);
  });

  it('reads a file that is named, whatever its name, and one longer than the first read whole', async () => {
    const long = `Subject: long\n\n${'x'.repeat(200_000)}`;
    const path = put('report.weird', long);
    for await (const item of readFiles([path])) {
      expect('error' in item ? item.error : item.bytes.toString()).toBe(long);
    }
    for await (const item of readFiles([path], { maxBytes: 100_000 })) {
      expect('error' in item ? 0 : item.bytes.length).toBe(100_001);
    }
  });

  it('reads a message, an mbox and a message with a From line on stdin', async () => {
    expect(await read(['-'], chunks('Sub', 'ject: one\n\nFrom here\n'))).toEqual(['-#0 Subject: one']);
    expect(await read(['-'], chunks(`${FROM}\nSubject: a\n\nx\n`, `\n${FROM}\nSubject: b\n\ny\n`))).toEqual([
      '-#0 Subject: a',
      '-#1 Subject: b',
    ]);
    expect(await read(['-'], chunks(`${FROM}\nSubject: piped\n\nx\n`))).toEqual(['-#0 Subject: piped']);
    expect(await read(['-'], chunks())).toEqual(['-#0 ']);
  });

  it('stops reading a stream at the bound', async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) {
        asked++;
        yield Buffer.alloc(1_000, 0x61);
      }
    }
    for await (const item of readStream(endless(), '-', 50_000)) expect(item.bytes.length).toBe(50_001);
    expect(asked).toBeLessThan(60);
  });
});
