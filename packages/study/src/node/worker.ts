import { nodeRuntimeWith } from '@nads/runtime/node';
import { serve } from '@nads/runtime/workers';
import { services } from '../services.js';

serve(services, nodeRuntimeWith);
