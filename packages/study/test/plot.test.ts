import { MemoryStore, savedPictures, svgOf } from '../src/index.js';
import { textOf } from '../src/store.js';
import { savedStudies } from './saved-studies.js';

test.each(Object.entries(savedStudies))(
  'the pictures of %s are drawn again from what was saved',
  async (_, run) => {
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
  },
);

test('a folder without results is refused, and so is one where a file is missing', async () => {
  await expect(savedPictures(new MemoryStore('out/none'))).rejects.toThrow(
    'out/none: no result with pictures in it',
  );
  const store = await savedStudies.ntk();
  store.files.delete('ntk.npz');
  await expect(savedPictures(store)).rejects.toThrow('out/ntk.npz: not there');
});
