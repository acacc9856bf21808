import { getInt } from '../attribute.js';
import { preserving } from '../families/preserving.js';

/** Running sums along an axis. */
export const cumSum = preserving('CumSum', {
  inputs: [2, 2],
  /** Running sums the other way. */
  gradient: ({ node, inputs: [, axis], g }, [dy]) => [
    () =>
      g.op('CumSum', [dy!, axis], {
        exclusive: getInt(node, 'exclusive', 0),
        reverse: 1 - getInt(node, 'reverse', 0),
      }),
  ],
});
