import { failing, local } from '../scenarios.mjs';
import { classOnly } from '../truth.mjs';
import { MTA_HOST, MTA_IP } from '../network.mjs';

const mainCf = `
compatibility_level = 3.6
myhostname = ${MTA_HOST}
mydestination = ${MTA_HOST}, localhost
inet_interfaces = ${MTA_IP}
inet_protocols = ipv4
mynetworks = 192.0.2.0/24 127.0.0.0/8
alias_maps = hash:/etc/aliases
alias_database = hash:/etc/aliases
maillog_file = /var/log/postfix.log
smtp_host_lookup = dns
smtputf8_enable = yes
smtp_connect_timeout = 4s
smtp_helo_timeout = 6s
smtp_rcpt_timeout = 6s
smtp_data_done_timeout = 6s
queue_run_delay = 5s
minimal_backoff_time = 5s
maximal_backoff_time = 6s
maximal_queue_lifetime = 25s
bounce_queue_lifetime = 25s
delay_warning_time = 5s
default_destination_concurrency_limit = 5
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
`;

export const aliases = `
postmaster: root
team: one.colleague@openhouse.example, two.colleague@openhouse.example
moved-clerk: former.clerk@emptyhall.example
ticket-robot: "|/bin/sh -c 'echo ticket database is locked; exit 69'"
`;

/** One mailbox beyond `mailbox_size_limit`, and two users who forward to each other. */
const localTroubles = [
  {
    id: 'local-mailbox-over-limit',
    to: [
      local('hoarder', {
        fate: 'failed',
        row: { id: 'over-limit', reason: 'mailbox-full', decision: 'suppress-after-repeated' },
      }),
    ],
  },
  {
    id: 'forwarding-loop',
    to: [
      local('ping', {
        fate: 'failed',
        row: { id: 'forwarding-loop', reason: 'routing-error', decision: 'retry' },
      }),
    ],
  },
];

const startLocalTroubles = (box) => {
  box.sh(
    'for u in hoarder ping pong; do useradd -m $u; done; touch /var/mail/hoarder; chown hoarder:mail /var/mail/hoarder; chmod 600 /var/mail/hoarder; truncate -s 60M /var/mail/hoarder',
  );
  box.write('home/ping/.forward', `pong@${MTA_HOST}\n`);
  box.write('home/pong/.forward', `ping@${MTA_HOST}\n`);
  box.sh('chown ping: /home/ping/.forward; chown pong: /home/pong/.forward; chmod 755 /home/ping /home/pong');
  startPostfix(box);
};

export const startPostfix = (box, more = '') => {
  box.write('etc/postfix/main.cf', mainCf + more);
  box.write('etc/aliases', aliases);
  box.sh(
    'newaliases; chmod 1777 /var/mail; postfix set-permissions 2>/dev/null; cp /etc/resolv.conf /etc/hosts /etc/services /var/spool/postfix/etc/ 2>/dev/null; postfix start',
  );
};

export const postfix = {
  id: 'postfix',
  packages: ['postfix'],
  label: (box) => `postfix ${box.version('postfix')}`,
  can: ['dsn', 'smtputf8', 'alias'],
  seconds: 60,
  waitAll: true,
  scenarios: localTroubles,
  start: startLocalTroubles,
  bare: (reply, row) => (row.stage === 'connect' ? '4.0.0' : classOnly(reply)),
  shown: {
    'no-such-domain': { status: '5.4.4' },
    'dns-servfail': { status: '4.4.3' },
    'null-mx': { status: '5.1.0' },
    'mx-without-address': { status: '5.4.4' },
    'connection-refused': { status: '4.4.1' },
    'network-unreachable': { status: '4.4.1' },
    'no-greeting': { status: '4.4.2' },
    'dropped-at-connect': { status: '4.4.2' },
    'dropped-at-rcpt': { status: '4.4.2' },
    'dropped-at-end-of-data': { status: '4.4.2' },
    'local-unknown': { status: '5.1.1' },
    pipe: { status: '5.3.0' },
    'over-limit': { status: '5.2.2' },
    'forwarding-loop': { status: '5.4.6' },
    tiny: { status: '5.3.4', replyCode: null, remoteMta: undefined },
    'no-smtputf8': { status: '5.6.7', remoteMta: undefined },
  },
  adjust: [
    {
      why: 'the reply to the message is quoted',
      when: (c) => c.action === 'relayed',
      set: (c) => ({ status: '2.0.0', replyCode: '250', remoteMta: c.row.host }),
    },
    {
      why: 'no host was reached',
      when: (c) => c.action === 'delivered' || c.action === 'expanded',
      set: { status: '2.0.0', replyCode: null, remoteMta: null },
    },
  ],
};

const encoded = (text) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

/** A site's own texts; the delivery-status part stays as it is. */
const templates = `failure_template = <<EOF
Charset: utf-8
From: MAILER-DAEMON (Mail Delivery System)
Subject: ${encoded('配信できませんでした')}
Postmaster-Subject: Postmaster Copy: Undelivered Mail

$myhostname のメールシステムです。

次の宛先にメールを届けることができませんでした。

EOF
delay_template = <<EOF
Charset: utf-8
From: MAILER-DAEMON (Mail Delivery System)
Subject: ${encoded('Votre message attend encore')}
Postmaster-Subject: Postmaster Warning: Delayed Mail

Ici le système de messagerie $myhostname.

Votre message n'a pas encore pu être remis. Vous n'avez rien à faire :
les essais continuent pendant $maximal_queue_lifetime_days jours.

EOF
`;

export const postfixOwnTexts = {
  ...postfix,
  id: 'postfix-own-texts',
  image: 'postfix',
  scenarios: undefined,
  only: [
    'gmail-no-such-user',
    'apple-over-quota',
    'no-such-domain',
    'null-mx',
    'greylisted-in-action',
    'pipe-fails',
    'forwarded-and-refused',
    'japanese-utf8-unknown',
    'fates-at-four-domains',
    'comcast-no-ptr',
    'connection-refused',
    'smtputf8-refused',
    'original-iso-2022-jp',
  ],
  start(box) {
    box.write('etc/postfix/bounce.cf', templates);
    startPostfix(box, 'bounce_template_file = /etc/postfix/bounce.cf\n');
  },
};

/** Insists on TLS, which the made-up hosts do not have. */
export const postfixTls = {
  ...postfix,
  id: 'postfix-tls',
  image: 'postfix',
  only: [],
  scenarios: [
    {
      id: 'tls-not-offered',
      to: [failing('unknowns', 'safe.person', { row: { id: 'tls-not-offered', reason: 'tls-failure' } })],
    },
    { id: 'starttls-refused', to: [failing('starttls-refused', 'safe.person')] },
  ],
  shown: { ...postfix.shown, 'tls-not-offered': { status: '4.7.4', remoteMta: undefined } },
  start(box) {
    // The reports themselves have to reach the sender's own host, which has no TLS either.
    startPostfix(
      box,
      'smtp_tls_security_level = encrypt\nsmtp_tls_policy_maps = inline:{ lindenpost.example=none }\n',
    );
  },
};
