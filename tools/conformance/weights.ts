import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { architecture, inferShapes, readModel } from '@nads/onnx';
import { attempt } from './lib/attempt.ts';
import type { CheckResult } from './lib/check-result.ts';
import { filledFeeds } from './lib/filled-feeds.ts';
import { keptOperands } from './lib/kept-operands.ts';
import { messageOf } from './lib/message-of.ts';
import { modelFiles } from './lib/model-files.ts';
import type { CheckOptions } from './run.ts';

export const title = 'weights drawn anew';

/**
 * Of every third-party and oracle model, and of torchvision's exports where NADS_EXPORTS names a folder of them: what
 * layers multiply activations with is, as onnxruntime computes it, another one in a network with fresh weights, or is
 * reported as kept. A model that is refused counts as skipped.
 */
export async function run({ shared, result }: CheckOptions): Promise<void> {
  for (const file of [...modelFiles(shared, ['models', 'oracles']), ...exported()]) {
    const name = `${basename(dirname(file))}/${basename(file)}`;
    await check(file, name, result).catch((error: unknown) => result.fail(messageOf(error)));
  }
}

/** Files that tools/torch/exports.py has made. */
function exported(): readonly string[] {
  const folder = process.env.NADS_EXPORTS;
  return folder && existsSync(folder) ? modelFiles(join(folder, '..'), [basename(folder)]) : [];
}

async function check(file: string, name: string, result: CheckResult): Promise<void> {
  const model = readModel(readFileSync(file), file);
  const drawn = await attempt(() => architecture(model, inferShapes(model)));
  if ('problem' in drawn) return result.skip(`${name}: refused, ${drawn.problem}`);
  const reported = drawn.value.kept.map(({ node }) => node);
  const kept = await keptOperands(model, filledFeeds(model));
  const silent = kept.filter(layer => !reported.includes(layer));
  result.note(silent.length === 0, name, `: the file's weights stay in ${silent.join(', ')}`);
}
