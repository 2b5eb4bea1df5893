import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { calls } from '../../../shared/api.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { FormTextField } from '../../components/FormTextField.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Select } from '../../components/Select.tsx';
import { useWords } from '../../i18n/index.ts';
import { type CallFailure, useRelayMutation } from '../../lib/queries.ts';
import { useSituation } from '../../lib/situation.ts';
import { notify } from '../../lib/toasts.ts';
import { emptyFias, FiasFields, fiasConfig } from './FiasFields.tsx';
import { FolderFields } from './FolderFields.tsx';
import { emptyFolder, folderConfig } from './folder-form.ts';
import { useFreshAccess } from './fresh-access.ts';
import { MoreFields } from './MoreFields.tsx';
import { configProblem, type MemberProblem } from './problems.ts';
import { emptySigning, SigningFields, signingConfig } from './SigningFields.tsx';
import { Script, SqlFields } from './SqlFields.tsx';
import { madeUpPassword, sqlConfig, sqlOfWay } from './sql-form.ts';
import { kindOfWay, type System, systems, type WayName } from './systems.ts';
import { Trial } from './Trial.tsx';
import { WaySteps } from './WaySteps.tsx';

const input = calls['sources.add'].input;
type Values = z.input<typeof input>;

/** Which system it is, by which way it tells, and where that is; its first messages come with the next page. */
export function NewSource() {
  const t = useWords('sources');
  const navigate = useNavigate();
  const { keep } = useFreshAccess();
  const { propertyId } = useSituation();
  const [system, setSystem] = useState<System>(systems[0]);
  const [way, setWay] = useState(system.ways[0]);
  const [madeUp] = useState(madeUpPassword);
  const [fias, setFias] = useState(emptyFias);
  const [folder, setFolder] = useState(emptyFolder);
  const [sql, setSql] = useState(() => sqlOfWay(way, madeUp));
  const [signing, setSigning] = useState(emptySigning);
  const [problem, setProblem] = useState<MemberProblem | null>(null);
  const form = useForm<Values>({ resolver: zodResolver(input), defaultValues: { name: '' } });
  const name = form.watch('name');
  const kind = kindOfWay(way.name);
  const isDraft = way.name !== 'own' && way.name !== 'fias' && way.name !== 'hand';
  const config =
    kind === 'folder'
      ? folderConfig(folder)
      : kind === 'sql'
        ? sqlConfig(sql)
        : kind === 'fias'
          ? fiasConfig(fias)
          : signingConfig(signing);

  function showProblem(failure: CallFailure): void {
    const ofConfig = configProblem(failure, config);
    const { error, message } = failure;
    if (ofConfig === null) {
      form.setError(error.member === 'propertyId' ? 'propertyId' : 'name', { type: 'server', message });
    } else setProblem(ofConfig);
  }
  const add = useRelayMutation('sources.add', {
    onSuccess: (access) => {
      keep(access);
      notify({ text: t(isDraft ? 'new.draftCreated' : 'new.created', { name: access.name }) });
      void navigate(`/sources/${access.id}${way.name === 'hand' ? '/paste' : ''}`, { replace: true });
    },
    onError: showProblem,
  });
  const submit = form.handleSubmit((values) => {
    if (propertyId === null && !values.propertyId) {
      form.setError('propertyId', { type: 'server', message: t('new.propertyNeeded') });
      return;
    }
    setProblem(null);
    add.mutate({
      ...values,
      // The usual kind, and a sender that does not sign, are what a source is where nobody says.
      ...(way.name !== 'own' && { kind }),
      ...((kind !== 'http' || signing.signature !== 'none') && { config }),
      ...(way.shaping && { shaping: way.shaping }),
      ...(isDraft && { draft: true }),
    });
  });
  function chooseSystem(id: string): void {
    const chosen = systems.find((one) => one.id === id) ?? systems[0];
    // A name that nobody typed follows the system.
    if (name === '' || name === system.label) form.setValue('name', chosen.label ?? '');
    setSystem(chosen);
    chooseWay(chosen, chosen.ways[0].name);
  }
  function chooseWay(of: System, name: WayName): void {
    const chosen = of.ways.find((one) => one.name === name) ?? of.ways[0];
    setWay(chosen);
    setSql(sqlOfWay(chosen, madeUp));
    setSigning(emptySigning);
    setProblem(null);
  }
  const labelOf = ({ id, label }: System) =>
    label ??
    t(
      id === 'fias'
        ? 'fias.system'
        : id === 'other'
          ? 'new.systemOther'
          : id === 'hand'
            ? 'new.systemHand'
            : 'new.systemNone',
    );
  /** What was said of the words before does not hold for others. */
  const changed =
    <Asked,>(keep: (asked: Asked) => void) =>
    (asked: Asked) => {
      keep(asked);
      setProblem(null);
    };
  const isAtField = problem !== null && isShown(kind, way.name, problem.member);
  return (
    <>
      <PageHeader title={t('new.title')} />
      <Card className="max-w-3xl">
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          <div className="grid grid-cols-2 items-start gap-3 max-[899px]:grid-cols-1">
            <Select
              label={t('new.system')}
              hint={t('new.systemHint')}
              choices={systems.map((one) => ({ value: one.id, label: labelOf(one) }))}
              value={system.id}
              onChange={chooseSystem}
            />
            {system.ways.length > 1 && (
              <Select
                label={t('new.way')}
                hint={t(`way.hint.${way.name}`)}
                choices={system.ways.map(({ name }) => ({ value: name, label: t(`way.${name}`) }))}
                value={way.name}
                onChange={(name) => chooseWay(system, name)}
              />
            )}
            <FormTextField
              control={form.control}
              name="name"
              label={t('new.name')}
              hint={t('new.nameHint')}
              autoFocus
            />
            <FormTextField
              control={form.control}
              name="propertyId"
              label={t('new.property')}
              hint={propertyId === null ? t('new.propertyHintNone') : t('new.propertyHint', { property: propertyId })}
              emptyMeans="absent"
            />
          </div>
          {kind !== 'http' && (
            <WaySteps
              level={2}
              system={system.label ?? (name.trim() || t('steps.theSystem'))}
              way={way.name}
              preset={way.preset}
              url={t('steps.urlNext')}
              folder={folder.folder.trim() || t('steps.folderBelow')}
            />
          )}
          {kind === 'fias' && <FiasFields asked={fias} onChange={setFias} problem={problem?.message ?? null} />}
          {kind === 'folder' && <FolderFields asked={folder} onChange={changed(setFolder)} problem={problem} />}
          {kind === 'sql' && (
            <SqlFields asked={sql} onChange={changed(setSql)} problem={problem} fixed={way.database}>
              <Script way={way} asked={sql} onChange={changed(setSql)} madeUp={madeUp} />
            </SqlFields>
          )}
          {kind === 'http' && way.name !== 'hand' && (
            <MoreFields label={t('signing.more')} isNeeded={way.signs === true || problem !== null}>
              <SigningFields asked={signing} onChange={changed(setSigning)} problem={problem} />
            </MoreFields>
          )}
          {problem !== null && !isAtField && (
            <p role="alert" className="text-bad text-s">
              {problem.message}
            </p>
          )}
          {(kind === 'folder' || kind === 'sql') && (
            <Trial
              asked={{ kind, config, shaping: way.shaping ?? {} }}
              onProblem={(failure) => {
                setProblem(configProblem(failure, config) ?? { member: '', message: failure.message });
              }}
            />
          )}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" kind="primary" isPending={add.isPending}>
              {t(way.name === 'hand' ? 'new.goOn' : isDraft ? 'new.createDraft' : 'new.create')}
            </Button>
            <ButtonLink to="/sources">{t('common:act.cancel')}</ButtonLink>
          </div>
        </form>
      </Card>
    </>
  );
}

/** Whether a member of the config has a field here. */
function isShown(kind: string, way: WayName, member: string): boolean {
  // The fields of FIAS say it themselves.
  if (kind === 'fias') return true;
  if (kind === 'folder') return member in emptyFolder;
  if (kind === 'http') return member in emptySigning;
  const ofTable = ['table', 'keyColumn', 'changedColumn'].includes(member);
  return ofTable ? way === 'table' : ['host', 'port', 'database', 'user', 'password', 'ca', 'file'].includes(member);
}
