import type { DirectionSettings, ModelFacts } from '@nads/study';
import type { ProcessorName } from './processors.js';

/** How an estimate is asked for. */
export interface Asked {
  /** The file, for messages and results. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly settings: AskedSettings;
  /** Workers that draw networks. */
  readonly workers: number;
  /** What runs them; WebAssembly if not given. */
  readonly processor?: ProcessorName;
  /** The earlier result that it goes on with. */
  readonly continues?: string;
}

/** Settings of an estimate, as far as the page offers them. */
export interface AskedSettings {
  /** So many networks; until the leading subspace is stable if not given. */
  readonly networks?: number;
  readonly seed?: number;
  readonly basis?: string;
  readonly step?: number;
  /** Height and width of images, as in '224' or '224x320'; of the file if not given. */
  readonly size?: string;
  readonly init?: string;
  readonly head?: 'marginalised' | 'sampled';
  readonly output?: string;
}

/** How saliency maps are asked for. */
export interface AskedSaliency {
  readonly model: ResultFile;
  /** PNG and JPEG files. */
  readonly pictures: readonly ResultFile[];
  readonly settings: AskedSaliencySettings;
  /** Which of several outputs of the model. */
  readonly output?: string;
}

/** Settings of saliency maps, as they are typed. */
export interface AskedSaliencySettings {
  /** As in '0-255'; 0-1 if not given. */
  readonly range?: string;
  /** Numbers with commas between them. */
  readonly mean?: string;
  readonly std?: string;
  readonly order?: string;
  /** Which number of the output; the largest if not given. */
  readonly outputIndex?: number;
}

/** A result that was saved, or several files of one. */
export interface SavedResult {
  readonly name: string;
  readonly files: readonly ResultFile[];
}

/** What the page tells the worker of a study. */
export type ToStudy =
  | { readonly type: 'start'; readonly asked: Asked }
  | { readonly type: 'show'; readonly result: SavedResult }
  | { readonly type: 'explain'; readonly asked: AskedSaliency }
  | {
      readonly type: 'compare';
      readonly results: readonly [SavedResult, SavedResult];
      /** Models that are at hand. */
      readonly models: readonly ResultFile[];
    }
  /** About the results that were compared last. */
  | { readonly type: 'respond'; readonly settings: DirectionSettings }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' };

/** A file of a result. */
export interface ResultFile {
  readonly name: string;
  readonly contents: Uint8Array | string;
  /** What a picture shows. */
  readonly caption?: string;
}

/** A result in words and files: the pictures among them are shown. */
export interface Found {
  /** What came of it, a few lines. */
  readonly text: readonly string[];
  readonly files: readonly ResultFile[];
}

/** How much the leading subspaces of two results overlap. */
export interface Compared {
  readonly names: readonly [string, string];
  /** Directions that both have. */
  readonly directions: number;
  readonly subspaces: readonly {
    readonly top: number;
    readonly overlap: number;
    /** What random subspaces would overlap by. */
    readonly chance: number;
    /** The smallest, the median and the largest principal angle, in degrees. */
    readonly angles: readonly [number, number, number];
  }[];
}

/** What the worker of a study tells the page. */
export type FromStudy =
  | { readonly type: 'facts'; readonly facts: ModelFacts }
  /** What runs networks, and why it is not what was asked for. */
  | { readonly type: 'processor'; readonly name: ProcessorName; readonly why?: string }
  | {
      readonly type: 'progress';
      /** What is counted, in the plural. */
      readonly unit: string;
      readonly done: number;
      readonly total?: number;
      readonly note?: string;
    }
  | { readonly type: 'found'; readonly found: Found }
  /** Why results do not survive the page. */
  | { readonly type: 'unkept'; readonly why: string }
  | { readonly type: 'compared'; readonly compared: Compared }
  /** All is done, or the study was paused. */
  | { readonly type: 'ended'; readonly paused: boolean }
  | { readonly type: 'failed'; readonly message: string };
