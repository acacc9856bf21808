/**
 * Says that an option cannot be as it was given. Messages of all packages name options in backticks, as in
 * "`basis`: 'dct:0' …; try a smaller `size`", so that a program can show them as its user knows them: the command
 * line shows flags.
 */
export class OptionError extends Error {
  /** The option's name, as in `maxNetworks`. */
  readonly option: string;

  constructor(option: string, problem: string, cause?: unknown) {
    super(`\`${option}\`: ${problem}`, { cause });
    this.option = option;
  }

  /** The same with the name of what it happened to in front. */
  at(what: string): OptionError {
    const error = new OptionError(this.option, '', this);
    error.message = `${what}: ${this.message}`;
    return error;
  }
}
