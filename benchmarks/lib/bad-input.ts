/** What the caller has to put right, in one line. */
export class BadInput extends Error {}

/** Whether an error is about the words of a command, as `parseArgs` and its users throw. */
export const isBadInput = (error: unknown): error is Error =>
  error instanceof BadInput ||
  (error instanceof TypeError &&
    String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS'));
