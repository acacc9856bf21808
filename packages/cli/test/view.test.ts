import axe from 'axe-core';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import { decodeNpy } from '@nads/dataset';
import { node, writeModel } from '@nads/onnx';
import { encodePng } from '@nads/report';
import { nodeRuntime as runtime } from '@nads/runtime/node';
import { compareDirection, type ModelResponse } from '@nads/study';
import { loadModel, readNads } from '@nads/study/node';
import { expectClose } from '@nads/testing';
import { chromiumPath, launchChromium } from '@nads/testing/chromium';
import type { Browser, Page } from 'playwright-core';
import { convolution, modelOf, value } from './make-model.js';
import { complaint, done, model, start, temporaryFolder, type Run } from './run-nads.js';

const folder = temporaryFolder();
const lenet = model('lenet');
const estimated = folder.path('lenet');
const broken = folder.path('broken.onnx');
const picture = folder.path('cat.png');

let server: Run;
let address: string;

beforeAll(async () => {
  writeFileSync(broken, readFileSync(lenet).subarray(0, 5000));
  const data = Uint8Array.from({ length: 1024 }, (_, i) => (i % 32) * 8 - ((i * i) % 7));
  writeFileSync(picture, encodePng({ width: 32, height: 32, data }));
  await done('estimate', lenet, '--networks', '10', '--seed', '1', '--out', estimated, '-q');
  server = start(['view', estimated, lenet, '--no-open']);
  address = await server.firstLine();
}, 60_000);
afterAll(async () => {
  server.kill('SIGINT');
  expect((await server.outcome).code).toBe(0);
});

/** What the server answers to a path as it stands, under a host name. */
const answerTo = (path: string, host?: string): Promise<IncomingMessage> => {
  const { hostname, port, host: own } = new URL(address);
  return new Promise((resolve, reject) => {
    const request = { hostname, port, path, headers: { host: host ?? own }, agent: false };
    get(request, answer => resolve(answer.resume())).on('error', reject);
  });
};

test('the page is isolated and reads what was opened, nothing else', async () => {
  const page = await answerTo('/');
  expect(page.statusCode).toBe(200);
  expect(page.headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  });
  const list = (await (await fetch(`${address}opened.json`)).json()) as { files: unknown[] }[];
  expect(list.map(({ files }) => files.length)).toEqual([readdirSync(estimated).length, 1]);
  for (const [path, status] of [
    ['/opened/0/nads.npz', 200],
    ['/opened/1/lenet.onnx', 200],
    ['/opened/1/manifest.json', 404],
    ['/opened/0/..%2f..%2fbroken.onnx', 404],
    ['/opened/0/../../broken.onnx', 404],
    ['/opened/2/nads.npz', 404],
    ['/../package.json', 404],
    ['/%2e%2e/package.json', 404],
    ['/opened/0/%', 404],
  ] as const)
    expect([path, (await answerTo(path)).statusCode]).toEqual([path, status]);
});

test('a name of elsewhere that leads here is refused', async () => {
  expect((await answerTo('/', 'example.org')).statusCode).toBe(403);
});

test('what is not there, and ports that are none', async () => {
  expect(await complaint('view', 'nothing-here')).toBe('nothing-here: no such file or folder');
  expect(await complaint('view', '--port', '70000')).toMatch(/Expected a port from 0 to 65535/);
  const { port } = new URL(address);
  expect(await complaint('view', '--port', port, '--no-open')).toMatch(/port \d+ is taken/);
});

const inBrowser = chromiumPath ? describe : describe.skip;
if (!chromiumPath) console.warn('view.test.ts: skipped: no browser (install Debian’s chromium)');

