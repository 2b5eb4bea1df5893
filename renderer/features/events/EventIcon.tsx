import {
  ArchiveRestore,
  Banknote,
  BellRing,
  CalendarDays,
  CalendarPlus,
  CalendarSync,
  CalendarX,
  HardDrive,
  LogIn,
  LogOut,
  type LucideIcon,
  Monitor,
  Package,
  PlugZap,
  ReceiptText,
  TriangleAlert,
  Utensils,
  VolumeX,
  Wifi,
} from 'lucide-react';
import type { EventType } from '../../../shared/events.ts';
import { Icon } from '../../components/Icon.tsx';

const icons: Record<EventType, LucideIcon> = {
  'booking.created': CalendarPlus,
  'booking.updated': CalendarSync,
  'booking.cancelled': CalendarX,
  'guest.checkin': LogIn,
  'guest.checkout': LogOut,
  'order.created': ReceiptText,
  'order.completed': Utensils,
  'inventory.low': Package,
  'payment.received': Banknote,
  'relay.endpoint_failing': TriangleAlert,
  'relay.endpoint_recovered': PlugZap,
  'relay.needs_attention': BellRing,
  'relay.source_quiet': VolumeX,
  'relay.offline_over': Wifi,
  'relay.disk': HardDrive,
  'relay.restore_waiting': ArchiveRestore,
  'relay.this_pc': Monitor,
  'relay.week': CalendarDays,
};

/** The picture of an event's type; its name always stands beside it. */
export function EventIcon({ event, className }: { event: EventType; className?: string }) {
  return <Icon of={icons[event]} {...(className !== undefined && { className })} />;
}
