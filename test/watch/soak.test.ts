import { describe, expect, it } from 'vitest';
import { noDovecot } from '../../scripts/soak/dovecot.ts';
import { soak } from '../../scripts/soak/soak.ts';

if (noDovecot !== null) console.warn(`test/watch/soak.test.ts: ${noDovecot}`);

/** `scripts/soak/run` sets it: the whole soak instead of the short form. */
const WHOLE = process.env.BOUNCEKIT_SOAK === 'whole';

describe.skipIf(noDovecot !== null)('every message is accounted for', () => {
  it.each(['webhook', 'file'] as const)(
    'under kill -9, cut connections, server restarts, a full disk and a new UIDVALIDITY: %s',
    async (sink) => {
      const figures = await soak(
        WHOLE
          ? {
              sink,
              messages: 10_000,
              kills: 50,
              cuts: 10,
              restarts: 5,
              pauseMs: 4_000,
              onProgress: console.log,
            }
          : { sink, messages: 500, kills: 5, cuts: 2, restarts: 1, pauseMs: 2_000 },
      );
      console.log(JSON.stringify({ sink, ...figures }, null, 2));
      expect(figures).toMatchObject({ lost: 0, twice: 0, unmoved: 0, moved: figures.messages, crashes: [] });
      if (sink === 'webhook') expect(figures.requests).toBeGreaterThanOrEqual(figures.messages * 0.95);
      expect(figures.kills).toBe(WHOLE ? 50 : 5);
      expect(figures.uidValidityChanges).toBe(1);
      if (figures.journalFull === null) console.warn('no full disk: a small one cannot be mounted here');
      else expect(figures.journalFull).toBeGreaterThan(0);
    },
    WHOLE ? 1_800_000 : 120_000,
  );
});
