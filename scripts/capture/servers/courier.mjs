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
    box.write('etc/courier/aliases/system', `team: one.colleague@openhouse.example, two.colleague@openhouse.example\nmoved-clerk: former.clerk@emptyhall.example\npostmaster: clerk\n`);
    box.write('etc/courier/esmtproutes', '');
    box.sh(`mkdir -p /run/courier && chown courier:courier /run/courier
      sed -i -e 's/^BOFHCHECKDNS=.*/BOFHCHECKDNS=0/' -e 's/^TARPIT=.*/TARPIT=0/' -e 's/^MAXPER.*=.*//' /etc/courier/esmtpd
      printf 'ADDRESS=${MTA_IP}\\nMAXPERC=100\\nMAXPERIP=100\\n' >>/etc/courier/esmtpd
      makesmtpaccess; makealiases; makehosteddomains; courier start; esmtpd start`);
  },
  bare: classOnly,
  shown: {},
  adjust: [],
};
