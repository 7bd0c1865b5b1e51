import { local } from '../scenarios.mjs';
import { classOnly } from '../truth.mjs';
import { MTA_HOST, MTA_IP, RESOLV_CONF } from '../network.mjs';

// Debian's own configuration is split and generated; this is the same set of routers and transports in one file.
const config = ({ more = '', transport = '' }) => `
primary_hostname = ${MTA_HOST}
local_interfaces = ${MTA_IP}
domainlist local_domains = ${MTA_HOST}
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
host_lookup =
rfc1413_query_timeout = 0s
ignore_bounce_errors_after = 10s
timeout_frozen_after = 1m
delay_warning = 5s
queue_run_max = 8
smtp_accept_max = 200
smtp_accept_max_per_connection = 1000
smtp_accept_queue_per_connection = 0
smtp_accept_queue = 0
remote_max_parallel = 4
smtputf8_advertise_hosts = *
trusted_users = root
dns_again_means_nonexist =
disable_ipv6 = true
untrusted_set_sender = *
${more}
begin acl
acl_rcpt:
  accept
acl_data:
  accept
begin routers
dnslookup:
  driver = dnslookup
  domains = ! +local_domains
  transport = remote_smtp
  same_domain_copy_routing = yes
  no_more
system_aliases:
  driver = redirect
  allow_fail
  allow_defer
  data = \${lookup{$local_part}lsearch{/etc/aliases}}
  user = Debian-exim
  pipe_transport = address_pipe
userforward:
  driver = accept
  local_parts = vacationer
  transport = vacation
  unseen
localuser:
  driver = accept
  check_local_user
  transport = local_delivery
  cannot_route_message = Unknown user
begin transports
remote_smtp:
  driver = smtp
  connect_timeout = 4s
  command_timeout = 6s
  data_timeout = 6s
  final_timeout = 6s
  hosts_try_chunking =
  hosts_try_prdr =
  hosts_avoid_tls = *
${transport}
address_pipe:
  driver = pipe
  return_output
local_delivery:
  driver = appendfile
  file = /var/mail/$local_part_data
  user = clerk
  group = mail
  delivery_date_add
vacation:
  driver = autoreply
  user = Debian-exim
  to = $sender_address
  from = $local_part@$domain
  subject = \${if def:h_Subject: {Autoreply: \${rfc2047:$h_Subject:}} {I am away}}
  text = I am out of the office until Monday. For urgent matters write to office@${MTA_HOST}.\\n
begin retry
* * F,25s,1s
begin rewrite
`;

const aliases = `
team: one.colleague@openhouse.example, two.colleague@openhouse.example
moved-clerk: former.clerk@emptyhall.example
ticket-robot: "|/bin/sh -c 'echo ticket database is locked; exit 69'"
`;

const startWith = (options) => (box) => {
  box.write('etc/exim4/exim4.conf', config(options));
  box.write('etc/aliases', aliases);
  box.write('etc/resolv.conf', RESOLV_CONF);
  box.sh(
    'useradd -m vacationer; install -d -o Debian-exim -g Debian-exim /var/spool/exim4 /var/log/exim4 /run/exim4; chmod 1777 /var/mail; exim4 -bV >/dev/null',
  );
  box.daemon('exim4 -bdf -q4s');
};

