import { createHash } from 'node:crypto';
import { HtmlValidate } from 'html-validate';
import { chart, page, type PagePart } from '../src/index.js';

const evil = '<script>alert("&")</script>';
const svg = chart({ title: 'A chart', series: [{ x: [0, 1], y: [1, 2] }] });

/** A page with one of everything. */
const everything = (text: string): PagePart[] => [
  { paragraph: text },
  { command: text },
  { subheading: text },
  { facts: [[text, text]] },
  { details: text, facts: [[text, text]] },
  { figures: [{ name: text, svg, caption: text }] },
  { table: { caption: text, head: ['', text], rows: [[text, text]], sortable: true } },
];
const full = (text: string): string =>
  page({
    title: text,
    contents: true,
    parts: everything(text),
    sections: [{ heading: text, parts: everything(text) }],
  });

test('a page shows all its parts in their order', () => {
  const html = full('A & B');
  expect(html).toMatch(/^<!doctype html>\n/);
  expect(html).toContain('<title>A &#38; B</title>');
  expect(html).toContain('<p>A &#38; B</p>\n<pre><code>A &#38; B</code></pre>\n<h3>A &#38; B</h3>');
  expect(html).toContain('<dt>A &#38; B</dt><dd>A &#38; B</dd>');
  expect(html).toContain('<summary>A &#38; B</summary>');
  expect(html).toContain('<svg aria-label="A &#38; B" xmlns="http://www.w3.org/2000/svg"');
  expect(html).toContain('data-save="A &#38; B.svg"');
  expect(html).toContain('<tr><th scope="row">A &#38; B</th><td>A &#38; B</td></tr>');
});

test('headings of sections are listed as links to them', () => {
  expect(full('A & B')).toContain('<li><a href="#section-1">A &#38; B</a></li>');
  expect(full('A & B')).toContain('<section id="section-1">');
  expect(page({ title: 'A', sections: [{ heading: 'B', parts: [] }] })).not.toContain('<nav');
});

test('a page is valid HTML', async () => {
  const { results } = await new HtmlValidate({
    extends: ['html-validate:standard', 'html-validate:a11y'],
  }).validateString(full('Numbers of a "model"'));
  expect(results.flatMap(({ messages }) => messages)).toEqual([]);
});

test('no text of a model or a data set becomes markup', () => {
  const html = full(evil);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).not.toMatch(/alert\("/);
  expect(full('a" onload="b')).not.toContain('onload="');
});

test('its policy allows its own style and script alone, and asks nothing of a network', () => {
  const html = full('A page');
  const digests = [...html.matchAll(/<(?:style|script)>([^<]*)</g)].map(
    ([, text]) => `sha256-${createHash('sha256').update(text).digest('base64')}`,
  );
  const [policy] = html.match(/default-src[^"]*/)!;
  expect(policy).toBe(
    `default-src 'none'; img-src data:; style-src '${digests[0]}'; script-src '${digests[1]}'; base-uri 'none'; form-action 'none'`,
  );
  expect(html).not.toMatch(/ style=/);
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
});
