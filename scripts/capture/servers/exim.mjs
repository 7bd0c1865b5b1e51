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
  file = /var/mail/$local_part
  user = clerk
  group = mail
  delivery_date_add
vacation:
  driver = autoreply
  user = Debian-exim
  to = $sender_address
  from = $local_part@$domain
  subject = \${if def:h_Subject: {Autoreply: $h_Subject:} {I am away}}
  text = I am out of the office until Monday. For urgent matters write to office@${MTA_HOST}.\\n
begin retry
* * F,25s,5s
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
  box.sh('install -d -o Debian-exim -g Debian-exim /var/spool/exim4 /var/log/exim4 /run/exim4; chmod 1777 /var/mail; exim4 -bV >/dev/null');
  box.daemon('exim4 -bdf -q4s');
};

export const exim = {
  id: 'exim',
  packages: ['exim4-daemon-heavy'],
  label: (box) => `exim ${box.version('exim4-daemon-heavy')}`,
  can: ['smtputf8', 'alias'],
  seconds: 75,
  waitAll: true,
  start: startWith({}),
  bare: classOnly,
  shown: {},
  adjust: [],
};
