import type { Classification, ReplyFacts } from '../model/classification.ts';
import { MAX_TEXT } from './normalise.ts';

/** What is judged beside the reply. Not the recipient: no rule looks at it. */
const JUDGED = [
  'replyCode',
  'status',
  'action',
  'command',
  'remoteMta',
  'reportingMta',
  'diagnosticType',
  'provider',
] as const satisfies readonly (keyof ReplyFacts)[];

/** An address that normalise() drops whole. */
const PLAIN_ADDRESS = /^(?!http)[a-z0-9][a-z0-9._+-]*@[a-z0-9.-]*[a-z0-9]$/i;
/** Inside of an address: what may be read as a code of the reply. */
const CODE_LIKE = /(?:^|[^a-z0-9])[245](?:\d\d(?![a-z0-9])|\.\d)/i;

/**
 * classify() for the recipients of one report, one after the other: they mostly get the same reply, in which nothing
 * but their own address differs. A repeated reply gets the verdict of the one before.
 */
export function inTurn(judge: (facts: ReplyFacts) => Classification): (facts: ReplyFacts) => Classification {
  let last: { readonly facts: ReplyFacts; readonly verdict: Classification } | null = null;
  return (facts) => {
    if (last === null || !isRepeated(facts, last.facts)) last = { facts, verdict: judge(facts) };
    return last.verdict;
  };
}

function isRepeated(facts: ReplyFacts, last: ReplyFacts): boolean {
  if (facts.reply !== last.reply || JUDGED.some((name) => facts[name] !== last[name])) return false;
  const text = facts.diagnosticCode;
  const lastText = last.diagnosticCode;
  if (text === lastText) return true;
  if (!text || !lastText || text.length > MAX_TEXT || lastText.length > MAX_TEXT) return false;
  return isSameBut(text, facts.recipient, lastText, last.recipient);
}

/** Whether two texts differ in one place at most, where each has its own address. */
function isSameBut(
  text: string,
  address: string | null | undefined,
  lastText: string,
  lastAddress: string | null | undefined,
): boolean {
  if (!address || !lastAddress || text.length - address.length !== lastText.length - lastAddress.length)
    return false;
  const at = text.indexOf(address);
  return (
    at !== -1 &&
    lastText.startsWith(lastAddress, at) &&
    text.slice(0, at) === lastText.slice(0, at) &&
    text.slice(at + address.length) === lastText.slice(at + lastAddress.length) &&
    [address, lastAddress].every((a) => PLAIN_ADDRESS.test(a) && !CODE_LIKE.test(a))
  );
}
