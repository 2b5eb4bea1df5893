import type { ReactNode } from 'react';

/** Fields that few need, folded away; open where something is wrong in them. */
export function MoreFields(props: { label: string; isNeeded: boolean; children: ReactNode }) {
  const { label, isNeeded, children } = props;
  return (
    <details {...(isNeeded && { open: true })}>
      <summary className="cursor-pointer font-medium text-ink-soft text-s">{label}</summary>
      <div className="mt-3 flex flex-col gap-4 border-line border-l-2 pl-4">{children}</div>
    </details>
  );
}
