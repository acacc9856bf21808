import { comparedRuntime, float32, type Runtime, type Value } from '../src/index.js';

/** A runtime whose one output is y; it counts its sessions. */
function answering(
  name: string,
  y: Value,
  inputs: () => string = () => 'x',
): Runtime & { sessions: number } {
  const runtime = {
    name,
    sessions: 0,
    async createSession() {
      runtime.sessions++;
      return {
        inputs: [inputs()],
        outputs: ['y'],
        run: async () => ({ y }),
        release: async () => {},
      };
    },
  };
  return runtime;
}

const values = (...data: number[]): Value => float32(Float32Array.from(data), [data.length]);
const model = new Uint8Array();

test.each([
  ['the same', values(1, -2), values(1, -2)],
  ['rounded otherwise', values(1 + 1e-5, -2), values(1, -2)],
  ['zeros', values(0, 0), values(0, -0)],
  ['beyond numbers', values(NaN, Infinity, 1), values(NaN, Infinity, 1)],
  [
    'whole numbers',
    { type: 'int64', dims: [1], data: BigInt64Array.of(7n) } as Value,
    { type: 'int64', dims: [1], data: BigInt64Array.of(7n) } as Value,
  ],
])('%s are alike', async (_, found, expected) => {
  const runtime = comparedRuntime(answering('fast', found), answering('sure', expected));
  const session = await runtime.createSession(model);
  expect(await session.run({})).toEqual({ y: found });
  expect(runtime.name).toBe('fast');
});

test.each([
  ['ten bits', values(1.001, -2), values(1, -2)],
  ['nothing instead of something', values(0), values(1e-3)],
  ['something instead of nothing', values(1e-9), values(0)],
  ['NaN', values(NaN), values(1)],
  ['infinity', values(-Infinity), values(Infinity)],
  ['another number of elements', values(1, 1), values(1)],
])('%s is an error', async (_, found, expected) => {
  const runtime = comparedRuntime(answering('fast', found), answering('sure', expected));
  const session = await runtime.createSession(model);
  await expect(session.run({})).rejects.toThrow(
    /^fast does not compute what sure does: output 'y' differs by .*; use another provider$/,
  );
});

test('the first run of the first sixteen sessions is compared, and no other', async () => {
  const sure = answering('sure', values(1));
  const runtime = comparedRuntime(answering('fast', values(1)), sure);
  for (let i = 0; i < 20; i++) {
    const session = await runtime.createSession(model);
    await session.run({});
    await session.run({});
  }
  expect(sure.sessions).toBe(16);
});

test('so is the first session of another kind, however late it comes', async () => {
  let input = 'x';
  const fast = answering('fast', values(1), () => input);
  const sure = answering('sure', values(1));
  const runtime = comparedRuntime(fast, sure);
  const run = async (): Promise<unknown> => (await runtime.createSession(model)).run({});
  for (let i = 0; i < 16; i++) await run();
  input = 'seed/y';
  for (let i = 0; i < 3; i++) await run();
  expect(sure.sessions).toBe(17);
  input = 'x';
  await run();
  expect(sure.sessions).toBe(17);
});
