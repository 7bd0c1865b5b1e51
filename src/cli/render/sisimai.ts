import { type Recipient, type Report, toLabel } from '../../index.ts';

/**
 * A report as Sisimai's JSON prints it, one object a recipient, field for field, so that its users can switch by
 * changing one command. Values that Sisimai invents are left empty: a status that no server gave, a reply code that
 * no reply had. `reason` has the names from before December 2025; `hardbounce` follows our own bounce type.
 *
 * Source: https://libsisimai.org/en/data/
 */
export function toSisimai(report: Report): object[] {
  return report.recipients.map((recipient) => record(report, recipient));
}

const UNIX = /^(\d{4}-\d\d-\d\dT[\d:.]{8,12})([+-]\d\d:?\d\d|Z)$/;

function record(report: Report, recipient: Recipient): object {
  const { original, feedback } = report;
  const addresser = original?.from ?? report.message.to ?? '';
  const address = recipient.recipient ?? '';
  const date = report.arrivalDate ?? original?.date ?? report.message.date ?? '';
  const accepted = recipient.bounceType === 'success';
  return {
    action: recipient.action ?? '',
    addresser,
    alias:
      recipient.finalRecipient !== null && recipient.finalRecipient !== address
        ? recipient.finalRecipient
        : '',
    catch: null,
    command: COMMANDS[recipient.command ?? ''] ?? '',
    decodedby: report.format ?? '',
    deliverystatus: recipient.status ?? '',
    destination: domainOf(address),
    diagnosticcode: recipient.diagnosticCode ?? '',
    diagnostictype: (recipient.diagnosticType ?? '').toUpperCase(),
    feedbackid: original?.headers['feedback-id'] ?? '',
    feedbacktype: feedback?.type ?? '',
    hardbounce: recipient.bounceType === 'hard',
    lhost: report.reportingMta ?? '',
    listid: original?.listId ?? '',
    messageid: original?.messageId ?? '',
    origin: report.source?.path ?? '',
    reason: accepted
      ? 'delivered'
      : recipient.reason === null
        ? ''
        : toLabel('sisimai', recipient.reason).label,
    recipient: address,
    replycode: recipient.replyCode ?? '',
    rhost: recipient.remoteMta ?? '',
    senderdomain: domainOf(addresser),
    smtpagent: report.format ?? '',
    smtpcommand: COMMANDS[recipient.command ?? ''] ?? '',
    softbounce: recipient.bounceType === 'hard' ? 0 : accepted ? -1 : 1,
    subject: original?.subject ?? '',
    timestamp: timestampOf(date),
    timezoneoffset: offsetOf(date),
    token: recipient.eventId,
  };
}

/** Sisimai names the stage by its verb. */
const COMMANDS: Readonly<Record<string, string>> = {
  CONNECT: 'CONN',
  EHLO: 'EHLO',
  STARTTLS: 'STARTTLS',
  AUTH: 'AUTH',
  'MAIL FROM': 'MAIL',
  'RCPT TO': 'RCPT',
  DATA: 'DATA',
  'end of DATA': 'DATA',
};

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1) || '';

/** Seconds since 1970; 0 for a date that is none, as Sisimai has it. */
function timestampOf(date: string): number {
  const value = Date.parse(date);
  return Number.isNaN(value) ? 0 : Math.floor(value / 1000);
}

function offsetOf(date: string): string {
  const zone = UNIX.exec(date)?.[2];
  return zone === undefined || zone === 'Z' ? '+0000' : zone.replace(':', '');
}
