import { MTA_HOST } from '../network.mjs';
import { startPostfix } from './postfix.mjs';

/** One mailbox, made by the first message, that holds two kilobytes. */
const DOMAIN = 'cyrusboxes.example';
const imapdConf = `configdirectory: /var/lib/cyrus
proc_path: /run/cyrus/proc
mboxname_lockpath: /run/cyrus/lock
defaultpartition: default
partition-default: /var/spool/cyrus/mail
altnamespace: no
unixhierarchysep: yes
virtdomains: off
admins: cyrus
sendmail: /usr/sbin/sendmail
servername: ${MTA_HOST}
postmaster: postmaster
autocreate_post: yes
autocreate_quota: 2
autocreate_users: full
lmtp_strict_quota: yes
lmtp_overquota_perm_failure: yes
sasl_pwcheck_method: auxprop
sasl_mech_list: PLAIN
lmtpsocket: /run/cyrus/socket/lmtp
idlesocket: /run/cyrus/socket/idle
notifysocket: /run/cyrus/socket/notify
syslog_prefix: cyrus
allowplaintext: yes
`;
const cyrusConf = `START {
  recover cmd="/usr/sbin/cyrus ctl_cyrusdb -r"
}
SERVICES {
  lmtp cmd="lmtpd -a" listen="127.0.0.1:2003" prefork=0 maxchild=20
}
EVENTS {
}
`;

/** What its LMTP server says, and Postfix reports. */
const says = (code, enhanced, reason, decision) => ({
  id: 'cyrus-lmtp',
  host: '127.0.0.1',
  stage: 'rcpt',
  reply: { code, enhanced, text: [] },
  reason,
  decision,
});
const to = (name, row) => [{ address: `${name}@${DOMAIN}`, fate: 'failed', row }];
const overQuota = says('452', '4.2.2', 'mailbox-full', 'retry');
const unknown = says('550', '5.1.1', 'mailbox-not-found', 'suppress');

export const cyrus = {
  id: 'cyrus',
  packages: ['postfix', 'cyrus-imapd', 'cyrus-admin'],
  label: (box) => `cyrus ${box.version('cyrus-imapd')}`,
  only: [],
  scenarios: [
    { id: 'lmtp-over-quota', original: 'large', to: to('full', overQuota) },
    { id: 'lmtp-user-unknown', to: to('no.such.box', unknown) },
  ],
  seconds: 30,
  waitAll: true,
  start(box) {
    box.write('etc/imapd.conf', imapdConf);
    box.write('etc/cyrus.conf', cyrusConf);
    box.sh(`mkdir -p /run/cyrus/proc /run/cyrus/lock /run/cyrus/socket /var/spool/cyrus/mail; chown -R cyrus:mail /run/cyrus /var/spool/cyrus /var/lib/cyrus
      su cyrus -s /bin/sh -c "/usr/sbin/cyrus makedirs"`);
    startPostfix(
      box,
      `relay_domains = ${DOMAIN}\ntransport_maps = inline:{ {${DOMAIN}=lmtp:inet:[127.0.0.1]:2003} }\n`,
    );
    box.daemon('/usr/sbin/cyrmaster -D -l 32');
  },
  bare: () => null,
};
