/** A call, since the compiler believes that a flag it has seen once does not change. */
export function isStopped(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** Resolves after `ms` milliseconds, or as soon as the signal says stop. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}

/**
 * Milliseconds before the attempt after `failures` failed ones: doubled each time, with jitter of a half, so that
 * many clients of a server that comes back do not come at once.
 */
export function backoff(failures: number, firstMs = 500, maxMs = 60_000): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return Math.round(full / 2 + (Math.random() * full) / 2);
}
