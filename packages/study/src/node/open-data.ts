import { readdirSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import {
  concatenate,
  decodeCifar10,
  decodeCifar100,
  decodeIdx,
  decodeImage,
  decodeNpy,
  decodeNpz,
  imagesOfArchive,
  imagesOfArray,
  imagesOfIdx,
  type IdxFile,
  type LabelledImages,
} from '@nads/dataset';
import type { Layout } from '@nads/basis';
import { dataHelp } from './data-help.js';
import { explainFile } from './explain-file.js';
import { noteInput, readInput } from './inputs.js';

interface Options {
  /** Order of the axes of images in a .npz or .npy file, where their shape does not tell. */
  readonly layout?: Layout;
}

/**
 * The images that a specification names: `cifar10:DIR` and the like, as `dataHelp` says. Pictures
 * in folders are read when they are asked for, all else at once.
 * @throws one line that names the file, and says which files are expected and where they can be had
 */
export function openData(spec: string, options: Options = {}): LabelledImages {
  const [, kind, place] = /^([a-z0-9-]+):(.*)$/s.exec(spec) ?? [];
  if (kind === undefined || !Object.hasOwn(kinds, kind)) return openPath(spec, options);
  if (place === '') throw new Error(`${spec}: expected a folder, as in ${kind}:data`);
  return kinds[kind](place);
}

const kinds: Readonly<Record<string, (place: string) => LabelledImages>> = {
  cifar10: place => cifar(place, cifar10, ['test_batch.bin']),
  'cifar10-train': place =>
    cifar(
      place,
      cifar10,
      [1, 2, 3, 4, 5].map(i => `data_batch_${i}.bin`),
    ),
  cifar100: place => cifar(place, cifar100, ['test.bin']),
  'cifar100-train': place => cifar(place, cifar100, ['train.bin']),
  mnist: place => mnist(place, 't10k'),
  'mnist-train': place => mnist(place, 'train'),
  folder,
};

function openPath(path: string, { layout }: Options): LabelledImages {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new Error(`${path}: no such file or folder; expected ${dataHelp}`);
  if (found.isDirectory()) return folder(path);
  const ending = extname(path).toLowerCase();
  if (ending === '.npz') return imagesOfArchive(decodeNpz(read(path), path), path, { layout });
  if (ending === '.npy') return imagesOfArray(decodeNpy(read(path), path), path, { layout });
  if (isPicture(path)) return pictures([{ file: path, name: path }]);
  throw new Error(
    `${path}: unsupported kind of file; expected ${dataHelp}` +
      (ending === '.bin' ? `; for a file of CIFAR-10's binary version write cifar10:${path}` : ''),
  );
}

/** Not a Buffer, whose slice shares its bytes. */
function read(file: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = readInput(file);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

interface Cifar {
  readonly name: string;
  readonly decode: (bytes: Uint8Array, file: string) => LabelledImages;
  /** The folder in the archive. */
  readonly folder: string;
  readonly url: string;
}

const cifar10: Cifar = {
  name: 'CIFAR-10',
  decode: decodeCifar10,
  folder: 'cifar-10-batches-bin',
  url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
};
const cifar100: Cifar = {
  name: 'CIFAR-100',
  decode: decodeCifar100,
  folder: 'cifar-100-binary',
  url: 'https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz',
};

/** The named files in a folder, those that are there, or one file. */
function cifar(
  place: string,
  { name, decode, folder, url }: Cifar,
  names: readonly string[],
): LabelledImages {
  const files = isFile(place)
    ? [place]
    : [place, join(place, folder)]
        .map(inside => names.map(file => join(inside, file)).filter(isFile))
        .find(found => found.length > 0);
  if (!files)
    throw new Error(
      `${place}: no ${names[0]} in it or in its ${folder}; unpack the binary version of ${name}` +
        ` (${url}) and give its folder`,
    );
  return concatenate(files.map(file => decode(read(file), file)));
}

/** Images and labels in a folder, packed or not, under the names that torchvision or the web page uses. */
function mnist(place: string, part: 't10k' | 'train'): LabelledImages {
  return imagesOfIdx(
    idxFile(place, `${part}-images`, 'idx3-ubyte'),
    idxFile(place, `${part}-labels`, 'idx1-ubyte'),
  );
}

function idxFile(place: string, name: string, ending: string): IdxFile {
  const file = [place, join(place, 'raw'), join(place, 'MNIST', 'raw')]
    .flatMap(inside => ['-', '.'].map(between => join(inside, name + between + ending)))
    .flatMap(path => [path, `${path}.gz`])
    .find(isFile);
  if (file) return { array: decodeIdx(read(file), file), file };
  throw new Error(
    `${place}: no ${name}-${ending} or ${name}-${ending}.gz in it; get MNIST's four files` +
      ' (https://ossci-datasets.s3.amazonaws.com/mnist/) or of a set like it, and give their folder',
  );
}

const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

interface Picture {
  readonly file: string;
  readonly name: string;
}

/** Pictures without labels, or in one folder a class, classes and pictures in the order of their names. */
function folder(place: string): LabelledImages {
  const [folders, loose] = contentsOf(place);
  if (folders.length === 0) {
    requirePictures(loose, place);
    return pictures(loose.map(name => ({ file: join(place, name), name })));
  }
  if (loose.length > 0)
    throw new Error(
      `${place}: contains folders of classes and, beside them, the picture '${loose[0]}';` +
        ' put every picture into the folder of its class',
    );
  const members = folders.map(name => picturesOfClass(place, name));
  const labels = members.flatMap((list, label) => list.map(() => label));
  return {
    ...pictures(members.flat()),
    labels: Int32Array.from(labels),
    classNames: folders,
  };
}

function picturesOfClass(place: string, name: string): Picture[] {
  const inside = join(place, name);
  const [, found] = contentsOf(inside);
  requirePictures(found, inside);
  return found.map(file => ({ file: join(inside, file), name: `${name}/${file}` }));
}

function requirePictures(found: readonly string[], place: string): void {
  if (found.length === 0)
    throw new Error(
      `${place}: holds no .png, .jpg or .jpeg file; expected pictures, or one folder of them per class` +
        ' (for other data sets write cifar10:DIR or mnist:DIR)',
    );
}

/** The names of the folders and of the pictures in a folder, sorted; hidden ones left out. */
function contentsOf(place: string): readonly [folders: string[], pictures: string[]] {
  const names = explainFile(place, () => readdirSync(place))
    .filter(name => !name.startsWith('.') && name !== '__MACOSX')
    .toSorted();
  const kindOf = (name: string) =>
    explainFile(join(place, name), () => statSync(join(place, name)));
  const files = names.filter(isPicture).filter(name => kindOf(name).isFile());
  noteInput(place, files.map(name => `${kindOf(name).size} ${name}\n`).join(''));
  return [names.filter(name => !isPicture(name) && kindOf(name).isDirectory()), files];
}

const isPicture = (name: string): boolean =>
  ['.png', '.jpg', '.jpeg'].includes(extname(basename(name)).toLowerCase());

const pictures = (list: readonly Picture[]): LabelledImages => ({
  count: list.length,
  image: index => decodeImage(read(list[index].file), list[index].file),
  nameOf: index => list[index].name,
});
