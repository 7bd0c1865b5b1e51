import type { Message } from '../mime/scan.ts';
import type { Action } from '../model/lists.ts';

const ACTIONS = {
  failure: 'failed',
  failed: 'failed',
  delay: 'delayed',
  delayed: 'delayed',
  success: 'delivered',
  relay: 'relayed',
  relayed: 'relayed',
  expanded: 'expanded',
} as const satisfies Record<string, Action>;

const SUBJECT = /^\s{0,9}delivery status notification \(([a-z]{5,8})\)/i;

/**
 * `Delivery Status Notification (Failure)`: the subject of Gmail and of the SMTP service of Windows, in English
 * whatever language the notice has.
 */
export function notifiedAction(message: Message): Action | null {
  const word = SUBJECT.exec(message.headers.text('subject') ?? '')?.[1]?.toLowerCase() ?? '';
  return (ACTIONS as Readonly<Record<string, Action>>)[word] ?? null;
}
