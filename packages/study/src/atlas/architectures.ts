import * as z from 'zod/mini';
import { parseJson } from '../parse-json.js';
import { plainName } from '../plain-name.js';

const text = z.string().check(z.minLength(1));

/** A member in architectures.json. */
export const architectureSchema = z.strictObject({
  /** Of its files and stages: unique. */
  name: z.string().check(z.regex(plainName)),
  group: z.enum(['torchvision', 'native', 'cell', 'ladder']),
  /** As in 'ResNet'. */
  family: text,
  /** As in 'ResNet-18'. */
  title: text,
  /** A file beside the list, or the name of a native architecture or a cell. */
  model: text,
  /** Drawn for each seed. */
  networks: z.int().check(z.minimum(1)),
  /** Channels × height × width. */
  image: z.string().check(z.regex(/^\d{1,4}x\d{1,4}x\d{1,4}$/)),
  /** What readers of the page are to know. */
  note: z.optional(text),
  /** Of a step of the ladder: the member that differs from it in one thing. */
  from: z.optional(text),
  /** Which thing, as in 'max pooling → average pooling'. */
  changes: z.optional(text),
  /** What is chosen, as in 'pooling'. */
  choice: z.optional(text),
});

/** architectures.json. */
export const architecturesSchema = z.array(architectureSchema);

/** A member of the atlas. */
export type Architecture = z.infer<typeof architectureSchema>;

/** left-out.json: architectures that are not in the atlas, and why. */
export const leftOutSchema = z.array(
  z.strictObject({ name: text, title: text, family: z.optional(text), reason: text }),
);

/** An architecture that is not in the atlas. */
export type LeftOut = z.infer<typeof leftOutSchema>[number];

/**
 * The members of an atlas, in the order of its page.
 * @throws naming the file and what is wrong: a field, a name that is there twice, a step of the ladder that comes from no member
 */
export function parseArchitectures(file: string, json: string): Architecture[] {
  const found = parseJson(file, json, architecturesSchema, 1);
  const names = new Set<string>();
  for (const { name } of found) {
    if (names.has(name)) throw new Error(`${file}: two members of the name '${name}'`);
    names.add(name);
  }
  for (const one of found) requireStep(file, one, names);
  return found;
}

/** @throws naming the file and the field */
export const parseLeftOut = (file: string, json: string): LeftOut[] =>
  parseJson(file, json, leftOutSchema, 1);

function requireStep(
  file: string,
  { name, from, changes, choice }: Architecture,
  names: ReadonlySet<string>,
): void {
  if (from === undefined) return;
  if (from === name || !names.has(from))
    throw new Error(`${file}: '${name}' comes from '${from}', which is no other member`);
  if (changes === undefined || choice === undefined)
    throw new Error(`${file}: '${name}' comes from '${from}'; say \`changes\` and \`choice\``);
}
