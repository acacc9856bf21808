import { requireChannelsFirst } from '../config.js';
import type { Config, LayerRule } from '../layer-rule.js';

const pooling = (className: string, operator: string): LayerRule => ({
  className,
  place: (config, { inputs: [x], add }) => {
    requireChannelsFirst(config);
    add(operator, [x], windowOf(config));
  },
});

const windowOf = ({ poolSize, strides, padding }: Config) => ({
  kernel_shape: poolSize as number[],
  strides: strides as number[],
  ...(padding === 'same' && { auto_pad: 'SAME_UPPER' }),
});

const overSpace = (className: string, operator: string): LayerRule => ({
  className,
  place: (config, { inputs: [x], add, output }) => {
    requireChannelsFirst(config);
    add('Flatten', [add(operator, [x], {}, `${output}/spread`)]);
  },
});

export const maxPooling2d = pooling('MaxPooling2D', 'MaxPool');
export const averagePooling2d = pooling('AveragePooling2D', 'AveragePool');
export const globalMaxPooling2d = overSpace('GlobalMaxPooling2D', 'GlobalMaxPool');
export const globalAveragePooling2d = overSpace('GlobalAveragePooling2D', 'GlobalAveragePool');
