export type BouncekitErrorCode =
  | 'invalid-input'
  | 'invalid-option'
  | 'duplicate-format'
  | 'duplicate-rule'
  | 'invalid-rule'
  | 'invalid-policy';

/** A caller's mistake. What a message holds never throws. */
export class BouncekitError extends Error {
  readonly code: BouncekitErrorCode;

  constructor(code: BouncekitErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BouncekitError';
    this.code = code;
  }
}
