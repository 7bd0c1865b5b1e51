import type { Format } from './format.ts';
import { generic } from './generic.ts';
import { nested } from './nested.ts';
import { optOut } from './opt-out.ts';
import { rfc3464 } from './rfc3464.ts';
import { rfc5965 } from './rfc5965.ts';
import { rfc8098 } from './rfc8098.ts';
import { sieveReject } from './sieve-reject.ts';
import { statusText } from './status-text.ts';

/** Every built-in format. The order decides only where two are equally sure. */
export const FORMATS: readonly Format[] = [
  sieveReject,
  jmrp,
  optOut,
  autoReply,
  rfc3464,
  rfc5965,
  rfc8098,
  statusText,
  nested,
  generic,
];
