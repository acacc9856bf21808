import { MemoryStore, report, reportPage, savedPictures, svgOf } from '../src/index.js';
import { encodeRunRecord } from '../src/run-record.js';
import { textOf } from '../src/store.js';
import { savedStudies } from './saved-studies.js';

/** What reports call it. */
const titles: Readonly<Record<string, string>> = {
  estimate: 'NADs of network.onnx',
  analyze: 'Data gradients of network.onnx',
  saliency: 'Saliency of linear.onnx',
  margin: 'Margins of linear.onnx',
  ntk: 'Tangent kernel of linear.onnx',
  elasticity: 'Local elasticity of linear.onnx',
  measures: 'Learnt measures of nsl-dynamic.onnx',
  'static measures': 'Learnt measures of nsl-static.onnx',
  decompose: 'pets along dct',
  finetune: 'Training of network.onnx',
  train: 'Training of logreg',
  search: 'Search for a cell',
  sweep: 'Sweep of logreg',
  poison: 'pets, poisoned',
};

const fail = (message: string): never => {
  throw new Error(message);
};

test.each(Object.entries(savedStudies))(
  'the pictures of %s are drawn again from what was saved, and reports show them',
  async (of, run) => {
    const store = await run();
    const written = [...store.files].filter(([name]) => name.endsWith('.svg'));
    expect(written.length).toBeGreaterThan(0);
    const again = (await savedPictures(store)).map(picture => [
      `${picture.name}.svg`,
      svgOf(picture),
    ]);
    expect(new Map(again as [string, string][])).toEqual(
      new Map(written.map(([name, bytes]) => [name, textOf(bytes)])),
    );
    const { results } = await report([store]);
    expect(results[0].pictures.map(({ name }) => `${name}.svg`)).toEqual(
      expect.arrayContaining(again.map(([name]) => name)),
    );
    expect(results[0].parts.map(({ title }) => title)).toEqual([titles[of]]);
    expect(reportPage({ results, failures: [], overlaps: [], left: [] }, fail)).toContain(
      titles[of],
    );
  },
);

test('a folder without results is refused, and so is one where a file is missing', async () => {
  await expect(savedPictures(new MemoryStore('out/none'))).rejects.toThrow(
    'out/none: no result with pictures in it',
  );
  const unfinished = new MemoryStore('out/begun');
  const run = { command: 'estimate', settings: {}, inputs: [], finished: false, files: [] };
  await unfinished.write([encodeRunRecord(run)]);
  await expect(savedPictures(unfinished)).rejects.toThrow(
    'out/begun: nads estimate is not done, and has nothing to show yet',
  );
  const store = await savedStudies.ntk();
  store.files.delete('ntk.npz');
  await expect(savedPictures(store)).rejects.toThrow('out/ntk.npz: not there');
});
