import { filesOfPictures, type Picture } from '../src/picture.js';

const chart: Picture = { name: 'chart', draw: () => '<svg/>' };
const broken: Picture = {
  name: 'broken',
  draw() {
    throw new Error('value 3 of an image is NaN');
  },
};

test('what cannot be drawn is left out and told, so that nothing else is lost', () => {
  const warnings: string[] = [];
  const files = filesOfPictures([broken, chart], message => warnings.push(message));
  expect(files).toEqual([['chart.svg', '<svg/>']]);
  expect(warnings).toEqual(["picture 'broken' could not be drawn: value 3 of an image is NaN"]);
});

test('where nobody is told it is an error', () => {
  expect(() => filesOfPictures([broken])).toThrow('value 3 of an image is NaN');
});
