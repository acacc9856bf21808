import { decodeShown } from '../../sets/shown-codec.js';
import type { ReadPart } from '../reported-part.js';

/** A set whose images were changed. @param file with the images that are shown */
export const reportedChange =
  (file: string): ReadPart =>
  async saved => {
    const { title } = decodeShown(await saved.bytes(file), saved.path(file));
    return { title, facts: [], tables: [] };
  };
