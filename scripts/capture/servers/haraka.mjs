import { MTA_HOST, MTA_IP } from '../network.mjs';

const SITE = 'opt/haraka/site';

/** `Status: 5.1.2 (550 Tried all MXs …)`: its own code, and no word of why. */
const TRIED_ALL = { status: '5.1.2', replyCode: undefined, remoteMta: undefined, reason: undefined };

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
  skip: {
    'quoted-local-part': 'it refuses that at once',
    'local-user-unknown': 'it has no sendmail command',
  },
  seconds: 60,
  waitAll: true,
  start(box) {
    const files = {
      'config/me': MTA_HOST,
      'config/host_list': '',
      'config/plugins': 'relay-all',
      'config/smtp.ini': `listen=${MTA_IP}:25\nnodes=0`,
      'config/outbound.ini':
        'temp_fail_intervals=5s,5s,5s\nlocal_mx_ok=true\nconnect_timeout=4\nconcurrency_max=60\ninet_prefer=v4\nenable_tls=false',
      'config/log.ini': '[main]\nlevel=info',
      'plugins/relay-all.js': relayAll,
      'package.json': '{}',
    };
    box.sh(`mkdir -p /${SITE}/queue; cp -r /opt/haraka/node_modules/Haraka/config /${SITE}/config`);
    for (const [path, text] of Object.entries(files)) box.write(`${SITE}/${path}`, `${text}\n`);
    box.daemon(`node /opt/haraka/node_modules/Haraka/bin/haraka -c /${SITE}`);
  },
  bare: () => null,
  shown: {
    'no-such-domain': { status: '5.1.2', replyCode: undefined },
    'null-mx': { status: '5.1.10', replyCode: undefined },
    'dns-servfail': { status: '5.1.0', replyCode: undefined },
    'mx-without-address': TRIED_ALL,
    'connection-refused': TRIED_ALL,
    'network-unreachable': TRIED_ALL,
    'no-greeting': TRIED_ALL,
    'dropped-at-connect': TRIED_ALL,
    'dropped-at-rcpt': TRIED_ALL,
    'dropped-at-end-of-data': TRIED_ALL,
  },
  adjust: [
    { why: 'Remote-MTA is the bare address', when: (c) => c.reply, set: (c) => ({ remoteMta: c.row.ip }) },
    {
      why: 'what it gave up gets class 5: 4.2.2 becomes 5.2.2',
      when: (c) => c.reply?.enhanced?.startsWith('4'),
      set: (c) => ({ status: c.reply.enhanced.replace('4', '5') }),
    },
  ],
};
