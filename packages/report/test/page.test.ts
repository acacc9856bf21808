import { page } from '../src/index.js';

const evil = '<script>alert("&")</script>';

test('a page shows paragraphs, pictures and tables', () => {
  const html = page({
    title: 'A model',
    paragraphs: ['One.', 'Two.'],
    pictures: [{ file: 'a b.png', caption: 'A gallery' }],
    tables: [{ caption: 'Numbers', head: ['k', 'overlap'], rows: [['1', '0.5']] }],
  });
  expect(html).toMatch(/^<!doctype html>\n/);
  expect(html).toContain('<title>A model</title>');
  expect(html).toContain('<p>One.</p>\n<p>Two.</p>');
  expect(html).toContain('<img src="a%20b.png" alt="A gallery">');
  expect(html).toContain('<tr><th scope="row">1</th><td>0.5</td></tr>');
});

test('no text of a model or a data set becomes markup', () => {
  const html = page({
    title: evil,
    paragraphs: [evil],
    pictures: [{ file: evil, caption: evil }],
    tables: [{ caption: evil, head: [evil], rows: [[evil, evil]] }],
  });
  expect(html).not.toContain('<script');
  expect(html).not.toMatch(/alert\("/);
  expect(html.match(/&#60;script&#62;/g)).toHaveLength(9);
});
