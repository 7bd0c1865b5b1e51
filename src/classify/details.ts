/** `https://…` as far as it goes, without the sentence's own punctuation. */
const URL_PATTERN = /https?:\/\/[\w.~:/?#@!$&'*+,;=%()-]{4,300}/i;

/** `try again in 300 seconds`, `retry in 5 minutes`, `wait 4 hours`, `greylisted for 60 seconds`, `00:05:00`. */
const DELAY =
  /(?:in|for|after|wait|least|within|:) {0,2}(\d{1,5}) {0,2}(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h)\b/i;
const CLOCK = /(?:in|for|after|wait) {1,2}(\d{1,2}):(\d\d):(\d\d)\b/i;

const LONGEST_DELAY = 7 * 86_400;

/** The page that a reply points to; never fetched. */
export function readHelpUrl(text: string): string | undefined {
  if (!text.includes('://')) return undefined;
  return URL_PATTERN.exec(text)?.[0].replace(/[.,;:!?)'*]{1,40}$/, '');
}

/** Seconds that a reply asks to wait. */
export function readDelay(text: string): number | undefined {
  const clock = CLOCK.exec(text);
  if (clock !== null) return bounded(Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]));
  const delay = DELAY.exec(text);
  if (delay === null) return undefined;
  const unit = (delay[2] as string).toLowerCase();
  return bounded(Number(delay[1]) * (unit.startsWith('h') ? 3600 : unit.startsWith('m') ? 60 : 1));
}

const bounded = (seconds: number): number | undefined =>
  seconds > 0 && seconds <= LONGEST_DELAY ? seconds : undefined;
