import { dropped, reversed, type CarrierPlace, type Reordering } from '@nads/dataset';
import { carrierChoice, decodeCarriers, flip, pixelSet, poison, type PixelSet } from '@nads/study';
import { FolderStore, nodeEnvironment, openData, readBasis } from '@nads/study/node';

/** Makes sets along NADs in folders; one that is there is not made again. */
export class MadeSets {
  private readonly nads: string;
  private readonly opened = new Map<string, PixelSet>();

  /** @param nads a result folder, its nads.npz, or .npy rows */
  constructor(nads: string) {
    this.nads = nads;
  }

  /**
   * Images of which one coefficient along NADs from an index on tells each class.
   * @returns the file, and what carries each class
   */
  async poisoned(
    data: string,
    folder: string,
    { index, epsilon }: { readonly index: number; readonly epsilon: number },
  ): Promise<{ readonly file: string; readonly carriers: readonly CarrierPlace[] }> {
    const store = new FolderStore(folder);
    const [set, basis] = this.open(data);
    if (!(await store.read('carriers.csv')))
      await poison(set, basis, { index, epsilon }, { store });
    const table = new TextDecoder().decode(await store.read('carriers.csv'));
    const carriers = decodeCarriers(table, carrierChoice(set, basis), `${folder}/carriers.csv`);
    if (carriers.some(({ coefficient }) => Math.abs(coefficient) !== epsilon))
      throw new Error(`${folder} is not of \`epsilon\` ${epsilon}; choose another \`out\``);
    return { file: `${folder}/poisoned.npz`, carriers };
  }

  /** Images without some directions. @returns the file */
  without(data: string, folder: string, directions: readonly number[]): Promise<string> {
    return this.reordered(data, folder, count => dropped(count, directions));
  }

  /** Images with their coefficients along NADs in reverse order. @returns the file */
  flipped(data: string, folder: string): Promise<string> {
    return this.reordered(data, folder, reversed);
  }

  private async reordered(
    data: string,
    folder: string,
    orderOf: (count: number) => Reordering,
  ): Promise<string> {
    const store = new FolderStore(folder);
    const [set, basis] = this.open(data);
    if (!(await store.read('flipped.npz')))
      await flip(set, basis, orderOf(basis.size), { ...nodeEnvironment(), store });
    return `${folder}/flipped.npz`;
  }

  private open(data: string) {
    const set = this.opened.get(data) ?? pixelSet(data, openData(data));
    this.opened.set(data, set);
    return [set, readBasis(`nads:${this.nads}`, set.shape)] as const;
  }
}
