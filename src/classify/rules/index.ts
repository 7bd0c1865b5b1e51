import type { Rule } from '../rule.ts';
import { AOL } from './aol.ts';
import { APPLE } from './apple.ts';
import { ATT } from './att.ts';
import { AUTHENTICATION, ENCRYPTION, IDENTITY, SENDER } from './authentication.ts';
import { BARRACUDA } from './barracuda.ts';
import { CLOUDMARK } from './cloudmark.ts';
import { ACCEPTED, FIRST_DIGIT, PRECISE_CODES, REPLY_CODE_ROWS, VAGUE_CODES } from './codes.ts';
import { COMCAST } from './comcast.ts';
import { CONTENT, PLAIN_REFUSAL, POLICY } from './content.ts';
import { COX } from './cox.ts';
import { DOCOMO } from './docomo.ts';
import { EXCHANGE_SERVER } from './exchange-server.ts';
import { FREE } from './free.ts';
import { GMAIL } from './gmail.ts';
import { GMX } from './gmx.ts';
import { GODADDY } from './godaddy.ts';
import { I_UA } from './i-ua.ts';
import { IRONPORT } from './ironport.ts';
import { KDDI } from './kddi.ts';
import { LAPOSTE } from './laposte.ts';
import { MICROSOFT } from './microsoft.ts';
import { MIMECAST } from './mimecast.ts';
import { NETEASE } from './netease.ts';
import { ORANGE } from './orange.ts';
import { OUTLOOK } from './outlook.ts';
import { PROOFPOINT } from './proofpoint.ts';
import { QQ } from './qq.ts';
import { LANGUAGES } from './languages.ts';
import { QUOTA, TOO_MANY } from './quota.ts';
import { RAMBLER } from './rambler.ts';
import { RECIPIENT, RECIPIENT_LOOSELY, RECIPIENT_REFUSED } from './recipient.ts';
import { CLIENT, RATE, REPUTATION } from './reputation.ts';
import { IN_OTHER_WORDS, SENTENCES } from './sentences.ts';
import { SOPHOS } from './sophos.ts';
import { SPECTRUM } from './spectrum.ts';
import { SYMANTEC } from './symantec.ts';
import { T_ONLINE } from './t-online.ts';
import {
  DOMAIN,
  EXIT_CODES,
  GAVE_UP,
  LOCAL_PROGRAM,
  NETWORK,
  RELAY,
  SENDING_SIDE,
  SERVER,
} from './transport.ts';
import { TRENDMICRO } from './trendmicro.ts';
import { YAHOO } from './yahoo.ts';
import { YANDEX } from './yandex.ts';
import { ZOHO } from './zoho.ts';

/** Who refused: each row holds for replies of its provider alone. */
const BY_PROVIDER: readonly Rule[] = [
  ...OUTLOOK,
  ...GMAIL,
  ...MICROSOFT,
  ...EXCHANGE_SERVER,
  ...YAHOO,
  ...AOL,
  ...APPLE,
  ...COMCAST,
  ...COX,
  ...SPECTRUM,
  ...ORANGE,
  ...LAPOSTE,
  ...MIMECAST,
  ...PROOFPOINT,
  ...CLOUDMARK,
  ...BARRACUDA,
  ...IRONPORT,
  ...TRENDMICRO,
  ...SOPHOS,
  ...GODADDY,
  ...QQ,
  ...NETEASE,
  ...YANDEX,
  ...GMX,
  ...T_ONLINE,
  ...FREE,
  ...ATT,
  ...ZOHO,
  ...RAMBLER,
  ...SYMANTEC,
  ...DOCOMO,
  ...KDDI,
  ...I_UA,
];

/** Wording that means the same everywhere. */
const BY_WORDING: readonly Rule[] = [
  ...SENTENCES,
  ...SENDING_SIDE,
  ...TOO_MANY,
  ...RATE,
  ...REPUTATION,
  ...AUTHENTICATION,
  ...QUOTA,
  ...LOCAL_PROGRAM,
  ...IDENTITY,
  ...DOMAIN,
  ...RELAY,
  ...RECIPIENT,
  ...SENDER,
  ...ENCRYPTION,
  ...CONTENT,
  ...LANGUAGES,
];

/** The table, in the order in which rows are tried. */
export const RULES: readonly Rule[] = [
  ...ACCEPTED,
  ...BY_PROVIDER,
  ...BY_WORDING,
  ...PRECISE_CODES,
  ...RECIPIENT_LOOSELY,
  ...NETWORK,
  ...CLIENT,
  ...POLICY,
  ...EXIT_CODES,
  ...SERVER,
  ...GAVE_UP,
  ...IN_OTHER_WORDS,
  ...RECIPIENT_REFUSED,
  ...PLAIN_REFUSAL,
  ...VAGUE_CODES,
  ...REPLY_CODE_ROWS,
  ...FIRST_DIGIT,
];
