// Checks that files import each other in one direction: no cycle of values anywhere, and at most two cycles of types.
//   npm run check:cycles
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Cycles of types that may stay, each with its reason. */
const allowed = 2;

/** One import of a file of the same package. */
interface Import {
  readonly file: string;
  /** Whether only types are imported. */
  readonly isType: boolean;
}

function sourcesOf(folder: string): string[] {
  const all = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return all.filter(name => name.endsWith('.ts')).map(name => join(folder, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(
    /^(import|export)\s+(type\s+)?([^'";]*?)from\s+'(\.[^']+)\.js'/gms,
  );
  return [...statements].map(([, , type, names, path]) => ({
    file: relative(root, join(root, dirname(file), `${path}.ts`)),
    isType: type !== undefined || onlyTypes(names),
  }));
}

/** Whether every name in braces is marked as a type. */
function onlyTypes(names: string): boolean {
  const inside = /^\{([^}]*)\}\s*$/.exec(names.trim())?.[1];
  if (inside === undefined) return false;
  const parts = inside.split(',').filter(part => part.trim() !== '');
  return parts.length > 0 && parts.every(part => part.trim().startsWith('type '));
}

/** Groups of files that reach each other (Tarjan 1972), those of one file left out. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const [index, low] = [new Map<string, number>(), new Map<string, number>()];
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    stack.push(file);
    for (const next of graph.get(file) ?? [])
      if (!index.has(next)) {
        visit(next);
        low.set(file, Math.min(low.get(file)!, low.get(next)!));
      } else if (stack.includes(next)) low.set(file, Math.min(low.get(file)!, index.get(next)!));
    if (low.get(file) !== index.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1) found.push(group.toSorted());
  };
  for (const file of graph.keys()) visit(file);
  return found;
}

const packages = readdirSync(join(root, 'packages')).map(name => join('packages', name, 'src'));
const files = packages.flatMap(sourcesOf);
const imports = new Map(files.map(file => [file, importsOf(file)]));
const graphOf = (kept: (one: Import) => boolean): Map<string, string[]> =>
  new Map([...imports].map(([file, all]) => [file, all.filter(kept).map(one => one.file)]));

const ofValues = cycles(graphOf(({ isType }) => !isType));
const ofAll = cycles(graphOf(() => true));
for (const group of ofValues) console.log(`cycle of values: ${group.join(', ')}`);
for (const group of ofAll) console.log(`cycle of types: ${group.join(', ')}`);
console.log(
  `cycles: ${files.length} files, ${ofValues.length} of values (0 allowed), ${ofAll.length} with types (${allowed} allowed)`,
);
if (ofValues.length > 0 || ofAll.length > allowed) process.exitCode = 1;
