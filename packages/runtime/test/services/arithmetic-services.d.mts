import type { Services } from '../../src/index.js';

export const services: Services;
