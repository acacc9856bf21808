export { gradientsAt, type GradientSettings } from './gradients-at.js';
export {
  secantsAt,
  type PointProbe,
  type ProbedPoints,
  type SecantSettings,
} from './secants-at.js';
