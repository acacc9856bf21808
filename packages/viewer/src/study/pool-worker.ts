import { webRuntime } from '@nads/runtime/web';
import { serve } from '@nads/runtime/web-workers';
import { services } from '@nads/study';

serve(services, webRuntime);
