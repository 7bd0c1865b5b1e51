import { chasquid } from './chasquid.mjs';
import { courier } from './courier.mjs';
import { cyrus } from './cyrus.mjs';
import { dma } from './dma.mjs';
import { dovecot } from './dovecot.mjs';
import { exim, eximDsn, eximOwnTexts } from './exim.mjs';
import { haraka } from './haraka.mjs';
import { mlmmj } from './mlmmj.mjs';
import { nullmailer } from './nullmailer.mjs';
import { opensmtpd } from './opensmtpd.mjs';
import { postfix, postfixOwnTexts, postfixTls } from './postfix.mjs';
import { sendmail } from './sendmail.mjs';
import { vacation } from './vacation.mjs';

/** In the order in which they are captured. */
export const SERVERS = [
  postfix,
  postfixOwnTexts,
  postfixTls,
  exim,
  eximDsn,
  eximOwnTexts,
  sendmail,
  opensmtpd,
  courier,
  chasquid,
  dma,
  nullmailer,
  haraka,
  dovecot,
  cyrus,
  vacation,
  mlmmj,
];
