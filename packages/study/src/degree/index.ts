export { degree, type Degree, type DegreeSettings } from './degree.js';
export { degreeSummary, type DegreeSummary } from './degree-summary.js';
export { coefficientsFile } from './coefficients-file.js';
export { degreeText } from './degree-text.js';
