/** What the tarball has of other packages as files of their own, and where in the bundle. */
export const packed = (/** @type {string} */ platform) => [
  { name: 'onnxruntime-node', to: 'onnxruntime', parts: ['dist', `bin/napi-v6/${platform}`] },
  { name: 'onnxruntime-common', to: 'onnxruntime', parts: ['dist/cjs'] },
  { name: '@resvg/resvg-wasm', to: '', parts: ['index_bg.wasm'] },
  {
    name: 'dejavu-fonts-ttf',
    to: '',
    parts: ['LICENSE', 'ttf/DejaVuSans.ttf', 'ttf/DejaVuSans-Bold.ttf'],
  },
];
