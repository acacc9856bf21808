/** Takes a line about what goes on. */
export type Log = (line: string) => void;

/** Seconds, told on the way. */
export function logged(log: Log, what: string, seconds: number): number {
  log(`${what}: ${seconds.toPrecision(4)} s`);
  return seconds;
}
