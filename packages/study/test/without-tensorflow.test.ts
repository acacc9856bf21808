import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Packages of TensorFlow.js that the built packages load to do something. */
async function loadedBy(code: string): Promise<string[]> {
  const script = `
    import { createRequire } from 'node:module';
    ${code}
    const files = Object.keys(createRequire('${root}/package.json').cache);
    console.log(JSON.stringify(files.filter(file => file.includes('@tensorflow'))));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    { cwd: root },
  );
  return JSON.parse(stdout) as string[];
}

test('studies that do not train do without TensorFlow.js, and so do the workers of a sweep', async () => {
  expect(await loadedBy(`import '@nads/study'; import '@nads/study/node';`)).toEqual([]);
  const worker = `import { services } from '@nads/study'; await services['networks-along']();`;
  expect(await loadedBy(worker)).toEqual([]);
  expect(await loadedBy(`await import('@nads/train');`)).not.toEqual([]);
});
