import { preserving } from './preserving.js';

/** scale · x + bias of the channel. */
export const imageScaler = preserving('ImageScaler');
