import type { BoxMemory } from '@nads/linalg';
import type { ProbeBoxes } from '../../plan/local/probe-boxes.js';
import type { Probing } from '../probing.js';
import type { Boxes } from './boxes.js';

/** Images x₀ + h·d and x₀ − h·d in turn, in the boxes outside of which the directions are zero. */
export class ImageBoxes {
  private readonly memory: BoxMemory;
  private readonly probing: Probing;
  private readonly boxes: ProbeBoxes;

  constructor(memory: BoxMemory, probing: Probing, boxes: ProbeBoxes) {
    this.memory = memory;
    this.probing = probing;
    this.boxes = boxes;
  }

  /** Those of some directions, in memory that stays in use. */
  of(directions: Int32Array): Boxes {
    const { height, width } = this.boxes;
    const { channels } = this.probing.basis.shape;
    const twice = (places: Int32Array): Int32Array =>
      Int32Array.from({ length: 2 * directions.length }, (_, i) => places[directions[i >> 1]]);
    const size = 2 * directions.length * channels * height * width;
    const at = this.memory.reserve(size);
    const data = this.memory.numbers.subarray(at, at + size);
    for (const [pair, direction] of directions.entries()) this.write(data, 2 * pair, direction);
    return { at, height, width, tops: twice(this.boxes.tops), lefts: twice(this.boxes.lefts) };
  }

  /** Writes box `plus` and the next one. */
  private write(data: Float32Array, plus: number, direction: number): void {
    const { basis, point, step } = this.probing;
    const { channels, height, width } = basis.shape;
    const { tops, lefts, ...box } = this.boxes;
    const [top, left] = [tops[direction], lefts[direction]];
    const size = channels * box.height * box.width;
    const images = [plus, plus + 1].map(i => data.subarray(i * size, (i + 1) * size));
    for (let line = 0, at = 0; line < channels * box.height; line++, at += box.width) {
      const row = Math.floor(line / box.height) * height + top + (line % box.height);
      const pixels = point.subarray(row * width + left, row * width + left + box.width);
      for (const image of images) image.set(pixels, at);
    }
    basis.visit(direction, (pixel, value) => {
      const [line, column] = [Math.floor(pixel / width), pixel % width];
      const [channel, row] = [Math.floor(line / height), line % height];
      const at = (channel * box.height + row - top) * box.width + column - left;
      images[0][at] = point[pixel] + step * value;
      images[1][at] = point[pixel] - step * value;
    });
  }
}
