import type { LabelledImages } from '@nads/dataset';
import { effectiveRank, symmetricEigenvalues, type Matrix } from '@nads/linalg';
import { centredAlignment, kernelAlignment } from '@nads/probe';

/** Numbers derived from a kernel. */
export interface KernelNumbers {
  readonly kernel: Matrix;
  /** Largest first. */
  readonly eigenvalues: Float64Array;
  readonly labels?: Int32Array;
  readonly trace: number;
  readonly effectiveRank: number;
  /** NaN without labels, or where all are the same. */
  readonly alignment: number;
  readonly centredAlignment: number;
}

/** Eigenvalues of a kernel and its alignment with labels. @throws where the kernel is zero */
export function kernelNumbers(kernel: Matrix, labels: LabelledImages['labels']): KernelNumbers {
  const eigenvalues = symmetricEigenvalues(kernel);
  if (!(eigenvalues[0] > 0))
    throw new Error('the kernel is zero: the output does not depend on any weight');
  return {
    kernel,
    eigenvalues,
    labels: labels && Int32Array.from(labels),
    trace: eigenvalues.reduce((sum, x) => sum + x, 0),
    effectiveRank: effectiveRank(eigenvalues),
    alignment: labels ? kernelAlignment(kernel, labels) : NaN,
    centredAlignment: labels ? centredAlignment(kernel, labels) : NaN,
  };
}
