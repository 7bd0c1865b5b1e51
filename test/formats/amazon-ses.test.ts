import { describe, expect, it } from 'vitest';
import { createParser, parse } from '../../src/index.ts';

const mail = (event: object): string =>
  `From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message\n\n${JSON.stringify(event)}\n`;
const bounced = (...addresses: string[]): object => ({
  notificationType: 'Bounce',
  bounce: {
    bounceType: 'Permanent',
    bouncedRecipients: addresses.map((emailAddress) => ({
      emailAddress,
      status: '5.1.1',
      diagnosticCode: 'smtp; 550 5.1.1 no',
    })),
  },
  mail: {
    messageId: '0102-1',
    commonHeaders: {
      from: ['News <news@sender.example>'],
      to: ['bob@example.com', 'ann@example.com'],
      messageId: '<1@sender.example>',
      subject: 'Hello',
    },
  },
});

describe('a notification of Amazon SES', () => {
  it('tells the header of the message by its common fields where it has no others', async () => {
    const report = await parse(mail(bounced('bob@example.com')));
    expect(report).toMatchObject({
      format: 'amazon-ses',
      recipients: [{ recipient: 'bob@example.com', status: '5.1.1' }],
      original: {
        from: 'news@sender.example',
        to: 'bob@example.com, ann@example.com',
        messageId: '1@sender.example',
        subject: 'Hello',
      },
    });
  });

  it('warns where it names more recipients than are read', async () => {
    const event = mail(bounced('a@example.com', 'b@example.com', 'c@example.com'));
    const codes = async (recipients: number): Promise<[number, string[]]> => {
      const report = await createParser({ limits: { recipients } }).parse(event);
      return [report.recipients.length, report.warnings.map((w) => w.code)];
    };
    expect(await codes(3)).toEqual([3, []]);
    expect(await codes(2)).toEqual([2, ['limit-recipients']]);
  });

  it('tells the lines of an object that has several', async () => {
    const text = `From: no-reply@sns.amazonaws.com\n\n${JSON.stringify(bounced('bob@example.com'), null, 2)}\n`;
    const line = text.split('\n').findIndex((l) => l.includes('"bob@example.com"')) - 1;
    const { recipients } = await parse(text);
    expect(recipients[0]?.evidence.recipient).toMatchObject({ line, text: 'bob@example.com' });
    expect(recipients[0]?.evidence.status?.line).toBe(line + 1);
  });

  it('backs the action of a recipient without address by the type of the event', async () => {
    const { recipients } = await parse(mail(bounced('')));
    expect(recipients[0]?.evidence.action).toMatchObject({ text: 'Bounce' });
  });
});
