// Worker code for the tests of pools, run by Node itself: it takes the built packages.
import { serve } from '@nads/runtime/workers';
import { services } from './arithmetic-services.mjs';

serve(services, () => ({ name: 'none' }));
