import { join } from 'node:path';
import { encodeNpz, type LabelledImages, type NdArray } from '@nads/dataset';
import { effectiveRank, symmetricEigenvalues, type Matrix } from '@nads/linalg';
import {
  centredAlignment,
  kernelAlignment,
  parameterCount,
  type ParameterModel,
} from '@nads/probe';
import { spectrum } from '@nads/report';
import { nodeRuntime } from '@nads/runtime/node';
import type { LoadedModel } from '../models/load-model.js';
import type { NtkOptions } from './ntk.js';

/** What a kernel comes to. */
export interface NtkNumbers {
  readonly kernel: Matrix;
  /** Largest first. */
  readonly eigenvalues: Float64Array;
  readonly labels?: Int32Array;
  readonly trace: number;
  readonly effectiveRank: number;
  /** Not a number without labels, or where all are the same. */
  readonly alignment: number;
  readonly centredAlignment: number;
}

/** All that the files of a kernel are written from. */
export interface WrittenNtk {
  readonly loaded: LoadedModel;
  readonly derivative: ParameterModel;
  readonly options: NtkOptions;
  readonly set: LabelledImages;
  readonly outputs: readonly number[];
  readonly numbers: NtkNumbers;
}

/** Eigenvalues of a kernel and its agreement with labels. @throws where the kernel is zero. */
export function ntkNumbers(kernel: Matrix, labels: LabelledImages['labels']): NtkNumbers {
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

/** ntk.npz, ntk.json and spectrum.svg. */
export function ntkFiles(out: string, written: WrittenNtk): [string, Uint8Array | string][] {
  return [
    [join(out, 'ntk.npz'), encodeNpz(arrays(written.numbers))],
    [join(out, 'ntk.json'), `${JSON.stringify(summary(written), null, 2)}\n`],
    [join(out, 'spectrum.svg'), chart(written)],
  ];
}

/** What a kernel comes to, a few lines for people. */
export function ntkText({ loaded, options, set, numbers }: WrittenNtk): string {
  const weights = options.fresh === undefined ? '' : `, fresh weights of seed ${options.fresh}`;
  const agreement = set.labels
    ? [
        `alignment with labels ${numbers.alignment.toFixed(4)}, centred ${numbers.centredAlignment.toFixed(4)}`,
      ]
    : [];
  return [
    `${loaded.file} at ${set.count} images of ${options.data}${weights}`,
    `trace ${numbers.trace.toPrecision(5)}, largest eigenvalue ${numbers.eigenvalues[0].toPrecision(5)}, effective rank ${numbers.effectiveRank.toFixed(2)}`,
    ...agreement,
    '',
  ].join('\n');
}

function arrays({ kernel, eigenvalues, labels }: NtkNumbers): Record<string, NdArray> {
  return {
    kernel: { dtype: 'float64', shape: [kernel.rows, kernel.columns], data: kernel.data },
    eigenvalues: { dtype: 'float64', shape: [eigenvalues.length], data: eigenvalues },
    ...(labels && { labels: { dtype: 'int32' as const, shape: [labels.length], data: labels } }),
  };
}

function summary({ loaded, derivative, options, set, outputs, numbers }: WrittenNtk) {
  const known = (x: number): number | null => (Number.isNaN(x) ? null : x);
  return {
    model: { file: loaded.file, sha256: loaded.sha256 },
    settings: {
      data: options.data,
      images: set.count,
      seed: options.seed,
      of: options.of,
      outputs,
      weights: options.fresh === undefined ? 'own' : 'fresh',
      ...(options.fresh !== undefined && { fresh: options.fresh, init: options.init }),
    },
    parameters: {
      count: parameterCount(derivative),
      tensors: derivative.parameters.map(({ name, size }) => ({ name, size })),
    },
    trace: numbers.trace,
    effective_rank: numbers.effectiveRank,
    alignment: known(numbers.alignment),
    centred_alignment: known(numbers.centredAlignment),
    runtime: nodeRuntime.name,
  };
}

function chart({ loaded, set, numbers: { eigenvalues } }: WrittenNtk): string {
  return spectrum({
    eigenvalues,
    standardErrors: eigenvalues.map(() => NaN),
    title: `Tangent kernel of ${loaded.file}, ${set.count} images`,
  });
}
