import type { LucideIcon } from 'lucide-react';

/** An icon in the look's one size and stroke. It says nothing by itself: a word always stands beside it or names it. */
export function Icon({ of: Drawn, size = 18, className }: { of: LucideIcon; size?: number; className?: string }) {
  return <Drawn aria-hidden size={size} strokeWidth={1.75} className={`shrink-0 ${className ?? ''}`} />;
}
