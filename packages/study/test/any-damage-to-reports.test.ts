import { Random } from '@nads/linalg';
import { MemoryStore, report, reportPage } from '../src/index.js';
import { encodeRunRecord } from '../src/run-record.js';
import { damaged } from './damaged.js';
import { problemOf } from './problem-of.js';
import { savedStudies } from './saved-studies.js';

const readAgain = /\.(npz|npy|json|jsonl|csv)$/;
/** More with TRIES=1000. */
const tries = Number(process.env.TRIES ?? 5);

const record = encodeRunRecord({
  command: 'some',
  arguments: ['some', 'model.onnx'],
  settings: { seed: 1 },
  inputs: [{ name: 'model.onnx', sha256: 'ab' }],
  finished: true,
  files: [],
});

/** What is wrong with a report of what a store holds, beside a result that is whole. */
async function problemOfReport(
  store: MemoryStore,
  whole: MemoryStore,
): Promise<string | undefined> {
  const found = await report([whole, store], { top: [1, 3] });
  const said = found.failures.map(({ message }) => message);
  const html = reportPage({ ...found, failures: [] }, message =>
    said.push(message.replace(/^picture .*?: /, '')),
  );
  const wrong = said.map(message => problemOf(new Error(message))).find(Boolean);
  return wrong ?? /.{20}\b(?:NaN|undefined|\[object)\b.{9}/.exec(html)?.[0];
}

test.each(Object.entries(savedStudies))(
  'whatever happens to a file of %s, a report shows it, or says what is wrong by name',
  async (study, run) => {
    const whole = await savedStudies.estimate();
    const { files } = await run();
    const again = [...[...files].filter(([name]) => readAgain.test(name)), bytesOf(record)];
    const random = new Random(`any damage to a report of ${study}`);
    const problems = new Map<string, number>();
    for (let i = 0; i < tries; i++) {
      const [name, bytes] = again[random.int(again.length)];
      const store = new MemoryStore('out');
      await store.write([...files, record, [name, damaged(name, bytes, random)]]);
      const problem = await problemOfReport(store, whole);
      if (problem !== undefined) problems.set(`${name}: ${problem}`, i);
    }
    expect(problems).toEqual(new Map());
  },
);

const bytesOf = ([name, contents]: readonly [string, string | Uint8Array]): [
  string,
  Uint8Array,
] => [name, typeof contents === 'string' ? new TextEncoder().encode(contents) : contents];
