import { OptionError } from '@nads/linalg';

/** Runs something; its failure names what it happened to. */
export function about<T>(what: string, action: () => T): T {
  try {
    const result = action();
    if (result instanceof Promise)
      return result.catch((error: unknown) => {
        throw named(what, error as Error);
      }) as T;
    return result;
  } catch (error) {
    throw named(what, error as Error);
  }
}

/** The error with the name of what it happened to in front, unless it is there already; of the same `name`. */
export function named(what: string, error: Error): Error {
  if (isAbort(error) || error.message.startsWith(what)) return error;
  if (error instanceof OptionError) return error.at(what);
  const about = new Error(`${what}: ${messageOf(error)}`, { cause: error });
  return Object.assign(about, { name: error.name });
}

function messageOf(error: Error): string {
  if (error instanceof RangeError && /array (buffer|length)|ArrayBuffer/i.test(error.message))
    return 'out of memory; choose a smaller `basis`, `size` or `batch`';
  return error.message.replace(/^linalg: /, '');
}

const isAbort = ({ name }: Error): boolean => name === 'AbortError';
