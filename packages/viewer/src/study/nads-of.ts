import { decodeNads, type NadsResult } from '@nads/study';
import type { SavedResult } from './messages.js';

/** The directions of a result. @throws where it has none, or is damaged */
export function nadsOf({ name, files }: SavedResult): NadsResult {
  const bytesOf = (file: string): Uint8Array | undefined => {
    const contents = files.find(one => one.name === file)?.contents;
    return typeof contents === 'string' ? new TextEncoder().encode(contents) : contents;
  };
  const npz = bytesOf('nads.npz');
  if (!npz) throw new Error(`${name}: no nads.npz in it; only results of estimates are compared`);
  return { ...decodeNads(`${name}/nads.npz`, npz, bytesOf('nads.json')), name };
}
