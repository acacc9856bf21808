/** Words of a line as a shell takes them, for lines without variables. */
export const shellWords = (line: string): string[] =>
  Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain);
