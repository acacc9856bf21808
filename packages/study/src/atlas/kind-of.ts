import type { AtlasSummary } from './atlas-summary.js';

/** How the networks of an atlas, or of an estimate, were probed, in words: what all estimates of an atlas have in common. */
export function kindOf({
  settings: { probe, step, basis, points },
}: {
  readonly settings: Omit<AtlasSummary['settings'], 'init'>;
}): string {
  const what = step === null ? `${probe}s` : `${probe}s of step ${step}`;
  return `${what}, basis ${basis}, ${points} point(s)`;
}
