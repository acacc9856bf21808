import { reads } from '../graph.js';
import { Broken, type Axis, type Context, type Sides } from './context.js';

/** Whether no input of the node has the input channels apart: then it reads the same values after a relabelling of the channels. */
export const isBehindMixing = ({ relabelling, node, unmixed }: Context): boolean =>
  relabelling === 'channels' && !reads(node).some(name => unmixed.has(name));

/**
 * The axes of what a node behind the mixing computes, whatever that is: nothing moves along them.
 * @throws Broken where a weight is drawn for layers of both sides
 */
export function behindMixing(context: Context): readonly Axis[] {
  requireOneSide(context, 'behind');
  const rank = context.inference.get(context.node.outputs[0])?.dims?.length ?? 0;
  return Array<Axis>(rank).fill('channel');
}

/** Notes the weights of a node on one side. @throws Broken where some are on the other side as well */
export function requireOneSide({ node, axes, sides, ...graph }: Context, side: keyof Sides): void {
  const other = sides[side === 'before' ? 'behind' : 'before'];
  for (const input of reads(node).filter(name => !axes.has(name)))
    for (const weight of weightsBehind(input, { axes, ...graph })) {
      if (other.has(weight))
        throw new Broken(`its weights '${weight}' are shared with a layer that sees another order`);
      sides[side].add(weight);
    }
}

/** The drawn weights whose elements a value is computed from, other than through the image. */
export function weightsBehind(
  value: string,
  { axes, fresh, makers }: Pick<Context, 'axes' | 'fresh' | 'makers'>,
): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name) || axes.has(name)) return;
    seen.add(name);
    if (fresh.has(name)) found.push(name);
    const maker = makers.get(name);
    // the shape of a weight is the same however it is relabelled
    if (maker && maker.operator !== 'Shape' && maker.operator !== 'Size')
      reads(maker).forEach(visit);
  };
  visit(value);
  return found;
}
