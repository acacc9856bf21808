/** Says something on stderr that is more than progress. */
export const warn = (text: string): void => void process.stderr.write(`nads: ${text}\n`);
