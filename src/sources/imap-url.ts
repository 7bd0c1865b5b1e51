import { BouncekitError } from '../index.ts';

/** An IMAP folder (RFC 5092). */
export interface ImapAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly folder: string;
  /** `imaps:` speaks TLS from the first byte, `imap:` asks for it with STARTTLS. */
  readonly implicitTls: boolean;
  /** The URL as it is shown: it holds no secret. */
  readonly url: string;
}

/**
 * Reads `imaps://user@host[:port][/folder]`. The folder is INBOX where none is given; `%40`, `%2F` and the like are
 * decoded.
 * @throws BouncekitError `invalid-option`
 */
export function parseImapUrl(text: string): ImapAddress {
  const wrong = (why: string): BouncekitError =>
    new BouncekitError('invalid-option', `${why}. The form is imaps://user@host/FOLDER`);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw wrong('this is no IMAP URL');
  }
  if (url.protocol !== 'imaps:' && url.protocol !== 'imap:') {
    throw wrong(`an IMAP URL begins with imaps:// or imap://, not ${url.protocol}//`);
  }
  if (url.password !== '') {
    throw wrong('an IMAP URL holds no password here, since everybody on this machine can see command lines');
  }
  if (url.hostname === '') throw wrong('the IMAP URL names no host');
  if (url.username === '') throw wrong('the IMAP URL names no user (an @ in the name is written %40)');
  const implicitTls = url.protocol === 'imaps:';
  let user: string;
  let folder: string;
  try {
    user = decodeURIComponent(url.username);
    folder = decodeURIComponent(url.pathname.slice(1)) || 'INBOX';
  } catch {
    throw wrong('the IMAP URL has a % that begins no code');
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (implicitTls ? 993 : 143) : Number(url.port),
    user,
    folder,
    implicitTls,
    url: `${url.protocol}//${url.username}@${url.host}/${encodeURIComponent(folder)}`,
  };
}
