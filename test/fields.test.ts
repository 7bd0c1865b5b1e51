import { describe, expect, it } from 'vitest';
import { parse, type Report } from '../src/index.ts';

/**
 * Every name that a reader looks for, each in a message of its own: the name is read, and the same message with the
 * name misspelt is read otherwise. The names stand here a second time, so that none is lost or altered unseen.
 */
const misspelt = (name: string): string => `${name}-zz`;

/** `a | b` */
const names = (text: string): string[] => text.trim().split(/\s*\|\s*/);

const dsn = (fields: string, header = ''): string => `From: MAILER-DAEMON@mx.example
To: sender@example.org
Subject: Undelivered Mail Returned to Sender
${header}Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

${fields}
--b--
`;

const read = async (message: string, path: string): Promise<unknown> => {
  const report: unknown = await parse(message);
  return path
    .split('.')
    .reduce((at: unknown, key) => (at as Record<string, unknown> | null)?.[key] ?? null, report);
};

/** The value with the name, and another with the name misspelt. */
async function holds(
  message: (name: string) => string,
  name: string,
  path: string,
  value: unknown,
): Promise<void> {
  expect(await read(message(name), path)).toEqual(value);
  expect(await read(message(misspelt(name)), path)).not.toEqual(value);
}

describe('a delivery-status part (RFC 3464)', () => {
  const OF_MESSAGE = [
    'reporting-mta',
    'original-envelope-id',
    'dsn-gateway',
    'received-from-mta',
    'arrival-date',
  ];
  /** The field among others, alone of its name. X-Actual-Recipient counts where no other recipient is named. */
  const whole = (name: string, value: string) => (as: string) => {
    const others = ['Final-Recipient: rfc822; bob@example.com', 'Action: failed', 'Status: 5.0.0'].filter(
      (line) => !line.toLowerCase().startsWith(name === 'x-actual-recipient' ? 'final' : `${name}:`),
    );
    const field = `${as}: ${value}`;
    const groups = OF_MESSAGE.includes(name)
      ? [['Lorem: ipsum', field], others]
      : [['Lorem: ipsum'], [field, ...others]];
    return dsn(groups.map((lines) => `${lines.join('\n')}\n`).join('\n'));
  };

  it.each([
    ['reporting-mta', 'dns; relay.example', 'reportingMta', 'relay.example'],
    ['original-envelope-id', 'QQ314159', 'originalEnvelopeId', 'QQ314159'],
    ['dsn-gateway', 'dns; gate.example', 'dsnGateway', 'gate.example'],
    ['received-from-mta', 'dns; from.example', 'receivedFromMta', 'from.example'],
    ['arrival-date', 'Thu, 19 Nov 2026 10:11:12 +0100', 'arrivalDate', '2026-11-19T10:11:12+01:00'],
    ['original-recipient', 'rfc822; rob@example.com', 'recipients.0.originalRecipient', 'rob@example.com'],
    ['final-recipient', 'rfc822; rob@example.com', 'recipients.0.finalRecipient', 'rob@example.com'],
    ['x-actual-recipient', 'rfc822; rob@example.com', 'recipients.0.recipient', 'rob@example.com'],
    ['action', 'delayed', 'recipients.0.action', 'delayed'],
    ['status', '5.1.1', 'recipients.0.status', '5.1.1'],
    ['remote-mta', 'dns; mx.example.com', 'recipients.0.remoteMta', 'mx.example.com'],
    ['diagnostic-code', 'smtp; 550 no', 'recipients.0.diagnosticCode', '550 no'],
    [
      'last-attempt-date',
      'Thu, 19 Nov 2026 10:11:12 +0100',
      'recipients.0.lastAttemptDate',
      '2026-11-19T10:11:12+01:00',
    ],
    [
      'will-retry-until',
      'Thu, 19 Nov 2026 10:11:12 +0100',
      'recipients.0.willRetryUntil',
      '2026-11-19T10:11:12+01:00',
    ],
    ['final-log-id', 'A1B2', 'recipients.0.finalLogId', 'A1B2'],
  ])('%s', async (name, value, path, expected) => {
    await holds(whole(name, value), name, path, expected);
  });

  it.each([
    'reporting-mta',
    'original-envelope-id',
    'dsn-gateway',
    'received-from-mta',
    'arrival-date',
    'original-recipient',
    'final-recipient',
    'action',
    'status',
    'remote-mta',
    'diagnostic-code',
    'localized-diagnostic',
    'last-attempt-date',
    'final-log-id',
    'will-retry-until',
  ])('%s ends a Diagnostic-Code that stands in front of it', async (name) => {
    const message = (as: string): string =>
      dsn(`Final-Recipient: rfc822; bob@example.com\nDiagnostic-Code: smtp; 550 no\n${as}: lorem\n`);
    await holds(message, name, 'recipients.0.diagnosticCode', '550 no');
  });

  it.each(['diagnostic-code', 'localized-diagnostic', 'x-display-name', 'x-supplementary-info'])(
    '%s goes on in lines that look like fields',
    async (name) => {
      const codes = async (as: string): Promise<string[]> =>
        (
          await parse(
            dsn(`Final-Recipient: rfc822; bob@example.com\n${as}: smtp; 550 no\nplease-see: there\n`),
          )
        ).warnings
          .filter((w) => w.code === 'lost-folding')
          .map((w) => w.detail);
      expect(await codes(name)).toEqual([`line 3 is read as a continuation of ${name}`]);
      expect(await codes(name.slice(1))).toEqual([]);
    },
  );

  it.each(['original-recipient', 'final-recipient', 'action', 'status'])(
    'a second %s is the next recipient, where the empty line is missing',
    async (name) => {
      const twice = dsn(
        'Original-Recipient: rfc822; bob@example.com\nFinal-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n'.concat(
          `${name}: lorem\n`,
        ),
      );
      expect((await parse(twice)).recipients).toHaveLength(2);
    },
  );

  it('Original-Recipient in front of Final-Recipient begins the next recipient', async () => {
    const fields = (n: number): string =>
      `Original-Recipient: rfc822; o${n}@example.com\nFinal-Recipient: rfc822; f${n}@example.com\nAction: failed\n`;
    const pairs = ({ recipients }: Report): unknown =>
      recipients.map((r) => [r.originalRecipient, r.finalRecipient]);
    expect(pairs(await parse(dsn(fields(1) + fields(2))))).toEqual([
      ['o1@example.com', 'f1@example.com'],
      ['o2@example.com', 'f2@example.com'],
    ]);
    // Behind the final recipient it belongs to that one.
    const behind =
      'Final-Recipient: rfc822; f1@example.com\nOriginal-Recipient: rfc822; o1@example.com\nAction: failed\n';
    expect(pairs(await parse(dsn(behind)))).toEqual([['o1@example.com', 'f1@example.com']]);
    // The first recipient has none, and an Original-Recipient opens the second.
    const first = `Final-Recipient: rfc822; f0@example.com\nAction: failed\n${fields(1)}`;
    expect(pairs(await parse(dsn(first)))).toEqual([
      [null, 'f0@example.com'],
      ['o1@example.com', 'f1@example.com'],
    ]);
  });

  it('a group of fields that names a recipient is another one; one that names none goes on', async () => {
    const first = 'Final-Recipient: rfc822; bob@example.com\n';
    expect(
      (await parse(dsn(`${first}\nFinal-Recipient: rfc822; bob@example.com\n`))).recipients,
    ).toHaveLength(2);
    expect((await parse(dsn(`${first}\nAction: failed\nStatus: 5.1.1\n`))).recipients).toMatchObject([
      { finalRecipient: 'bob@example.com', status: '5.1.1' },
    ]);
    expect((await parse(dsn(`Action: failed\nStatus: 5.1.1\n\n${first}`))).recipients).toMatchObject([
      { finalRecipient: 'bob@example.com', status: '5.1.1' },
    ]);
  });

  it('x-failed-recipients names them where the part does not', async () => {
    const message = (as: string): string =>
      dsn('Reporting-MTA: dns; mx.example\n', `${as}: bob@example.com\n`);
    await holds(message, 'x-failed-recipients', 'recipients.0.recipient', 'bob@example.com');
  });

  it('the subject tells a delay where nothing else does', async () => {
    const late = dsn('Reporting-MTA: dns; mx.example\n').replace(
      /Subject: .*/,
      'Subject: Warning: message delayed',
    );
    expect((await parse(late)).kind).toBe('delay');
    expect((await parse(late)).evidence.kind).toMatchObject({
      line: 3,
      text: 'Subject: Warning: message delayed',
    });
    expect((await parse(late.replace('Subject:', 'Topic:'))).kind).toBe('bounce');
  });

  it.each([
    ['failed', 'failed'],
    ['failure', 'failed'],
    ['fail', 'failed'],
    ['expired', 'failed'],
    ['bounced', 'failed'],
    ['error', 'failed'],
    ['delayed', 'delayed'],
    ['delay', 'delayed'],
    ['deferred', 'delayed'],
    ['delivered', 'delivered'],
    ['relayed', 'relayed'],
    ['expanded', 'expanded'],
    ['deliverable', 'delivered'],
  ])('Action: %s', async (word, action) => {
    const report = await parse(
      dsn(`Final-Recipient: rfc822; bob@example.com\nAction: ${word}\nStatus: 2.0.0\n`),
    );
    expect(report.recipients[0]?.action).toBe(action);
    expect(report.warnings.map((w) => w.code)).not.toContain('unknown-action');
  });

  it.each(['message/delivery-status', 'message/global-delivery-status'])('%s', async (type) => {
    const message = (as: string): string =>
      dsn('Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n')
        .replace('message/delivery-status', as)
        .replace('multipart/report', 'multipart/mixed');
    await holds(message, type, 'format', 'rfc3464');
  });

  it('warns of a report without report-type', async () => {
    const codes = async (text: string): Promise<string[]> => (await parse(text)).warnings.map((w) => w.code);
    const text = dsn('Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n');
    expect(await codes(text)).not.toContain('missing-report-type');
    expect(await codes(text.replace('report-type=', 'type='))).toContain('missing-report-type');
  });
});

