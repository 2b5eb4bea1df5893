import {
  Banknote,
  CalendarPlus,
  CalendarSync,
  CalendarX,
  LogIn,
  LogOut,
  type LucideIcon,
  Package,
  ReceiptText,
  Utensils,
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
};

/** The picture of an event's type; its name always stands beside it. */
export function EventIcon({ event, className }: { event: EventType; className?: string }) {
  return <Icon of={icons[event]} {...(className !== undefined && { className })} />;
}
