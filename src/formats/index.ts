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
import { activehunter } from './activehunter.ts';
import { amazonSes } from './amazon-ses.ts';
import { amazonWorkmail } from './amazon-workmail.ts';
import { aol } from './aol.ts';
import { biglobe } from './biglobe.ts';
import { cdo } from './cdo.ts';
import { courier } from './courier.ts';
import { dragonfly } from './dragonfly.ts';
import { exim } from './exim.ts';
import { ezweb } from './ezweb.ts';
import { fml } from './fml.ts';
import { gmx } from './gmx.ts';
import { hmailserver } from './hmailserver.ts';
import { imail } from './imail.ts';
import { interscan } from './interscan.ts';
import { ironport } from './ironport.ts';
import { james } from './james.ts';
import { jetmail } from './jetmail.ts';
import { kddi } from './kddi.ts';
import { kundenserver } from './kundenserver.ts';
import { listserv } from './listserv.ts';
import { lsmtp } from './lsmtp.ts';
import { mFilter } from './m-filter.ts';
import { mailRu } from './mail-ru.ts';
import { mail2000 } from './mail2000.ts';
import { mailenable } from './mailenable.ts';
import { mailfoundry } from './mailfoundry.ts';
import { mailman } from './mailman.ts';
import { mailmarshal } from './mailmarshal.ts';
import { mdaemon } from './mdaemon.ts';
import { messagelabs } from './messagelabs.ts';
import { messagingServer } from './messaging-server.ts';
import { mlmmj } from './mlmmj.ts';
import { mxlogic } from './mxlogic.ts';
import { opensmtpd } from './opensmtpd.ts';
import { pec } from './pec.ts';
import { postfix } from './postfix.ts';
import { postfixSmtpd } from './postfix-smtpd.ts';
import { qmail } from './qmail.ts';
import { sendmail } from './sendmail.ts';
import { sendmail5 } from './sendmail-5.ts';
import { smail } from './smail.ts';
import { surgemail } from './surgemail.ts';
import { sympa } from './sympa.ts';
import { technicalDetails } from './technical-details.ts';
import { verizon } from './verizon.ts';
import { xarf } from './xarf.ts';
import { xmail } from './xmail.ts';
import { yahoo } from './yahoo.ts';
import { zoho } from './zoho.ts';
import { nested } from './nested.ts';
import { optOut } from './opt-out.ts';
import { receipt } from './receipt.ts';
import { rfc3464 } from './rfc3464.ts';
import { rfc5965 } from './rfc5965.ts';
import { rfc8098 } from './rfc8098.ts';
import { sieveReject } from './sieve-reject.ts';
import { statusText } from './status-text.ts';

/** Every built-in format. The order decides only where two are equally sure. */
export const FORMATS: readonly Format[] = [
  rfc3464,
  sieveReject,
  jmrp,
  pec,
  optOut,
  autoReply,
  rfc5965,
  xarf,
  rfc8098,
  receipt,
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
  qmail,
  exim,
  sendmail,
  sendmail5,
  postfix,
  postfixSmtpd,
  courier,
  opensmtpd,
  dragonfly,
  james,
  messagingServer,
  imail,
  mdaemon,
  mailenable,
  hmailserver,
  interscan,
  mailmarshal,
  mailfoundry,
  mFilter,
  activehunter,
  fml,
  mlmmj,
  mailman,
  sympa,
  listserv,
  mxlogic,
  yahoo,
  amazonSes,
  amazonWorkmail,
  aol,
  mailRu,
  zoho,
  gmx,
  kundenserver,
  kddi,
  ezweb,
  biglobe,
  verizon,
  mail2000,
  technicalDetails,
  surgemail,
  ironport,
  messagelabs,
  smail,
  jetmail,
  lsmtp,
  xmail,
  cdo,
  generic,
];