describe('a disposition notification (RFC 8098)', () => {
  const mdn = (fields: string): string => `From: bob@example.com
Subject: Read
Content-Type: multipart/report; report-type=disposition-notification; boundary=b

--b
Content-Type: message/disposition-notification

${fields}
--b--
`;
  it.each([
    ['disposition', 'manual-action/MDN-sent-manually; displayed', 'disposition.type', 'displayed'],
    ['final-recipient', 'rfc822; bob@example.com', 'disposition.finalRecipient', 'bob@example.com'],
    ['original-recipient', 'rfc822; rob@example.com', 'disposition.originalRecipient', 'rob@example.com'],
    ['original-message-id', '<42@sender.example>', 'disposition.originalMessageId', '42@sender.example'],
    ['reporting-ua', 'pc.example; Mail 1.0', 'disposition.reportingUa', 'pc.example; Mail 1.0'],
    ['error', 'no room', 'disposition.errors', ['no room']],
  ])('%s', async (name, value, path, expected) => {
    await holds((as) => mdn(`Lorem: ipsum\n${as}: ${value}\n`), name, path, expected);
  });

  it('its evidence is the line of Disposition', async () => {
    await holds(
      (as) => mdn(`Lorem: ipsum\n${as}: manual-action/MDN-sent-manually; displayed\n`),
      'Disposition',
      'evidence.kind.line',
      2,
    );
  });
});

