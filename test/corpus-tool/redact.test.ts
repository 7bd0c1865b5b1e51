import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/corpus/index.ts';
import { proveSame } from '../../src/corpus/prove.ts';
import { Redactor } from '../../src/corpus/redactor.ts';
import { isCommonWord } from '../../src/corpus/wording.ts';
import { scanMessage } from '../../src/mime/scan.ts';
import { decodeWords } from '../../src/mime/headers.ts';
import { parse, type Report } from '../../src/index.ts';

const CORPUS = join(import.meta.dirname, '../../corpus');

const samples = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.eml'))
  .sort();

/** Domains that many share: they tell the provider. */
const SHARED = /^(?:gmail|googlemail|hotmail|outlook|live|yahoo|aol|icloud|me)\.com$/;

/** Everything that is written in a message, encoded or not: its bytes, headers, decoded parts, parts of parts. */
function everythingIn(bytes: Buffer, depth = 0): string {
  const message = scanMessage(bytes);
  const texts = [bytes.toString('latin1'), bytes.toString('utf8')];
  for (const { name, value } of message.headers.fields) texts.push(decodeWords(`${name}: ${value}`));
  for (const leaf of message.leaves) {
    texts.push(leaf.text, ...leaf.headers.fields.map((f) => decodeWords(f.value)));
    if ((leaf.isMessage || leaf.isHeaderOnly) && depth < 3) texts.push(everythingIn(leaf.bytes, depth + 1));
  }
  return texts.join('\n').toLowerCase();
}

