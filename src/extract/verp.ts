import type { Message } from '../mime/scan.ts';
import { addressList, bareAddress, isAddress } from './addresses.ts';
import { type Found, inferred } from './draft.ts';

/** Header fields that can hold the envelope sender of the returned message: where its bounce came to. */
const FIELDS = ['x-original-to', 'envelope-to', 'x-envelope-to', 'delivered-to', 'to', 'x-rcpt-to'] as const;

/** How the recipient is written into an envelope sender (VERP). `local` and `domain` are the recipient's. */
const ENCODINGS = [
  /** SendGrid: `bounces+1234567-ab12-bob=example.com@` */
  /^[^+]{1,64}\+\d{1,20}-[0-9a-f]{4,8}-(?<local>[^=]{1,64})=(?<domain>[^=@]{3,255})@/i,
  /** Sympa: `bounce+bob==a==example.com==list@` */
  /^[^+]{1,64}\+(?<local>[^=+]{1,64})==a==(?<domain>[^=@]{3,255})(?:==[^@]{1,64})?@/i,
  /** ezmlm, Yahoo Groups, Mailchimp and kin: `list-return-42-bob=example.com@` */
  /^(?:[^=@]{1,64}-)?(?:return|returns|bounce|bounces|sentto|verp)-(?:[0-9_.]{1,40}-){0,3}(?<local>[^=]{1,64})=(?<domain>[^=@]{3,255})@/i,
  /** Postfix, Exim, Mailman: `bounces+bob=example.com@` */
  /^[^=@]{1,100}\+(?<local>[^=+]{1,64})=(?<domain>[^=@]{3,255})@/,
  /** LISTSERV: `owner-news*bob**example.com@` */
  /^[^*@]{1,64}\*(?<local>[^*]{1,64})\*\*(?<domain>[^*@]{3,255})@/,
] as const satisfies readonly RegExp[];

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

/** The recipient that an envelope sender carries, null where it carries none. */
export function decodeVerp(address: string): string | null {
  const envelope = unwrapEnvelope(address);
  for (const encoding of ENCODINGS) {
    const groups = encoding.exec(envelope)?.groups;
    if (groups === undefined) continue;
    const recipient = `${groups['local'] ?? ''}@${groups['domain'] ?? ''}`;
    if (isAddress(recipient) && recipient.includes('.', recipient.indexOf('@'))) return recipient;
  }
  return null;
}

/** The recipient out of the address that the report was sent to, or out of the returned message's return path. */
export function readVerp(message: Message, returnPath: string | null): Found | null {
  for (const name of FIELDS) {
    const field = message.headers.field(name);
    if (field === null) continue;
    for (const address of addressList(field.value)) {
      const recipient = decodeVerp(address);
      if (recipient === null) continue;
      const text = `${name}: ${field.value}`.slice(0, 500);
      return inferred(recipient, 'return-path', { from: 'header', part: '0', line: field.line, text });
    }
  }
  const bare = returnPath === null ? null : bareAddress(returnPath);
  const recipient = bare === null ? null : decodeVerp(bare);
  if (recipient === null || bare === null) return null;
  const field = message.headers.field('to') ?? message.headers.fields[0];
  return inferred(recipient, 'return-path', {
    from: 'original',
    part: '0',
    line: field?.line ?? 1,
    text: bare,
  });
}
