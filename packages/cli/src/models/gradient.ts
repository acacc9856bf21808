import { writeModel } from '@nads/onnx';
import { derive, type DeriveSettings } from '@nads/study';
import { requireWritable, writeWhole } from '@nads/study/node';
import { openModel } from './manifest.js';
import { escapeLine } from '../terminal/escape-controls.js';

/** Options of `nads gradient`. */
interface GradientFlags extends DeriveSettings {
  readonly out: string;
}

/** Writes the derivative of a model as a model. */
export function gradient(file: string, { out, ...settings }: GradientFlags): void {
  const source = openModel(file);
  requireWritable(out);
  const { model, seeds, results } = derive(source, settings);
  writeWhole(out, writeModel(model));
  const list = (names: readonly string[]): string =>
    names.map(name => `'${escapeLine(name)}'`).join(', ');
  process.stderr.write(
    `${out}: ${source.model.graph.nodes.length} nodes became ${model.graph.nodes.length}; ` +
      `feed ${list(seeds)}, read ${list(results)}\n`,
  );
}
