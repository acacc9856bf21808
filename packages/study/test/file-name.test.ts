import { fileName } from '../src/file-name.js';

test.each([
  ['models/lenet.onnx', 'lenet.onnx'],
  ['/home/me/résultats/net.onnx', 'net.onnx'],
  ['C:\\models\\net.onnx', 'net.onnx'],
  ['net.onnx', 'net.onnx'],
  ['out/net/', 'net'],
])('%s is shown as %s', (path, shown) => expect(fileName(path)).toBe(shown));
