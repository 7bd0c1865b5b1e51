import { createHmac } from 'node:crypto';
import { BouncekitError } from '../../index.ts';
import { type Delivery, type Sink, SinkError } from './sink.ts';

const TIMEOUT_MS = 30_000;
const MAX_RETRY_AFTER_MS = 3_600_000;

/** Answers about this report and no other: the request was understood, and this body is not wanted (RFC 9110 §15.5). */
const REFUSED: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/**
 * Posts each report to a URL, signed as in https://www.standardwebhooks.com: HMAC-SHA256 over id, time and body.
 * `Idempotency-Key` and `webhook-id` stay the same when a report is sent again.
 * @throws BouncekitError `invalid-option`
 */
export function webhookSink(url: string, secret: string | null): Sink {
  const target = checkUrl(url);
  const key = secret === null ? null : signingKey(secret);
  return {
    name: `${target.origin}${target.pathname}`,
    deliver: (delivery) => post(target, key, delivery),
    close: async () => {},
  };
}

function checkUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new BouncekitError('invalid-option', 'the webhook is no URL');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new BouncekitError(
      'invalid-option',
      `a webhook begins with https:// or http://, not ${url.protocol}//`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new BouncekitError('invalid-option', 'the webhook URL holds a password: sign the requests instead');
  }
  return url;
}

/** `whsec_` and base64, as the specification writes secrets, or any other text as it stands. */
function signingKey(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
}

/** The `webhook-signature` of a body. */
export function sign(key: Buffer, id: string, timestamp: number, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

async function post(url: URL, key: Buffer | null, { json, key: id }: Delivery): Promise<void> {
  const timestamp = Math.floor(Date.now() / 1000);
  // Not AbortSignal.timeout(): it would live on for its whole time after each request.
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(new Error(`no answer within ${TIMEOUT_MS / 1000} s`));
  }, TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      body: json,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'bouncekit',
        'idempotency-key': id,
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        ...(key === null ? {} : { 'webhook-signature': sign(key, id, timestamp, json) }),
      },
      // A redirect could carry addresses of customers to another host.
      redirect: 'manual',
      signal: late.signal,
    });
    await response.body?.cancel();
  } catch (error) {
    const cause = (error as Error).cause;
    const said = cause instanceof Error ? cause.message || cause.name : (error as Error).message;
    throw new SinkError(`${url.host}: ${said}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
  if (response.ok) return;
  const moved =
    response.status >= 300 && response.status < 400 ? ': redirects are not followed, give the last URL' : '';
  throw new SinkError(`${url.host} answered ${response.status}${moved}`, {
    permanent: REFUSED.has(response.status),
    retryAfterMs: readRetryAfter(response.headers.get('retry-after')),
  });
}

/** Seconds or a date (RFC 9110 §10.2.3), in milliseconds from now. */
export function readRetryAfter(value: string | null, now = Date.now()): number | null {
  if (value === null) return null;
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}
