import { describe, expect, it } from 'vitest';
import { noDovecot } from '../../scripts/soak/dovecot.ts';
import { soak } from '../../scripts/soak/soak.ts';

if (noDovecot !== null) console.warn(`test/watch/soak.test.ts: ${noDovecot}`);

/** `scripts/soak/run` sets it: the whole soak instead of the short form. */
const WHOLE = process.env.BOUNCEKIT_SOAK === 'whole';

describe.skipIf(noDovecot !== null)('every message is accounted for', () => {
  it(
    'under kill -9, cut connections, server restarts, a full disk and a new UIDVALIDITY',
    async () => {
      const figures = await soak(
        WHOLE
          ? { messages: 10_000, kills: 50, cuts: 10, restarts: 5, pauseMs: 4_000, onProgress: console.log }
          : { messages: 600, kills: 6, cuts: 2, restarts: 1, pauseMs: 2_500 },
      );
      console.log(JSON.stringify(figures, null, 2));
      expect(figures).toMatchObject({ lost: 0, twice: 0, unmoved: 0, moved: figures.messages, crashes: [] });
      expect(figures.requests).toBeGreaterThanOrEqual(figures.messages * 0.95);
      expect(figures.kills).toBe(WHOLE ? 50 : 6);
      expect(figures.uidValidityChanges).toBe(1);
    },
    WHOLE ? 1_200_000 : 150_000,
  );
});
