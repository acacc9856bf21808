import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { architecture, imageInput, inferShapes, readModel } from '@nads/onnx';
import { stagesOf, parseExperiment } from '@nads/pipeline';

const atlas = fileURLToPath(new URL('../../../experiments/atlas', import.meta.url));
const read = (name: string): string => readFileSync(join(atlas, name), 'utf8');

interface Member {
  readonly name: string;
  readonly model: string;
  readonly networks: number;
  readonly image: string;
}

const members = JSON.parse(read('architectures.json')) as Member[];

test('each member is estimated twice, with as many networks as it says', () => {
  const estimates = stagesOf(parseExperiment('experiment.json', read('experiment.json'))).filter(
    ({ run }) => run === 'estimate',
  );
  const stated = members.flatMap(({ name, model, networks }) =>
    [1, 2].map(seed => [`estimate${networks}-${name}-${seed}`, model, networks, String(seed)]),
  );
  const run = estimates.map(({ name, arguments: [model], options: { networks, seed } }) => [
    name.replace('-all-', '-'), // those of which all directions are saved
    model,
    networks,
    seed,
  ]);
  expect(run.length).toBe(stated.length);
  expect(run).toEqual(expect.arrayContaining(stated));
});

test('light files together take less than 5 MB', () => {
  const sizes = members.map(({ model }) => statSync(join(atlas, model)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(5e6);
});

test.each(members)(
  '$name has images of $image and only fresh weights',
  ({ name, model, image }) => {
    const file = join(atlas, model);
    expect(existsSync(file)).toBe(true);
    const found = readModel(readFileSync(file), model);
    const { channels, height, width } = imageInput(found);
    expect(`${channels}x${height}x${width}`).toBe(image);
    const { kept } = architecture(found, inferShapes(found));
    // a static similarity M begins as the inner product
    expect(kept.length).toBe(name === 'nsl-static' ? 2 : 0);
  },
);
