/** Comes before every other import: zod would otherwise compile checks with `new Function`, which the CSP refuses. */
import { config } from 'zod';

config({ jitless: true });
