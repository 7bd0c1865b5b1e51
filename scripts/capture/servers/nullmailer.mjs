import { MTA_HOST } from '../network.mjs';

const RELAY = { id: 'relay', domain: 'relays.example', host: 'out.relays.example', ip: '203.0.113.240' };

/** Hands everything to one relay, which answers as the recipient's host would. */
export const nullmailer = {
  id: 'nullmailer',
  packages: ['nullmailer'],
  label: (box) => `nullmailer ${box.version('nullmailer')}`,
  smartHosts: [RELAY],
  keep: (scenario) =>
    scenario.to.every(
      (to) => !to.row || ['rcpt', 'eod'].includes(to.row.stage) || to.row.id === 'welcome' || to.row.rcpt,
    ),
  submit: ({ box, job, handIn }) => handIn(box, job),
  seconds: 60,
  waitAll: true,
  start(box) {
    box.write('etc/nullmailer/defaultdomain', `${MTA_HOST}\n`);
    box.write('etc/nullmailer/remotes', `${RELAY.host} smtp --port=25\n`);
    box.write('etc/nullmailer/pausetime', '4\n');
    box.write('etc/nullmailer/sendtimeout', '10\n');
    box.write('etc/nullmailer/queuelifetime', '20\n');
    box.sh(
      'mkfifo /var/spool/nullmailer/trigger; mkdir -p /var/spool/nullmailer/failed; chown mail:mail /var/spool/nullmailer -R; chmod 622 /var/spool/nullmailer/trigger',
    );
    box.daemon('setpriv --reuid=mail --regid=mail --clear-groups /usr/sbin/nullmailer-send');
  },
  // What it gives up is reported as a delay, and nothing in the report tells the difference.
  lastWordIsDelay: true,
  skip: {
    'quoted-local-part': 'it writes the address apart',
    'cloudmark-csi': 'its report writer fails on this reply, and no report comes',
    'netease-dt-spm': 'its report writer fails on this reply, and no report comes',
  },
  // Without an enhanced code even a 451 is reported as failed for good.
  bare: () => '5.0.0',
  shown: {},
  adjust: [
    { why: 'the relay is the remote side', when: (c) => c.reply, set: { remoteMta: RELAY.host } },
    {
      why: 'Status keeps one digit of the detail: 5.7.26 becomes 5.7.2',
      when: (c) => /\.\d\d+$/.test(c.reply?.enhanced ?? ''),
      set: { status: undefined },
    },
    {
      why: 'one refused recipient fails all, and every block carries the reply that names the first',
      when: (c) => c.to !== c.scenario.to[0],
      set: { status: undefined, replyCode: undefined, reason: undefined, decision: undefined },
    },
  ],
};
