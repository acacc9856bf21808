export { inspect, type Forecast, type InspectSettings, type ModelFacts } from './inspect.js';
export { counted } from './counted.js';
