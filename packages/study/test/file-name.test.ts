import { basisTitle, fileName } from '../src/file-name.js';

test.each([
  ['models/lenet.onnx', 'lenet.onnx'],
  ['/home/me/résultats/net.onnx', 'net.onnx'],
  ['C:\\models\\net.onnx', 'net.onnx'],
  ['net.onnx', 'net.onnx'],
  ['out/net/', 'net'],
])('%s is shown as %s', (path, shown) => expect(fileName(path)).toBe(shown));

test.each([
  ['nads:out/lenet', 'nads:lenet'],
  ['nads:/home/me/out/lenet/nads.npz', 'nads:nads.npz'],
  ['dct:16', 'dct:16'],
  ['dct', 'dct'],
  ['random:64:1', 'random:64:1'],
])('the basis %s is shown as %s', (name, shown) => expect(basisTitle(name)).toBe(shown));
