import type { Services } from '@nads/runtime';

/** All services that pools run for studies. */
export const services: Services = {
  contributions: async () => (await import('@nads/probe/services')).contributions(),
  'networks-along': async () => (await import('@nads/train/services')).networksAlong(),
};
