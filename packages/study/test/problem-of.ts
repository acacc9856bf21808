/** What is wrong with an error; undefined where it is one line that begins with a file of the store `out`. */
export function problemOf({ name, message }: Error): string | undefined {
  if (name !== 'Error' || internal.test(message)) return `${name}: ${message}`;
  return /^(`resume`: )?out\/\S[^\n]*$/.test(message) ? undefined : message;
}

/** What only programmers understand. */
const internal = /Cannot read|undefined|is not (a function|iterable)|Invalid|linalg|call stack/;
