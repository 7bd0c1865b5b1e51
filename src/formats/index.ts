import { jmrp } from './jmrp.ts';
import { autoReply } from './auto-reply.ts';
import { exchange5 } from './exchange-5.ts';
import { exchange2003 } from './exchange-2003.ts';
import { exchange2007 } from './exchange-2007.ts';
import { microsoft365 } from './microsoft365.ts';
import { gmail } from './gmail.ts';
import { googleGroups } from './google-groups.ts';
import { windowsSmtp } from './windows-smtp.ts';
import { domino } from './domino.ts';
import { lotusNotes } from './lotus-notes.ts';
import { groupwise } from './groupwise.ts';
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
  exchange5,
  exchange2003,
  exchange2007,
  microsoft365,
  gmail,
  googleGroups,
  windowsSmtp,
  domino,
  lotusNotes,
  groupwise,
  generic,
];
