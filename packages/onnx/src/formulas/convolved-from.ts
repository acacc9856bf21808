import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { type Window, extent } from '../shapes/window.js';
import { takenTaps } from './taken-taps.js';
import { swappedKernel, turnedKernel } from './turned-kernel.js';

/** A convolution as its gradients see it. */
export interface Convolution {
  /** [M, C / groups, kernel…]. */
  readonly weights: Value;
  readonly window: Window;
  readonly groups: number;
  /** Space of the input. */
  readonly sizes: readonly number[];
}

/** The runtime computes a convolution's channels in blocks of so many. */
const block = 8;

/** So many times more products a convolution may take than its transposed form, since it does them faster. */
const worthwhile = 2;

/**
 * The gradient of a convolution's input, dX[n, c, u] = Σ W[m, c, δ] · dy[n, m, p] over s·p + d·δ − pad = u. Runtimes
 * are better at convolutions than at transposed ones, so it is made of those wherever that pays:
 * with a stride of 1 by the flipped kernel; with others by one convolution whose channels are the phases of
 * the stride, which are then interleaved. Kernels of one element meet one phase only, and stay transposed.
 * @param dy [N, M, positions…]; @returns [N, C, sizes…].
 */
export function convolvedFrom(g: Algebra, dy: Value, convolution: Convolution): Value {
  const { kernel, strides, dilations } = convolution.window;
  if (waste(g, dy, convolution) > worthwhile) return transposed(g, dy, convolution);
  if (strides.every(stride => stride === 1)) return byFlippedKernel(g, dy, convolution);
  const points = kernel.every(size => size === 1);
  if (!points && dilations.every(dilation => dilation === 1)) return byPhases(g, dy, convolution);
  return transposed(g, dy, convolution);
}

/** Products of a convolution that leads to the input over those of the transposed one, as the runtime does them. */
function waste(g: Algebra, dy: Value, { weights, window, groups, sizes }: Convolution): number {
  const product = (list: readonly number[]): number => list.reduce((a, b) => a * b, 1);
  const channels = g.size(weights, 1) * groups * product(window.strides);
  const places = product(sizes) / product(window.strides);
  return (places / product(g.space(dy))) * ((Math.ceil(channels / block) * block) / channels);
}

function byFlippedKernel(g: Algebra, dy: Value, convolution: Convolution): Value {
  const { window, groups, weights } = convolution;
  const { kernel, dilations, begin, end } = window;
  const reach = kernel.map((size, i) => extent(size, dilations[i]) - 1);
  const pads = [begin, end].flatMap(side => side.map((zeros, i) => reach[i] - zeros));
  if (pads.some(zeros => zeros < 0)) return transposed(g, dy, convolution);
  const turned = turnedKernel(g, weights, groups);
  return g.op('Conv', [dy, turned], { group: groups, kernel_shape: kernel, dilations, pads });
}

/**
 * With u + pad = s·q + r the sum runs over δ = r + s·j and p = q − j: for each phase r a convolution over
 * positions q with every s-th element of the kernel.
 */
function byPhases(g: Algebra, dy: Value, convolution: Convolution): Value {
  const { window, groups, weights, sizes } = convolution;
  const { kernel, strides } = window;
  const { taps, lead, skip, places } = phasesOf(window, sizes);
  const end = g.space(dy).map((positions, i) => skip[i] + places[i] - positions);
  if (end.some(zeros => zeros < 0)) return transposed(g, dy, convolution);
  const phased = phasedKernel(g, weights, { kernel, strides, groups, taps, lead });
  const perGroup = g.size(weights, 1);
  const phases = g.op('Conv', [dy, phased], {
    group: groups,
    kernel_shape: taps,
    pads: [...taps.map((count, i) => count - 1 - skip[i]), ...end],
  });
  const first = skip.map((count, i) => window.begin[i] + lead[i] - strides[i] * count);
  return cut(g, interleaved(g, phases, strides, groups, perGroup), first, sizes);
}

