import { Broken, keepUnmixed, type Rule } from './context.js';

/** A drawn matrix mixes its inputs: whatever their order was, the outputs do not know it. */
export const linear: Rule = context => {
  const { node, axes, fresh } = context;
  const input = axes.get(node.inputs[0]);
  if (!input || axes.has(node.inputs[1]))
    throw new Broken('it multiplies values that both depend on the image');
  const last = input.at(-1)!;
  const moved =
    context.relabelling === 'channels' ? context.unmixed.has(node.inputs[0]) : last !== 'channel';
  if (moved && !fresh.has(node.inputs[1]))
    throw new Broken(`its weights '${node.inputs[1]}' are not drawn`);
  if (context.relabelling === 'transposition' && (last === 'row' || last === 'column'))
    throw new Broken('it mixes rows or columns only');
  if (
    context.relabelling === 'channels' &&
    moved &&
    last !== 'channel' &&
    !last.includes('channel')
  )
    keepUnmixed(context);
  return [...input.slice(0, -1), 'channel'];
};
