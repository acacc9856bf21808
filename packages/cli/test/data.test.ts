import { complaint, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

test('a set that there is not is named', async () => {
  expect(await complaint('data', 'imagenet', '--out', folder.path('none'))).toBe(
    "unknown data set 'imagenet'; expected one of cifar10, cifar100, mnist",
  );
});
