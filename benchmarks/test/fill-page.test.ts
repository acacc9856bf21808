import { fillPage, pageProblems } from '../page/fill-page.ts';
import { measurement } from './measurement.ts';

const page = `# Benchmarks

prose

<!-- bench margin, copied by hand -->

| old | 1 s |

<!-- end -->

more prose

<!-- bench score -->

kept

<!-- end -->
`;

const margin = new Map([['margin', measurement({ notes: ['a note'] })]]);

test('what was measured replaces what is between its marks; prose and other tables stay', () => {
  expect(fillPage(page, margin)).toBe(`# Benchmarks

prose

<!-- bench margin -->

Measured on 2026-01-31 at commit 012345678: Some CPU, 2 cores, 24 GB, Node v20.20.0, load average before 0.1. Peer: PyTorch 1.13, its products by OpenBLAS 0.3.21, kernel SkylakeX, 345 GFLOP/s for 1024×1024 in float32.

|  | ours | peer | ratio | target |  |
| --- | --- | --- | --- | --- | --- |
| \`margin-lenet\` | 43.4 ms | 77.0 ms | 0.564 | ≤ 0.5 missed | a \\| b |

- a note

<!-- end -->

more prose

<!-- bench score -->

kept

<!-- end -->
`);
});

test('writing twice changes nothing', () => {
  const once = fillPage(page, margin);
  expect(fillPage(once, margin)).toBe(once);
});

test('text like a pattern of String.replace stays as it is', () => {
  const priced = new Map([['margin', measurement({ notes: ['costs $& and $1'] })]]);
  expect(fillPage(page, priced)).toContain('- costs $& and $1\n');
});

test('a table without results is named unless it says that it was copied by hand', () => {
  expect(pageProblems(page, new Map())).toEqual([
    "the page has a table of 'score', but there are no results of it",
  ]);
});

test('results without a table are named', () => {
  const both = new Map([
    ['score', measurement({ benchmark: 'score' })],
    ['queue', measurement({ benchmark: 'queue' })],
  ]);
  expect(pageProblems(page, both)).toEqual([
    "there are results of 'queue', but the page has no table of it",
  ]);
});
