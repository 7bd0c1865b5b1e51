import type { Message } from '../mime/scan.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Action } from '../model/lists.ts';
import type { Original } from '../model/report.ts';
import { isUnspecific } from '../model/smtp-codes.ts';
import { isAddress } from './addresses.ts';
import { type Found, inferred, type RecipientDraft } from './draft.ts';
import { readNotice } from './notice.ts';
import { findOriginalPart } from './original.ts';
import { joinReplyLines, parseReply } from './smtp-reply.ts';
import { stageOf } from './stage.ts';
import { readVerp } from './verp.ts';

/**
 * Fills in what follows from what a format read: the codes, host and command inside the reply, the action where the
 * report has none, and the address to act on. Nothing is invented: each value names the line it follows from.
 */
export function completeRecipient(draft: RecipientDraft, original: Original | null, message: Message): void {
  completeFromReply(draft, message);
  completeAction(draft, message);
  completeRecipientAddress(draft, original, message);
  if (draft.willRetryUntil && draft.action?.value === 'failed') {
    message.warnings.add(
      'retry-until-with-failed',
      'Will-Retry-Until beside Action: failed; the action counts',
      draft.willRetryUntil.evidence.part,
    );
  }
}

function completeFromReply(draft: RecipientDraft, message: Message): void {
  const diagnostic = draft.diagnosticCode;
  if (diagnostic) {
    const reply = parseReply(diagnostic.value);
    const { evidence } = diagnostic;
    if (reply.replyCode !== null) draft.replyCode = inferred(reply.replyCode, 'reply', evidence);
    if (reply.host !== null) draft.remoteMta ??= inferred(reply.host, 'reply', evidence);
    if (reply.command !== null) draft.command ??= inferred(reply.command, 'reply', evidence);
    // `status` is the Status field; where that says no more than its class, the reply's code.
    if (reply.status !== null && (!draft.status || isUnspecific(draft.status.value))) {
      if (!draft.status || !isUnspecific(reply.status))
        draft.status = inferred(reply.status, 'reply', evidence);
    }
    draft.command ??= stageOf(draft, message);
    const joined = joinReplyLines(diagnostic.value);
    if (joined !== diagnostic.value) draft.diagnosticCode = { value: joined, evidence };
  }
  if (!draft.status) {
    message.warnings.add('missing-status', 'no enhanced status code', backing(draft)?.part ?? null);
  } else if (draft.replyCode && draft.replyCode.value[0] !== draft.status.value[0]) {
    const detail = `status ${draft.status.value} beside reply code ${draft.replyCode.value} (RFC 2034 §4)`;
    message.warnings.add('conflicting-status', detail, draft.status.evidence.part);
  }
}

/** A missing Action follows from the class of the status (RFC 3463 §3.1); class 4 is still being tried where it says so. */
function completeAction(draft: RecipientDraft, message: Message): void {
  if (draft.action) return;
  message.warnings.add('missing-action', 'no usable Action', backing(draft)?.part ?? null);
  const source = draft.status ?? draft.replyCode;
  if (!source) return;
  let action: Action;
  if (source.value.startsWith('2')) action = 'delivered';
  else if (source.value.startsWith('5')) action = 'failed';
  else action = draft.willRetryUntil || isWarning(message) ? 'delayed' : 'failed';
  draft.action = inferred(action, source.evidence.from, source.evidence);
}

/** A subject that says that delivery goes on. */
export function isWarning(message: Message): boolean {
  return /\b(?:delay|warning|deferred|not yet|still being)/i.test(message.headers.get('subject') ?? '');
}

function backing(draft: RecipientDraft): Evidence | null {
  return (
    (draft.finalRecipient ?? draft.originalRecipient ?? draft.action ?? draft.status ?? draft.diagnosticCode)
      ?.evidence ?? null
  );
}

/**
 * The address that the sender wrote to: Original-Recipient, else Final-Recipient (RFC 3464 §2.3.1–2). A final
 * recipient that is the sender of the returned message is the defect of a known kind of server; then the one
 * address in To: of the returned message is meant.
 */
export function completeRecipientAddress(
  draft: RecipientDraft,
  original: Original | null,
  message: Message,
): void {
  const candidates = [draft.originalRecipient, draft.finalRecipient, draft.recipient];
  const named = candidates.find((c) => c && isAddress(c.value)) ?? null;
  if (named !== null) {
    const fromSender =
      !draft.originalRecipient && named.value.toLowerCase() === original?.from?.toLowerCase();
    const meant = fromSender ? soleRecipient(original) : null;
    draft.recipient = meant === null ? named : toOfOriginal(message, meant);
    if (meant === null) return;
    const detail = 'Final-Recipient names the sender of the returned message';
    message.warnings.add('recipient-is-sender', detail, named.evidence.part);
    return;
  }
  const local = candidates.find((c) => c) ?? null;
  draft.recipient =
    local === null ? readVerp(message, original?.returnPath ?? null) : withDomain(local, original);
  if (draft.recipient !== null) return;
  // The report names nobody, or a pipe or a lone domain, which is nobody to act on.
  const sole = soleRecipient(original);
  if (sole !== null) draft.recipient = toOfOriginal(message, sole);
  else message.warnings.add('missing-recipient', 'no address of the failed recipient');
}

/** The one address that the returned message was written to: a single To:, not its own sender's, and no Cc:. */
function soleRecipient(original: Original | null): string | null {
  const to = original?.to ?? null;
  if (original === null || to === null || !isAddress(to)) return null;
  if (to.toLowerCase() === original.from?.toLowerCase()) return null;
  return original.headers['cc'] === undefined && original.headers['bcc'] === undefined ? to : null;
}

function toOfOriginal(message: Message, to: string): Found {
  return inferred(to, 'original', locateOriginal(message));
}

/** Where in the returned message's header To: stands. */
function locateOriginal(message: Message): Evidence {
  const part = findOriginalPart(message);
  const returned =
    part === null ? readNotice(message).returned : { text: part.text, part: part.path, line: 1 };
  if (returned === null) return { from: 'original', part: '0', line: 1, text: '' };
  const lines = returned.text.split('\n', 400);
  const at = Math.max(
    lines.findIndex((l) => /^>?to:/i.test(l)),
    0,
  );
  return {
    from: 'original',
    part: returned.part,
    line: returned.line + at,
    text: (lines[at] ?? '').trim().slice(0, 500),
  };
}

/** A lone local part is completed from the returned message's To: where exactly that name stands there. */
function withDomain(local: Found, original: Original | null): Found | null {
  const to = original?.to?.split(', ') ?? [];
  const match = to.filter((a) => a.toLowerCase().startsWith(`${local.value.toLowerCase()}@`));
  if (match.length === 1) return inferred(match[0] as string, 'original', local.evidence);
  return /^[^\s@|/:]{1,64}$/.test(local.value) ? local : null;
}
