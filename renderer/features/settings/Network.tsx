import { CertificatesCard } from './CertificatesCard.tsx';
import { IntakeCard } from './IntakeCard.tsx';
import { InternetCheckCard } from './InternetCheckCard.tsx';
import { LanCard } from './LanCard.tsx';
import { PlainHttpCard } from './PlainHttpCard.tsx';
import { ProxyCard } from './ProxyCard.tsx';
import { SessionsCard } from './SessionsCard.tsx';
import type { SectionProps } from './section.ts';

export function Network({ settings }: SectionProps) {
  return (
    <>
      <ProxyCard settings={settings} />
      <InternetCheckCard settings={settings} />
      <CertificatesCard settings={settings} />
      <PlainHttpCard settings={settings} />
      <IntakeCard settings={settings} />
      <LanCard settings={settings} />
      <SessionsCard />
    </>
  );
}
