import type * as z from 'zod/mini';
import { parseJson } from './parse-json.js';

/** What a line of a journal behind the first holds. @throws naming file and line, with the way out */
export function journalEntry<S extends z.ZodMiniType>(
  where: string,
  line: string,
  schema: S,
): z.infer<S> {
  try {
    return parseJson(where, line, schema, Infinity);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`${message}; remove that line, or the file to start over`, { cause: error });
  }
}
