import type { Matrix } from '@nads/linalg';
import { coefficientsOf, perturbation } from './project.js';
import type { LinearModel } from './linear-model.js';
import type { Start } from './start.js';

/** The smallest perturbation found that changes a decision, within one subspace. */
export interface Margin {
  /** Which image and which subspace. */
  readonly image: number;
  readonly subspace: number;
  /** The decision without the perturbation, and with it; the same where none was found. */
  readonly label: number;
  readonly target: number;
  /** ‖r‖; infinite if none was found. */
  readonly norm: number;
  /** Of r along the rows of the subspace, channel by channel [C·b]; of what was tried last where none was found. */
  readonly coefficients: Float64Array;
  readonly iterations: number;
}

/** What perturbations become at the model's input. */
export interface Scaling {
  /** What a step of 1 is there, for each number of an image. */
  readonly gains: Float64Array;
  readonly overshoot: number;
}

/** The search for one image's margin in one subspace. */
export class MarginSearch {
  readonly start: Start;
  private readonly rows: Matrix;
  private readonly subspace: number;
  /** Of r along the rows, without the overshoot, before gains. */
  private readonly along: Float64Array;
  private target: number;
  private found = false;
  private steps = 0;

  constructor(start: Start, subspace: number, rows: Matrix) {
    this.start = start;
    this.rows = rows;
    this.subspace = subspace;
    this.along = new Float64Array((start.x.length / rows.columns) * rows.rows);
    this.target = start.label;
  }

  /** x + (1 + overshoot) r, as the model takes it. */
  write(out: Float32Array, { gains, overshoot }: Scaling): void {
    const { x } = this.start;
    perturbation(this.coefficients(overshoot), this.rows).forEach((value, i) => {
      out[i] = x[i] + gains[i] * value;
    });
  }

  /** A step to the nearest hyperplane. @returns whether there is one. */
  step({ outputs, gradients }: LinearModel): boolean {
    const { label, others } = this.start;
    let nearest = Infinity;
    let best: { readonly along: Float64Array; readonly size: number } | undefined;
    others.forEach((k, i) => {
      const along = coefficientsOf(gradients[i], this.rows);
      const square = along.reduce((sum, value) => sum + value * value, 0);
      const gap = Math.abs(outputs[k] - outputs[label]);
      if (!(square > 0) || gap / Math.sqrt(square) >= nearest) return;
      nearest = gap / Math.sqrt(square);
      best = { along, size: gap / square };
    });
    if (!best) return false;
    const { along, size } = best;
    along.forEach((value, at) => (this.along[at] += size * value));
    this.steps++;
    return true;
  }

  /** Takes note of a decision. @returns whether it differs from that without a perturbation. */
  decide(decision: number): boolean {
    this.found = decision !== this.start.label;
    if (this.found) this.target = decision;
    return this.found;
  }

  margin(overshoot: number): Margin {
    const { index, label } = this.start;
    const coefficients = this.coefficients(overshoot);
    return {
      image: index,
      subspace: this.subspace,
      label,
      target: this.target,
      norm: this.found ? Math.sqrt(coefficients.reduce((sum, c) => sum + c * c, 0)) : Infinity,
      coefficients,
      iterations: this.steps,
    };
  }

  private coefficients(overshoot: number): Float64Array {
    return this.along.map(value => (1 + overshoot) * value);
  }
}
