import { preserving } from '../families/preserving.js';
import { rewritten } from '../upgrades/rewritten.js';

/** The data with elements replaced by the updates at the places that indices give (now ScatterElements). */
export const scatter = preserving('Scatter', {
  inputs: [3, 3],
  upgrade: {
    since: 11,
    rewrite: ({ node }) => [rewritten(node, { operator: 'ScatterElements' })],
  },
});
