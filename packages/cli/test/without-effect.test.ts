import { complaint, model, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const lenet = model('lenet');
const [out, file] = [folder.path('out'), folder.path('file')];

/** What is given, the option without effect, and the use in which it has none. */
const cases: readonly [string, string, string][] = [
  [`estimate ${lenet} --networks 4 --top 5 -o ${out}`, '--top', 'with --networks'],
  [
    `estimate ${lenet} --networks 4 --max-networks 5 -o ${out}`,
    '--max-networks',
    'with --networks',
  ],
  [`estimate ${lenet} --probe mixed --symmetry none -o ${out}`, '--symmetry', 'with --probe mixed'],
  [`estimate ${lenet} --probe mixed --batch 4 -o ${out}`, '--batch', 'with --probe mixed'],
  [`estimate ${lenet} --probe gradient --local none -o ${out}`, '--local', 'with --probe gradient'],
  [
    `probe ${lenet} --points x.npy --probe gradient --step 1 -o ${file}`,
    '--step',
    'with --probe gradient',
  ],
  [
    `gradient ${lenet} --mode forward --keep-outputs -o ${file}`,
    '--keep-outputs',
    'with --mode forward',
  ],
  [
    `saliency ${lenet} --image x.png --method smooth --steps 4 -o ${out}`,
    '--steps',
    'without --method integrated',
  ],
  [
    `saliency ${lenet} --image x.png --method gradient --seed 4 -o ${out}`,
    '--seed',
    'without --method smooth',
  ],
  [`prune ${lenet} --remove 10% --images 4 -o ${file}`, '--images', 'without --data'],
  [`score ${lenet} --data x.npz --threads 2`, '--threads', 'without --cells'],
  [`score --cells x.csv --data x.npz -o ${file} --kernel k.npy`, '--kernel', 'with --cells'],
  [`search --method rea --score naswot -o ${out}`, '--score', 'with --method rea'],
  [`search --accuracies a.csv --column c --epochs 4 -o ${out}`, '--epochs', 'with --accuracies'],
  [
    `search --accuracies a.csv --column c --data x.npz -o ${out}`,
    '--data',
    'with --accuracies and without --score',
  ],
  [`measures ${lenet} --index 3 -o ${out}`, '--index', 'without --data'],
  [`measures ${lenet} --mean 0.5 -o ${out}`, '--mean', 'without --data'],
  [`measures ${lenet} --size 8 -o ${out}`, '--size', 'without --data'],
  [
    `finetune ${lenet} --data x.npz --validation 10% --validation-data y.npz -o ${out}`,
    '--validation',
    'with --validation-data',
  ],
  [
    `finetune ${lenet} --data x.npz --learning-rate 0 --momentum 0.5 -o ${out}`,
    '--momentum',
    'with --learning-rate 0',
  ],
  [
    `train nsl-static --data x.npz --measure-towards zero -o ${out}`,
    '--measure-towards',
    'without --measure-decay',
  ],
  [`train lenet --data x.npz --sigma 4 -o ${out}`, '--sigma', 'with --data'],
  [`train lenet --data x.npz --train 400 -o ${out}`, '--train', 'with --data'],
  [`train lenet --direction dct@1 --test-data x.npz -o ${out}`, '--test-data', 'with --direction'],
  [
    `train lenet --direction dct@1 --optimizer adam --momentum 0.9 -o ${out}`,
    '--momentum',
    'with --optimizer adam',
  ],
  [`analyze ${lenet} --data x.npz --nads none --networks 4 -o ${out}`, '--networks', 'with --nads'],
  [`analyze ${lenet} --data x.npz --other-model -o ${out}`, '--other-model', 'without --nads'],
  [
    `poison --data x.npz --basis dct --carriers c.csv --epsilon 1 -o ${out}`,
    '--epsilon',
    'with --carriers, which hold coefficients',
  ],
  [`plot ${out} --format svg --dpi 100`, '--dpi', 'without --format png'],
];

test.each(cases)('%s', async (line, option, use) => {
  const args = line.split(' ');
  expect(await complaint(...args)).toBe(
    `${option} has no effect ${use}; leave it out; see nads ${args[0]} --help`,
  );
});
