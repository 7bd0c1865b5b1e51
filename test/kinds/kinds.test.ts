import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Kind, parse, type Report } from '../../src/index.ts';

const CORPUS = resolve(import.meta.dirname, '../../corpus');
const SHARED = resolve(import.meta.dirname, '../../../shared/corpora');

/** Folders whose messages are all of one kind. */
const KIND_OF_FOLDER = {
  'auto-reply': 'auto-reply',
  disposition: 'disposition',
  feedback: 'feedback',
  other: 'other',
} as const satisfies Record<string, Kind>;

const samples = Object.entries(KIND_OF_FOLDER).flatMap(([folder, kind]) =>
  emlBelow(join(CORPUS, folder)).map((file) => ({ name: `${folder}/${file}`, kind })),
);

const lookalikes = emlBelow(join(CORPUS, 'lookalike'));

function emlBelow(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.eml'));
}

function read(name: string): Buffer {
  return readFileSync(join(CORPUS, name));
}

describe('what looks like a bounce and is none', () => {
  it('has at least 150 messages', () => {
    expect(samples.length).toBeGreaterThanOrEqual(150);
  });

  it.each(samples)('$name', async ({ name, kind }) => {
    const report = await parse(read(name));
    expect(report.kind).toBe(kind);
    // A complaint names whom it speaks of; nobody failed.
    expect(report.recipients.filter((r) => report.kind !== 'feedback' || r.action !== null)).toEqual([]);
  });
});

describe('a bounce that looks like none', () => {
  it.each(lookalikes)('%s', async (file) => {
    const expected = JSON.parse(read(`lookalike/${file.replace('.eml', '.json')}`).toString()) as Report;
    const report = await parse(read(`lookalike/${file}`));
    expect(['bounce', 'delay', 'delivery']).toContain(report.kind);
    expect(report.kind).toBe(expected.kind);
    expect(report.recipients.map((r) => [r.recipient, r.action, r.status])).toEqual(
      expected.recipients.map((r) => [r.recipient, r.action, r.status]),
    );
  });

  /** Marks of every autoresponder on a delivery report make no automatic reply of it. */
  it.each(lookalikes)('%s with the marks of an autoresponder', async (file) => {
    const marks =
      'Auto-Submitted: auto-replied (vacation)\nX-Autoreply: yes\nPrecedence: auto_reply\nX-Auto-Response-Suppress: All\n';
    const bytes = read(`lookalike/${file}`);
    const plain = await parse(bytes);
    const marked = await parse(Buffer.concat([Buffer.from(marks), bytes]));
    expect(marked.kind).toBe(plain.kind);
  });
});

describe('an automatic reply', () => {
  const marked = samples.filter(
    ({ name, kind }) =>
      kind === 'auto-reply' &&
      /^(?:x-autoreply|precedence: auto_reply|auto-submitted: auto-replied)/im.test(
        read(name).toString('latin1'),
      ),
  );

  it.each(marked)('$name without its subject', async ({ name }) => {
    const text = read(name).toString('latin1');
    const bytes = Buffer.from(text.replace(/^Subject:[^\n]*(?:\n[ \t][^\n]*)*\n/im, ''), 'latin1');
    expect((await parse(bytes)).kind).toBe('auto-reply');
  });

  it('in a person’s words and nothing else is none', async () => {
    const text =
      'From: a@b.example\nSubject: hello\n\nI am out of office until May 5, thank you for your email.\n';
    expect((await parse(text)).kind).toBe('other');
  });

  it('names what counted, strongest first', async () => {
    const { autoReply } = await parse(read('auto-reply/dovecot-sieve-vacation.eml'));
    expect(autoReply?.signals[0]).toBe('auto-submitted: auto-replied vacation');
    expect(autoReply?.signals).toContain('null return path');
  });

  it.each([
    ['exchange-online-german', 'vacation', '2027-01-06', 'petra.holl@adatum.example'],
    ['exchange-online-japanese-iso-2022-jp', 'vacation', '2026-08-16', 'soumu@sumida.example'],
    ['exchange-2013-chinese-gb2312', 'vacation', '2026-10-08', 'sales@huangpu.example'],
    ['trap-vacation-crammed-with-disclaimer', 'vacation', '2027-01-04', 'colm@counsel.example'],
    ['zendesk-request-received', 'acknowledgement', null, null],
    ['challenge-boxtrapper', 'challenge', null, null],
  ])('%s: type, until and stand-in', async (name, type, until, standIn) => {
    const { autoReply } = await parse(read(`auto-reply/${name}.eml`));
    expect(autoReply).toMatchObject({ type, until, standIn, newAddress: null, review: false });
    if (until !== null) expect(autoReply?.evidence.until).toMatchObject({ from: 'text', inferred: true });
  });

  it.each([
    ['notice-no-longer-works-here-exchange', 'meera.nair@proseware.example'],
    ['notice-address-changed-russian', 'gleb.orlov@novyi.example'],
    ['notice-address-changed-japanese', 'y.mori@shin.example'],
  ])('%s: for review, with the new address', async (name, newAddress) => {
    const { autoReply } = await parse(read(`auto-reply/${name}.eml`));
    expect(autoReply).toMatchObject({ type: 'notice', newAddress, review: true, until: null });
  });
});

