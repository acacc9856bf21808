import { OptionError } from '@nads/linalg';
import {
  isHead,
  schemeFor,
  trunk,
  type Architecture,
  type Draw,
  type Head,
  type Init,
  type NoHead,
} from '@nads/onnx';
import { requireSpread } from './require-spread.js';

/**
 * How the last layer is treated. `marginalised`: averaged over its distribution, exactly;
 * `sampled`: one output of one drawn layer, the paper's estimator; `outputs`: every output of the
 * drawn network is one draw.
 */
export type HeadTreatment =
  | { readonly kind: 'marginalised'; readonly mean: number; readonly variance: number }
  | { readonly kind: 'sampled' }
  | { readonly kind: 'outputs' };

/**
 * The treatment that was chosen. By default the last layer is marginalised where it is linear, drawn and not tied to another, else sampled.
 * @throws OptionError where the last layer cannot be marginalised, saying why, or would get no spread.
 */
export function headTreatment(
  wanted: 'auto' | HeadTreatment['kind'],
  head: Head | NoHead,
  architecture: Architecture,
  init: Init,
): HeadTreatment {
  if (wanted === 'sampled' || wanted === 'outputs') return { kind: wanted };
  const own = ownDraw(head, architecture);
  if ('draw' in own) return marginalised(own.draw, own.factor, init);
  if (wanted === 'auto') return { kind: 'sampled' };
  throw new OptionError('head', `cannot be marginalised: ${own.obstacle}; use \`head\` sampled`);
}

/** The weights of a linear last layer, which no other layer may read: its features would depend on them. */
function ownDraw(
  head: Head | NoHead,
  architecture: Architecture,
): { readonly draw: Draw; readonly factor: number } | NoHead {
  if (!isHead(head)) return head;
  const draw = drawOfHead(head, architecture);
  if (!draw) return { obstacle: 'the weights of the last layer are not drawn' };
  if (trunk(architecture.model, head).graph.initializers.has(draw.name))
    return { obstacle: `the weights of the last layer, '${draw.name}', are also an earlier one's` };
  return { draw, factor: head.factor };
}

/** Moments of the weights of the first output, times what their product is multiplied by. */
function marginalised(draw: Draw, factor: number, init: Init): HeadTreatment {
  requireSpread([draw], init);
  const { mean, variance } = schemeFor(init, draw).moments(draw);
  return { kind: 'marginalised', mean: factor * mean, variance: factor ** 2 * variance };
}

/** The weights of the head, behind whatever carries them to it. */
function drawOfHead({ node, weight }: Head, { model, draws }: Architecture): Draw | undefined {
  const made = new Map(model.graph.nodes.map(maker => [maker.outputs[0], maker]));
  let name = node.inputs[weight];
  for (let maker = made.get(name); maker; maker = made.get(name)) name = maker.inputs[0];
  return draws.find(draw => draw.name === name);
}
