import { MTA_HOST } from '../network.mjs';
import { classOnly } from '../truth.mjs';

const RELAY = { id: 'relay', domain: 'relays.example', host: 'out.relays.example', ip: '203.0.113.240' };

/** Hands everything to one relay, which answers as the recipient's host would. */
export const nullmailer = {
  id: 'nullmailer',
  packages: ['nullmailer'],
  label: (box) => `nullmailer ${box.version('nullmailer')}`,
  smartHosts: [RELAY],
  keep: (scenario) => scenario.to.every((to) => !to.row || ['rcpt', 'eod'].includes(to.row.stage) || to.row.id === 'welcome' || to.row.rcpt),
  submit: ({ box, job, handIn }) => handIn(box, job),
  seconds: 60,
  waitAll: true,
  start(box) {
    box.write('etc/nullmailer/defaultdomain', `${MTA_HOST}\n`);
    box.write('etc/nullmailer/remotes', `${RELAY.host} smtp --port=25\n`);
    box.write('etc/nullmailer/pausetime', '4\n');
    box.write('etc/nullmailer/sendtimeout', '10\n');
    box.write('etc/nullmailer/queuelifetime', '20\n');
    box.sh('mkfifo /var/spool/nullmailer/trigger; mkdir -p /var/spool/nullmailer/failed; chown mail:mail /var/spool/nullmailer -R; chmod 622 /var/spool/nullmailer/trigger');
    box.daemon('setpriv --reuid=mail --regid=mail --clear-groups /usr/sbin/nullmailer-send');
  },
  bare: classOnly,
  shown: {},
  adjust: [],
};
