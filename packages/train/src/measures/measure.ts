/** How a filter and a patch of k×k places are compared (Liu et al. 2019, section 3): by wᵀ M x. */
export interface Measure {
  /** `diagonal`: M = diag(d), a factor for each place; `unconstrained`: a matrix [k², k²]. */
  readonly measure: 'diagonal' | 'unconstrained';
  /** Whether every input channel has a measure of its own; else all share one. */
  readonly perChannel?: boolean;
}

/** Dims of a measure: d [k, k] or M [k², k²], with an axis of input channels before these where each has its own. */
export function measureDims(
  { measure, perChannel }: Measure,
  kernel: number,
  channels: number,
): number[] {
  const size = measure === 'diagonal' ? kernel : kernel ** 2;
  return [...(perChannel ? [channels] : []), size, size];
}
