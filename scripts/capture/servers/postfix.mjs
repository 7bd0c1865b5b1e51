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

export const startPostfix = (box, more = '') => {
  box.write('etc/postfix/main.cf', mainCf + more);
  box.write('etc/aliases', aliases);
  box.sh('newaliases; chmod 1777 /var/mail; postfix set-permissions 2>/dev/null; cp /etc/resolv.conf /etc/hosts /etc/services /var/spool/postfix/etc/ 2>/dev/null; postfix start');
};

export const postfix = {
  id: 'postfix',
  packages: ['postfix'],
  label: (box) => `postfix ${box.version('postfix')}`,
  can: ['dsn', 'smtputf8', 'alias'],
  seconds: 60,
  waitAll: true,
  start: (box) => startPostfix(box),
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
    tiny: { status: '5.3.4', replyCode: null, remoteMta: undefined },
    // It sends the address all the same, and the host refuses it.
    'no-smtputf8': { status: '5.1.1', replyCode: '550', remoteMta: 'mx2.emptyhall.example', reason: 'mailbox-not-found', decision: 'suppress' },
  },
  adjust: [
    { why: 'the reply to the message is quoted', when: (c) => c.action === 'relayed', set: (c) => ({ status: '2.0.0', replyCode: '250', remoteMta: c.row.host }) },
    { why: 'no host was reached', when: (c) => c.action === 'delivered' || c.action === 'expanded', set: { status: '2.0.0', replyCode: null, remoteMta: null } },
  ],
};
