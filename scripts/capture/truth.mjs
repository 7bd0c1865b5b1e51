/**
 * The truth of one captured message: from the scenario, and from the server's table of what its reports can show.
 * Nothing here reads an answer of bouncekit; of the message only its stage (delayed or final) and whom it names.
 */

/**
 * @param server `bare`: the Status that it writes where the reply has no enhanced code; a reply or null in, a status out.
 *   `shown`: by host row, what it writes where no reply came, or not as it came.
 *   `truths`: by scenario, the whole truth where it has another shape.
 *   `adjust`: `{why, when, set}` rows, in order; an `undefined` value takes the field out of the truth.
 * @returns {{kind: string, recipients: object[]}}
 */
export function truthOf(server, scenario, message) {
  const recipients = message.recipients.map((to) => {
    const { row = {} } = to;
    const { reply } = row;
    const action = message.delayed ? 'delayed' : to.fate;
    const failed = action === 'failed' || action === 'delayed';
    const temporary = reply?.code.startsWith('4') ?? TEMPORARY.has(row.id);
    const bare = Boolean(reply && failed && !row.status && !reply.enhanced);
    // A lasting "try again": whether the address is to be tried in the next sending is a matter of policy.
    const open = action === 'delayed' || (temporary && row.decision === 'retry');
    const truth = {
      recipient: to.recipient ?? to.address,
      action,
      status: reply && failed ? (row.status ?? reply.enhanced ?? server.bare(reply, row)) : undefined,
      replyCode: failed ? (reply?.code ?? null) : undefined,
      remoteMta: reply && failed ? row.host : UNREACHED.has(row.id) ? null : undefined,
      reason: failed ? row.reason : undefined,
      decision: failed ? (open ? undefined : row.decision) : 'none',
    };
    if (failed) Object.assign(truth, server.shown?.[row.id]);
    const context = { action, row, reply, to, scenario, failed, temporary, bare };
    for (const { when, set } of server.adjust ?? []) {
      if (when(context)) Object.assign(truth, typeof set === 'function' ? set(context) : set);
    }
    return truth;
  });
  return { kind: kindOf(message, recipients), recipients };
}

/** Broken hosts that a server tries again. */
const TEMPORARY = new Set([
  'dns-servfail',
  'connection-refused',
  'network-unreachable',
  'no-greeting',
  'dropped-at-connect',
  'dropped-at-rcpt',
  'dropped-at-end-of-data',
]);

const kindOf = (message, recipients) => {
  if (message.delayed || recipients.every((r) => r.action === 'delayed')) return 'delay';
  return message.recipients.some((r) => r.fate === 'failed') ? 'bounce' : 'delivery';
};

/** Where no host was ever reached. */
const UNREACHED = new Set([
  'no-such-domain',
  'null-mx',
  'mx-without-address',
  'dns-servfail',
  'pipe',
  'local-unknown',
  'no-smtputf8',
]);

/** Where a server writes only the class of the reply. */
export const classOnly = (reply) => `${reply.code[0]}.0.0`;