inBrowser('in Chromium', () => {
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  beforeEach(async () => {
    problems.length = 0;
    page = await browser.newPage();
    page.on('console', message => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', error => problems.push(error.message));
    await page.goto(address);
  });
  afterEach(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });
  afterAll(() => browser.close());

  /** Does something on a page of a browser that has WebGPU. */
  async function withWebGpu(work: () => Promise<void>): Promise<void> {
    const other = await launchChromium({ webGpu: true });
    const before = page;
    try {
      page = await other.newPage();
      await page.goto(address);
      await work();
    } finally {
      page = before;
      await other.close();
    }
  }

  /** Estimates on a processor. @returns what the page says it ran on, and nads.npz */
  async function estimateOn(processor: string, file: string, networks: string) {
    await ask({ networks, seed: '1', basis: 'dct:4' });
    await page.getByLabel('processor').selectOption(processor);
    await drop(file);
    await page.getByText(/, done$/).waitFor({ timeout: 200_000 });
    const said = await page.locator('.processor').innerText();
    return { said, npz: await downloaded(`on-${processor || 'wasm'}-${basename(file)}`) };
  }

  /** Tallies that are kept, once there is one; each is damaged where that is asked for. */
  const tallies = (damage: boolean): Promise<number> =>
    page.evaluate<number>(`(async () => {
      const results = await (await navigator.storage.getDirectory()).getDirectoryHandle('nads');
      for (;;) {
        let count = 0;
        for await (const folder of results.values()) {
          const tally = await folder.getFileHandle('tally.npz').catch(() => undefined);
          if (!tally) continue;
          count++;
          if (!${damage}) continue;
          const writer = await tally.createWritable();
          await writer.write('damaged');
          await writer.close();
        }
        if (count > 0) return count;
        await new Promise(resolve => setTimeout(resolve, 200));
      }
    })()`);

  const drop = (...files: string[]): Promise<void> => page.setInputFiles('input[type=file]', files);
  const ended = (): Promise<void> => page.getByText(/, done$/).waitFor({ timeout: 120_000 });

  async function ask(settings: Readonly<Record<string, string>>): Promise<void> {
    await page.locator('details.settings summary').click();
    for (const [name, value] of Object.entries(settings))
      await page.getByLabel(name, { exact: true }).fill(value);
  }

  /** Saves a file of what is on the page. */
  async function downloaded(name: string, link = 'nads.npz'): Promise<string> {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: link }).click();
    const file = folder.path(`${name}-${link}`);
    await (await download).saveAs(file);
    return file;
  }

  test('a result that was opened is shown as it was drawn', async () => {
    await page.getByRole('img', { name: /first directions/ }).waitFor();
    expect(await page.getByRole('img').count()).toBe(2);
    await page.getByText('lenet: as it was saved').waitFor();
    expect(await page.getByRole('link', { name: 'nads.npz' }).count()).toBe(1);
  });

  test('a dropped model has the NADs that Node finds, and a pause changes nothing', async () => {
    await ask({ networks: '50', seed: '1' });
    await drop(lenet);
    await page.getByText(/^lenet.onnx: [1-9]\d* of 50/).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText(/paused$/).waitFor();
    const paused = await downloaded('paused');
    await page.getByRole('button', { name: 'Resume' }).click();
    await ended();
    const resumed = await downloaded('resumed');
    expect(readFileSync(paused).equals(readFileSync(resumed))).toBe(false);

    await page.getByRole('button', { name: 'Estimate again' }).click();
    await page.getByText('getting ready').waitFor();
    await ended();
    const again = await downloaded('again');
    expect(readFileSync(again).equals(readFileSync(resumed))).toBe(true);

    await done(
      'estimate',
      lenet,
      '--networks',
      '50',
      '--seed',
      '1',
      '--out',
      folder.path('50'),
      '-q',
    );
    const { stdout } = await done('compare', folder.path('50'), again, '--top', '10', '--json');
    const { overlap } = JSON.parse(stdout) as { overlap: Record<string, number> };
    expect(overlap['10']).toBeGreaterThan(0.999);
  }, 240_000);

  test('a model that leaves the size of its images free is given one', async () => {
    const free = folder.path('free.onnx');
    const nodes = [
      convolution(),
      node('Relu', ['conv'], ['relu']),
      node('GlobalAveragePool', ['relu'], ['pooled']),
      node('Flatten', ['pooled'], ['y']),
    ];
    const parts = { inputs: [value('x', ['N', 1, 'h', 'w'])], outputs: [value('y', ['N', 3])] };
    writeFileSync(free, writeModel(modelOf(nodes, parts)));
    await drop(free);
    await page.getByRole('alert').getByText('leaves the image size free').waitFor();
    await ask({ networks: '4', seed: '1', size: '8' });
    await page.getByRole('button', { name: 'Estimate again' }).click();
    await ended();
    const found = await downloaded('free');
    const out = folder.path('free');
    const settings = ['--size', '8', '--networks', '4', '--seed', '1', '--out', out, '-q'];
    await done('estimate', free, ...settings);
    const { stdout } = await done('compare', out, found, '--top', '10', '--json');
    const { overlap } = JSON.parse(stdout) as { overlap: Record<string, number> };
    expect(overlap['10']).toBeGreaterThan(0.999);
  }, 60_000);

  test('the facts of a model are on the page', async () => {
    await drop(lenet);
    await page.getByText('61,026').waitFor();
    expect(await page.getByText("averaged over exactly: '/fc3/Gemm'").count()).toBe(1);
    await page.getByRole('button', { name: 'Stop' }).click();
  });

  test('a change in a folder that was opened does not end what was dropped', async () => {
    await ask({ networks: '500' });
    await drop(lenet);
    const going = page.getByText(/^lenet.onnx: [1-9]\d* of 500/);
    await going.waitFor();
    utimesSync(join(estimated, 'nads.json'), new Date(), new Date());
    await page.waitForResponse(/opened\/0\/nads\.json/); // it is looked at nevertheless
    await page.waitForTimeout(3000);
    expect(await going.count()).toBe(1);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('link', { name: 'nads.npz' }).waitFor(); // what was found so far stays
    await page.getByRole('button', { name: 'lenet', exact: true }).click();
    await page.getByText('lenet: as it was saved').waitFor();
  });

  test('an estimate that is not done is shown as far as it is', async () => {
    const growing = folder.path('growing');
    mkdirSync(growing);
    const record = JSON.parse(readFileSync(join(estimated, 'run.json'), 'utf8')) as object;
    writeFileSync(join(growing, 'run.json'), JSON.stringify({ ...record, finished: false }));
    const its = start(['view', growing, '--no-open']);
    try {
      await page.goto(await its.firstLine());
      await page.getByText('growing: nads estimate is not done, and has nothing to show').waitFor();
      const summary = JSON.parse(readFileSync(join(estimated, 'nads.json'), 'utf8')) as object;
      copyFileSync(join(estimated, 'nads.npz'), join(growing, 'so-far.npz'));
      writeFileSync(
        join(growing, 'so-far.json'),
        JSON.stringify({ ...summary, networks: 5, so_far: true }),
      );
      const drawn = async (name: string): Promise<string> =>
        readFileSync(await downloaded(name, 'gallery.svg'), 'utf8');
      await page.getByRole('img', { name: /first directions/ }).waitFor();
      expect(await drawn('so-far')).toContain('lenet.onnx, 5 networks so far');
      for (const name of ['nads.npz', 'nads.json'])
        copyFileSync(join(estimated, name), join(growing, name));
      await page.getByRole('link', { name: 'nads.npz' }).waitFor();
      expect(await drawn('done')).toContain('lenet.onnx, 10 networks');
    } finally {
      await page.goto('about:blank'); // it looks at the server now and then
      its.kill('SIGINT');
      await its.outcome;
    }
  });

  test('two results are compared, and everybody can read the page', async () => {
    const name = 'Compare what comes next with this';
    await page.getByRole('button', { name }).click();
    await ask({ networks: '4', seed: '2' });
    await drop(lenet);
    await ended();
    await page.getByRole('row', { name: /^10 0\.\d+ 0\.0098/ }).waitFor();

    // one direction, and how both models respond along it, as Node finds them
    await page.getByLabel(/^direction, 0 to/).fill('3');
    await page.getByLabel('t up to').fill('20');
    await page.getByText('|cos| between the two directions 3').waitFor();
    const comparison = page.getByRole('region', { name: 'Comparison' });
    await comparison
      .getByRole('img', { name: /^Response of lenet.onnx \(first network of seed 2/ })
      .waitFor();
    expect(await comparison.getByRole('img').count()).toBe(3);
    const seed2 = folder.path('seed2');
    await done('estimate', lenet, '--networks', '4', '--seed', '2', '--out', seed2, '-q');
    const source = loadModel(lenet);
    const found = await compareDirection(
      [estimated, seed2].map(name => ({ result: readNads(name), source })) as [never, never],
      { index: 3, reach: 20 },
      { runtime },
    );
    const text = await comparison.locator('pre').innerText();
    expectClose(
      [.../[ :](\d[\d.]+)( along|$)/gm[Symbol.matchAll](text)].map(([, number]) => Number(number)),
      [found.cosine!, ...found.responses.flatMap(rangesOf)],
      { rtol: 0.01 },
    );

    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
    const serious = violations.filter(
      ({ impact }) => impact === 'serious' || impact === 'critical',
    );
    expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }, 120_000);

  test('a dropped picture is explained as Node explains it', async () => {
    await drop(picture);
    expect(await page.getByRole('alert').innerText()).toMatch(/^cat\.png: drop a model first/);
    await drop(lenet, picture);
    await page.getByText(/^cat\.png: (\d+) of \1 gradients, done$/).waitFor({ timeout: 60_000 });
    await page.getByRole('img', { name: /^cat\.png: predicted class \d of lenet/ }).waitFor();
    expect(await page.getByText('range, mean, std assumed').count()).toBe(1);

    const out = folder.path('cat');
    await done('saliency', lenet, '--image', picture, '--out', out, '-q');
    for (const method of ['gradient', 'gradient-x-input', 'integrated', 'smooth']) {
      const name = `cat.${method}.npy`;
      const [page, node] = [await downloaded('page', name), `${out}/${name}`].map(numbersIn);
      expectClose(page, node, { rtol: 1e-3, atol: 1e-4 * Math.max(...node.map(Math.abs)) });
    }

    await page.getByText('How pictures become inputs').click();
    await page.getByLabel('mean', { exact: true }).fill('none');
    await page.getByRole('button', { name: 'Compute again' }).click();
    await page.getByText(/^settings of the picture: mean: expected a number/).waitFor();
  }, 120_000);

  test('without an adapter WebAssembly runs what WebGPU was asked for, and the page says why', async () => {
    const { said } = await estimateOn('WebGPU', lenet, '2');
    expect(said).toBe('on WebAssembly (WebGPU: no adapter)');
  });

  test(
    'WebGPU that agrees is used, and finds the same',
    () =>
      withWebGpu(async () => {
        const linear = model('logistic-regression');
        const found = await estimateOn('WebGPU', linear, '3');
        expect(found.said).toBe('on WebGPU');
        const summary = readFileSync(await downloaded('webgpu', 'nads.json'), 'utf8');
        expect(summary).toMatch(/"runtime": "onnxruntime-web [\d.]+ \(webgpu\)"/);
        const out = folder.path('linear');
        await done(
          'estimate',
          linear,
          '--networks',
          '3',
          '--seed',
          '1',
          '--basis',
          'dct:4',
          '--out',
          out,
          '-q',
        );
        const { stdout } = await done('compare', out, found.npz, '--top', '3', '--json');
        const { overlap } = JSON.parse(stdout) as { overlap: Record<string, number> };
        expect(overlap['3']).toBeGreaterThan(0.999);
      }),
    240_000,
  );

  // its convolution of six channels is wrong in onnxruntime 1.30; where that is mended, another model is to be found
  test(
    'WebGPU that does not agree is not used: the bytes are those of WebAssembly',
    () =>
      withWebGpu(async () => {
        const found = await estimateOn('WebGPU', lenet, '2');
        expect(found.said).toMatch(
          /^on WebAssembly \(WebGPU: lenet\.onnx: .* output '\S+' differs by \d\.\de-1 of the largest/,
        );
        await page.reload();
        const sure = await estimateOn('', lenet, '2');
        expect(sure.said).toBe('on WebAssembly');
        expect(readFileSync(found.npz).equals(readFileSync(sure.npz))).toBe(true);
      }),
    240_000,
  );

  test('an estimate that a closed tab interrupted goes on, to the bytes of one that was not', async () => {
    await ask({ networks: '200', seed: '3', basis: 'dct:8' });
    await drop(lenet);
    await ended();
    const whole = readFileSync(await downloaded('whole'));
    await page.reload();
    await page.getByText('Earlier results on this computer').click();
    await page.getByText(/^lenet.onnx, networks 200, .*, done, /).waitFor();
    expect(await page.getByRole('button', { name: 'Continue' }).count()).toBe(0);

    await ask({ networks: '200', seed: '3', basis: 'dct:8' });
    await drop(lenet);
    await page.getByText(/^lenet.onnx: [1-9]\d* of 200/).waitFor();
    await page.reload(); // the worker of the study ends where it is
    await page.getByText('Earlier results on this computer').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await ended();
    expect(readFileSync(await downloaded('continued')).equals(whole)).toBe(true);

    await page.reload();
    await page.getByText('Earlier results on this computer').click();
    await page.getByRole('button', { name: 'Open' }).first().click();
    await page.getByRole('img', { name: /first directions/ }).waitFor();
    expect(readFileSync(await downloaded('opened')).equals(whole)).toBe(true);

    // what it goes on from is read: damage to it is named
    await page.reload();
    await ask({ networks: '4000', seed: '3', basis: 'dct:8' });
    await drop(lenet);
    expect(await tallies(false)).toBe(1);
    await page.reload();
    expect(await tallies(true)).toBe(1);
    await page.getByText('Earlier results on this computer').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await page.getByRole('alert').innerText()).toMatch(/tally\.npz is damaged/);
    for (const left of [2, 1, 0]) {
      await page.getByRole('button', { name: 'Delete' }).first().click();
      await page.locator('.earlier li').nth(left).waitFor({ state: 'detached' });
    }
  }, 180_000);

  test('a damaged file is named, in one line', async () => {
    await drop(broken);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/^broken\.onnx: not an ONNX model, or truncated/);
  });
});

/** Of a .npy file. */
const numbersIn = (file: string): number[] =>
  Array.from(decodeNpy(readFileSync(file), file).data as Float32Array);

/** How far a model changes along each line. */
const rangesOf = (response: ModelResponse): number[] =>
  'curves' in response
    ? response.curves.responses.map(values => Math.max(...values) - Math.min(...values))
    : [];
