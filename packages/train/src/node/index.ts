export { chooseBackend, type BackendName } from './choose-backend.js';
export { directionPool, type SweepSetup } from './direction-pool.js';
