import type { Message } from '../mime/scan.ts';
import { addressList, bareAddress, isAddress } from './addresses.ts';
import { type Found, inferred } from './draft.ts';

/** Header fields that can hold the envelope sender of the returned message: where its bounce came to. */
const FIELDS = ['x-original-to', 'envelope-to', 'x-envelope-to', 'delivered-to', 'to', 'x-rcpt-to'] as const;

/** In front of the recipient where no `+` stands there: ezmlm `list-return-42-`, Yahoo Groups `sentto-1-2-3-`, Mailchimp `bounce-mc.us1_2.3-`. */
const LEAD = /(?:^|-)(?:returns?|bounces?|sentto|verp)-/i;
/** Numbers of a message or a customer in front of the recipient; SendGrid's `1234567-ab12-`. */
const NUMBER = /^(?:[0-9]{1,20}-[0-9a-f]{4}-|(?:mc\.)?[a-z]{0,3}[0-9][0-9_.]{0,40}-)/i;

/** BATV (`prvs=0123abcdef=bob@example.org`) and SRS (`SRS0=hash=tt=example.org=bob@forwarder`) taken off an envelope address. */
export function unwrapEnvelope(address: string): string {
  const batv = /^(?:prvs|btv1)={1,2}[0-9a-z/]{1,20}={1,2}([^@]{1,200}@.{1,255})$/i.exec(address);
  if (batv !== null) return unwrapEnvelope(batv[1] as string);
  // SRS1 wraps an SRS0: SRS1=hash=first-forwarder==hash=tt=domain=local@second-forwarder
  const srs =
    /^SRS0[=+-][^=@]{1,20}=[^=@]{1,4}=([^=@]{3,255})=([^@]{1,200})@/i.exec(address) ??
    /^SRS1[=+-][^=@]{1,20}=[^=@]{3,255}==[^=@]{1,20}=[^=@]{1,4}=([^=@]{3,255})=([^@]{1,200})@/i.exec(address);
  return srs === null ? address : `${srs[2]}@${srs[1]}`;
}

/**
 * The recipient that an envelope sender carries, null where it carries none: `bounces+bob=example.com@` (Postfix,
 * Exim, Mailman), `list-return-42-bob=example.com@` (ezmlm), `bounce+bob==a==example.com==list@` (Sympa),
 * `owner-list*bob**example.com@` (LISTSERV), with the numbers that senders put in between.
 */
export function decodeVerp(address: string): string | null {
  const envelope = unwrapEnvelope(address);
  const local = envelope.slice(0, Math.max(0, envelope.lastIndexOf('@')));
  const plus = local.indexOf('+');
  const star = local.indexOf('*');
  const double = local.indexOf('**', star + 1);
  if (star > 0 && double !== -1) return addressOf(local.slice(star + 1, double), local.slice(double + 2));
  const sympa = local.indexOf('==a==');
  if (sympa !== -1)
    return addressOf(local.slice(plus + 1, sympa), local.slice(sympa + 5).split('==', 1)[0] as string);
  const equals = local.lastIndexOf('=');
  if (equals === -1) return null;
  let user: string;
  if (plus !== -1) user = local.slice(plus + 1, equals);
  else {
    const lead = LEAD.exec(local);
    if (lead === null) return null;
    user = local.slice(lead.index + lead[0].length, equals);
  }
  for (let times = 0; times < 3; times++) user = user.replace(NUMBER, '');
  return addressOf(user, local.slice(equals + 1));
}

function addressOf(local: string, domain: string): string | null {
  const address = `${local}@${domain}`;
  return domain.includes('.') && isAddress(address) ? address : null;
}

/** The recipient out of the address that the report was sent to, or out of the returned message's return path. */
export function readVerp(message: Message, returnPath: string | null): Found | null {
  for (const name of FIELDS) {
    const field = message.headers.field(name);
    if (field === null) continue;
    for (const address of addressList(field.value)) {
      const decoded = decodeVerp(address);
      if (decoded === null) continue;
      const text = `${name}: ${field.value}`.slice(0, 500);
      return inferred(decoded, 'return-path', { from: 'header', part: '0', line: field.line, text });
    }
  }
  const bare = returnPath === null ? null : bareAddress(returnPath);
  const decoded = bare === null ? null : decodeVerp(bare);
  if (decoded === null || bare === null) return null;
  const field = message.headers.field('to') ?? message.headers.fields[0];
  return inferred(decoded, 'return-path', {
    from: 'original',
    part: '0',
    line: field?.line ?? 1,
    text: bare,
  });
}
