import * as tf from '@tensorflow/tfjs-core';

/** The kernel of TensorFlow.js that is supplied. */
const kernelName = 'Conv2DBackpropFilter';

/**
 * The gradient of a convolution's kernel, which TensorFlow.js's WebAssembly backend lacks: for each place (i, j) of the kernel
 * the elements of the image that it meets, times dy.
 */
export function registerFilterGradient(): void {
  if (tf.getKernel(kernelName, 'wasm')) return;
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) =>
      filterGradient(
        inputs.x as tf.Tensor4D,
        inputs.dy as tf.Tensor4D,
        attrs as unknown as Attributes,
      ),
  });
}

type Attributes = tf.Conv2DBackpropFilterAttrs;

/** @param x [N, H, W, C]; @param dy [N, h, w, M]; @returns [kh, kw, C, M]. */
function filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, attributes: Attributes): tf.TensorInfo {
  const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attributes;
  if (dataFormat !== 'NHWC')
    throw new Error(`${kernelName}: images as ${dataFormat} are not supported`);
  const { padInfo, strideHeight, strideWidth, outHeight, outWidth, inChannels, outChannels } =
    tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
  const [kh, kw] = filterShape;
  return tf.tidy(() => {
    const padded = tf.pad4d(x, [
      [0, 0],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
      [0, 0],
    ]);
    const rows = x.shape[0] * outHeight * outWidth;
    const responses = tf.reshape(dy, [rows, outChannels]);
    const taps = Array.from({ length: kh * kw }, (_, k) => {
      const [i, j] = [Math.floor(k / kw), k % kw];
      const met = tf.stridedSlice(
        padded,
        [0, i, j, 0],
        [
          x.shape[0],
          i + strideHeight * (outHeight - 1) + 1,
          j + strideWidth * (outWidth - 1) + 1,
          inChannels,
        ],
        [1, strideHeight, strideWidth, 1],
      );
      return tf.matMul(tf.reshape(met, [rows, inChannels]), responses, true);
    });
    return tf.reshape(tf.stack(taps), filterShape);
  });
}
