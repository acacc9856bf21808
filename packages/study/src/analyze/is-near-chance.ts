import { classCount } from '@nads/dataset';
import type { Analysis } from './analyze.js';

/** Fewest images for a meaningful accuracy. */
const fewest = 50;

/** Whether accuracy is close to chance, most often because preprocessing differs from training. */
export function isNearChance({ gradients: { correct, images }, images: data }: Analysis): boolean {
  if (correct === undefined || images < fewest) return false;
  return correct / images <= 2 / classCount(data);
}
