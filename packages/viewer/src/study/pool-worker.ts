import { serve } from '@nads/runtime/web-workers';
import { services } from '@nads/study';
import { processors, type ProcessorName } from './processors.js';

serve(services, processors[self.name as ProcessorName].runtime, 'contributions');
