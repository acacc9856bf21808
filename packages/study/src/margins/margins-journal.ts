import { OptionError } from '@nads/linalg';
import type { Margin } from '@nads/probe';
import * as z from 'zod/mini';
import { countSchema } from '../count-schema.js';
import { requireSame, type Identity } from '../identity.js';
import { journalEntry } from '../journal-entry.js';
import { journalLines } from '../journal-lines.js';
import { parseJson } from '../parse-json.js';
import type { Store } from '../store.js';
import { undamaged } from '../undamaged.js';
import { requireMargins, type MarginShape } from './require-margins.js';

/** The file of a store that holds the margins that are known. */
export const marginsJournalFile = 'margins.jsonl';

/** The first line: all that decides what the others say, beside the images. */
const headSchema = z.looseObject({ format: z.literal('margins-journal'), version: z.int() });

/** Every other line: margins of some images in some blocks. */
const partSchema = z.object({
  /** The first image and the first block. */
  image: countSchema,
  block: countSchema,
  /** Of the images as the model takes them. */
  sha256: z.string(),
  /** Image by image. */
  margins: z.array(
    z.object({
      label: countSchema,
      target: countSchema,
      /** Null where none was found. */
      norm: z.nullable(z.number().check(z.minimum(0))),
      iterations: countSchema,
      coefficients: z.array(z.number()),
    }),
  ),
});

/** A line of a journal of margins. */
export const marginsJournalSchema = z.union([headSchema, partSchema]);

type Part = z.infer<typeof partSchema>;

/** Some images in some blocks. */
export interface MarginsPart extends Pick<Part, 'block' | 'image' | 'sha256'> {
  /** How many of each. */
  readonly images: number;
  readonly blocks: number;
}

/** Margins that are known, part by part, kept as they come: what is in it survives whatever happens afterwards. */
export class MarginsJournal {
  private readonly store: Store | undefined;
  private readonly known: Map<string, Part>;

  /**
   * Begins a journal, or opens the one that an earlier run has left.
   * @throws OptionError where that belongs to other settings, naming the first difference, or is damaged
   */
  static async open(
    store: Store | undefined,
    identity: Identity,
    resume = false,
  ): Promise<MarginsJournal> {
    const lines = store && resume ? await journalLines(store, marginsJournalFile) : [];
    if (store && lines.length === 0) await store.write([[marginsJournalFile, headOf(identity)]]);
    if (!store || lines.length === 0) return new MarginsJournal(store, []);
    const where = `${store.name}/${marginsJournalFile}`;
    try {
      const { format: _, version: __, ...found } = parseJson(where, lines[0], headSchema, 1);
      requireSame(where, found as Identity, identity);
      const parts = lines
        .slice(1)
        .map((line, i) => journalEntry(`${where}, line ${i + 2}`, line, partSchema));
      return new MarginsJournal(store, parts);
    } catch (error) {
      throw new OptionError('resume', (error as Error).message, error);
    }
  }

  private constructor(store: Store | undefined, parts: readonly Part[]) {
    this.store = store;
    this.known = new Map(parts.map(part => [keyOf(part), part]));
  }

  /** @throws OptionError where they are of other images, or none that such images have */
  find(part: MarginsPart, shape: MarginShape): Margin[] | undefined {
    const found = this.known.get(keyOf(part));
    if (!found) return undefined;
    const where = `${this.store?.name}/${marginsJournalFile}`;
    if (found.sha256 !== part.sha256 || found.margins.length !== part.images * part.blocks)
      throw new OptionError(
        'resume',
        `${where} belongs to other images from image ${part.image} on; give the same or another \`out\``,
      );
    const margins = marginsIn(found, part.blocks);
    undamaged(where, () => requireMargins(margins, shape));
    return margins;
  }

  /** Resolves when it is kept. */
  async add({ image, block, sha256 }: MarginsPart, found: readonly Margin[]): Promise<void> {
    const margins = found.map(({ label, target, norm, iterations, coefficients }) => {
      const known = { label, target, norm: norm === Infinity ? null : norm, iterations };
      return { ...known, coefficients: [...coefficients] };
    });
    const line: Part = { image, block, sha256, margins };
    await this.store?.append(marginsJournalFile, `${JSON.stringify(line)}\n`);
  }
}

const marginsIn = ({ margins }: Part, blocks: number): Margin[] =>
  margins.map((margin, i) => ({
    ...margin,
    image: Math.floor(i / blocks),
    subspace: i % blocks,
    norm: margin.norm ?? Infinity,
    coefficients: Float64Array.from(margin.coefficients),
  }));

const keyOf = ({ image, block }: Pick<Part, 'block' | 'image'>): string => `${image}/${block}`;

const headOf = (identity: Identity): string =>
  `${JSON.stringify({ format: 'margins-journal', version: 1, ...identity })}\n`;
