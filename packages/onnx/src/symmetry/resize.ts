import { getString } from '../attribute.js';
import { Broken, keepUnmixed, main, type Rule } from './context.js';

/** Nearest-neighbour and linear enlargement by whole factors commutes with all relabellings of pixels. */
export const resize: Rule = context => {
  const { node, inference } = context;
  const input = main(context);
  const from = inference.get(node.inputs[0])?.dims ?? [];
  const to = inference.get(node.outputs[0])?.dims ?? [];
  const ratios = from.map((size, i) => to[i] / size);
  const mode = getString(node, 'mode', 'nearest');
  const whole = ratios.every(Number.isInteger);
  const [row, column] = [input.indexOf('row'), input.indexOf('column')];
  if (context.relabelling === 'transposition' && ratios[row] !== ratios[column])
    throw new Broken('its scales are not square');
  const symmetric =
    mode === 'nearest'
      ? whole
      : getString(node, 'coordinate_transformation_mode', 'half_pixel') !== 'asymmetric' &&
        node.operator === 'Resize';
  if (context.relabelling.startsWith('flip') && !symmetric)
    throw new Broken('its sampling grid is not symmetric');
  keepUnmixed(context);
  return input;
};
