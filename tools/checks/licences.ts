// Lists the licences of all packages of others that reach those who install ours, and fails where one is not among those that licences.json allows, or
// is not named.
//   npm run check:licences            after a build
//   … -- --list                       every package
import { fileURLToPath } from 'node:url';
import { licencesOf, shippedPackages } from '../release/lib/shipped-packages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { allowed, stated } = licencesOf(root);
const packages = shippedPackages(root);

/** Of several licences that apply together all must be allowed, of a choice one. */
const isAllowed = (licence: string): boolean =>
  licence
    .replaceAll(/[()]/g, '')
    .split(' AND ')
    .every(part => part.split(' OR ').some(one => allowed.includes(one)));

const unknown = packages.filter(({ licence }) => licence === undefined || !isAllowed(licence));
const unused = Object.keys(stated).filter(name => packages.every(one => one.name !== name));
for (const { name, version, licence } of unknown)
  console.error(
    `${name} ${version}: ${licence ?? 'names no licence'}; read it, then add it to licences.json or do without the package`,
  );
for (const name of unused) console.error(`licences.json: ${name} is not used any more`);
if (process.argv.includes('--list'))
  for (const { name, version, licence } of packages) console.log(`${name} ${version}  ${licence}`);

const counts = new Map<string, number>();
for (const { licence = 'none' } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1);
const summary = [...counts].toSorted(([, a], [, b]) => b - a).map(([name, n]) => `${name} ${n}`);
console.log(
  `licences: ${packages.length} packages (${summary.join(', ')}), ${unknown.length + unused.length} problems`,
);
process.exitCode = unknown.length + unused.length > 0 ? 1 : 0;
