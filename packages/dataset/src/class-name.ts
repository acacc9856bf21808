import type { LabelledImages } from './labelled-images.js';

/** What a class is called: its name where the set knows one, otherwise its number. */
export const className = ({ classNames }: LabelledImages, label: number): string =>
  classNames?.[label] ?? String(label);

/** How many classes there are: those with names, otherwise up to the largest label; 0 without labels. */
export const classCount = ({ classNames, labels }: LabelledImages): number =>
  classNames?.length ?? labels?.reduce((most, label) => Math.max(most, label + 1), 0) ?? 0;
