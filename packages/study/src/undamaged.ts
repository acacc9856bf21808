import { OptionError } from '@nads/linalg';

/** Reads a file that a run goes on from. @throws OptionError where that fails, with the way out */
export function undamaged<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const message = withoutFile((error as Error).message, where);
    throw new OptionError(
      'resume',
      `${where} is damaged (${message}); remove it and start again`,
      error,
    );
  }
}

/** 'FILE: problem' and 'FILE[array]: problem' without the file. */
const withoutFile = (message: string, file: string): string =>
  message.startsWith(file)
    ? message.slice(file.length).replace(/^: |^\[(.*?)\](?=: )/, '$1')
    : message;
