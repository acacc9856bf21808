import { nodeRuntime } from '@nads/runtime/node';
import { serve } from '@nads/runtime/workers';
import { trainings } from './training-service.ts';

// The code of threads that train networks on images.
serve({ trainings }, nodeRuntime);
