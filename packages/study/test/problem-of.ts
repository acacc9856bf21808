/** What is wrong with an error; undefined where it is one line that names the store `out` or a file of it. */
export function problemOf({ name, message }: Error): string | undefined {
  if (name !== 'Error' || internal.test(message)) return `${name}: ${message}`;
  return /^(\S+: )?(`resume`: )?out[/:][^\n]*$/.test(message) ? undefined : message;
}

/** What only programmers understand. */
const internal = /Cannot read|undefined|is not (a function|iterable)|Invalid|linalg|call stack/;
