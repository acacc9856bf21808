/** Says something on stderr that is more than progress. */
export const warn = (text: string): void => void process.stderr.write(`nads: ${text}\n`);

/** Says on stderr what makes a result doubtful; lines that begin with `nads:` are errors and ends. */
export const caution = (text: string): void => void process.stderr.write(`warning: ${text}\n`);

/** Says what is being done, a line on stderr, unless `quiet`. */
export const speaker =
  (quiet: boolean | undefined) =>
  (text: string): void =>
    void (quiet || process.stderr.write(`${text}\n`));
