// Draws the pictures of docs/pictures.md and of other pages with the commands that write them, into docs/images.
//   npm run build && npm run script -- tools/docs/pictures.ts RESNET20.onnx FOLDER_OF_CIFAR10 [COMMAND]
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodePng, pictureImage } from '@nads/report';
import { openData } from '@nads/study/node';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [model, cifar10, only] = process.argv.slice(2);
if (!cifar10) throw new Error('give the ResNet-20 and the folder with test_batch.bin');

const data = ['--data', `cifar10:${cifar10}`];
const norm = ['--mean', '.4914,.4822,.4465', '--std', '.247,.243,.261'];
const work = mkdtempSync(join(tmpdir(), 'pictures-'));
const horse = join(work, 'horse.png');
writeFileSync(horse, encodePng(pictureImage(levels(13), 32, 32)));

/** The numbers of an image from 0 to 1. */
function levels(index: number): number[] {
  const { data: bytes } = openData(`cifar10:${cifar10}`).image(index);
  return Array.from(bytes, byte => byte / 255);
}

/** A command, and what its pictures are called in docs/images. */
interface Job {
  readonly command: readonly string[];
  readonly pictures: Readonly<Record<string, string>>;
}

/** Arguments without spaces in them. */
function words(...lines: readonly string[]): string[] {
  return lines.join(' ').split(' ');
}

const lenet = join(root, 'models/lenet.onnx');
const jobs: readonly Job[] = [
  {
    command: ['estimate', lenet, '--networks', '100', '--seed', '1'],
    pictures: { gallery: 'lenet-gallery', spectrum: 'lenet-spectrum' },
  },
  {
    command: ['analyze', model, ...data, ...norm, '--images', '1000'],
    pictures: { gallery: 'resnet20-data-gradients', overlap: 'resnet20-overlap' },
  },
  {
    command: ['saliency', model, '--image', horse, ...norm],
    pictures: { 'horse.sheet': 'saliency' },
  },
  {
    command: ['margin', model, ...data, ...norm, '--images', '20', '--blocks', '0-63:7'],
    pictures: { margins: 'margins' },
  },
  {
    command: words(
      'sweep lenet --basis fourier:8 --size 16 --sigma 0.5 --epsilon 2 --train 2000 --test 1000 --epochs 10',
      '--indices 0:0,1:1,2:2,3:3,4:4,5:5,6:6,7:7,0:7,7:0,3:4,4:3',
    ),
    pictures: { accuracy: 'sweep' },
  },
  {
    command: words('train lenet --direction fourier:16@6:8 --epochs 10'),
    pictures: { learning: 'learning' },
  },
  {
    command: ['poison', ...data, '--basis', 'dct', '--index', '5', '--epsilon', '2'],
    pictures: { poisoned: 'poisoned' },
  },
  {
    command: ['decompose', ...data, '--basis', 'dct'],
    pictures: { energy: 'decomposition' },
  },
];

const nads = (...args: readonly string[]): void =>
  void execFileSync(process.execPath, [join(root, 'packages/cli/bin/nads.js'), ...args]);

const wanted = jobs.filter(({ command }) => only === undefined || command[0] === only);
wanted.forEach(({ command, pictures }, i) => {
  const [out, drawn] = [join(work, `${i}`), join(work, `${i}-drawn`)];
  nads(...command, '--out', out, '--quiet');
  nads('plot', out, '--format', 'png', '--dpi', '144', '--out', drawn);
  for (const [picture, name] of Object.entries(pictures)) {
    copyFileSync(join(drawn, `${picture}.png`), join(root, 'docs/images', `${name}.png`));
    console.log(`docs/images/${name}.png`);
  }
});
rmSync(work, { recursive: true });
