import { readFileSync } from 'node:fs';
import { countNodes } from '../src/count-nodes.js';
import { node } from '../src/graph.js';
import { readModel } from '../src/read-model.js';
import { writeModel } from '../src/write-model.js';
import { buildModel } from './build-model.js';

test.each(['lenet', 'densenet-g12', 'logistic-regression'])('nodes of %s', name => {
  const bytes = readFileSync(new URL(`../../../models/${name}.onnx`, import.meta.url));
  expect(countNodes(bytes)).toBe(readModel(bytes).graph.nodes.length);
});

test('many nodes', () => {
  const nodes = Array.from({ length: 1000 }, (_, i) =>
    node('Relu', [i ? `v${i - 1}` : 'x'], [`v${i}`]),
  );
  expect(countNodes(writeModel(buildModel({ nodes })))).toBe(1000);
});
