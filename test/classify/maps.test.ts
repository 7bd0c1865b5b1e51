import { describe, expect, test } from 'vitest';
import { fromLabel, SYSTEMS, toLabel } from '../../src/classify/index.ts';
import { toSisimai } from '../../src/cli/render/sisimai.ts';
import { parse } from '../../src/index.ts';
import { REASONS } from '../../src/model/lists.ts';

describe('maps', () => {
  test('every reason has a label in every system, and every exact one leads back', () => {
    for (const system of SYSTEMS) {
      for (const reason of REASONS) {
        const { label, match } = toLabel(system, reason);
        const back = fromLabel(system, label.toUpperCase());
        expect(back, `${system} ${label}`).not.toBeNull();
        if (match === 'exact') expect(back, `${system} ${label}`).toEqual({ reason, match: 'exact' });
      }
    }
  });
  test('knows the names from before and after the merge of 2025', () => {
    expect(toLabel('sisimai', 'rate-limited').label).toBe('speeding');
    expect(toLabel('sisimai-2025', 'rate-limited').label).toBe('ratelimited');
    expect(fromLabel('sisimai', 'toomanyconn')).toEqual({ reason: 'rate-limited', match: 'approximate' });
    expect(fromLabel('kumomta', 'nonsense')).toBeNull();
  });
});

test("a report as Sisimai's JSON", async () => {
  const mail = [
    'From: MAILER-DAEMON@mx.example.net',
    'To: jane@example.net',
    'Subject: failed',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'It failed.',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    'Arrival-Date: Mon, 5 Jan 2026 10:00:00 +0900',
    '',
    'Final-Recipient: rfc822; bob@example.com',
    'Action: failed',
    'Status: 5.1.1',
    'Remote-MTA: dns; mx.example.com',
    'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    'From: jane@example.net',
    'To: bob@example.com',
    'Subject: hello',
    'Message-ID: <1@example.net>',
    '',
    'Hi',
    '--b--',
    '',
  ].join('\r\n');
  const [record] = toSisimai(await parse(Buffer.from(mail)));
  expect(record).toMatchObject({
    action: 'failed',
    addresser: 'jane@example.net',
    deliverystatus: '5.1.1',
    destination: 'example.com',
    diagnosticcode: '550 5.1.1 User unknown',
    diagnostictype: 'SMTP',
    hardbounce: true,
    lhost: 'mx.example.net',
    messageid: '1@example.net',
    reason: 'userunknown',
    recipient: 'bob@example.com',
    replycode: '550',
    rhost: 'mx.example.com',
    senderdomain: 'example.net',
    softbounce: 0,
    subject: 'hello',
    timestamp: 1_767_574_800,
    timezoneoffset: '+0900',
  });
});
