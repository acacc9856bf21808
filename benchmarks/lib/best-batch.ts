import type { Log } from './logged.ts';

/** Batch sizes this many times slower than the best are not looked at again. */
const hopeless = 1.5;

/**
 * The batch size at which an image takes PyTorch the fewest seconds: each is measured once, then the good ones again,
 * since a short measurement may be disturbed.
 * @param measure seconds per image.
 */
export async function bestBatch(
  batches: readonly number[],
  measure: (batch: number) => Promise<number>,
  log: Log,
): Promise<number> {
  const least = new Map<number, number>();
  const best = (): number => Math.min(...least.values());
  const look = async (batch: number): Promise<void> => {
    const seconds = await measure(batch);
    log(`  PyTorch, batch ${batch}: ${Number((1 / seconds).toPrecision(3))} images/s`);
    least.set(batch, Math.min(seconds, least.get(batch) ?? Infinity));
  };
  for (const batch of batches) await look(batch);
  for (const batch of batches) if (least.get(batch)! < hopeless * best()) await look(batch);
  return batches.find(batch => least.get(batch) === best())!;
}
