import type { Services } from '@nads/runtime';

/** All services that pools run for studies. */
export const services: Services = {
  'cell-scores': async runtime =>
    (await import('./score/cells/cell-scores.js')).cellScores(runtime),
  contributions: async runtime => (await import('@nads/probe/services')).contributions(runtime),
  margins: async runtime => (await import('@nads/probe/services')).marginSearches(runtime),
  'networks-along': async runtime => (await import('@nads/train/services')).networksAlong(runtime),
  trials: async runtime => (await import('@nads/probe/services')).trials(runtime),
};
