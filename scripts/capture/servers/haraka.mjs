import { MTA_HOST, MTA_IP } from '../network.mjs';

const SITE = 'opt/haraka/site';

// Everybody may send: the network is ours alone.
const relayAll = `exports.hook_connect = (next, connection) => {
  connection.relaying = true;
  next();
};
exports.hook_mail = (next) => next(OK);
exports.hook_rcpt = (next) => next(OK);
`;

export const haraka = {
  id: 'haraka',
  packages: ['npm:Haraka'],
  label: (box) => `haraka ${JSON.parse(box.sh('cat /opt/haraka/node_modules/Haraka/package.json')).version}`,
  skip: { 'quoted-local-part': 'it refuses that at once', 'local-user-unknown': 'it has no sendmail command' },
  seconds: 60,
  waitAll: true,
  start(box) {
    const files = {
      'config/me': MTA_HOST,
      'config/host_list': '',
      'config/plugins': 'relay-all',
      'config/smtp.ini': `listen=${MTA_IP}:25\nnodes=0`,
      'config/outbound.ini': 'temp_fail_intervals=3s,3s,3s\nlocal_mx_ok=true\nconnect_timeout=4\nconcurrency_max=60\ninet_prefer=v4\nenable_tls=false',
      'config/log.ini': '[main]\nlevel=info',
      'plugins/relay-all.js': relayAll,
      'package.json': '{}',
    };
    for (const [path, text] of Object.entries(files)) box.write(`${SITE}/${path}`, `${text}\n`);
    box.sh(`mkdir -p /${SITE}/queue`);
    box.daemon(`node /opt/haraka/node_modules/Haraka/bin/haraka -c /${SITE}`);
  },
  bare: () => null,
  shown: {},
  adjust: [],
};
