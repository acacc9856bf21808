import { beside, type Result } from './beside.ts';
import type { Log } from './logged.ts';
import type { Contender } from './shortest.ts';

/** PyTorch at work on a network. */
export interface Torch {
  /** Seconds per image at a batch size, measured for so many seconds. */
  readonly ask: (batch: number, seconds: number) => Promise<number>;
  /** Batch sizes that are tried for its best. */
  readonly batches: readonly number[];
  /** Seconds that each of them is tried for, and that a measurement takes. */
  readonly scan: number;
  readonly measurement: number;
}

/** PyTorch's measurements beside ours: at its best batch size, which is what we are held against, and at ours. */
export interface TorchContenders {
  readonly batches: { readonly best: number; readonly same: number };
  readonly contenders: {
    readonly torchAtBest?: Contender;
    /** Left out where its best batch size is ours. */
    readonly torchAtSame?: Contender;
  };
}

/** Finds PyTorch's best batch size. @param same ours. */
export async function torchContenders(
  torch: Torch,
  same: number,
  log: Log,
): Promise<TorchContenders> {
  const best = await bestBatch(torch, log);
  const at = (batch: number) => () => torch.ask(batch, torch.measurement);
  return {
    batches: { best, same },
    contenders: {
      torchAtBest: at(best),
      ...(same === best ? {} : { torchAtSame: at(same) }),
    },
  };
}

/** Batch sizes this many times slower than the best are not looked at again. */
const hopeless = 1.5;

/** Each batch size once, then the good ones again, since a short measurement may be disturbed. */
async function bestBatch({ ask, batches, scan }: Torch, log: Log): Promise<number> {
  const least = new Map<number, number>();
  const best = (): number => Math.min(...least.values());
  const look = async (batch: number): Promise<void> => {
    const seconds = await ask(batch, scan);
    log(`  PyTorch, batch ${batch}: ${Math.round(1 / seconds)} images/s`);
    least.set(batch, Math.min(seconds, least.get(batch) ?? Infinity));
  };
  for (const batch of batches) await look(batch);
  for (const batch of batches) if (least.get(batch)! < hopeless * best()) await look(batch);
  return batches.find(batch => least.get(batch) === best())!;
}

/** Seconds per image, by contender. */
export interface Times {
  readonly ours?: number;
  readonly torchAtBest?: number;
  readonly torchAtSame?: number;
}

/**
 * Two rows: ours beside PyTorch at its best batch size, which a target holds for, and at ours; without PyTorch
 * one row.
 * @param how what we did. @param images that a row's seconds are for.
 */
export function againstTorch(
  name: string,
  { ours = NaN, torchAtBest, torchAtSame = torchAtBest }: Times,
  torch: TorchContenders | undefined,
  { how, target, images = 1 }: { how: string; target?: number; images?: number },
): Result[] {
  const asked = target === undefined ? {} : { target };
  if (!torch || torchAtBest === undefined || torchAtSame === undefined)
    return [beside(name, images * ours, undefined, { ...asked, compared: how })];
  const { best, same } = torch.batches;
  const row = (suffix: string, seconds: number, batch: number, rest: object) =>
    beside(`${name}${suffix}`, images * ours, images * seconds, {
      ...rest,
      compared: `${how}; PyTorch, batch ${batch}`,
    });
  return [row('', torchAtBest, best, asked), row('-same-batch', torchAtSame, same, {})];
}
