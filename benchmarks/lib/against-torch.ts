import { beside, type Result } from './beside.ts';
import { bestBatch } from './best-batch.ts';
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
  const best = await bestBatch(torch.batches, batch => torch.ask(batch, torch.scan), log);
  const at = (batch: number) => () => torch.ask(batch, torch.measurement);
  return {
    batches: { best, same },
    contenders: {
      torchAtBest: at(best),
      ...(same === best ? {} : { torchAtSame: at(same) }),
    },
  };
}

/** Seconds per image, by contender. */
export interface Times {
  readonly ours?: number;
  readonly torchAtBest?: number;
  readonly torchAtSame?: number;
}

/**
 * Two rows: ours beside PyTorch at its best batch size, which a target holds for, and at ours; without PyTorch
 * one row. Where ours turns out to be the better one for it, it counts as its best.
 * @param how what we did. @param images that a row's seconds are for.
 */
export function againstTorch(
  name: string,
  { ours = NaN, torchAtBest, torchAtSame = torchAtBest }: Times,
  torch: TorchContenders | undefined,
  { how, target, images = 1 }: { how: string; target?: number; images?: number },
): Result[] {
  if (!torch || torchAtBest === undefined || torchAtSame === undefined)
    return [beside(name, images * ours, undefined, { target, compared: how })];
  const { best, same } = torch.batches;
  const row = (suffix: string, seconds: number, batch: number, limit?: number) =>
    beside(`${name}${suffix}`, images * ours, images * seconds, {
      target: limit,
      compared: `${how}; PyTorch, batch ${batch}`,
    });
  const isSameBest = torchAtSame < torchAtBest;
  return [
    row('', Math.min(torchAtSame, torchAtBest), isSameBest ? same : best, target),
    row('-same-batch', torchAtSame, same),
  ];
}
