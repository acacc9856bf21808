import type { Channels, Criterion } from '@nads/prune';

/** Classes up to which curvature is the usual criterion: it takes a run for each, which pays where they are few. */
const mostClasses = 100;

/** What tells how much a channel matters, where nothing else is asked for. */
export function usualCriterion(channels: Channels, hasData: boolean): Criterion {
  if (!hasData) return 'magnitude';
  return classesOf(channels) <= mostClasses ? 'diagonal' : 'first-order';
}

/** Classes of a network's first output. */
export const classesOf = ({ model, inference }: Channels): number =>
  inference.get(model.graph.outputs[0].name)?.dims?.at(-1) ?? 0;
