import { MTA_HOST } from '../network.mjs';

/** A small mailer that only sends: no SMTP port, mail comes in through its sendmail command. */
export const dma = {
  id: 'dma',
  packages: ['dma'],
  label: (box) => `dma ${box.version('dma')}`,
  submit: ({ box, job, handIn }) => handIn(box, job),
  seconds: 30,
  waitAll: true,
  start(box) {
    box.write('etc/dma/dma.conf', `MAILNAME ${MTA_HOST}\n`);
    box.write('etc/aliases', '');
    box.sh('mkdir -p /var/spool/dma && chown root:mail /var/spool/dma && chmod 2775 /var/spool/dma');
  },
  // It gives up after five days, which no setting changes: what is left in the queue is made older.
  async afterFeed(box) {
    await new Promise((r) => setTimeout(r, 15_000));
    box.sh('touch -d "6 days ago" /var/spool/dma/*; ls /var/spool/dma | head -3');
    box.daemon('dma -q');
  },
  named: (report) =>
    report.split(/\r?\n/).filter((l) => l.startsWith('There was an error delivering your mail to ')),
  skip: {
    'local-user-unknown': 'it refuses that at once',
    'no-greeting': 'its own time-out of five minutes is fixed',
    'dropped-at-connect': 'it goes on trying in the same process',
    'dropped-at-rcpt': 'it goes on trying in the same process',
    'dropped-at-end-of-data': 'it goes on trying in the same process',
  },
  bare: () => null,
  shown: { 'no-such-domain': { status: null } },
  adjust: [
    {
      why: 'expiry says only "Could not deliver for the last 432000 seconds", also for a domain whose MX leads nowhere',
      when: (c) => c.temporary || ['null-mx', 'mx-without-address'].includes(c.row.id),
      set: { status: null, replyCode: null, remoteMta: null, reason: 'message-expired', decision: undefined },
    },
  ],
};