describe('a feedback report (RFC 5965)', () => {
  const arf = (fields: string, type = 'message/feedback-report'): string => `From: fbl@example.com
Subject: complaint
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b
Content-Type: text/plain

complaint

--b
Content-Type: ${type}

${fields}
--b--
`;
  it.each([
    ['feedback-type', 'fraud', 'feedback.type', 'fraud'],
    ['abuse-type', 'fraud', 'feedback.type', 'fraud'],
    ['user-agent', 'Loop/1', 'feedback.userAgent', 'Loop/1'],
    ['version', '0.1', 'feedback.version', '0.1'],
    ['original-mail-from', '<news@sender.example>', 'feedback.originalMailFrom', 'news@sender.example'],
    ['original-rcpt-to', '<bob@example.com>', 'feedback.originalRcptTo', ['bob@example.com']],
    ['removal-recipient', '<bob@example.com>', 'feedback.originalRcptTo', ['bob@example.com']],
    ['original-envelope-id', 'QQ3', 'feedback.originalEnvelopeId', 'QQ3'],
    ['arrival-date', 'Thu, 19 Nov 2026 10:11:12 +0100', 'feedback.arrivalDate', '2026-11-19T10:11:12+01:00'],
    ['received-date', 'Thu, 19 Nov 2026 10:11:12 +0100', 'feedback.arrivalDate', '2026-11-19T10:11:12+01:00'],
    ['source-ip', '192.0.2.7', 'feedback.sourceIp', '192.0.2.7'],
    ['source', '[192.0.2.7]', 'feedback.sourceIp', '192.0.2.7'],
    ['reporting-mta', 'dns; mx.example.com', 'feedback.reportingMta', 'mx.example.com'],
    ['incidents', '3', 'feedback.incidents', 3],
    ['reported-domain', 'sender.example', 'feedback.reportedDomain', ['sender.example']],
    ['reported-uri', 'https://sender.example/', 'feedback.reportedUri', ['https://sender.example/']],
    ['authentication-results', 'mx; spf=pass', 'feedback.authenticationResults', ['mx; spf=pass']],
  ])('%s', async (name, value, path, expected) => {
    await holds((as) => arf(`Lorem: ipsum\n${as}: ${value}\n`), name, path, expected);
  });

  it('its evidence is the line of Feedback-Type', async () => {
    await holds((as) => arf(`Lorem: ipsum\n${as}: abuse\n`), 'Feedback-Type', 'evidence.kind.line', 2);
  });

  it.each(['auth-failure', 'not-spam', 'virus', 'other'])(
    '%s is no complaint of the recipient',
    async (type) => {
      await holds((as) => arf(`Feedback-Type: ${as}\n`), type, 'feedback.complaint', false);
    },
  );

  it('is known by report-type where the part has another label', async () => {
    const message = (as: string): string =>
      arf('Feedback-Type: abuse\n', 'text/plain').replace('report-type', as);
    await holds(message, 'report-type', 'format', 'rfc5965');
  });
});

