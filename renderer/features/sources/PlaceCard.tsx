/** Where a source reads, whether it can be read now, and how that is tried or changed. */
import { useState } from 'react';
import { isHeldBack, isKeptBack } from '../../../shared/conditions/source-away.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { harmless } from '../../../shared/harmless.ts';
import type { NamedFiles, Source, SourceFiles } from '../../../shared/schemas.ts';
import { charsetGuess, formSaid } from '../../../shared/source-kinds/file-form.ts';
import { encryptionSaid, type SqlConfig } from '../../../shared/source-kinds/sql.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Confirm, Dialog } from '../../components/Dialog.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';
import { FolderFields } from './FolderFields.tsx';
import { folderAsked, folderConfig } from './folder-form.ts';
import { configProblem, type MemberProblem } from './problems.ts';
import { emptySigning, SigningFields, signingAsked, signingConfig } from './SigningFields.tsx';
import { databaseNames, SqlFields } from './SqlFields.tsx';
import { sqlAsked, sqlConfig } from './sql-form.ts';
import { Trial } from './Trial.tsx';

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : harmless(String(value)));

/** `C:\Export`; "MySQL, MariaDB: pms at 127.0.0.1, roost_outbox"; `192.168.1.9:5010`. */
export function placeOf({ kind, config }: Pick<Source, 'kind' | 'config'>): string {
  const { folder, system, database, file, host, port, table } = config;
  if (kind === 'folder') return textOf(folder);
  if (kind === 'fias') return `${textOf(host)}:${textOf(port)}`;
  const name = databaseNames[system as keyof typeof databaseNames] ?? textOf(system);
  return system === 'sqlite'
    ? `${name}: ${textOf(file)}, ${textOf(table)}`
    : `${name}: ${textOf(database)} @ ${textOf(host)}, ${textOf(table)}`;
}

function lastFileSaid({ config }: Source, last: NonNullable<SourceFiles['last']>): Sentence[] {
  const guess = charsetGuess(config.charset === 'auto' ? null : last.charset, last.charset);
  return [formSaid(last.name, last), ...(guess === null ? [] : [guess])];
}

/** "b.csv, a.csv and 3 more": those that lie in `rejected`. */
function filesText(t: ReturnType<typeof useWords<'sources'>>, { count, names }: NamedFiles): string {
  const more = count - names.length;
  const files = names.map(harmless).join(', ');
  return more > 0 ? t('place.filesMore', { files, more }) : files;
}

