/** The window's pages, in the order of the navigation. */
import {
  CalendarCheck,
  Download,
  FlaskConical,
  type LucideIcon,
  Plug,
  Send,
  Settings,
  Sun,
  Webhook,
} from 'lucide-react';

export const pages = [
  { area: 'today', path: '/', icon: Sun },
  { area: 'deliveries', path: '/deliveries', icon: Send },
  { area: 'endpoints', path: '/endpoints', icon: Webhook },
  { area: 'events', path: '/events', icon: CalendarCheck },
  { area: 'sources', path: '/sources', icon: Plug },
  { area: 'bench', path: '/bench', icon: FlaskConical },
  { area: 'export', path: '/export', icon: Download },
  { area: 'settings', path: '/settings', icon: Settings },
] as const satisfies readonly { area: string; path: string; icon: LucideIcon }[];
