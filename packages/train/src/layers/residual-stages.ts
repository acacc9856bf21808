import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { batchNorm } from './batch-norm.js';
import { convolution } from './convolution.js';
import { add } from './join.js';
import { relu } from './relu.js';
import { shortcut, type Block } from './shortcut.js';

/** Two 3×3 convolutions beside a shortcut (He et al. 2016). */
function residualBlock(
  x: SymbolicTensor,
  { name, inputs, filters, stride }: Block,
): SymbolicTensor {
  const part = (input: SymbolicTensor, n: number, step: number): SymbolicTensor => {
    const options = { stride: step, padding: 1, bias: false };
    return batchNorm(convolution(input, `${name}.conv${n}`, filters, 3, options), `${name}.bn${n}`);
  };
  const mapped = part(relu(part(x, 1, stride), `${name}.relu1`), 2, 1);
  return relu(
    add(mapped, shortcut(x, { name, inputs, filters, stride }), `${name}.add`),
    `${name}.relu2`,
  );
}

/** Stages of residual blocks. */
export interface Stages {
  /** Of each stage. */
  readonly filters: readonly number[];
  /** In each stage. */
  readonly blocks: number;
  /** Whether each stage but the first begins with a stride of 2. */
  readonly strided: boolean;
  /** Makes a block; of two convolutions beside a shortcut if not given. */
  readonly block?: (x: SymbolicTensor, block: Block) => SymbolicTensor;
  /** Whether a ReLU follows the stem; if not given, one does. */
  readonly activation?: boolean;
}

/** A 3×3 convolution of stride 1 to as many filters as the first stage has, and the stages. */
export function residualStages(
  x: SymbolicTensor,
  { filters, blocks, strided, block = residualBlock, activation = true }: Stages,
): SymbolicTensor {
  const stem = convolution(x, 'conv1', filters[0], 3, { padding: 1, bias: false });
  const normalised = batchNorm(stem, 'bn1');
  let [value, inputs] = [activation ? relu(normalised, 'relu') : normalised, filters[0]];
  filters.forEach((own, stage) => {
    for (let n = 0; n < blocks; n++) {
      const stride = strided && stage > 0 && n === 0 ? 2 : 1;
      value = block(value, {
        name: `layer${stage + 1}.${n}`,
        inputs,
        filters: own,
        stride,
      });
      inputs = own;
    }
  });
  return value;
}
