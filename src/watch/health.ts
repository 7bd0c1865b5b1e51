import type { Metrics } from './metrics.ts';

export type Component = 'source' | 'sink' | 'journal';

interface State {
  readonly ok: boolean;
  readonly detail: string;
  readonly since: string;
}

/** Whether each component works, and since when. */
export class Health {
  readonly #states = new Map<Component, State>();
  readonly #metrics: Metrics;
  readonly #silenceMs: number;
  #heard = Date.now();

  /** `silenceMs`: after that long without a sign of the source, it counts as dead. */
  constructor(metrics: Metrics, silenceMs: number) {
    this.#metrics = metrics;
    this.#silenceMs = silenceMs;
    this.set('source', false, 'not connected yet');
  }

  /** Returns whether that is news. */
  set(component: Component, ok: boolean, detail = ''): boolean {
    const before = this.#states.get(component);
    if (before?.ok === ok && before.detail === detail) return false;
    this.#states.set(component, { ok, detail, since: new Date().toISOString() });
    this.#metrics.set('up', ok ? 1 : 0, { component });
    return before !== undefined || !ok;
  }

  /** A sign of life. */
  heard(): void {
    this.#heard = Date.now();
  }

  read(): { ok: boolean; components: Record<string, State> } {
    if (Date.now() - this.#heard > this.#silenceMs) this.set('source', false, 'silent for too long');
    return {
      ok: [...this.#states.values()].every((s) => s.ok),
      components: Object.fromEntries(this.#states),
    };
  }
}
