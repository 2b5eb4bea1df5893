/** How a sender proves who it is beside its token or secret address, and the secret that it does so with. */
import { type SignatureWay, signatureWays } from '../../../shared/source-kinds/signature-ways.ts';
import { Select } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import type { MemberProblem } from './problems.ts';

export interface SigningAsked {
  readonly signature: SignatureWay;
  readonly signatureHeader: string;
  readonly signatureUser: string;
  readonly signatureSecret: string;
}

export const emptySigning: SigningAsked = {
  signature: 'none',
  signatureHeader: 'X-Webhook-Secret',
  signatureUser: '',
  signatureSecret: '',
};

/** As the engine takes it; an empty secret is none, or the one that it has. */
export function signingConfig(asked: SigningAsked): Record<string, unknown> {
  const { signature, signatureHeader, signatureUser, signatureSecret } = asked;
  if (signature === 'none') return { signature };
  return {
    signature,
    ...(signature === 'header' ? { signatureHeader: signatureHeader.trim() } : {}),
    ...(signature === 'basic' ? { signatureUser } : {}),
    ...(signatureSecret === '' ? {} : { signatureSecret }),
  };
}

/** What a source has, to be changed. */
export const signingAsked = (config: Readonly<Record<string, unknown>>): SigningAsked => ({
  ...emptySigning,
  ...(config as Partial<SigningAsked>),
  signatureSecret: '',
});

interface SigningFieldsProps {
  readonly asked: SigningAsked;
  readonly onChange: (asked: SigningAsked) => void;
  readonly problem: MemberProblem | null;
  /** An empty secret leaves the one that it has. */
  readonly isChange?: boolean;
}

export function SigningFields({ asked, onChange, problem, isChange = false }: SigningFieldsProps) {
  const t = useWords('sources');
  const { signature } = asked;
  const field = (member: 'signatureHeader' | 'signatureUser' | 'signatureSecret') => ({
    code: true,
    value: asked[member],
    onChange: (value: string) => onChange({ ...asked, [member]: value }),
    error: problem?.member === member ? problem.message : undefined,
  });
  return (
    <>
      <Select
        label={t('signing.way')}
        hint={t('signing.wayHint')}
        choices={signatureWays.map((value) => ({
          value,
          label: t(`signing.way.${value}`),
          hint: t(`signing.hint.${value}`),
        }))}
        value={signature}
        onChange={(way) => onChange({ ...asked, signature: way })}
      />
      {signature === 'header' && <TextField label={t('signing.header')} {...field('signatureHeader')} />}
      {signature === 'basic' && <TextField label={t('sql.user')} {...field('signatureUser')} />}
      {signature !== 'none' && (
        <TextField
          label={t(signature === 'basic' ? 'sql.password' : 'signing.secret')}
          hint={t(isChange ? 'signing.secretStays' : 'signing.secretHint')}
          type="password"
          autoComplete="off"
          {...field('signatureSecret')}
        />
      )}
    </>
  );
}
