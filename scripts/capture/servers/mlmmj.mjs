import { MTA_HOST, MTA_IP } from '../network.mjs';
import { startPostfix } from './postfix.mjs';

const LIST = `gardeners@${MTA_HOST}`;
const to = (address = LIST) => [{ address, fate: 'failed' }];
// What a list says to somebody who may not post: a refusal in words, with no delivery report.
const refusal = (reason, address = LIST) => ({
  kind: 'bounce',
  recipients: [
    {
      recipient: address,
      action: 'failed',
      status: null,
      replyCode: null,
      remoteMta: null,
      reason,
      decision: 'fix-then-retry',
    },
  ],
});
const notice = { kind: 'auto-reply', recipients: [] };

export const mlmmj = {
  id: 'mlmmj',
  packages: ['postfix', 'mlmmj'],
  label: (box) => `mlmmj ${box.version('mlmmj')}`,
  only: [],
  scenarios: [
    { id: 'members-only', truth: refusal('recipient-restricted'), to: to() },
    { id: 'members-only-bait', original: 'bait', truth: refusal('recipient-restricted'), to: to() },
    {
      id: 'members-only-encoded-subject',
      original: 'utf8Subject',
      truth: refusal('recipient-restricted'),
      to: to(),
    },
    {
      id: 'members-only-german',
      truth: refusal('recipient-restricted', `gaertner@${MTA_HOST}`),
      to: to(`gaertner@${MTA_HOST}`),
    },
    {
      id: 'too-large',
      original: 'large',
      truth: refusal('message-too-large', `small@${MTA_HOST}`),
      to: to(`small@${MTA_HOST}`),
    },
    {
      id: 'access-denied',
      truth: refusal('policy-rejected', `closed@${MTA_HOST}`),
      to: to(`closed@${MTA_HOST}`),
    },
    { id: 'held-for-moderation', truth: notice, to: to(`talk@${MTA_HOST}`) },
    { id: 'help', truth: notice, to: to(`gardeners+help@${MTA_HOST}`) },
    { id: 'subscribe-confirmation', truth: notice, to: to(`gardeners+subscribe@${MTA_HOST}`) },
    { id: 'unsubscribe-not-member', truth: notice, to: to(`gardeners+unsubscribe@${MTA_HOST}`) },
  ],
  seconds: 40,
  start(box) {
    const lists = { gardeners: 'en', gaertner: 'de', small: 'en', closed: 'en', talk: 'en' };
    for (const [name, language] of Object.entries(lists)) {
      box.sh(`set -e; d=/var/spool/mlmmj/${name}; mkdir -p $d; cd $d
        mkdir -p incoming queue queue/discarded archive text subconf unsubconf bounce control moderation subscribers.d digesters.d requeue nomailsubs.d
        touch index; echo 0 >index; cp -r /usr/share/mlmmj/text.skel/${language}/* text/ 2>/dev/null || cp -r /usr/share/mlmmj/text.skel/en/* text/
        echo ${name}@${MTA_HOST} >control/listaddress; echo owner@openhouse.example >control/owner; echo + >control/delimiter; echo ${MTA_IP} >control/relayhost; touch control/notifysub`);
    }
    const control = {
      gardeners: 'subonlypost',
      gaertner: 'subonlypost',
      small: 'maxmailsize',
      closed: 'access',
      talk: 'moderated',
    };
    for (const [name, file] of Object.entries(control))
      box.write(
        `var/spool/mlmmj/${name}/control/${file}`,
        { maxmailsize: '600\n', access: 'deny\n' }[file] ?? '',
      );
    box.write('var/spool/mlmmj/talk/control/moderators', 'moderator@openhouse.example\n');
    box.write('var/spool/mlmmj/talk/control/notifymod', '');
    box.write(
      'etc/postfix/mlmmj',
      Object.keys(lists)
        .map((n) => `/^${n}(\\+.*)?@/ mlmmj:${n}\n`)
        .join(''),
    );
    box.sh(`cat >>/etc/postfix/master.cf <<'EOF'
mlmmj unix - n n - - pipe flags=ORhu user=mlmmj argv=/usr/bin/mlmmj-receive -F -L /var/spool/mlmmj/\${nexthop}
EOF`);
    box.sh('useradd -r mlmmj; chown -R mlmmj /var/spool/mlmmj');
    startPostfix(
      box,
      'transport_maps = regexp:/etc/postfix/mlmmj\nlocal_recipient_maps =\nmlmmj_destination_recipient_limit = 1\nrecipient_delimiter = +\n',
    );
  },
};