const common = {
  packages: ['exim4-daemon-heavy'],
  image: 'exim',
  label: (box) => `exim ${box.version('exim4-daemon-heavy')}`,
  seconds: 75,
  waitAll: true,
  bare: classOnly,
  shown: {
    // It writes an address with no SMTPUTF8 host as punycode, local part and all, and the host refuses that.
    'no-smtputf8': { replyCode: '550', reason: 'mailbox-not-found', decision: 'suppress', status: '5.1.1' },
  },
  adjust: [
    {
      why: 'the host refused it in the end',
      when: (c) => c.row.id === 'no-smtputf8',
      set: (c) => ({ remoteMta: c.row.host }),
    },
    {
      why: 'Status is only the class, and a final one is always 5',
      when: (c) => c.failed && (c.bare || !c.reply) && c.row.id !== 'no-smtputf8',
      set: (c) => ({ status: c.action === 'failed' ? '5.0.0' : '4.0.0' }),
    },
    {
      why: 'a delay notice gives no reason where no reply came',
      when: (c) => c.action === 'delayed' && !c.reply,
      set: { reason: undefined },
    },
    {
      why: 'a final report then says only "retry timeout exceeded"',
      when: (c) => c.action === 'failed' && c.temporary && !c.reply,
      set: { reason: 'message-expired' },
    },
    {
      why: 'a host that was connected to is named',
      when: (c) => c.failed && c.temporary && /^(?:no-greeting|dropped)/.test(c.row.id),
      set: (c) => ({ remoteMta: c.row.host }),
    },
    {
      why: 'it has no relayed or expanded',
      when: (c) => c.action === 'relayed',
      set: (c) => ({ action: 'delivered', status: '2.0.0', replyCode: '250', remoteMta: c.row.host }),
    },
    {
      why: 'it has no relayed or expanded',
      when: (c) => c.action === 'expanded',
      set: { action: 'delivered', status: '2.0.0', replyCode: null, remoteMta: null },
    },
  ],
};

const vacation = (id, more = {}) => ({
  id,
  truth: { kind: 'auto-reply', recipients: [] },
  to: [{ ...local('vacationer'), fate: 'failed' }],
  ...more,
});

export const exim = {
  ...common,
  id: 'exim',
  can: ['smtputf8', 'alias'],
  scenarios: [
    vacation('vacation'),
    vacation('vacation-encoded-subject', { original: 'utf8Subject' }),
    vacation('vacation-to-a-bait', { original: 'bait' }),
  ],
  start: startWith({}),
};

/** DSN (RFC 3461) is built in, but no client is offered it as installed. */
export const eximDsn = {
  ...common,
  id: 'exim-dsn',
  only: [
    'headers-only-envid-orcpt',
    'orcpt-differs',
    'notify-never-for-one',
    'notify-success-remote',
    'notify-success-local',
    'notify-success-and-failure',
    'alias-of-several',
    'plus-address',
    'gmail-no-such-user',
    'greylisted-in-action',
    'two-refused-one-accepted',
  ],
  start: startWith({ more: 'dsn_advertise_hosts = *' }),
};

/** A site's own texts: nothing of the English sentences is left. */
const bounceText = `Subject: Zustellung gescheitert\${if eq{$sender_address}{$bounce_recipient}{: Ihre Nachricht}}
****
Ihre Nachricht konnte nicht zugestellt werden.

\${if eq{$sender_address}{$bounce_recipient}{Sie haben sie selbst verschickt.}{}}
An diese Adressen ist die Zustellung gescheitert:
****
Das hat der Befehl ausgegeben:
****
Es folgt Ihre Nachricht mit allen Kopfzeilen.
****
Es folgt der Anfang Ihrer Nachricht.
****
Es folgen die Kopfzeilen Ihrer Nachricht.
****
`;
const warnText = `Subject: Zustellung verzögert
****
Ihre Nachricht ist seit $warn_message_delay unterwegs und noch nicht zugestellt.
Kennung: $message_exim_id

Betroffen sind:
****
Sie brauchen nichts zu tun. Wir versuchen es weiter.
`;
export const eximOwnTexts = {
  ...common,
  id: 'exim-own-texts',
  only: [
    'gmail-no-such-user',
    'apple-over-quota',
    'no-such-domain',
    'null-mx',
    'greylisted-in-action',
    'pipe-fails',
    'forwarded-and-refused',
    'german-utf8-unknown',
    'fates-at-four-domains',
    'comcast-no-ptr',
    'exchange-group-members-only',
    'virus-found',
  ],
  start: (box) => {
    box.write('etc/exim4/bounce.txt', bounceText);
    box.write('etc/exim4/warn.txt', warnText);
    startWith({
      more: 'bounce_message_file = /etc/exim4/bounce.txt\nwarn_message_file = /etc/exim4/warn.txt',
    })(box);
  },
};
