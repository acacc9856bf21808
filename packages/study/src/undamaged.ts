import { OptionError } from '@nads/linalg';

/** Reads a file that a run goes on from. @throws OptionError where that fails, with the way out */
export function undamaged<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const message = (error as Error).message.replace(`${where}: `, '');
    throw new OptionError(
      'resume',
      `${where} is damaged (${message}); remove it and start again`,
      error,
    );
  }
}
