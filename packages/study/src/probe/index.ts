export { gradientsAt, type GradientSettings } from './gradients-at.js';
export {
  secantsAt,
  type PointProbe,
  type ProbedPoints,
  type SecantSettings,
} from './secants-at.js';
export {
  responseCurves,
  type ResponseCurves,
  type ResponseLines,
  type ResponseSettings,
} from './response-curves.js';
