/** Sorts what the sink took into scenarios and writes it down. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { truthOf } from './truth.mjs';

const unfold = (text) => text.replace(/\r?\n[ \t]+/g, ' ');
/** Lines of a field in the delivery-status part. */
const fieldsOf = (text, name) =>
  unfold(text)
    .split(/\r?\n/)
    .filter((l) => l.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .map((l) => l.slice(name.length + 1).trim());

/** Up to the returned original, so that the To: of the original names nobody. */
const reportOf = (text) => {
  const at = text.search(
    /^content-type:[ \t]*(?:message\/rfc822|message\/global(?![-\w])|text\/rfc822-headers|message\/global-headers)/im,
  );
  return at < 0 ? text : text.slice(0, at);
};

const names = (line, address) => line.toLowerCase().includes(address.toLowerCase());

/** Which recipients of the scenario a message reports on, and whether it says that delivery goes on. */
export function readMessage(server, scenario, raw) {
  const text = raw.toString('utf8');
  const report = reportOf(text);
  const actions = fieldsOf(report, 'Action').map((a) => /^[a-z]+/i.exec(a)?.[0].toLowerCase());
  const named = [...fieldsOf(report, 'Final-Recipient'), ...fieldsOf(report, 'Original-Recipient')];
  const lines = server.named?.(report, raw) ?? (named.length > 0 ? named : [report]);
  const aliases = (to) =>
    [to.address, to.recipient, to.target, ...(server.aliases?.(to) ?? [])].filter(Boolean);
  const recipients = scenario.to.filter(
    (to) => to.fate && aliases(to).some((a) => lines.some((l) => names(l, a))),
  );
  return {
    recipients,
    delayed: server.delayed?.(text, actions) ?? (actions.length > 0 && actions.every((a) => a === 'delayed')),
    actions,
    text,
  };
}

/** What a reader of the message could not find in it: a slip in the truth, or a server that hides it. */
function invisible(truth, message) {
  const text = message.text.toLowerCase();
  const problems = [];
  for (const r of truth.recipients) {
    for (const field of ['replyCode', 'remoteMta', 'status']) {
      const value = r[field];
      if (value && !text.includes(value.toLowerCase())) problems.push(`${field} ${value} is not in it`);
    }
    if (message.actions.length > 0 && !message.actions.includes(r.action))
      problems.push(`Action is ${message.actions.join()} not ${r.action}`);
  }
  if (message.actions.length > 0 && message.actions.length !== truth.recipients.length)
    problems.push(`${message.actions.length} blocks for ${truth.recipients.length} recipients`);
  return problems;
}

/** Writes `<directory>/<scenario>.eml` and `.truth.json`; returns what is missing and what looks wrong. */
export function writeCaptures({ directory, server, label, scenarios, mails }) {
  mkdirSync(directory, { recursive: true });
  // Golden reports beside them are not ours.
  for (const name of readdirSync(directory)) {
    if (/\.(?:eml|truth\.json)$/.test(name)) rmSync(join(directory, name));
  }
  const problems = [];
  let written = 0;
  for (const scenario of scenarios) {
    const given = scenario.truth ?? server.truths?.[scenario.id];
    const reported = new Set();
    const messages = new Map();
    for (const { raw } of mails.filter((m) => m.scenario === scenario)) {
      const message = given
        ? { recipients: scenario.to, delayed: false }
        : readMessage(server, scenario, raw);
      if (message.recipients.length === 0) {
        problems.push(`${scenario.id}: a message names none of the recipients`);
        writeFileSync(join('/tmp', `unread-${server.id}-${scenario.id}.eml`), raw);
        continue;
      }
      if (!message.delayed || server.lastWordIsDelay) for (const r of message.recipients) reported.add(r);
      // Several notices of the same delay are one; several reports are told apart by whom they name, not by arrival.
      const first = scenario.to.indexOf(message.recipients[0]);
      const key = `${scenario.id}${message.delayed ? '-delayed' : ''}${first > 0 ? `-${first + 1}` : ''}`;
      if (!messages.has(key)) messages.set(key, { ...message, raw });
    }
    for (const [name, { raw, ...message }] of messages) {
      const truth = { server: label, scenario: name, ...(given ?? truthOf(server, scenario, message)) };
      if (!given) for (const p of invisible(truth, message)) problems.push(`${name}: ${p}`);
      if (truth.kind === 'auto-reply' && raw.includes('report-type='))
        problems.push(`${name}: a report, where an answer was meant`);
      writeFileSync(join(directory, `${name}.eml`), raw);
      writeFileSync(join(directory, `${name}.truth.json`), `${JSON.stringify(truth, null, 2)}\n`);
      written++;
    }
    const missing = scenario.to.filter((to) => to.fate && !to.unasked && !reported.has(to));
    if (missing.length > 0)
      problems.push(`${scenario.id}: no final report for ${missing.map((m) => m.address).join(', ')}`);
  }
  return { written, problems };
}
