/** Where a system's database is, who may read it, and the script that makes what is read there. */
import type { ReactNode } from 'react';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { outboxScript } from '../../../shared/source-kinds/outbox-script.ts';
import { type DatabaseSystem, databaseSystems, isEncrypted, isOnThisPc } from '../../../shared/source-kinds/sql.ts';
import { Banner } from '../../components/Banner.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { Select } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useSay } from '../../lib/sentences.ts';
import { MoreFields } from './MoreFields.tsx';
import type { MemberProblem } from './problems.ts';
import { type SqlAsked, scriptUser } from './sql-form.ts';
import type { Way } from './systems.ts';

/** Their own names, in no language. */
export const databaseNames: Readonly<Record<DatabaseSystem, string>> = {
  mysql: 'MySQL, MariaDB',
  postgres: 'PostgreSQL',
  mssql: 'SQL Server',
  sqlite: 'SQLite',
};

interface SqlFieldsProps {
  readonly asked: SqlAsked;
  readonly onChange: (asked: SqlAsked) => void;
  readonly problem: MemberProblem | null;
  /** Of one that is there: an empty password leaves the one that it has. */
  readonly isChange?: boolean;
  /** The database that the system uses, where there is but one. */
  readonly fixed?: DatabaseSystem | undefined;
  /** Of the database that was chosen: its script. */
  readonly children?: ReactNode;
}

const inMore: readonly string[] = ['port', 'tls', 'ca'];

export function SqlFields({ asked, onChange, problem, isChange = false, fixed, children }: SqlFieldsProps) {
  const t = useWords('sources');
  const say = useSay();
  const place = { ...asked, host: asked.host.trim(), socket: '' };
  const encrypted = isEncrypted(place) === true;
  const field = (member: keyof SqlAsked & string) => ({
    code: true,
    value: String(asked[member]),
    onChange: (value: string) => onChange({ ...asked, [member]: value }),
    error: problem?.member === member ? problem.message : undefined,
  });
  return (
    <>
      <Select
        label={t('sql.system')}
        choices={(fixed === undefined ? databaseSystems : [fixed]).map((value) => ({
          value,
          label: databaseNames[value],
        }))}
        value={asked.system}
        onChange={(system) => onChange({ ...asked, system })}
      />
      {asked.system === 'mssql' && <Banner tone="wait">{t('sql.untried')}</Banner>}
      {children}
      {asked.system === 'sqlite' ? (
        <TextField label={t('sql.file')} hint={t('sql.fileHint')} {...field('file')} />
      ) : (
        <>
          <div className="grid grid-cols-2 gap-3">
            <TextField label={t('sql.host')} hint={t('sql.hostHint')} {...field('host')} />
            <TextField label={t('sql.database')} hint={t('sql.databaseHint')} {...field('database')} />
            <TextField label={t('sql.user')} hint={t('sql.userHint')} {...field('user')} />
            <TextField
              label={t('sql.password')}
              hint={t(isChange ? 'sql.passwordStays' : 'sql.passwordHint')}
              type="password"
              autoComplete="off"
              {...field('password')}
            />
          </div>
          <MoreFields label={t('sql.more')} isNeeded={problem !== null && inMore.includes(problem.member)}>
            <TextField label={t('fias.port')} hint={t('sql.portHint')} inputMode="numeric" {...field('port')} />
            <Checkbox
              isSelected={encrypted}
              hint={t('sql.tlsHint')}
              onChange={(yes) => onChange({ ...asked, tls: yes ? 'verify' : 'off' })}
            >
              {t('sql.tls')}
            </Checkbox>
            {encrypted && <TextField label={t('sql.ca')} hint={t('sql.caHint')} rows={4} {...field('ca')} />}
          </MoreFields>
          {!encrypted && (
            <p className="text-ink-soft text-s">
              {say(sentence(isOnThisPc(place) ? 'source.database_plain_here' : 'source.database_plain'))}{' '}
              {!isOnThisPc(place) && t('sql.plain')}
            </p>
          )}
        </>
      )}
      {asked.reads === 'table' && (
        <div className="grid grid-cols-3 gap-3 max-[899px]:grid-cols-1">
          <TextField label={t('sql.table')} {...field('table')} />
          <TextField label={t('sql.key')} hint={t('sql.keyHint')} {...field('keyColumn')} />
          <TextField label={t('sql.changed')} hint={t('sql.changedHint')} {...field('changedColumn')} />
        </div>
      )}
    </>
  );
}

/** Ready to be copied; the password in it is the one that was made up, and never one that somebody typed. */
export function Script({
  way,
  asked,
  onChange,
  madeUp,
}: Pick<SqlFieldsProps, 'asked' | 'onChange'> & { way: Way; madeUp: string }) {
  const t = useWords('sources');
  const { script } = way;
  if (script === undefined) return null;
  const isMadeUp = asked.password === madeUp;
  const text = outboxScript({
    database: asked.system,
    system: script,
    prefix: /^\w{0,30}$/.test(asked.prefix) ? asked.prefix : 'qlo_',
    user: asked.user.trim() || scriptUser,
    password: isMadeUp ? madeUp : 'CHOOSE-A-PASSWORD',
  });
  return (
    <div className="flex flex-col gap-3">
      {script === 'qloapps' && (
        <TextField
          label={t('sql.prefix')}
          hint={t('sql.prefixHint')}
          code
          value={asked.prefix}
          onChange={(prefix) => onChange({ ...asked, prefix })}
        />
      )}
      <CodeBlock code={text} label={t('sql.script')} titled wraps />
      {asked.system !== 'sqlite' && (
        <p className="text-ink-soft text-s">{t(isMadeUp ? 'sql.scriptMadeUp' : 'sql.scriptChoose')}</p>
      )}
    </div>
  );
}
