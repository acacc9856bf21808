import { writeModel } from '@nads/onnx';
import { fold as study, foldText, type FoldSettings } from '@nads/study';
import { nodeEnvironment, requireWritable, writeWhole } from '@nads/study/node';
import { escapeLine } from '../terminal/escape-controls.js';
import { show, type ShowFlags } from '../terminal/show.js';
import { openModel } from './manifest.js';

/** Options of `nads fold`. */
interface FoldFlags extends FoldSettings, ShowFlags {
  readonly out: string;
  readonly force?: boolean;
}

/** Writes a model with its computed weights as constants. */
export async function fold(
  file: string,
  { out, force, json, ...settings }: FoldFlags,
): Promise<void> {
  const source = openModel(file);
  requireWritable(out, force);
  const found = await study(source, settings, nodeEnvironment());
  writeWhole(out, writeModel(found.model));
  const [first, ...rest] = foldText(found).map(escapeLine);
  const { weights, difference, model } = found;
  const result = { out, nodes: model.graph.nodes.length, difference, weights };
  show({ json }, [`${out}: ${first}`, ...rest], result);
}
