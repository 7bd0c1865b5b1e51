import { describe, expect, test } from 'vitest';
import { parse } from '../../src/index.ts';
import { readTranscript } from '../../src/extract/transcript.ts';

const lines = (text: string) =>
  text.split('\n').map((line, at) => ({ text: line, indent: 0, part: '1', line: at + 1 }));
const told = (text: string) =>
  readTranscript(lines(text))
    .filter((r) => r.remote)
    .map((r) => [r.command, r.addresses.join()]);

describe('what a printed session refused', () => {
  test('RCPT, where the server adds that the user is unknown', () => {
    expect(
      told('>>> DATA\n<<< 550 5.2.1 <a@b.example>: no\n550 5.1.1 <a@b.example>... User unknown'),
    ).toEqual([['RCPT TO', 'a@b.example']]);
  });
  test('RCPT, where DATA is answered behind it', () => {
    expect(told('>>> DATA\n<<< 550 no\n<<< 554 no\n<<< 503 5.5.1 Need RCPT first')).toEqual([
      ['RCPT TO', ''],
      ['RCPT TO', ''],
      ['DATA', ''],
    ]);
  });
  test('the data, where the server calls itself unavailable', () => {
    expect(told('>>> DATA\n<<< 550 Unknown user\n554 5.0.0 Service unavailable')).toEqual([['DATA', '']]);
  });
  test('nobody else than whom the words behind it name; MAIL names the sender', () => {
    expect(
      told('>>> MAIL From:<me@b.example>\n<<< 501 <me@b.example>... no\n554 <a@b.example>... Protocol error'),
    ).toEqual([['MAIL FROM', 'a@b.example']]);
  });
  test('the greeting', () => {
    expect(told('>>> EHLO mx.b.example\n<<< 554 no')).toEqual([['EHLO', '']]);
  });
});

const report = (notice: string, ...recipients: [string, string][]): string =>
  [
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    '',
    notice,
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.b.example',
    ...recipients.flatMap(([address, said]) => [
      '',
      `Final-Recipient: rfc822; ${address}`,
      'Action: failed',
      'Status: 5.0.0',
      `Diagnostic-Code: smtp; ${said}`,
    ]),
    '--b--',
    '',
  ].join('\n');
const commands = async (...of: Parameters<typeof report>) =>
  (await parse(report(...of))).recipients.map((r) => r.command);

describe('the stage that the notice tells and the status part does not', () => {
  test('Postfix, folded anywhere, for each recipient', async () => {
    const notice =
      '<a@b.example>: host mx[192.0.2.1] said: 550 no (in reply to end of\n    DATA command)\n\n' +
      '<c@b.example>: host mx[192.0.2.1] said: 550 no (in\n    reply to RCPT TO command)\n';
    expect(await commands(notice, ['c@b.example', '550 no'], ['a@b.example', '550 no'])).toEqual([
      'RCPT TO',
      'end of DATA',
    ]);
  });
  test('Exim', async () => {
    const notice =
      '  a@b.example\n    host mx [192.0.2.1]\n    SMTP error from remote mail server after end of data:\n    550 no\n' +
      '  c@b.example\n    SMTP error from remote mail server after RCPT TO:<c@b.example>:\n    550 no\n';
    expect(await commands(notice, ['a@b.example', '550 no'], ['c@b.example', '550 no'])).toEqual([
      'end of DATA',
      'RCPT TO',
    ]);
  });
  test('Courier, by the reply', async () => {
    const notice = '<a@b.example>:\n    mx [192.0.2.1]:\n>>> DATA\n<<< 550 Unknown user\n';
    expect(await commands(notice, ['a@b.example', '550 Unknown user'])).toEqual(['DATA']);
  });
  test('of nobody else', async () => {
    const notice = '<a@b.example>: host mx[192.0.2.1] said: 550 no (in reply to RCPT TO command)\n';
    expect(await commands(notice, ['c@b.example', '550 gone'])).toEqual([null]);
  });
  test('100,000 blocks without a recipient take no time', async () => {
    const start = performance.now();
    await commands('<a@b.example>: x (in reply to MAIL command)\n'.repeat(100_000), [
      'c@b.example',
      '550 no',
    ]);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
