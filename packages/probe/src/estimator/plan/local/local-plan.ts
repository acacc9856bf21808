import type { Crop, Range } from '@nads/onnx';
import type { DrawnModel } from '../subnetwork.js';
import type { ProbeBoxes } from './probe-boxes.js';

/**
 * How networks are run on probes that differ from x₀ in a small box: stage by stage on crops of maps that hold all that
 * differs, and the rest on whole maps. Plain data, as a plan.
 */
export interface LocalPlan {
  readonly stages: readonly LocalStage[];
  readonly rest: LocalRest;
  /** The map that holds images. */
  readonly source: string;
  /** [C, H, W] of every map between stages. */
  readonly maps: Readonly<Record<string, MapShape>>;
  /** Where the images of each direction differ from x₀. */
  readonly boxes: ProbeBoxes;
  /** The order in which directions are probed. */
  readonly order: Int32Array;
  /** Whether results differ from those on whole images by rounding; known once a network was run both ways. */
  readonly rounds?: boolean;
  /** Images in one run; even. */
  readonly batch: number;
}

/** [C, H, W]. */
export type MapShape = readonly [channels: number, height: number, width: number];

/** A piece of a network, from parts of maps on. */
export interface LocalPiece extends DrawnModel {
  readonly crops: readonly Crop[];
}

/** Computes boxes of some maps from parts of others. */
export interface LocalStage extends LocalPiece {
  /** Maps of one size. */
  readonly outputs: readonly string[];
  /** Rows of the outputs that differ from those at x₀, by the first row of a probe's box. */
  readonly rows: readonly Range[];
  /** Columns, by the first column of a probe's box. */
  readonly columns: readonly Range[];
}

/** Computes what a network gives from whole maps, which are parts as well. */
export interface LocalRest extends LocalPiece {
  readonly output: string;
}
