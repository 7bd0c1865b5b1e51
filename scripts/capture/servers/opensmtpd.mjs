import { MTA_HOST, MTA_IP } from '../network.mjs';
import { classOnly } from '../truth.mjs';

const conf = `
table aliases file:/etc/aliases
queue ttl 25s
bounce warn-interval 5s
smtp max-message-size 10M
listen on ${MTA_IP} hostname ${MTA_HOST}
listen on socket
action "local" mbox alias <aliases>
action "relay" relay helo ${MTA_HOST} src ${MTA_IP}
match from any for domain "${MTA_HOST}" action "local"
match from any for any action "relay"
`;

const aliases = `
team: one.colleague@openhouse.example, two.colleague@openhouse.example
moved-clerk: former.clerk@emptyhall.example
ticket-robot: "|/bin/sh -c 'echo ticket database is locked; exit 69'"
`;

export const opensmtpd = {
  id: 'opensmtpd',
  packages: ['opensmtpd'],
  label: (box) => `opensmtpd ${box.version('opensmtpd')}`,
  can: ['dsn', 'alias'],
  seconds: 60,
  waitAll: true,
  start(box) {
    box.write('etc/smtpd.conf', conf);
    box.write('etc/aliases', aliases);
    box.daemon('smtpd -d');
  },
  // The notice that it gave up is titled and labelled like one of delay.
  delayed: (text, actions) =>
    actions.length > 0 && actions.every((a) => a === 'delayed') && !text.includes('Envelope expired'),
  named: (report) => [report],
  bare: classOnly,
  shown: {
    tiny: { status: '5.0.0', replyCode: null },
    pipe: { status: '5.3.0' },
    'no-such-domain': { status: '5.0.0' },
    'null-mx': { reason: undefined },
    'mx-without-address': { reason: undefined },
  },
  adjust: [
    { why: 'the host is never named', when: (c) => c.reply, set: { remoteMta: null } },
    {
      why: 'a refusing banner is only "Network error on destination MXs"',
      when: (c) => c.row.stage === 'connect',
      set: { status: '4.0.0', replyCode: null, reason: 'network-error' },
    },
    {
      why: 'a delay without a reply has class 4',
      when: (c) => c.action === 'delayed' && !c.reply,
      set: { status: '4.0.0' },
    },
    {
      // The mail is gone, and the report says the contrary: it is judged by what it says, with a warning `given-up`.
      why: 'expiry is reported as a delay ("Envelope expired", Action: delayed), without a cause',
      when: (c) => c.action === 'failed' && expires(c),
      set: {
        action: 'delayed',
        status: '4.4.7',
        replyCode: null,
        remoteMta: null,
        reason: 'message-expired',
        decision: undefined,
      },
    },
    { why: 'ORCPT is not written', when: (c) => c.to.recipient, set: (c) => ({ recipient: c.to.address }) },
    {
      why: 'an alias is not named, only where it leads',
      when: (c) => c.to.target,
      set: (c) => ({ recipient: c.to.target }),
    },
    {
      why: 'success has no reply',
      when: (c) => !c.failed,
      set: { status: '2.0.0', replyCode: null, remoteMta: null },
    },
  ],
  truths: {
    'alias-of-several': {
      kind: 'delivery',
      recipients: ['one', 'two'].map((n) => ({
        recipient: `${n}.colleague@openhouse.example`,
        action: 'relayed',
        status: '2.0.0',
        replyCode: null,
        remoteMta: null,
        decision: 'none',
      })),
    },
  },
  aliases: (to) => (to.address.startsWith('team@') ? ['one.colleague@openhouse.example'] : []),
};

/** What it keeps trying: class 4, a refusing banner, and a domain whose MX leads nowhere. */
const expires = (c) =>
  c.temporary || c.row.stage === 'connect' || ['null-mx', 'mx-without-address'].includes(c.row.id);
