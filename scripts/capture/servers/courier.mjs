import { MTA_HOST, MTA_IP } from '../network.mjs';
import { classOnly } from '../truth.mjs';

const files = {
  me: MTA_HOST,
  defaultdomain: MTA_HOST,
  locals: `localhost\n${MTA_HOST}`,
  queuetime: '25s',
  warntime: '5s',
  faxqueuetime: '25s',
  retryalpha: '4s',
  retrybeta: '1',
  retrygamma: '4s',
  retrymaxdelta: '0',
  respawnlo: '1m',
  esmtptimeoutconnect: '4s',
  esmtptimeouthelo: '6s',
  esmtptimeout: '6s',
  esmtptimeoutkeepalive: '5s',
  esmtptimeoutdata: '6s',
  ipout: MTA_IP,
};

export const courier = {
  id: 'courier',
  packages: ['courier-mta', 'courier-mlm'],
  label: (box) => `courier ${box.version('courier-mta')}`,
  can: ['dsn', 'alias'],
  seconds: 80,
  waitAll: true,
  start(box) {
    for (const [name, text] of Object.entries(files)) box.write(`etc/courier/${name}`, `${text}\n`);
    box.write('etc/courier/smtpaccess/default', '192.0.2\tallow,RELAYCLIENT\n127\tallow,RELAYCLIENT\n');
    box.write(
      'etc/courier/aliases/system',
      `team: one.colleague@openhouse.example, two.colleague@openhouse.example\nmoved-clerk: former.clerk@emptyhall.example\npostmaster: clerk\n`,
    );
    box.write('etc/courier/esmtproutes', '');
    box.sh(`mkdir -p /run/courier/authdaemon && chown -R courier:courier /run/courier
      sed -i -e 's/^BOFHCHECKDNS=.*/BOFHCHECKDNS=0/' -e 's/^TARPIT=.*/TARPIT=0/' -e 's/^MAXPER.*=.*//' /etc/courier/esmtpd
      printf 'ADDRESS=${MTA_IP}\\nMAXPERC=100\\nMAXPERIP=100\\n' >>/etc/courier/esmtpd
      makesmtpaccess; makealiases; makehosteddomains; authdaemond start; courier start; esmtpd start`);
  },
  skip: { 'pipe-fails': 'its aliases take no pipes' },
  aliases: (to) => (to.address.includes('@xn--') ? ['info@bücher.example'] : []),
  bare: classOnly,
  shown: {
    idn: { recipient: 'info@bücher.example', remoteMta: 'mx1.bücher.example' },
    'null-mx': { reason: undefined },
    'local-unknown': { replyCode: undefined },
    'dns-servfail': { reason: 'network-error' },
  },
  adjust: [
    {
      why: 'Status is only the class, and a final one is always 5',
      when: (c) => c.failed && (c.bare || !c.reply),
      set: (c) => ({ status: c.action === 'failed' ? '5.0.0' : '4.0.0' }),
    },
    {
      why: 'a delay notice says at most "Network is down" where no reply came',
      when: (c) => c.action === 'delayed' && !c.reply,
      set: { reason: undefined },
    },
    {
      why: 'of a 421 after the greeting it may show only that the next command failed',
      when: (c) => c.reply?.code === '421' && ['mail', 'eod'].includes(c.row.stage),
      set: { status: undefined, replyCode: undefined, reason: undefined, decision: undefined },
    },
    {
      why: 'the reply is quoted',
      when: (c) => c.action === 'relayed',
      set: (c) => ({ status: '2.0.0', replyCode: '250', remoteMta: c.row.host }),
    },
    {
      why: 'no host was reached',
      when: (c) => c.action === 'delivered',
      set: { status: '2.0.0', remoteMta: null },
    },
    {
      why: 'an alias counts as relayed',
      when: (c) => c.action === 'expanded',
      set: { action: 'relayed', status: '2.0.0', remoteMta: null },
    },
  ],
};
