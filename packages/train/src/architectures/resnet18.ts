import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { batchNorm } from '../layers/batch-norm.js';
import { convolution } from '../layers/convolution.js';
import { flatten } from '../layers/flatten.js';
import { add } from '../layers/join.js';
import { linear } from '../layers/linear.js';
import { network } from '../layers/network.js';
import { globalAverage } from '../layers/pooling.js';
import { relu } from '../layers/relu.js';
import type { Architecture } from './architecture.js';

interface Block {
  readonly name: string;
  readonly inputs: number;
  readonly filters: number;
  readonly stride: number;
}

/** Two 3×3 convolutions beside a shortcut. */
function block(x: SymbolicTensor, { name, inputs, filters, stride }: Block): SymbolicTensor {
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

function shortcut(x: SymbolicTensor, { name, inputs, filters, stride }: Block): SymbolicTensor {
  if (stride === 1 && inputs === filters) return x;
  const projected = convolution(x, `${name}.downsample.0`, filters, 1, { stride, bias: false });
  return batchNorm(projected, `${name}.downsample.1`);
}

/** ResNet-18 (He et al. 2016) for small images: a 3×3 stem of stride 1 and no pooling behind it. */
export const resnet18: Architecture = {
  name: 'resnet18',
  title: 'ResNet-18 with a 3×3 stem',
  init: 'pytorch',
  build: (sizes, pooling) =>
    network('resnet18', sizes, x => {
      const stem = convolution(x, 'conv1', 64, 3, { padding: 1, bias: false });
      let [value, inputs] = [relu(batchNorm(stem, 'bn1'), 'relu'), 64];
      [64, 128, 256, 512].forEach((filters, stage) => {
        [0, 1].forEach(n => {
          const stride = pooling && stage > 0 && n === 0 ? 2 : 1;
          value = block(value, { name: `layer${stage + 1}.${n}`, inputs, filters, stride });
          inputs = filters;
        });
      });
      return linear(
        pooling ? globalAverage(value, 'avgpool') : flatten(value),
        'fc',
        sizes.classes,
      );
    }),
};
