import { webRuntime } from '@nads/runtime/web';
import {
  compare,
  compareDirection,
  comparedDirectionPictures,
  comparedDirectionText,
  sourceModel,
  svgOf,
  type ComparedResult,
  type DirectionSettings,
} from '@nads/study';
import type { Compared, Found, ResultFile, SavedResult } from './messages.js';
import { nadsOf } from './nads-of.js';

/** Dimensions of the subspaces that are compared, as far as there are so many directions. */
const tops = [1, 3, 10, 50, 100];

/** Two results that are compared with each other. */
export class ResultPair {
  private readonly pair: readonly [ComparedResult, ComparedResult];
  private newest = new AbortController();

  /**
   * @param models files, of which those are taken that have the name that a result says
   * @throws where a result has no directions, or is damaged
   */
  constructor([a, b]: readonly [SavedResult, SavedResult], models: readonly ResultFile[]) {
    this.pair = [withModel(a, models), withModel(b, models)];
  }

  /** How much the leading subspaces overlap. @throws where directions are of different sizes */
  overlaps(): Compared {
    const [a, b] = this.pair.map(({ result }) => result);
    const { subspaces } = compare(a, b, tops);
    return {
      names: [a.name, b.name],
      directions: Math.min(a.rows.rows, b.rows.rows),
      subspaces: subspaces.map(({ top, overlap, principalAngles }) => {
        const degrees = principalAngles.map(angle => (angle * 180) / Math.PI);
        return {
          top,
          overlap,
          chance: top / a.rows.columns,
          angles: [degrees[0], degrees[degrees.length >> 1], degrees.at(-1)!],
        };
      }),
    };
  }

  /** One direction of both, and how models respond to it; undefined where another one was asked for meanwhile. */
  async direction(settings: DirectionSettings): Promise<Found | undefined> {
    this.newest.abort();
    this.newest = new AbortController();
    const { signal } = this.newest;
    const environment = { runtime: webRuntime, signal };
    const found = await compareDirection(this.pair, settings, environment).catch((error: Error) => {
      if (!signal.aborted) throw error;
    });
    if (!found || signal.aborted) return undefined;
    const files = comparedDirectionPictures(found).map(picture => ({
      name: `${picture.name}.svg`,
      contents: svgOf(picture),
      caption: picture.caption,
    }));
    return { text: comparedDirectionText(found), files };
  }
}

function withModel(saved: SavedResult, models: readonly ResultFile[]): ComparedResult {
  const result = nadsOf(saved);
  const file = models.find(({ name }) => name === baseName(result.summary?.model.file));
  return { result, source: file && sourceModel(file.name, file.contents as Uint8Array) };
}

const baseName = (path = ''): string => path.replace(/^.*[/\\]/s, '');