describe('labels of a notice', () => {
  const notice = (body: string): string => `From: MAILER-DAEMON@mx.example
To: sender@example.org
Subject: Undelivered mail
Content-Type: text/plain; charset=utf-8

${body}
`;

  it.each(
    names(`
      recipient | recipients | recipient address | recipient(s) | recipient e-mail | recipient email |
      failed recipient | failed recipients | failed recipient(s) | failed address | final recipient |
      intended recipient | intended recipients | original recipient | undeliverable address |
      error-for | undeliverable to | undelivered to | not delivered to | invalid address | bad address |
      unknown user | unknown local user | unknown recipient | user unknown | no such user |
      no such recipient | invalid recipient | invalid final delivery userid |
      user mailbox exceeds allowed size | mailbox full | user | address | e-mail | email |
      e-mail address | email address | mailbox | target mail address | target address | delivery to |
      delivery failed to | could not be delivered to | rcpt to | destinataire | destinataires |
      adresse | empfänger | empfängeradresse | destinatario | destinatarios | destinatário |
      destinatari | ontvanger | mottagare | mottaker | modtager | vastaanottaja | odbiorca | adresat |
      příjemce | címzett | destinatarul | получатель | адрес | адресат | одержувач | alıcı | 宛先 | 受信者 |
      送信先 | 送信先アドレス | あて先 | 收件人 | 收件人地址 | 收件者 | 받는 사람 | 수신자
    `),
  )('%s: names a recipient', async (label) => {
    const found = async (as: string): Promise<(string | null)[]> =>
      (
        await parse(notice(`Recipient: carol@example.com\nquark is up\n${as}: bob@example.com\nlorem`))
      ).recipients.map((r) => r.recipient);
    expect(await found(label)).toEqual(['carol@example.com', 'bob@example.com']);
    expect(await found(`${label} zz`)).not.toContain('bob@example.com');
  });

  it.each(
    names(`
      diagnostic code | diagnostic-code | remote server replied | server message | the response was |
      the response from the remote server was | the error that the other server returned was |
      remote host said | error message below | error message | smtp error | server response |
      smtp response | remote server said | the error was | host said |
      body of message generated response | rcpt to generated following response |
      mail from generated following response | generated following response |
      data generated following response | remote server returned | response | last error |
      the reason of the delivery failure was | error-text | error text | reason | reasons |
      reject reason | rejection reason | failure reason | failure reasons | reason for failure |
      the reason | for the following reason | for the following reasons |
      delivery failed for the following reason | technical details |
      technical details of permanent failure | technical details of temporary failure |
      the reason for the problem | error detail | error details | error description | error | because |
      could not be delivered because of | because of the following reason | non-delivered information |
      delay reason | problem | explanation | details | cause | grund | fehler | fehlermeldung |
      ursache | motif | raison | erreur | motivo | razón | causa | razão | reden | orsak | årsag |
      powód | důvod | причина | ошибка | 理由 | 原因 | エラー内容 | エラー | 사유 | 退信原因
    `),
  )('%s: tells the cause', async (label) => {
    const message = (as: string): string =>
      notice(`Recipient: bob@example.com\n\nLorem ipsum.\n\n${as}: the quark is up`);
    expect(await read(message(label), 'recipients.0.diagnosticCode')).toBe('the quark is up');
    expect(await read(message(`${label} zz`), 'recipients.0.diagnosticCode')).not.toBe('the quark is up');
  });

  it.each(['remote system', 'remote-mta', 'remote mta', 'remote server', 'remote host', 'reporting server'])(
    '%s: names the host',
    async (label) => {
      const message = (as: string): string =>
        notice(`Recipient: bob@example.com\n${as}: mx.far.example\nReason: the quark is up`);
      await holds(message, label, 'recipients.0.remoteMta', 'mx.far.example');
    },
  );

  it.each(['original address', 'original-recipient'])('%s: names what the sender wrote to', async (label) => {
    const message = (as: string): string =>
      notice(`Recipient: bob@example.com\n${as}: rob@example.com\nReason: the quark is up`);
    await holds(message, label, 'recipients.0.recipient', 'rob@example.com');
  });

  it.each(['error type', 'additional information', 'error-code', 'hmailserver sent'])(
    '%s: is no cause',
    async (label) => {
      const message = (as: string): string =>
        notice(`Recipient: bob@example.com\nReason: quark\n${as}: 550 lorem\nmore`);
      await holds(message, label, 'recipients.0.diagnosticCode', 'quark more');
    },
  );

  it.each(['to', 'an', 'à', 'para', 'a', 'aan', 'кому', '宛先', '收件人'])(
    '%s: among the fields of the message names the recipient',
    async (label) => {
      const message = (as: string): string =>
        notice(`Your message could not be delivered.\n\nSubject: x\n${as}: bob@example.com`);
      await holds(message, label, 'recipients.0.recipient', 'bob@example.com');
    },
  );

  /** A returned message behind the notice, known by its fields; its text must not be read as a notice. */
  const returned = (...names: string[]): string =>
    notice(`Recipient: bob@example.com\nquark\n\n${names.map((name) => `${name}: lorem\n`).join('')}\nhello`);

  it.each(
    names(`
      return-path | message-id | mime-version | dkim-signature | domainkey-signature | delivered-to |
      x-received | received-spf | authentication-results | received
    `),
  )('%s is a field of a message that travelled', async (name) => {
    const other = name === 'received' ? 'return-path' : 'received';
    expect((await parse(returned(name, other))).original).not.toBeNull();
    expect((await parse(returned(misspelt(name), other))).original).toBeNull();
  });

  it.each(
    names(`
      from | to | cc | subject | date | reply-to | sender | content-type | content-transfer-encoding |
      user-agent | x-mailer | list-id | list-unsubscribe | precedence | envelope-to
    `),
  )('%s is a field of a message', async (name) => {
    const other = name === 'date' ? 'cc' : 'date';
    expect((await parse(returned('received', name, other))).original).not.toBeNull();
    // A field with X- may be any.
    if (!name.startsWith('x-'))
      expect((await parse(returned('received', misspelt(name), other))).original).toBeNull();
  });
});

