import { classCount } from '@nads/dataset';
import type { Analysis } from './analyze.js';

/** Fewest images from which an accuracy says something. */
const fewest = 50;

/** Whether a model is hardly better than chance: most often its images were prepared in another way than it was trained with. */
export function isNearChance({ gradients: { correct, images }, images: data }: Analysis): boolean {
  if (correct === undefined || images < fewest) return false;
  return correct / images <= 2 / classCount(data);
}
