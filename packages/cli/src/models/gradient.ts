import { writeModel } from '@nads/onnx';
import { derive, type DeriveSettings } from '@nads/study';
import { requireWritable, writeWhole } from '@nads/study/node';
import { escapeLine } from '../terminal/escape-controls.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { openModel } from './manifest.js';

/** Options of `nads gradient`. */
interface GradientFlags extends DeriveSettings, ShowFlags {
  readonly out: string;
}

/** Writes the derivative of a model as a model. */
export function gradient(file: string, flags: GradientFlags): void {
  const { out, json, ...settings } = flags;
  const source = openModel(file);
  requireWritable(out);
  const { model, seeds, results } = derive(source, settings);
  writeWhole(out, writeModel(model));
  const list = (names: readonly string[]): string =>
    names.map(name => `'${escapeLine(name)}'`).join(', ');
  const [before, after] = [source.model, model].map(({ graph }) => graph.nodes.length);
  const text = `${out}: ${before} nodes became ${after}; feed ${list(seeds)}, read ${list(results)}`;
  show({ json }, [text], { out, nodes: after, seeds, results });
}
