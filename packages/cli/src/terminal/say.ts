/** Says something on stderr that is more than progress. */
export const warn = (text: string): void => void process.stderr.write(`nads: ${text}\n`);

/** Says what is being done, a line on stderr, unless `quiet`. */
export const speaker =
  (quiet: boolean | undefined) =>
  (text: string): void =>
    void (quiet || process.stderr.write(`${text}\n`));
