import { availableParallelism } from 'node:os';
import type { Log } from '../lib/logged.ts';
import { estimateOf } from './command.ts';
import { memoryGrowth } from './memory-growth.ts';

/** What memory an estimate takes, in lines to read. */
export async function memory(log: Log): Promise<string[]> {
  const networks = availableParallelism();
  log('memory of ResNet-18');
  const { peakBytes } = await estimateOf('resnet18-1x32x32.onnx', networks);
  log('memory over 1,000 LeNets');
  const growth = await memoryGrowth('lenet', 50, 1000);
  return [
    `peak memory of nads estimate models/resnet18-1x32x32.onnx --networks ${networks}: ${megabytes(peakBytes)} (target ≤ 1500 MB)`,
    `growth over 1,000 LeNet networks: ${megabytes(growth)} (target < 200 MB)`,
  ];
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
