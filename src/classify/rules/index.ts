import type { Rule } from '../rule.ts';
import { AUTHENTICATION, ENCRYPTION, IDENTITY } from './authentication.ts';
import { ACCEPTED, BARE_CODES, PRECISE_CODES, VAGUE_CODES } from './codes.ts';
import { CONTENT, POLICY } from './content.ts';
import { QUOTA } from './quota.ts';
import { RECIPIENT } from './recipient.ts';
import { RATE, REPUTATION } from './reputation.ts';
import { NETWORK, RELAY, SENDING_SIDE, SERVER } from './transport.ts';

/** The table, in the order in which rows are tried. */
export const RULES: readonly Rule[] = [
  ...ACCEPTED,
  ...SENDING_SIDE,
  ...RATE,
  ...REPUTATION,
  ...AUTHENTICATION,
  ...QUOTA,
  ...RECIPIENT,
  ...IDENTITY,
  ...ENCRYPTION,
  ...RELAY,
  ...CONTENT,
  ...PRECISE_CODES,
  ...NETWORK,
  ...POLICY,
  ...SERVER,
  ...VAGUE_CODES,
  ...BARE_CODES,
];