/** How the phases of a stride lie over the input, for each axis. */
function phasesOf({ kernel, strides, begin }: Window, sizes: readonly number[]) {
  const taps = kernel.map((size, i) => Math.ceil(size / strides[i]));
  // zeros in front of the kernel align q with the input, where they cost no further tap
  const lead = kernel.map((size, i) => {
    const zeros = (strides[i] - (begin[i] % strides[i])) % strides[i];
    return size + zeros <= taps[i] * strides[i] ? zeros : 0;
  });
  // positions q in front of the input, which need not be computed
  const skip = taps.map((count, i) =>
    Math.min(count - 1, Math.floor((begin[i] + lead[i]) / strides[i])),
  );
  const places = sizes.map(
    (size, i) => Math.ceil((size + begin[i] + lead[i]) / strides[i]) - skip[i],
  );
  return { taps, lead, skip, places };
}

/** [N, groups · phases · C, places…] as [N, groups · C, strides · places…]. */
function interleaved(
  g: Algebra,
  phases: Value,
  strides: readonly number[],
  groups: number,
  perGroup: number,
): Value {
  const [batch] = g.dims(phases);
  const places = g.space(phases);
  const rank = places.length;
  // the same in one node, which runtimes do in half the time
  if (groups === 1 && rank === 2 && strides[0] === strides[1])
    return g.op('DepthToSpace', [phases], { blocksize: strides[0] });
  const apart = g.reshape(phases, [batch, groups, ...strides, perGroup, ...places]);
  const order = places.flatMap((_, i) => [3 + rank + i, 2 + i]);
  const ordered = g.transpose(apart, [0, 1, 2 + rank, ...order]);
  const space = places.map((count, i) => count * strides[i]);
  return g.reshape(ordered, [batch, groups * perGroup, ...space]);
}

function cut(g: Algebra, x: Value, first: readonly number[], sizes: readonly number[]): Value {
  const space = g.space(x);
  if (sizes.every((size, i) => space[i] === size)) return x;
  const end = sizes.map((size, i) => first[i] + size);
  // a border that was met by no window
  const missing = end.map((last, i) => Math.max(0, last - space[i]));
  const wide = g.pad(x, [0, 0, ...sizes.map(() => 0)], [0, 0, ...missing]);
  return g.slice(
    wide,
    sizes.map((_, i) => i + 2),
    first,
    end,
  );
}

interface Phases {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly groups: number;
  readonly taps: readonly number[];
  /** Zeros in front of the kernel. */
  readonly lead: readonly number[];
}

/** One kernel for each phase, backwards: [groups · phases · C / groups, M / groups, taps…]. */
function phasedKernel(
  g: Algebra,
  weights: Value,
  { kernel, strides, groups, taps, lead }: Phases,
): Value {
  const swapped = swappedKernel(g, weights, groups);
  const [channels, perGroup] = [g.size(swapped, 0), g.size(swapped, 1)];
  const [phases, steps] = [placesIn(strides), placesIn(taps)];
  const taken = phases.flatMap(phase =>
    steps.map(step =>
      placeIn(
        kernel,
        step.map((at, i) => (taps[i] - 1 - at) * strides[i] + phase[i] - lead[i]),
      ),
    ),
  );
  const parts = [groups, channels / groups, perGroup, phases.length, steps.length];
  const ordered = g.transpose(g.reshape(takenTaps(g, swapped, taken), parts), [0, 3, 1, 2, 4]);
  return g.reshape(ordered, [phases.length * channels, perGroup, ...taps]);
}

/** All places of a space, row by row. */
const placesIn = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>(
    (all, size) => all.flatMap(place => Array.from({ length: size }, (_, at) => [...place, at])),
    [[]],
  );

/** Which of all places row by row one is; undefined where it is outside. */
const placeIn = (sizes: readonly number[], place: readonly number[]): number | undefined =>
  place.every((at, i) => at >= 0 && at < sizes[i])
    ? place.reduce((before, at, i) => before * sizes[i] + at, 0)
    : undefined;

/** The runtime's own transposed convolution, for what is left. */
function transposed(g: Algebra, dy: Value, { weights, window, groups, sizes }: Convolution): Value {
  const { kernel, strides, dilations, begin, end } = window;
  const rest = sizes.map(
    (size, i) => (size + begin[i] + end[i] - extent(kernel[i], dilations[i])) % strides[i],
  );
  return g.op('ConvTranspose', [dy, weights], {
    group: groups,
    kernel_shape: kernel,
    strides,
    dilations,
    pads: [...begin, ...end],
    output_padding: rest,
  });
}
