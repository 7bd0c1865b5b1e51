import { MTA_HOST } from '../network.mjs';
import { startPostfix } from './postfix.mjs';

/** Auto-replies by the old Unix ways: vacation(1), and procmail with formail. */
const autoReply = { kind: 'auto-reply', recipients: [] };
const to = (name) => [{ address: `${name}@${MTA_HOST}`, fate: 'failed' }];

const vacationText = {
  holiday:
    'From: holiday@mta1.lindenpost.example\nSubject: away from my mail\nPrecedence: bulk\n\nI will not be reading my mail for a while.\nYour mail about "$SUBJECT" will be read when I am back.\n',
  urlaub:
    'Subject: Abwesenheit\nContent-Type: text/plain; charset=utf-8\n\nIch bin bis Montag im Urlaub. Dringendes bitte an das Sekretariat.\n',
};
const procmailrc = `
SHELL=/bin/sh
:0 h c
* !^FROM_DAEMON
* !^X-Loop: formailed@${MTA_HOST}
| (formail -r -A"Precedence: junk" -A"X-Loop: formailed@${MTA_HOST}" -I"Subject: I have received your mail"; \\
   echo "This is an automatic answer. A person will read your letter soon.") | /usr/sbin/sendmail -t -oi
`;

export const vacation = {
  id: 'vacation',
  packages: ['postfix', 'vacation', 'procmail'],
  label: (box) => `vacation ${box.version('vacation')}`,
  only: [],
  scenarios: [
    { id: 'vacation', truth: autoReply, to: to('holiday') },
    { id: 'vacation-german', truth: autoReply, to: to('urlaub') },
    { id: 'vacation-to-a-bait', original: 'bait', truth: autoReply, to: to('holiday') },
    { id: 'vacation-encoded-subject', original: 'utf8Subject', truth: autoReply, to: to('holiday') },
    { id: 'procmail-formail', truth: autoReply, to: to('robot') },
    { id: 'procmail-formail-japanese', original: 'japanese', truth: autoReply, to: to('robot') },
  ],
  seconds: 40,
  start(box) {
    box.sh('for u in holiday urlaub robot; do useradd -m $u; done');
    for (const [user, text] of Object.entries(vacationText)) {
      box.write(`home/${user}/.vacation.msg`, text);
      box.write(`home/${user}/.forward`, `\\${user}, "|/usr/bin/vacation -r 0 ${user}"\n`);
    }
    box.write('home/robot/.procmailrc', procmailrc);
    box.write('home/robot/.forward', '"|/usr/bin/procmail"\n');
    box.sh(
      'for u in holiday urlaub robot; do chown -R $u: /home/$u; chmod 755 /home/$u; chmod 644 /home/$u/.forward; done',
    );
    box.sh('for u in holiday urlaub; do su $u -s /bin/sh -c "vacation -I"; done');
    // Every original says `To:` the address, which vacation(1) asks for.
    startPostfix(box, 'smtputf8_autodetect_classes = sendmail\n');
  },
};
