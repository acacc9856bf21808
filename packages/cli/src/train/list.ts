import { architectures } from '@nads/train';

/** Prints the built-in architectures, one a line. */
export function listArchitectures(): void {
  const width = Math.max(...architectures.map(({ name }) => name.length));
  const lines = architectures.map(({ name, title }) => `${name.padEnd(width)}  ${title}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