/** Of a folder, a database or an interface. */
export function PlaceCard({ source }: { source: Source }) {
  const t = useWords('sources');
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const { id, kind, health } = source;
  const { away, lastSeenAt, nextLookAt, lastTrouble } = health;
  const encryption = kind === 'sql' ? encryptionSaid(source.config as SqlConfig) : null;
  const isTried = kind === 'folder' || kind === 'sql';
  const facts = [
    [t(kind === 'folder' ? 'folder.folder' : kind === 'sql' ? 'sql.system' : 'fias.host'), placeOf(source)],
    ...(encryption === null ? [] : [[t('place.encryption'), say(encryption)] as const]),
    [t('place.last'), lastSeenAt === null ? t('never') : <Time key="last" at={lastSeenAt} />],
    ...(nextLookAt === null ? [] : [[t('place.next'), t('place.everySeconds')] as const]),
    ...(health.files?.last
      ? [
          [
            t('place.lastFile'),
            <span key="file">
              <Time at={health.files.last.at} /> {lastFileSaid(source, health.files.last).map(say).join(' ')}
            </span>,
          ] as const,
        ]
      : []),
    ...(health.files?.rejected ? [[t('place.rejected'), filesText(t, health.files.rejected)] as const] : []),
    ...(lastTrouble === null
      ? []
      : [
          [
            t('place.trouble'),
            <span key="trouble">
              <Time at={lastTrouble.at} /> {say(lastTrouble.says)}
            </span>,
          ] as const,
        ]),
  ] as const;
  return (
    <Card title={t('place.title')}>
      <div className="flex flex-col gap-3">
        {away !== null ? (
          <Banner tone="bad">
            {say(away.says)} {t(isHeldBack(away.says) ? 'place.since' : 'place.nothingSince')} <Time at={away.since} />
          </Banner>
        ) : (
          <Banner tone={nextLookAt === null && lastSeenAt === null ? 'wait' : 'fine'}>
            {t(nextLookAt === null && lastSeenAt === null ? 'place.notYet' : 'place.there')}
          </Banner>
        )}
        {away !== null && isHeldBack(away.says) && <GoneAtOnce source={source} isKept={isKeptBack(away.says)} />}
        {away === null && health.files?.stuck && (
          <Banner tone="bad">
            {say(health.files.stuck.says)} {t('place.since')} <Time at={health.files.stuck.since} />:{' '}
            {filesText(t, health.files.stuck)}
          </Banner>
        )}
        <dl>
          {facts.map(([term, value]) => (
            <div key={term} className="flex flex-wrap justify-between gap-x-3 border-line border-t py-2">
              <dt className="text-ink-soft">{term}</dt>
              <dd className="min-w-0 font-medium wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
        {isTried && (
          <>
            <Trial
              asked={{ id }}
              onProblem={({ message }) => notify({ text: message, tone: 'bad' })}
              beside={<Button onPress={() => setOpen(true)}>{t('place.change')}</Button>}
            />
            {isOpen && <ChangeDialog source={source} onClose={() => setOpen(false)} />}
          </>
        )}
      </div>
    </Card>
  );
}

/** Rows that went all at once: a person says whether they are gone. */
function GoneAtOnce({ source: { id }, isKept }: { source: Source; isKept: boolean }) {
  const t = useWords('sources');
  const [isAsked, setAsked] = useState(false);
  const told = useRelayMutation('sources.sayGone', {
    onSuccess: () => setAsked(false),
    onError: ({ message }) => notify({ text: message, tone: 'bad' }),
  });
  return (
    <div className="flex flex-wrap gap-2">
      <Button onPress={() => setAsked(true)}>{t('gone.really')}</Button>
      {!isKept && (
        <Button onPress={() => told.mutate({ id, gone: false })} isPending={told.isPending}>
          {t('gone.keep')}
        </Button>
      )}
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('gone.title')}
        verb={t('gone.really')}
        onConfirm={() => told.mutate({ id, gone: true })}
        isPending={told.isPending}
      >
        <p>{t('gone.text')}</p>
      </Confirm>
    </div>
  );
}

/** How its sender signs, which is changed here too. */
export function SigningCard({ source }: { source: Source }) {
  const t = useWords('sources');
  const [isOpen, setOpen] = useState(false);
  const { signature, signatureHeader, signatureUser } = signingAsked(source.config);
  return (
    <Card title={t('signing.way')}>
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1">
          {t(`signing.way.${signature}`)}
          {signature === 'header' && <code className="ml-2 font-code text-s">{harmless(signatureHeader)}</code>}
          {signature === 'basic' && <code className="ml-2 font-code text-s">{harmless(signatureUser)}</code>}
          {signature !== 'none' && <span className="block text-ink-soft text-s">{t('signing.kept')}</span>}
        </p>
        <Button onPress={() => setOpen(true)}>{t('place.change')}</Button>
      </div>
      {isOpen && <ChangeDialog source={source} onClose={() => setOpen(false)} />}
    </Card>
  );
}

function ChangeDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  const t = useWords('sources');
  const { id, kind, name } = source;
  const [folder, setFolder] = useState(() => folderAsked(source.config));
  const [sql, setSql] = useState(() => sqlAsked(source.config));
  const [signing, setSigning] = useState(() => ({ ...emptySigning, ...signingAsked(source.config) }));
  const [problem, setProblem] = useState<MemberProblem | null>(null);
  const config = kind === 'folder' ? folderConfig(folder) : kind === 'sql' ? sqlConfig(sql) : signingConfig(signing);
  const save = useRelayMutation('sources.change', {
    onSuccess: () => {
      notify({ text: t('place.saved') });
      onClose();
    },
    onError: (failure) => setProblem(configProblem(failure, config) ?? { member: '', message: failure.message }),
  });
  return (
    <Dialog
      isOpen
      wide
      onClose={onClose}
      title={t('place.changeTitle', { name })}
      actions={
        <>
          <Button onPress={onClose}>{t('common:act.cancel')}</Button>
          <Button kind="primary" isPending={save.isPending} onPress={() => save.mutate({ id, config })}>
            {t('common:act.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {kind === 'folder' && <FolderFields asked={folder} onChange={setFolder} problem={problem} />}
        {kind === 'sql' && <SqlFields asked={sql} onChange={setSql} problem={problem} isChange />}
        {kind === 'http' && <SigningFields asked={signing} onChange={setSigning} problem={problem} isChange />}
        {problem !== null && (
          <p role="alert" className="text-bad text-s">
            {problem.message}
          </p>
        )}
        {kind !== 'http' && (
          <Trial
            asked={{ id, config }}
            onProblem={(failure) =>
              setProblem(configProblem(failure, config) ?? { member: '', message: failure.message })
            }
          />
        )}
      </div>
    </Dialog>
  );
}
