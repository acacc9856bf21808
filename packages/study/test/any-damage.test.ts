import { Random } from '@nads/linalg';
import { MemoryStore, savedPictures, svgOf } from '../src/index.js';
import { damaged } from './damaged.js';
import { problemOf } from './problem-of.js';
import { savedStudies } from './saved-studies.js';

const readAgain = /\.(npz|npy|json|jsonl|csv)$/;
/** More with TRIES=1000. */
const tries = Number(process.env.TRIES ?? 25);

/** What is wrong with drawing what a store holds. */
async function problemOfDrawing(store: MemoryStore): Promise<string | undefined> {
  try {
    const pictures = await savedPictures(store);
    const wrong = pictures.find(
      picture => /[/\\]/.test(picture.name) || /NaN|undefined/.test(svgOf(picture)),
    );
    return wrong && `picture ${wrong.name}`;
  } catch (error) {
    return problemOf(error as Error);
  }
}

test.each(Object.entries(savedStudies))(
  'whatever happens to a file of %s, it is drawn, or refused by name',
  async (study, run) => {
    const { files } = await run();
    const again = [...files].filter(([name]) => readAgain.test(name));
    const random = new Random(`any damage to ${study}`);
    const problems = new Map<string, number>();
    for (let i = 0; i < tries; i++) {
      const [name, bytes] = again[random.int(again.length)];
      const store = new MemoryStore('out');
      await store.write([...files, [name, damaged(name, bytes, random)]]);
      const problem = await problemOfDrawing(store);
      if (problem !== undefined) problems.set(`${name}: ${problem}`, i);
    }
    expect(problems).toEqual(new Map());
  },
);
