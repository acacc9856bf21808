import { readFileSync } from 'node:fs';
import { prepare, type EstimateOptions, type Preparation } from '@nads/probe';
import { readModel } from '@nads/onnx';

/** A network that is measured. */
export interface Network {
  /** As the peer calls it. */
  readonly name: 'lenet' | 'vgg11' | 'resnet18' | 'densenet121';
  /** In models/. */
  readonly file: string;
  readonly init: string;
  /** Images a run that are tried, on either side. */
  readonly batches: readonly number[];
}

const models = new URL('../../models/', import.meta.url);
const small = [8, 16, 32, 64, 128];

/** The networks that are measured: 1×32×32. */
export const networks: readonly Network[] = [
  { name: 'lenet', file: 'lenet.onnx', init: 'pytorch', batches: [32, 64, 128, 256, 512] },
  {
    name: 'vgg11',
    file: 'vgg11-1x32x32.onnx',
    init: 'conv=he-fan-out,linear=pytorch',
    batches: small,
  },
  { name: 'resnet18', file: 'resnet18-1x32x32.onnx', init: 'pytorch', batches: small },
  { name: 'densenet121', file: 'densenet121-1x32x32.onnx', init: 'pytorch', batches: small },
];

/** What the estimator plans for a network. */
export const prepared = (
  { file, init }: Network,
  options: Omit<EstimateOptions, 'init'> = {},
): Preparation =>
  prepare(readModel(readFileSync(new URL(file, models)), file), { init, ...options });
