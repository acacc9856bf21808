import { lengthOf, sizeOf, type Crop, type Range } from '@nads/onnx';
import { largestRange } from './largest-range.js';
import type { LocalPlan, LocalStage } from './local-plan.js';
import type { Size } from './work-of.js';

/** Bytes of maps at x₀, of a batch of boxes of all of them, and of the parts that one piece takes. */
export function bytesOnBoxes(plan: LocalPlan): number {
  const { stages, rest, maps, batch } = plan;
  const parts = ({ crops }: { readonly crops: readonly Crop[] }, size: Size): number =>
    sum(crops.map(crop => maps[crop.value][0] * areaOf(crop, size)));
  const atPoint = stages.map(stage => parts(stage, spaceOf(plan, stage)));
  const taken = stages.map(stage => parts(stage, largestBox(stage)));
  const boxes = stages.map(stage => {
    const channels = sum(stage.outputs.map(name => maps[name][0]));
    return channels * sizeOf(largestBox(stage));
  });
  const whole = parts(rest, [1, 1]);
  return 4 * (sum(atPoint) + whole + batch * (sum(boxes) + Math.max(whole, ...taken)));
}

const areaOf = ({ spans: [rows, columns] }: Crop, [height, width]: Size): number =>
  lengthOf(rows, height) * lengthOf(columns, width);

function spaceOf({ maps }: LocalPlan, { outputs }: LocalStage): Size {
  const [, height, width] = maps[outputs[0]];
  return [height, width];
}

const largestBox = ({ rows, columns }: LocalStage): Size => [longest(rows), longest(columns)];

const longest = (ranges: readonly Range[]): number => largestRange(ranges, ranges.keys());

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
