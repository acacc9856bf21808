import { report } from '../src/terminal/report.js';

const write = process.stderr.write.bind(process.stderr);

afterEach(() => {
  process.stderr.write = write;
  process.exitCode = undefined;
});

test('what fails after a failure does not add a second line', () => {
  const written: unknown[] = [];
  process.stderr.write = (text: unknown) => written.push(text) > 0;
  report(new Error('the disk is\nfull.'));
  report(new Error('the file is closed'));
  expect(written).toEqual(['nads: the disk is full\n']);
  expect(process.exitCode).toBe(2);
});
