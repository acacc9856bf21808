import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';
import { complaint, done, model, nads, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const [first, second] = [folder.path('first'), folder.path('second')];
const estimate = (out: string, seed: string) =>
  done('estimate', model('lenet'), '--networks', '4', '--seed', seed, '-o', out, '--quiet');
beforeAll(async () => {
  await estimate(first, '1');
  await estimate(second, '2');
});

test('a result becomes one page beside it, which is not replaced unasked', async () => {
  const { stdout, stderr } = await done('report', first);
  expect([stdout, stderr]).toEqual(['', `1 result(s), written to ${first}/report.html\n`]);
  const html = readFileSync(`${first}/report.html`, 'utf8');
  expect(html.length).toBeLessThan(2e6);
  expect(html).toContain('<title>NADs of lenet.onnx</title>');
  expect(html).toMatch(
    /<code>nads estimate \S+lenet\.onnx --networks 4 --seed 1 --out \S+first<\/code>/,
  );
  expect(await complaint('report', first)).toMatch(
    /report\.html: this file is there already; .*--force/,
  );
  await done('report', first, '--force', '--quiet');
});

test('several side by side, with what is wrong with others', async () => {
  const out = folder.path('both.html');
  expect(await complaint('report', first, second)).toMatch(/--out: give the file/);
  const broken = folder.path('broken');
  await estimate(broken, '3');
  writeFileSync(`${broken}/nads.json`, '{');
  const { code, stdout, stderr } = await nads('report', first, second, broken, '-o', out, '--json');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^warning: left out: \S+broken\/nads\.json: not JSON .*\n2 result\(s\)/);
  const { overlaps, failures } = JSON.parse(stdout);
  expect(failures).toHaveLength(1);
  expect(overlaps[0]).toMatchObject({ top: 10, names: [first, second] });
  expect(overlaps[0].overlap[0][1]).toBeGreaterThan(0.8);
  expect(readFileSync(out, 'utf8')).toContain('<title>2 results side by side</title>');
});

test('eight side by side are valid HTML, of 10 MB at most', async () => {
  const eight = Array.from({ length: 8 }, (_, i) => folder.path(`eighth-${i}`));
  for (const to of eight) cpSync(first, to, { recursive: true });
  const out = folder.path('eight.html');
  await done('report', ...eight, '-o', out, '--quiet');
  const html = readFileSync(out, 'utf8');
  expect(html.length).toBeLessThan(10e6);
  expect(html.length).toBeGreaterThan(8 * 50_000); // the pictures of all are in it
  const { results } = await new HtmlValidate({
    extends: ['html-validate:standard', 'html-validate:a11y'],
  }).validateString(html);
  expect(results.flatMap(({ messages }) => messages)).toEqual([]);
});

test('a report of a smaller model has the command that repeats it', async () => {
  const [small, report] = [folder.path('small.onnx'), folder.path('pruned')];
  const words = ['prune', model('lenet'), '--remove', '30%', '-o', small, '--report', report];
  await done(...words, '--quiet');
  await done('report', report, '--quiet');
  expect(readFileSync(`${report}/report.html`, 'utf8')).toContain(
    `<code>nads ${words.join(' ')}</code>`,
  );
});

test('a report does not replace what it is made of, whatever name that is given by', async () => {
  const before = readFileSync(`${first}/nads.npz`);
  for (const name of [`${first}/nads.npz`, `${first}/../first/nads.npz`])
    expect(await complaint('report', first, '--out', name, '--force')).toMatch(
      /this is (an|the) input/,
    );
  expect(readFileSync(`${first}/nads.npz`)).toEqual(before);
});

test('what cannot be shown is one line', async () => {
  expect(await complaint('report', folder.path('none'))).toMatch(/none: no result in it/);
});
