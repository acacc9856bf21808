import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { dataFormat } from './data-format.js';

/** What may differ between convolutions. */
export interface ConvolutionOptions {
  readonly stride?: number;
  /** Zeros on each side of the image. */
  readonly padding?: number;
  readonly bias?: boolean;
}

/** A convolution [N, C, H, W] → [N, filters, …], with PyTorch's padding: the same number of zeros on all sides. */
export function convolution(
  x: SymbolicTensor,
  name: string,
  filters: number,
  kernel: number,
  { stride = 1, padding = 0, bias = true }: ConvolutionOptions = {},
): SymbolicTensor {
  const padded =
    padding === 0
      ? x
      : layers
          .zeroPadding2d({ padding: [padding, padding], dataFormat, name: `${name}.pad` })
          .apply(x);
  const layer = layers.conv2d({
    name,
    filters,
    kernelSize: kernel,
    strides: stride,
    useBias: bias,
    dataFormat,
    kernelInitializer: 'zeros',
  });
  return layer.apply(padded) as SymbolicTensor;
}