describe('the header of a message', () => {
  const original = (fields: string): string =>
    dsn('Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n').replace(
      '--b--',
      `--b\nContent-Type: message/rfc822\n\nLorem: ipsum\n${fields}\n\nhello\n--b--`,
    );
  it.each([
    ['message-id', '<42@sender.example>', 'messageId', '42@sender.example'],
    ['from', 'News <news@sender.example>', 'from', 'news@sender.example'],
    ['sender', 'News <news@sender.example>', 'from', 'news@sender.example'],
    ['to', 'Rob <rob@example.com>', 'to', 'rob@example.com'],
    ['subject', '=?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'subject', 'Grüße'],
    ['date', 'Thu, 19 Nov 2026 10:11:12 +0100', 'date', '2026-11-19T10:11:12+01:00'],
    ['return-path', '<bounce@sender.example>', 'returnPath', 'bounce@sender.example'],
    ['list-id', 'All the news <news.sender.example>', 'listId', 'news.sender.example'],
  ])('%s of the returned one', async (name, value, field, expected) => {
    await holds((as) => original(`${as}: ${value}`), name, `original.${field}`, expected);
  });

  it.each(['x-original-to', 'envelope-to', 'x-envelope-to', 'delivered-to', 'to', 'x-rcpt-to'])(
    '%s carries the recipient by VERP',
    async (name) => {
      const message = (as: string): string =>
        dsn('Action: failed\nStatus: 5.1.1\n', `${as}: list+bob=example.com@sender.example\n`).replace(
          'To: sender@example.org\n',
          '',
        );
      await holds(message, name, 'recipients.0.recipient', 'bob@example.com');
    },
  );

  it.each([
    ['x-failed-recipients', 'bob@example.com'],
    ['x-mailer-daemon-recipients', 'bob@example.com'],
    ['final-recipient', 'rfc822; bob@example.com'],
  ])('%s of a notice names the recipient', async (name, value) => {
    const message = (as: string): string =>
      `From: MAILER-DAEMON@mx.example\n${as}: ${value}\nSubject: Undelivered mail\n\nYour message could not be delivered.\n`;
    await holds(message, name, 'recipients.0.recipient', 'bob@example.com');
  });

  it.each([
    ['return-path', '<>'],
    ['return-path', '<MAILER-DAEMON>'],
    ['x-failed-recipients', 'bob@example.com'],
    ['final-recipient', 'bob@example.com'],
    ['auto-submitted', 'auto-generated'],
  ])('%s: %s tells that a program wrote it', async (name, value) => {
    const message = (as: string): string =>
      `From: Robot <robot@mx.example>\n${as}: ${value}\nSubject: Undelivered mail\n\nThe following address failed:\n\n  <bob@example.com>: 550 5.1.1 User unknown\n`;
    const report = async (as: string): Promise<unknown> => {
      const { kind, shouldReply } = await parse(message(as));
      return { kind, shouldReply };
    };
    expect(await report(name)).not.toEqual(await report(misspelt(name)));
  });

  it('from tells a mail system', async () => {
    const message = (as: string): string =>
      `${as}: Mail Delivery System <x@mx.example>\nSubject: Re: Undelivered mail\n\nThe following address failed:\n\n  <bob@example.com>: 550 5.1.1 User unknown\n`;
    await holds(message, 'From', 'kind', 'bounce');
  });
});

describe('fields of a part', () => {
  const notice = 'From: MAILER-DAEMON@mx.example\nSubject: Undelivered mail\n';
  it('content-transfer-encoding', async () => {
    const body = Buffer.from('Recipient: bob@example.com\n').toString('base64');
    await holds(
      (as) => `${notice}${as}: base64\n\n${body}\n`,
      'Content-Transfer-Encoding',
      'recipients.0.recipient',
      'bob@example.com',
    );
  });
  it('charset', async () => {
    const utf7 = 'Recipient: bob+AEA-example.com\n';
    await holds(
      (as) => `${notice}Content-Type: text/plain; ${as}=utf-7\n\n${utf7}`,
      'charset',
      'recipients.0.recipient',
      'bob@example.com',
    );
  });
  it('boundary', async () => {
    const text = dsn('Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n');
    const codes = async (as: string): Promise<string[]> =>
      (await parse(text.replace('boundary=', as))).warnings.map((w) => w.code);
    expect(await codes('boundary=')).toEqual([]);
    expect(await codes('bound=')).toContain('missing-boundary');
  });
});
