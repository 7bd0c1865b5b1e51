import { MTA_HOST } from '../network.mjs';
import { startPostfix } from './postfix.mjs';

/** Mailboxes over LMTP (a refusal there is Postfix's to report) and over the LDA, which reports by itself. */
const LDA = 'boxes.example';
const LMTP = 'lmtpboxes.example';

const mainCf = `
relay_domains = ${LDA}, ${LMTP}
transport_maps = inline:{ {${LDA}=dovecot:} {${LMTP}=lmtp:inet:[127.0.0.1]:2400} }
dovecot_destination_recipient_limit = 1
`;
const masterCf = `
dovecot unix - n n - - pipe flags=DRhu user=vmail:vmail argv=/usr/lib/dovecot/dovecot-lda -f \${sender} -a \${original_recipient} -d \${user}@\${domain}
`;
const conf = `
protocols = lmtp
mail_location = maildir:/srv/vmail/%d/%n
ssl = no
hostname = ${MTA_HOST}
postmaster_address = postmaster@${MTA_HOST}
quota_full_tempfail = no
log_path = /var/log/dovecot.log
userdb {
  driver = passwd-file
  args = /etc/dovecot/users
}
passdb {
  driver = passwd-file
  args = /etc/dovecot/users
}
plugin {
  quota = maildir:User quota
  sieve = file:/srv/sieve/%n.sieve
  sieve_extensions = +editheader
}
protocol lda {
  mail_plugins = quota sieve
}
protocol lmtp {
  mail_plugins = quota sieve
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = 2400
  }
}
`;
const SIEVE = {
  refuses: 'require "reject";\nreject "I take no mail of this kind. Please use the contact form.";',
  'refuses-umlaut': 'require "reject";\nreject "Diese Adresse nimmt keine Post mehr an. Schöne Grüße.";',
  away: 'require "vacation";\nvacation :days 1 :subject "Away until 7 December" "I am travelling and read mail again on 7 December.\n\nPetra Holm";',
  absente:
    'require ["vacation", "mime"];\nvacation :days 1 :subject "Absence du bureau" "Je suis absente jusqu\'au 7 décembre.\nMerci de votre patience.";',
  'away-mime': `require "vacation";
vacation :days 1 :mime text:
Content-Type: multipart/alternative; boundary="away-1"

--away-1
Content-Type: text/plain; charset=utf-8

Ich bin bis zum 7. Dezember nicht im Büro.
--away-1
Content-Type: text/html; charset=utf-8

<p>Ich bin bis zum <b>7. Dezember</b> nicht im Büro.</p>
--away-1--
.
;`,
};

const box = (name, domain = LDA) => ({ address: `${name}@${domain}`, fate: 'failed' });
const autoReply = { kind: 'auto-reply', recipients: [] };
const overQuota = { reason: 'mailbox-full', decision: 'suppress-after-repeated', status: '5.2.2' };
const lda = {
  kind: 'bounce',
  recipients: [
    { recipient: `full@${LDA}`, action: 'failed', replyCode: null, remoteMta: null, ...overQuota },
  ],
};
// Postfix's report of what Dovecot said; the LMTP server is known by address only.
const lmtp = { action: 'failed', remoteMta: '127.0.0.1' };
const lmtpFull = { recipient: `full@${LMTP}`, ...lmtp, replyCode: '552', ...overQuota };
const lmtpUnknown = {
  recipient: `no.such.box@${LMTP}`,
  ...lmtp,
  replyCode: '550',
  status: '5.1.1',
  reason: 'mailbox-not-found',
  decision: 'suppress',
};
// RFC 5429: a script that refuses after acceptance answers with an MDN that says "deleted".
/** An MDN that says "deleted" and means that the recipient's script refused the mail (RFC 5429 §2.1). */
const refusalByScript = (to) => ({
  kind: 'bounce',
  recipients: [{ recipient: to.address, action: 'failed', replyCode: null }],
});

export const dovecot = {
  id: 'dovecot',
  packages: ['postfix', 'dovecot-lmtpd', 'dovecot-sieve', 'dovecot-core'],
  label: (b) => `dovecot ${b.version('dovecot-core')}`,
  only: [],
  scenarios: [
    { id: 'lda-over-quota', truth: lda, to: [box('full')] },
    { id: 'lda-over-quota-html', original: 'html', truth: lda, to: [box('full')] },
    { id: 'lda-over-quota-8bit', original: 'utf8Subject', truth: lda, to: [box('full')] },
    { id: 'lmtp-over-quota', truth: { kind: 'bounce', recipients: [lmtpFull] }, to: [box('full', LMTP)] },
    {
      id: 'lmtp-user-unknown',
      truth: { kind: 'bounce', recipients: [lmtpUnknown] },
      to: [box('no.such.box', LMTP)],
    },
    {
      id: 'lmtp-two-boxes',
      truth: { kind: 'bounce', recipients: [lmtpFull, lmtpUnknown] },
      to: [box('full', LMTP), box('no.such.box', LMTP)],
    },
    { id: 'sieve-reject', truth: refusalByScript(box('refuses')), to: [box('refuses')] },
    { id: 'sieve-reject-umlaut', truth: refusalByScript(box('refuses-umlaut')), to: [box('refuses-umlaut')] },
    { id: 'sieve-reject-lmtp', truth: refusalByScript(box('refuses', LMTP)), to: [box('refuses', LMTP)] },
    {
      id: 'sieve-reject-japanese-original',
      original: 'japanese',
      truth: refusalByScript(box('refuses')),
      to: [box('refuses')],
    },
    { id: 'sieve-vacation', truth: autoReply, to: [box('away')] },
    { id: 'sieve-vacation-french', truth: autoReply, to: [box('absente')] },
    { id: 'sieve-vacation-mime', truth: autoReply, to: [box('away-mime')] },
    { id: 'sieve-vacation-to-a-bait', original: 'bait', truth: autoReply, to: [box('away', LMTP)] },
  ],
  seconds: 40,
  start(b) {
    const users = ['full', ...Object.keys(SIEVE)].flatMap((name) =>
      [LDA, LMTP].map(
        (d) =>
          `${name}@${d}:{PLAIN}x:2000:2000::/srv/vmail/${d}/${name}::${name === 'full' ? 'userdb_quota_rule=*:bytes=10' : ''}`,
      ),
    );
    b.write('etc/dovecot/dovecot.conf', conf);
    b.write('etc/dovecot/users', `${users.join('\n')}\n`, 0o644);
    for (const [name, script] of Object.entries(SIEVE)) b.write(`srv/sieve/${name}.sieve`, `${script}\n`);
    b.sh(
      'groupadd -g 2000 vmail; useradd -u 2000 -g 2000 -d /srv/vmail vmail; mkdir -p /srv/vmail; chown -R vmail:vmail /srv; touch /var/log/dovecot.log; chmod 666 /var/log/dovecot.log',
    );
    b.sh(`cat >>/etc/postfix/master.cf <<'EOF'${masterCf}EOF`);
    startPostfix(b, mainCf);
    b.daemon('dovecot -F');
  },
};
