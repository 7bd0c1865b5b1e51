import { setTimeout as sleep } from 'node:timers/promises';
import { MTA_HOST, MTA_IP } from '../network.mjs';
import { classOnly } from '../truth.mjs';

const conf = `
hostname: "${MTA_HOST}"
smtp_address: "${MTA_IP}:25"
submission_address: "${MTA_IP}:587"
monitoring_address: ""
mail_delivery_agent_bin: "/bin/true"
data_dir: "/var/lib/chasquid"
mail_log_path: "/var/log/chasquid.log"
suffix_separators: "+"
`;

const startDaemon = (box) => box.daemon('chasquid -config_dir /etc/chasquid');
let running;

export const chasquid = {
  id: 'chasquid',
  packages: ['chasquid', 'openssl'],
  label: (box) => `chasquid ${box.version('chasquid')}`,
  can: ['alias', 'smtputf8'],
  skip: {
    'alias-of-several': 'it reports no success',
    'pipe-fails': 'it has no pipes',
    'local-user-unknown': 'it has no sendmail command',
    'quoted-local-part': 'it refuses that at once',
  },
  seconds: 40,
  // It relays only for who logged in.
  submission: { port: 587, login: { user: `app@${MTA_HOST}`, password: 'app' } },
  start(box) {
    box.write('etc/chasquid/chasquid.conf', conf);
    box.write(
      `etc/chasquid/domains/${MTA_HOST}/aliases`,
      'moved-clerk: former.clerk@emptyhall.example\nteam: one.colleague@openhouse.example, two.colleague@openhouse.example\n',
    );
    box.sh(`mkdir -p /etc/chasquid/certs/${MTA_HOST} /var/lib/chasquid
      openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=${MTA_HOST} -addext subjectAltName=DNS:${MTA_HOST} \
        -keyout /etc/chasquid/certs/${MTA_HOST}/privkey.pem -out /etc/chasquid/certs/${MTA_HOST}/fullchain.pem 2>/dev/null
      cp /etc/chasquid/certs/${MTA_HOST}/fullchain.pem /usr/local/share/ca-certificates/capture.crt; update-ca-certificates >/dev/null 2>&1
      chasquid-util --configdir=/etc/chasquid user-add app@${MTA_HOST} --password=app 2>&1 || true`);
    running = startDaemon(box);
  },
  // It gives up after 20 hours, which no setting changes: what is left in the queue is made older.
  async afterFeed(box) {
    await sleep(30_000);
    running.kill();
    await sleep(1000);
    const aWeek = 7 * 86_400;
    box.sh(`cd /var/lib/chasquid/queue && for f in m:*; do
      sed -i -E "/^created_at_ts/,/^}/s/seconds: *([0-9]+)/seconds: $(( $(date +%s) - ${aWeek} ))/" "$f"; done`);
    running = startDaemon(box);
  },
  aliases: (to) => (to.address.includes('@xn--') ? ['info@bücher.example'] : []),
  bare: classOnly,
  shown: {
    idn: { recipient: 'info@bücher.example' },
    'no-such-domain': { decision: undefined },
    'null-mx': { reason: undefined, decision: undefined },
    'no-greeting': { reason: undefined },
    'no-smtputf8': { replyCode: undefined },
  },
  adjust: [
    { why: 'the host is never named', when: (c) => c.reply, set: { remoteMta: null } },
    {
      why: 'a refusing banner counts as a passing fault',
      when: (c) => c.row.stage === 'connect' && c.bare,
      set: { status: '4.0.0' },
    },
    {
      why: 'so does everything that fails before a host answers',
      when: (c) => !c.reply,
      set: (c) => ({ status: c.row.id === 'no-smtputf8' ? '5.0.0' : '4.0.0' }),
    },
  ],
};
