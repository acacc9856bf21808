export { networksAlong, type SweepSetup } from './directions/networks-along.js';
