/** The line between two panes: dragged with the mouse or moved with the arrow keys (ARIA's window splitter). */
import type { KeyboardEvent, PointerEvent } from 'react';

export interface DividerProps {
  readonly label: string;
  /** How much of the whole the pane after it has, in percent. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  /** What a double click brings back. */
  readonly initial: number;
  readonly className?: string;
}

/** Of one press of an arrow key, in percent. */
const step = 2;

export function Divider({ label, value, min, max, onChange, initial, className = '' }: DividerProps) {
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const whole = event.currentTarget.parentElement?.getBoundingClientRect();
    if (whole && whole.width > 0) onChange(((whole.right - event.clientX) / whole.width) * 100);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = new Map([
      ['ArrowLeft', value + step],
      ['ArrowRight', value - step],
      ['Home', max],
      ['End', min],
    ]).get(event.key);
    if (wanted === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(wanted);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no <hr>.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onChange(initial)}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      className={`group relative w-3.5 shrink-0 cursor-col-resize touch-none ${className}`}
    >
      <span className="absolute inset-y-0 left-1/2 w-px -translate-x-1/2 group-hover:w-0.5 group-hover:bg-brand group-focus-visible:w-0.5 group-focus-visible:bg-brand" />
      <span className="absolute top-1/2 left-1/2 h-8 w-1 -translate-x-1/2 -translate-y-1/2 rounded-full bg-line-strong group-hover:bg-brand forced-colors:bg-[CanvasText]" />
    </div>
  );
}
