import type { Measure } from '../../measures/measure.js';
import { measureValues } from '../../measures/value-names.js';
import type { Sliding } from '../../layers/sliding-layer.js';
import type { LayerRule, Placement } from '../layer-rule.js';

type Settings = Sliding & Pick<Measure, 'measure'>;

/** Patches, multiplied by the measure of each pixel, and a 1×1 convolution. */
export const measuredConvolution: LayerRule = {
  className: 'MeasuredConvolution',
  weights: () => [{ suffix: 'weight', layout: 'kernel' }],
  place: (config, placement) => {
    const settings = config.settings as Settings;
    const { add, integers, output, weights } = placement;
    const measured =
      settings.measure === 'diagonal'
        ? scaledPatches(settings, placement)
        : mappedPatches(settings, placement);
    // places before channels, as in the patches
    const ordered = add('Transpose', weights, { perm: [0, 2, 3, 1] }, `${output}/ordered`);
    const weight = add('Reshape', [ordered, integers([0, -1, 1, 1])], {}, `${output}/pointwise`);
    add('Conv', [measured, weight], { kernel_shape: [1, 1] });
  },
};

/** d ⊙ x: [N, k²·C, h, w]. */
function scaledPatches(settings: Settings, placement: Placement): string {
  const { inputs, output, add, addAll, constant } = placement;
  const measure = add('Add', [inputs[1], constant(1)], {}, measureValues.diagonal(output));
  const names = indices(settings.kernel ** 2);
  const factors = addAll(
    'Split',
    [measure],
    { axis: 1 },
    names.map(place => `${output}/factor ${place}`),
  );
  const scaled = slices(inputs[0], 2, settings, placement).map((seen, place) =>
    add('Mul', [seen, factors[place]], {}, `${output}/scaled ${place}`),
  );
  return add('Concat', scaled, { axis: 1 }, `${output}/patches`);
}

/** M x = x + (M − I) x, channels last up to the end: [N, k²·C, h, w]. */
function mappedPatches(settings: Settings, placement: Placement): string {
  const { inputs, output, add, integers } = placement;
  const places = settings.kernel ** 2;
  const last = { perm: [0, 2, 3, 1] };
  const [x, change] = inputs.map((name, i) =>
    add('Transpose', [name], last, `${output}/last ${i}`),
  );
  const seen = add('Concat', slices(x, 1, settings, placement), { axis: 3 }, `${output}/seen`);
  const patches = add('Reshape', [seen, integers([0, 0, 0, places, -1])], {}, `${output}/patches`);
  const square = integers([0, 0, 0, places, places]);
  const matrices = add('Reshape', [change, square], {}, measureValues.unconstrained(output));
  const moved = add('MatMul', [matrices, patches], {}, `${output}/moved`);
  const mapped = add('Add', [patches, moved], {}, `${output}/mapped`);
  const flat = add('Reshape', [mapped, integers([0, 0, 0, -1])], {}, `${output}/flat`);
  return add('Transpose', [flat], { perm: [0, 3, 1, 2] }, `${output}/measured`);
}

/** What each place of the windows sees, row by row; the image's rows and columns are the axes `rows` and the next. */
function slices(
  x: string,
  rows: number,
  { kernel, stride, padding }: Settings,
  { add, integers, output }: Placement,
): string[] {
  const pads = indices(8).map(i => (i % 4 === rows || i % 4 === rows + 1 ? padding : 0));
  const padded = add('Pad', [x, integers(pads)], {}, `${output}/padded`);
  const end = (at: number): number => (at < kernel - 1 ? at - (kernel - 1) : toTheEnd);
  return indices(kernel ** 2).map(place => {
    const at = [Math.floor(place / kernel), place % kernel];
    const bounds = [at, at.map(end), [rows, rows + 1], [stride, stride]].map(integers);
    return add('Slice', [padded, ...bounds], {}, `${output}/place ${place}`);
  });
}

/** A bound of Slice that lies behind every axis. */
const toTheEnd = 2 ** 31 - 1;

const indices = (length: number): number[] => Array.from({ length }, (_, i) => i);
