import type * as z from 'zod/mini';

/**
 * What a JSON file of ours holds.
 * @param newest the newest version of its format that can be read
 * @throws naming the file, and the first invalid field
 */
export function parseJson<S extends z.ZodMiniType>(
  name: string,
  text: string,
  schema: S,
  newest: number,
): z.infer<S> {
  return checkedJson(name, parsed(name, text), schema, newest);
}

/** What a value of JSON holds. @throws as `parseJson` */
export function checkedJson<S extends z.ZodMiniType>(
  name: string,
  value: unknown,
  schema: S,
  newest: number,
): z.infer<S> {
  const { version } = Object(value) as { readonly version?: unknown };
  if (typeof version === 'number' && version > newest)
    throw new Error(
      `${name}: format version ${version} is newer than ${newest}, the latest this nads reads; use a newer nads`,
    );
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues;
  throw new Error(`${name}: ${path.join('.') || 'the whole'}: ${message.toLowerCase()}`);
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`${name}: not JSON (${(error as Error).message.replaceAll(/\s+/g, ' ')})`, {
      cause: error,
    });
  }
}
