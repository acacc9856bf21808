import { Random } from '@nads/linalg';
import { parseInit, withFreshWeights } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { scoreNetwork } from '@nads/score';
import { architectureOf, freshNetwork } from '@nads/train';
import { chooseBackend } from '@nads/train/node';
import { beside, type Result } from './lib/beside.ts';
import { openPeer, reportOf, type Peer } from './lib/peer.ts';
import { shortest } from './lib/shortest.ts';
import type { Outcome } from './lib/table.ts';
import type { RunOptions } from './run.ts';

const batch = 128;
const target = 0.5;

/** The cell of the highest accuracy in the benchmark's own figures (Dong & Yang 2020). */
const cell =
  '|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|';

const architectures: Readonly<Record<string, string>> = {
  resnet18: 'resnet18',
  cell: `cell:${cell}`,
};

/** Networks that `--only` can name. */
export const choice = Object.keys(architectures);

/** Seconds for NASWOT of a fresh network on 128 images of 3×32×32, graph and session included, against PyTorch. */
export async function run({ log, only }: RunOptions): Promise<Outcome> {
  await chooseBackend('cpu');
  const peer = await openPeer('score.py', log);
  const results: Result[] = [];
  for (const name of only ? [only] : choice) results.push(...(await compared(name, peer)));
  peer?.close();
  return { results, ...reportOf(peer) };
}

async function compared(name: string, peer: Peer | undefined): Promise<Result[]> {
  const ask = (published: boolean) => async (): Promise<number> => {
    const network = name === 'cell' ? cell : name;
    return (await peer!.ask<{ seconds: number }>({ network, batch, published })).seconds;
  };
  const best = await shortest(4, {
    ours: scoring(name),
    ...(peer && { published: ask(true), direct: ask(false) }),
  });
  const { ours = NaN, published, direct } = best;
  return [
    beside(`score-${name}`, ours, published, {
      target,
      compared: 'PyTorch by the published procedure',
    }),
    beside(`score-${name}-direct`, ours, direct, {
      compared: 'PyTorch, one forward pass and one product for each activation',
    }),
  ];
}

/** Scores one network, of other weights each time. */
function scoring(name: string): () => Promise<number> {
  const sizes = { channels: 3, height: 32, width: 32, classes: 10 };
  const random = new Random(0);
  const { onnx } = freshNetwork(architectureOf(architectures[name]), sizes, { random });
  const images = new Float32Array(batch * 3 * 32 * 32);
  random.fillNormal(images, 0, 1);
  return async () => {
    const model = withFreshWeights(onnx, parseInit('pytorch'), random);
    const started = performance.now();
    await scoreNetwork(model, { images }, { batch, scores: ['naswot'] }, nodeRuntime);
    return (performance.now() - started) / 1000;
  };
}
