import type { ImapFlowError } from 'imapflow';
import { SourceError } from './errors.ts';
import type { ImapAddress } from './imap-url.ts';

/** What OpenSSL and Node say of a certificate that is not accepted. */
const CERTIFICATE_CAUSES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired: the server needs a new one',
  CERT_NOT_YET_VALID: 'is not valid yet: compare the clocks of both machines',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name: use the name that stands in the certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is signed by nobody known: name it in NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'is signed by nobody known: name that authority in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'is signed by nobody known, or comes without its intermediate: the server must send the whole chain, or name the authority in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_GET_ISSUER_CERT: 'is signed by nobody known: name that authority in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'is signed by nobody known: name that authority in NODE_EXTRA_CA_CERTS',
  CERT_REVOKED: 'was revoked: the server needs a new one',
  CERT_UNTRUSTED: 'is signed by nobody known: name that authority in NODE_EXTRA_CA_CERTS',
};

/** What to say where no IMAP conversation came about. */
const CONNECTION_CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there: check the port, and whether the server runs',
  ENOTFOUND: 'no such host: check the name',
  EAI_AGAIN: 'the name server did not answer',
  ETIMEDOUT: 'no answer: check host, port and firewall',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  CONNECT_TIMEOUT: 'no answer: check host, port and firewall',
  GREETING_TIMEOUT: 'it does not greet like an IMAP server: check the port (imaps is 993, imap 143)',
  UPGRADE_TIMEOUT: 'STARTTLS did not come about: try imaps://',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEOUT: 'it stopped answering',
  NoConnection: 'the connection was closed',
  EConnectionClosed: 'the connection was closed',
  ClosedAfterConnectText: 'the server hung up before its greeting',
  ClosedAfterConnectTLS: 'the server hung up before its greeting',
  EPROTO: 'it does not speak TLS there: check the port (imaps is 993, imap 143)',
  MissingServerExtension: 'it offers no STARTTLS: use imaps://, or --no-tls on a network that you trust',
};

/** Puts an error of the IMAP client into words: what is wrong, what to do, whether waiting can help. */
export function explainImapError(error: unknown, address: ImapAddress): SourceError {
  if (error instanceof SourceError) return error;
  const failure = error as ImapFlowError;
  const { code = '' } = failure;
  const server = `${address.host}:${address.port}`;
  if (failure.authenticationFailed === true) {
    const said = failure.responseText ?? (typeof failure.response === 'string' ? failure.response : '');
    const temporary = failure.serverResponseCode === 'UNAVAILABLE' || /temporar/i.test(said);
    return new SourceError(
      'authentication',
      `${server} refused the login of ${address.user}${said === '' ? '' : ` (${said})`}: ` +
        (temporary ? 'it says that this is temporary' : 'check the user and the password or token'),
      temporary,
      { cause: error },
    );
  }
  const certificate = CERTIFICATE_CAUSES[code];
  if (certificate !== undefined) {
    return new SourceError('certificate', `the certificate of ${server} ${certificate}`, false, {
      cause: error,
    });
  }
  // OpenSSL has a code for each way in which an answer is no TLS.
  const known =
    CONNECTION_CAUSES[code.startsWith('ERR_SSL_') ? 'EPROTO' : code] ??
    (failure.tlsFailed === true ? CONNECTION_CAUSES.MissingServerExtension : undefined);
  const said = failure.responseText === undefined ? failure.message : `it says: ${failure.responseText}`;
  return new SourceError('connection', `${server}: ${known ?? said}`, true, { cause: error });
}