/** What names somebody in a message: found with the parser, and not by the code under test. */
function personalTokens(report: Report, bytes: Buffer): Set<string> {
  const tokens = new Set<string>();
  const addresses: (string | null)[] = [report.message.to, report.message.returnPath];
  for (const r of report.recipients) addresses.push(r.recipient, r.finalRecipient, r.originalRecipient);
  if (report.original !== null) addresses.push(report.original.from, report.original.to);
  for (const list of addresses) {
    for (const address of list?.split(', ') ?? []) {
      const at = address.lastIndexOf('@');
      if (at === -1) continue;
      tokens.add(address);
      const domain = address.slice(at + 1);
      if (!/^\[|(?:^|\.)example\.(?:com|net|org)$/.test(domain) && !SHARED.test(domain)) tokens.add(domain);
    }
  }
  for (const id of [report.message.messageId, report.original?.messageId])
    if (id?.includes('@')) tokens.add(id);
  for (const ip of bytes.toString('latin1').match(/\[\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\]/g) ?? []) {
    // Documentation addresses are also the stand-ins.
    if (!/^\[(?:127\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/.test(ip)) tokens.add(ip);
  }
  for (const word of (report.original?.subject ?? '').split(/[^\p{L}\p{N}]+/u)) {
    if (word.length >= 7 && !isCommonWord(word)) tokens.add(word);
  }
  return tokens;
}

/** The proof failed: some formats are known by a word of a Message-ID or of an address, which is replaced. */
const refused: string[] = [];

describe('redact', () => {
  it('finds the samples', () => {
    expect(samples.length).toBeGreaterThan(140);
  });

  it.each(samples)('%s', async (path) => {
    const bytes = readFileSync(join(CORPUS, path));
    const report = await parse(bytes);
    const redaction = await redact(bytes);
    if (redaction.differences.length > 0) {
      refused.push(path);
      return;
    }

    const after = everythingIn(redaction.bytes);
    const left = [...personalTokens(report, bytes)].filter((token) => after.includes(token.toLowerCase()));
    expect(left).toEqual([]);
  });

  it('refuses few of them', () => {
    expect(refused.length / samples.length, refused.join('\n')).toBeLessThan(0.015);
  });
});

const b64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** One person, in every form that mail has for a name. */
const FORMS = `Return-Path: <>
From: Mail Delivery System <mailer-daemon@mta.sender.de>
To: bounces+77-ada.quist=norhus.se@lists.sender.de
Subject: =?utf-8?B?${b64('Undeliverable: Grüße an Ada Quist')}?=
X-Failed-Recipients: Ada.Quist@norhus.se
Message-ID: <1.ada.quist@mta.sender.de>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b/mta.sender.de"

--b/mta.sender.de
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=unicode-1-1-utf-7

Kein Postfach: ada.quist+AEA-norhus.se, Ada Quist

--c
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>Kein Postfach: <a href=3D"https://web.norhus.se/?who=3Dada.quist%40norhus.se">ada.quist&#64;no=
rhus.se</a> (Quist)</p>

--c--

--b/mta.sender.de
Content-Type: message/delivery-status
Content-Transfer-Encoding: base64

${b64(`Reporting-MTA: dns; mta.sender.de

Original-Recipient: rfc822;ada.quist+2Bnews@norhus.se
Final-Recipient: utf-8; ada\\x{2E}quist@norhus.se
Action: failed
Status: 5.1.1
Remote-MTA: dns; [81.2.69.160]
Diagnostic-Code: smtp; 550 5.1.1 quist: user unknown at norhus.se
`)}

--b/mta.sender.de
Content-Type: message/rfc822
Content-Transfer-Encoding: base64

${b64(`Received: from laptop-of-quist ([10.1.2.3]) by mta.sender.de with ESMTP id Qz81aa; Mon, 6 Apr 2026 09:59:00 +0000
DKIM-Signature: v=1; d=sender.de; b=c2VjcmV0
From: =?iso-8859-1?Q?Bj=F6rn_Falk?= <falk@sender.de>
To: "Quist, Ada" <ada.quist+news@norhus.se>
Subject: Blutwerte
Message-ID: <geheim@sender.de>
Content-Type: application/pdf; name="Befund Quist.pdf"
Content-Transfer-Encoding: base64

${b64('Befund: schlecht')}
`)}

--b/mta.sender.de--
`;

describe('stand-ins', () => {
  it('stand for a person in every form, for what she was written, and for where', async () => {
    const bytes = Buffer.from(FORMS.replaceAll('\n', '\r\n'));
    const { bytes: after, differences, report } = await redact(bytes);
    expect(differences).toEqual([]);
    expect(everythingIn(after)).not.toMatch(
      /quist|norhus|sender\.de|björn|bj=f6rn|falk|81\.2\.69|10\.1\.2\.3|blutwerte|befund|geheim|c2vjcmv0|laptop|qz81aa/,
    );
    const [recipient] = report.recipients;
    expect(recipient).toMatchObject({ status: '5.1.1', replyCode: '550', reason: 'mailbox-not-found' });
    // The same person throughout: VERP holds the stand-in of the recipient.
    const [local, domain] = (recipient?.finalRecipient ?? '').split('@');
    expect(report.message.to).toContain(`${local}=${domain}@`);
    expect(recipient?.originalRecipient?.startsWith(`${local}+`)).toBe(true);
    expect(recipient?.diagnosticCode).toContain(local?.split('.')[1]);
  });

  it('keep line ends, lines and lengths', async () => {
    const path = join(CORPUS, 'rfc3464/gmail-delay-dns-timeout.eml');
    const before = readFileSync(path, 'latin1').replaceAll('\n', '\r\n');
    const { bytes } = await redact(Buffer.from(before, 'latin1'));
    const after = bytes.toString('latin1');
    expect(after.match(/\r\n/g)).toHaveLength(before.match(/\r\n/g)?.length ?? 0);
    expect(after.split('\r\n').map((line) => line.length)).toEqual(
      before.split('\r\n').map((line) => line.length),
    );
  });

  it('are the same when they are replaced again', async () => {
    const { bytes } = await redact(Buffer.from(FORMS));
    expect((await redact(bytes)).bytes.toString('latin1')).toBe(bytes.toString('latin1'));
  });
});

describe('the proof', () => {
  it('fails where the report says something else', async () => {
    const bytes = readFileSync(join(CORPUS, 'rfc3464/postfix-mailbox-not-found.eml'));
    const report = await parse(bytes);
    const redactor = new Redactor(report, [], true);
    const forged = Buffer.from(bytes.toString('latin1').replace('Status: 5.1.1', 'Status: 5.7.1'), 'latin1');
    const fields = proveSame(report, await parse(forged), redactor).map((d) => d.field);
    expect(fields).toContain('recipients[0].status');
    // Nothing was replaced either.
    expect(fields).toContain('recipients[0].recipient');
  });
});
