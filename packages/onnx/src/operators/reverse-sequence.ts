import { getInt } from '../attribute.js';
import { preserving } from '../families/preserving.js';

/** Its input with the first entries of each sequence of a batch in reverse order. */
export const reverseSequence = preserving('ReverseSequence', {
  inputs: [2, 2],
  /** Reversed twice it is as it was. */
  gradient: ({ node, inputs: [, lengths], g }, [dy]) => [
    () =>
      g.op('ReverseSequence', [dy!, lengths], {
        batch_axis: getInt(node, 'batch_axis', 1),
        time_axis: getInt(node, 'time_axis', 0),
      }),
  ],
});
