import { textOf, type Store } from './store.js';

/** The whole lines of a journal in a store; what was cut off half-way behind them is taken away. None where there is no journal. */
export async function journalLines(store: Store, file: string): Promise<string[]> {
  const bytes = await store.read(file);
  if (!bytes) return [];
  const end = bytes.lastIndexOf(0x0a) + 1;
  const whole = textOf(bytes.subarray(0, end));
  if (end < bytes.length) await store.write([[file, whole]]);
  return whole.split('\n').filter(line => line !== '');
}
