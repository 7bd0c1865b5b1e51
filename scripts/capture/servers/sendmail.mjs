import { MTA_HOST, MTA_IP } from '../network.mjs';

const mc = `divert(0)dnl
VERSIONID(\`capture')
OSTYPE(\`debian')dnl
DOMAIN(\`debian-mta')dnl
undefine(\`confHOST_STATUS_DIRECTORY')dnl
define(\`confDOMAIN_NAME', \`${MTA_HOST}')dnl
define(\`confTO_QUEUERETURN', \`30s')dnl
define(\`confTO_QUEUEWARN', \`5s')dnl
define(\`confTO_CONNECT', \`4s')dnl
define(\`confTO_ICONNECT', \`4s')dnl
define(\`confTO_INITIAL', \`6s')dnl
define(\`confTO_RCPT', \`6s')dnl
define(\`confTO_DATAFINAL', \`6s')dnl
define(\`confTO_IDENT', \`0')dnl
define(\`confMIN_QUEUE_AGE', \`0')dnl
define(\`confPRIVACY_FLAGS', \`goaway')dnl
define(\`confMAX_DAEMON_CHILDREN', \`60')dnl
define(\`confQUEUE_LA', \`50')dnl
define(\`confREFUSE_LA', \`60')dnl
define(\`confDELIVERY_MODE', \`background')dnl
FEATURE(\`no_default_msa')dnl
DAEMON_OPTIONS(\`Family=inet, Name=MTA, Addr=${MTA_IP}, Port=25')dnl
DAEMON_OPTIONS(\`Family=inet, Name=MSA, Addr=127.0.0.1, Port=25')dnl
CLIENT_OPTIONS(\`Family=inet, Addr=${MTA_IP}')dnl
define(\`confCW_FILE', \`-o /etc/mail/local-host-names')dnl
FEATURE(\`use_cw_file')dnl
FEATURE(\`access_db', , \`skip')dnl
FEATURE(\`promiscuous_relay')dnl
FEATURE(\`accept_unresolvable_domains')dnl
define(\`confLOG_LEVEL', \`9')dnl
MAILER(\`local')dnl
MAILER(\`smtp')dnl
`;

const aliases = `
postmaster: root
mailer-daemon: postmaster
team: one.colleague@openhouse.example, two.colleague@openhouse.example
moved-clerk: former.clerk@emptyhall.example
ticket-robot: "|/bin/sh -c 'echo ticket database is locked; exit 69'"
`;

export const sendmail = {
  id: 'sendmail',
  packages: ['sendmail-bin', 'sendmail', 'sendmail-cf', 'm4', 'vacation', 'procmail'],
  label: (box) => `sendmail ${box.version('sendmail-bin')}`,
  can: ['dsn', 'alias'],
  skip: { 'alias-of-several': 'no report comes' },
  seconds: 45,
  waitAll: true,
  start(box) {
    box.write('etc/mail/sendmail.mc', mc);
    box.write('etc/mail/local-host-names', `localhost\n${MTA_HOST}\n`);
    box.write('etc/mail/access', '');
    box.write('etc/mail/aliases', aliases);
    box.write('etc/mail/trusted-users', 'root\n');
    box.sh(`cd /etc/mail && m4 /usr/share/sendmail/cf/m4/cf.m4 sendmail.mc > sendmail.cf && makemap hash access < access
      chmod 644 sendmail.cf; ls -la /usr/lib/sm.bin >/dev/null 2>&1 || true
      mkdir -p /run/sendmail/mta /var/run/sendmail/mta /var/spool/mqueue; chown root:smmta /var/spool/mqueue 2>/dev/null
      chmod 1777 /var/mail; newaliases >/dev/null 2>&1 || true`);
    box.daemon('/usr/sbin/sendmail-mta -bD -q5s');
  },
  bare: inventedStatus,
  shown: {
    'no-such-domain': { status: '5.1.2', replyCode: '550', remoteMta: undefined },
    'null-mx': { status: '5.1.10', replyCode: '556', remoteMta: undefined },
    'mx-without-address': { status: '5.1.2', replyCode: undefined, remoteMta: undefined },
    'dns-servfail': { status: '4.4.3', replyCode: undefined },
    'connection-refused': { status: '4.4.1' },
    'network-unreachable': { status: '4.4.1' },
    'no-greeting': { status: '4.4.2', replyCode: undefined },
    'dropped-at-connect': { status: '4.4.2', replyCode: undefined },
    'dropped-at-rcpt': { status: '4.4.2', replyCode: undefined },
    'dropped-at-end-of-data': { status: '4.4.2', replyCode: undefined },
    'local-unknown': { status: '5.1.1', replyCode: undefined, remoteMta: undefined },
    pipe: { status: '5.5.0', replyCode: undefined, reason: undefined },
    'ironport-address-rejected': { status: '5.1.1' },
    'banner-maintenance': { status: '4.5.0' },
  },
  adjust: [
    {
      why: 'a 421 to MAIL FROM is 4.2.0, whatever the reply',
      when: (c) => c.reply?.code === '421' && c.row.stage === 'mail',
      set: { status: '4.2.0' },
    },
    {
      why: 'what it gave up after trying again is 4.4.7, whatever the reply',
      when: (c) => c.action === 'failed' && c.temporary,
      set: { status: '4.4.7' },
    },
    {
      why: 'the reply to RCPT TO is quoted',
      when: (c) => c.action === 'relayed',
      set: (c) => ({ status: '2.1.5', replyCode: '250', remoteMta: c.row.host }),
    },
    {
      why: 'a local delivery has no reply',
      when: (c) => c.action === 'delivered',
      set: { status: '2.1.5', replyCode: null, remoteMta: null },
    },
  ],
};

/** The Status that it makes up for a reply without an enhanced code. */
function inventedStatus({ code }, { stage }) {
  if (stage === 'connect') return `${code[0]}.5.0`;
  if (code.startsWith('4')) return code === '451' ? '4.3.0' : '4.2.0';
  if (code === '552') return '5.2.2';
  if (code !== '550' || stage === 'mail') return '5.0.0';
  return stage === 'rcpt' ? '5.1.1' : '5.2.0';
}
