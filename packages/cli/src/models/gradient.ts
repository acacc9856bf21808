import { writeModel } from '@nads/onnx';
import { derive, tryDerivative, type DeriveSettings, type DerivedModel } from '@nads/study';
import { nodeEnvironment, requireWritable, writeWhole } from '@nads/study/node';
import { escapeLine } from '../terminal/escape-controls.js';
import { caution } from '../terminal/say.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { openModel } from './manifest.js';

/** Options of `nads gradient`. */
interface GradientFlags extends DeriveSettings, ShowFlags {
  readonly out: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

/** Writes the derivative of a model as a model, once it has been run. */
export async function gradient(file: string, flags: GradientFlags): Promise<void> {
  const { out, force, json, quiet, ...settings } = flags;
  const source = openModel(file);
  requireWritable(out, force);
  const derived = derive(source, settings);
  const untried = await tried(source.name, derived);
  writeWhole(out, writeModel(derived.model));
  const { seeds, results } = derived;
  const [before, after] = [source.model, derived.model].map(({ graph }) => graph.nodes.length);
  const text = `${out}: ${before} nodes became ${after}; feed ${list(seeds)}, read ${list(results)}`;
  if (!quiet || json)
    show({ json }, [text], { out, nodes: after, seeds, results, ran: untried === undefined });
}

/** Runs a derivative once. @returns why it was not run, which has then been said */
async function tried(name: string, derived: DerivedModel): Promise<string | undefined> {
  const untried = await tryDerivative(name, derived, nodeEnvironment());
  if (untried !== undefined) caution(`${name}: the derivative was not run to check it: ${untried}`);
  return untried;
}

const list = (names: readonly string[]): string =>
  names.map(name => `'${escapeLine(name)}'`).join(', ');