describe('the end of an absence', () => {
  const until = async (words: string, date = 'Mon, 14 Dec 2026 09:00:00 +0000'): Promise<string | null> => {
    const head = `From: a@b.example\nDate: ${date}\nSubject: away\nX-Autoreply: yes\nContent-Type: text/plain; charset=utf-8\n\n`;
    const { autoReply } = await parse(`${head}I am on vacation. ${words}\n`);
    expect(autoReply?.type).toBe('vacation');
    return autoReply?.until ?? null;
  };

  it.each([
    ['back on 4 January', '2027-01-04'],
    ['until December 31st, 2026', '2026-12-31'],
    ['until 2027-02-01', '2027-02-01'],
    ['bis zum 24.12.', '2026-12-24'],
    ['jusqu’au 3 février 2027', '2027-02-03'],
    ['до 15 января', '2027-01-15'],
    ['until 3/4/2027', null], // April or March
    ['until 25/12', '2026-12-25'],
    ['until further notice', null],
    ['call extension 12.30 until then', null],
  ])('%s', async (words, expected) => {
    expect(await until(words)).toBe(expected);
  });

  it('is not next year where it was last week', async () => {
    expect(await until('until 10 December')).toBe('2026-12-10');
  });
});

describe('a Sieve reject', () => {
  it.each([
    ['sieve-reject-dovecot', 'klara@posthorn.example', 'I do not accept advertising at this address.'],
    ['sieve-reject-cyrus', 'ruben.falk@uni-hollerbach.example', 'Bitte keine Anhänge über 2 MB.'],
    [
      'sieve-reject-without-the-comment',
      'sophie@harfe.example',
      'This account reads mail from its contacts only.',
    ],
  ])('%s is a bounce with its reason', async (name, recipient, diagnosticCode) => {
    const report = await parse(read(`lookalike/${name}.eml`));
    expect(report.format).toBe('sieve-reject');
    expect(report.recipients[0]).toMatchObject({ recipient, action: 'failed', diagnosticCode });
  });

  it('is none where the recipient’s program only deleted it', async () => {
    const report = await parse(read('disposition/deleted-unread-exchange-german.eml'));
    expect(report.kind).toBe('disposition');
  });
});

describe('a complaint', () => {
  it.each([
    ['yahoo-abuse', 'suppress'],
    ['jmrp-hotmail-attached-message', 'suppress'],
    ['opt-out-apple-unsubscribe', 'suppress'],
    ['auth-failure-dmarc', 'none'],
    ['not-spam', 'none'],
  ])('%s: %s', async (name, action) => {
    const { feedback } = await parse(read(`feedback/${name}.eml`));
    expect(feedback?.decision.action).toBe(action);
    expect(feedback?.complaint).toBe(action === 'suppress');
  });
});

const skipped = existsSync(join(SHARED, 'manifest.jsonl')) ? '' : ' (skipped: ../shared is not here)';
describe.skipIf(skipped !== '')(`labelled messages of other projects${skipped}`, () => {
  it('hold no bounce called another kind that these formats read, and no other mail called a bounce', async () => {
    const rows = readFileSync(join(SHARED, 'manifest.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { file: string; kind: Kind; scored?: boolean })
      .filter((row) => row.scored !== false);
    const ours = new Set(['auto-reply', 'feedback', 'disposition', 'other']);
    const wrong: string[] = [];
    for (const { file, kind } of rows) {
      const report = await parse(readFileSync(join(SHARED, file)));
      const stolen = report.kind !== kind && ours.has(report.kind) && report.kind !== 'other';
      if (stolen || (ours.has(kind) && report.kind !== kind))
        wrong.push(`${file}: ${report.kind}, not ${kind}`);
    }
    expect(rows.length).toBeGreaterThan(800);
    expect(wrong).toEqual([]);
  }, 120_000);
});
