/** Option of commands that compute. */
export interface ShowFlags {
  readonly json?: boolean;
}

let last: unknown;

/** What was printed last, in plain values. */
export const lastShown = (): unknown => last;

/**
 * Prints what a command found on stdout: lines for people, or with --json an object for programs.
 * @param values what the lines say, in plain values
 */
export function show({ json }: ShowFlags, lines: readonly string[], values: unknown): void {
  last = values;
  const text = json ? JSON.stringify(values, null, 2) : lines.join('\n');
  process.stdout.write(`${text.trimEnd()}\n`);
}
