import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import type { Situation } from '../../../shared/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';

/** One bar an hour, in pixels of height. */
const heightPx = 144;

/** Deliveries of the last 24 hours: one hue for delivered, red for failed. Its table says the same to a screen reader. */
export default function HoursChart({ hours }: { hours: Situation['hours'] }) {
  const t = useWords('today');
  const { clock, number } = useFormats();
  const hourOf = (at: unknown) => clock(utcMs(Number(at)));
  return (
    <div role="img" aria-label={t('chart.title')}>
      <ResponsiveContainer width="100%" height={heightPx}>
        <BarChart data={[...hours]} margin={{ top: 8, right: 0, bottom: 0, left: 8 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <YAxis
            width="auto"
            allowDecimals={false}
            tickCount={4}
            tickFormatter={(value) => number(Number(value))}
            tickLine={false}
            axisLine={false}
            tick={{ fill: 'var(--ink-faint)', fontSize: 12 }}
          />
          <XAxis
            dataKey="at"
            ticks={labelled(hours)}
            tickFormatter={hourOf}
            tickLine={false}
            axisLine={false}
            interval={0}
            tick={{ fill: 'var(--ink-faint)', fontSize: 12 }}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--sunken)' }}
            content={({ active, payload, label }) =>
              active && payload.length > 0 ? (
                <div className="rounded-s border border-line-strong bg-surface px-2.5 py-1.5 text-s">
                  <p className="font-semibold">{hourOf(label)}</p>
                  <p>{t('chart.delivered', { count: Number(payload[0]?.value ?? 0) })}</p>
                  <p>{t('chart.failed', { count: Number(payload[1]?.value ?? 0) })}</p>
                </div>
              ) : null
            }
          />
          <Bar
            dataKey="delivered"
            stackId="all"
            fill="var(--brand)"
            isAnimationActive={false}
            radius={2}
            maxBarSize={20}
          />
          <Bar dataKey="failed" stackId="all" fill="var(--bad)" isAnimationActive={false} radius={2} maxBarSize={20} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Every sixth hour has its label. */
function labelled(hours: Situation['hours']): UtcMs[] {
  return hours.filter((_, index) => index % 6 === 0).map(({ at }) => at);
}
