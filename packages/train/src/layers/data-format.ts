/** Images are [N, C, H, W], as in PyTorch and ONNX, so that weights after a flatten have the same order there. */
export const dataFormat = 'channelsFirst';
