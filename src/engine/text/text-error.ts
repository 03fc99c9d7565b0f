/** Examples or a model that cannot be used: what was expected, what was found, what to do. */
export class TextError extends Error {
  readonly code: 'text_too_few_examples' | 'text_model_broken' | 'text_model_other_version';

  constructor(code: TextError['code'], message: string) {
    super(message);
    this.name = 'TextError';
    this.code = code;
  }
}
