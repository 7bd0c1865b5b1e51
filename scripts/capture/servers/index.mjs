import { chasquid } from './chasquid.mjs';
import { courier } from './courier.mjs';
import { dma } from './dma.mjs';
import { exim, eximDsn, eximOwnTexts } from './exim.mjs';
import { nullmailer } from './nullmailer.mjs';
import { opensmtpd } from './opensmtpd.mjs';
import { postfix } from './postfix.mjs';
import { sendmail } from './sendmail.mjs';

/** In the order in which they are captured. */
export const SERVERS = [postfix, exim, eximDsn, eximOwnTexts, sendmail, opensmtpd, courier, chasquid, dma, nullmailer];
