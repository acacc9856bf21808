import { preserving } from './preserving.js';

/** Its input with the first entries of each sequence of a batch in reverse order. */
export const reverseSequence = preserving('ReverseSequence');
