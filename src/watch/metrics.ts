type Kind = 'counter' | 'gauge';

/** What is counted. Labels hold closed lists and ids of rules' providers, never text out of mail. */
const METRICS = {
  messages_total: ['counter', 'Messages handled, by what they were.'],
  recipients_total: ['counter', 'Recipients reported, by reason and by who refused.'],
  duplicates_total: ['counter', 'Messages whose events the sink had already.'],
  failures_total: ['counter', 'What went wrong, by stage: source, read, sink, journal, settle.'],
  waiting_messages: ['gauge', 'Messages in the mailbox at the last look.'],
  lag_seconds: ['gauge', 'Age of the last message when it was handled.'],
  last_success_timestamp_seconds: ['gauge', 'When a message was last handled to its end.'],
  last_poll_timestamp_seconds: ['gauge', 'When the mailbox was last looked into.'],
  up: ['gauge', 'Whether the source, the sink and the journal work.'],
} as const satisfies Record<string, readonly [Kind, string]>;

export type Metric = keyof typeof METRICS;
type Labels = Readonly<Record<string, string>>;

/** Counters and gauges, and their text (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export class Metrics {
  readonly #values = new Map<Metric, Map<string, number>>();

  add(metric: Metric, labels: Labels = {}, by = 1): void {
    const series = this.#series(metric);
    const key = labelText(labels);
    series.set(key, (series.get(key) ?? 0) + by);
  }

  set(metric: Metric, value: number, labels: Labels = {}): void {
    this.#series(metric).set(labelText(labels), value);
  }

  #series(metric: Metric): Map<string, number> {
    const found = this.#values.get(metric);
    if (found !== undefined) return found;
    const made = new Map<string, number>();
    this.#values.set(metric, made);
    return made;
  }

  render(): string {
    let text = '';
    for (const [metric, [kind, help]] of Object.entries(METRICS)) {
      const name = `bouncekit_${metric}`;
      text += `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n`;
      for (const [labels, value] of this.#values.get(metric as Metric) ?? [])
        text += `${name}${labels} ${value}\n`;
    }
    return text;
  }
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
