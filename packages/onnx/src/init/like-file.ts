import { zeroBias, type Scheme } from './scheme.js';

/** Normal weights with the mean and standard deviation of the file's own tensor; biases likewise. */
export const likeFile: Scheme = {
  name: 'like-file',
  weight: (out, { file }, random) => random.fillNormal(out, file.mean, file.deviation),
  bias: (out, draw, random) =>
    draw.file.deviation > 0 ? likeFile.weight(out, draw, random) : zeroBias(out, draw, random),
  moments: ({ file }) => ({ mean: file.mean, variance: file.deviation ** 2 }),
};
