import { Option } from 'commander';

/** The option that says whether a model's outputs are taken before its softmax. */
export const ofOption = (): Option =>
  new Option('--of <values>', 'logits: outputs before a final softmax; outputs: as they are')
    .choices(['logits', 'outputs'])
    .default('logits');
