/** A text or a file is handed in by hand: seen as events first, kept from whoever must not get it, then taken in. */
import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { DropZone, type FileDropItem, FileTrigger, isFileDropItem } from 'react-aria-components';
import { useParams } from 'react-router';
import { harmless } from '../../../shared/harmless.ts';
import type { Endpoint, HandedInBefore, PastedMessages, Source } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { charsetGuess, formSaid, type TextCharset } from '../../../shared/source-kinds/file-form.ts';
import { textOfBytes } from '../../../shared/source-kinds/file-text.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Select } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { Becomes } from './Becomes.tsx';
import { charsetChoices } from './folder-form.ts';
import { Gone } from './Gone.tsx';

export function PastePage() {
  const { id } = useParams();
  const sources = useRelayQuery('sources.list', {});
  if (sources.isError) return <Failed error={sources.error} again={() => void sources.refetch()} />;
  if (!sources.data) return <Loading />;
  const source = sources.data.find((one) => one.id === id);
  return source ? <Paste source={source} /> : <Gone />;
}

/** What is handed in, and what it is called where it is kept. */
interface Handed {
  readonly text: string;
  /** Null: it was typed or pasted. */
  readonly file: HandedFile | null;
}

interface HandedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** As a person chose it. */
  readonly chosen: CharsetChoice;
  /** What its text was read as; null where it cannot be, or somebody has changed it since. */
  readonly charset: TextCharset | null;
  /** What stands in the field is somebody's own. */
  readonly isEdited: boolean;
}

type CharsetChoice = (typeof charsetChoices)[number];

/** Most bytes of a file that is handed in by hand; larger ones belong into the folder of a source. */
const mostHandedIn = 900_000;

const nothing: Handed = { text: '', file: null };

function Paste({ source }: { source: Source }) {
  const t = useWords('sources');
  const say = useSay();
  const { number } = useFormats();
  // A draft gets nothing anyway.
  const endpoints = (useRelayQuery('endpoints.list', {}).data ?? []).filter(({ state }) => state !== 'draft');
  const [handed, setHanded] = useState(nothing);
  const [notTo, setNotTo] = useState<readonly Endpoint['id'][]>([]);
  const [problem, setProblem] = useState<string>();
  /** What was looked at; another text has to be looked at anew. */
  const [seen, setSeen] = useState<PastedMessages | null>(null);
  const [result, setResult] = useState<PastedMessages | null>(null);
  const paste = useRelayMutation('sources.paste', {
    onSuccess: (pasted) => (pasted.isTaken ? setResult(pasted) : setSeen(pasted)),
    onError: ({ message }) => setProblem(message),
  });
  const hand = (next: Handed) => {
    setHanded(next);
    setSeen(null);
    setProblem(undefined);
  };
  const ask = (preview: boolean, confirmed = false) => {
    setProblem(undefined);
    const { text, file } = handed;
    paste.mutate({
      id: source.id,
      text,
      preview,
      notTo: [...notTo],
      confirmed,
      ...(file === null ? {} : { name: file.name.slice(-200) }),
    });
  };
  async function take(file: File): Promise<void> {
    if (file.size > mostHandedIn) {
      hand(nothing);
      setProblem(t('paste.tooLarge', { name: file.name, most: number(mostHandedIn / 1_000) }));
      return;
    }
    read(file.name, new Uint8Array(await file.arrayBuffer()), 'auto');
  }
  function read(name: string, bytes: Uint8Array, chosen: CharsetChoice): void {
    const told = textOfBytes(bytes, chosen === 'auto' ? null : chosen);
    const found = told === null || 'mixed' in told ? null : told;
    hand({ text: found?.text ?? '', file: { name, bytes, chosen, charset: found?.charset ?? null, isEdited: false } });
    if (told !== null && 'mixed' in told) setProblem(say(sentence('file.mixed_charsets', told.mixed)));
    else if (told === null) setProblem(t('paste.notCharset', { name: harmless(name) }));
  }
  const receivers = endpoints.filter(({ id }) => !notTo.includes(id));
  if (result !== null) {
    return (
      <Done
        source={source}
        result={result}
        isNarrowed={notTo.length > 0}
        again={() => {
          hand(nothing);
          setResult(null);
        }}
      />
    );
  }
  return (
    <>
      <PageHeader title={t('paste.title', { name: source.name })} note={t('paste.note')} />
      <div className="flex flex-col gap-4.5">
        <Card>
          <div className="flex flex-col gap-4">
            {source.draft && <Banner tone="wait">{t('paste.draft')}</Banner>}
            <DropZone
              aria-label={t('paste.drop')}
              onDrop={({ items }) => {
                const dropped = items.find((item): item is FileDropItem => isFileDropItem(item));
                if (dropped) void dropped.getFile().then(take);
              }}
              className="flex flex-wrap items-center gap-3 rounded-m border border-line-strong border-dashed px-3 py-3 data-[drop-target]:bg-sunken"
            >
              <FileTrigger
                acceptedFileTypes={['.csv', '.json', '.ndjson', '.xml', '.txt']}
                onSelect={(chosen) => {
                  const file = chosen?.[0];
                  if (file) void take(file);
                }}
              >
                <Button icon={FileUp}>{t('paste.choose')}</Button>
              </FileTrigger>
              <span className="min-w-0 text-ink-soft wrap-anywhere">
                {handed.file === null ? t('paste.orDrop') : harmless(handed.file.name)}
              </span>
            </DropZone>
            {handed.file !== null && !handed.file.isEdited && <FileCharset file={handed.file} onChoose={read} />}
            <TextField
              label={t('paste.text')}
              hint={t('paste.textHint')}
              value={handed.text}
              onChange={(text) =>
                hand({ text, file: handed.file && { ...handed.file, charset: null, isEdited: true } })
              }
              error={problem}
              rows={8}
              code
            />
            <NotTo endpoints={endpoints} chosen={notTo} onChange={setNotTo} />
            <div className="flex flex-wrap gap-2">
              <Button
                kind={seen === null ? 'primary' : 'plain'}
                isDisabled={handed.text.trim() === ''}
                isPending={paste.isPending && seen === null}
                onPress={() => ask(true)}
              >
                {t('paste.look')}
              </Button>
              <ButtonLink to={`/sources/${source.id}`}>{t('common:act.cancel')}</ButtonLink>
            </div>
          </div>
        </Card>
        {seen !== null && (
          <Card title={t('paste.becomes')}>
            <div className="flex flex-col gap-4">
              <div role="status" className="flex flex-wrap items-center gap-3 rounded-m bg-wait-wash px-3 py-2">
                <p className="min-w-0 flex-1">
                  {t('paste.found', { count: seen.found, shown: number(seen.rows.length) })}{' '}
                  {receivers.length === 0
                    ? t('paste.toNone')
                    : t('paste.to', { names: receivers.map(({ name }) => name).join(', ') })}
                </p>
                <Button
                  kind={seen.before === null ? 'primary' : 'plain'}
                  isPending={paste.isPending}
                  onPress={() => ask(false, seen.before !== null)}
                >
                  {seen.taken < seen.found
                    ? t(seen.before === null ? 'paste.takeSome' : 'paste.takeSomeAgain', {
                        taken: number(seen.taken),
                        found: number(seen.found),
                      })
                    : t(seen.before === null ? 'paste.takeIn' : 'paste.takeInAgain', { count: seen.found })}
                </Button>
              </div>
              {seen.taken < seen.found && (
                <p>
                  {t('paste.rest', {
                    kept: number(seen.kept),
                    ignored: number(seen.ignored),
                    duplicates: number(seen.duplicates),
                  })}
                </p>
              )}
              <p className="text-ink-soft wrap-anywhere">{say(formOf(handed.file, seen))}</p>
              {seen.before !== null && <CameBefore source={source} before={seen.before} />}
              <ol className="flex flex-col gap-4" aria-label={t('paste.becomes')}>
                {seen.rows.map((row, i) => (
                  // Rows of one text may be the same.
                  // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole
                  <li key={i}>
                    <Becomes row={row} number={i + 1}>
                      {harmless(row.origin)}
                    </Becomes>
                  </li>
                ))}
              </ol>
            </div>
          </Card>
        )}
      </div>
    </>
  );
}

/** In which character set a file was read, and another one where that was guessed wrong. */
function FileCharset(props: {
  file: HandedFile;
  onChoose: (name: string, bytes: Uint8Array, chosen: CharsetChoice) => void;
}) {
  const t = useWords('sources');
  const say = useSay();
  const { name, bytes, chosen, charset } = props.file;
  const guess = charsetGuess(chosen === 'auto' ? null : chosen, charset);
  return (
    <div className="flex flex-col gap-2">
      <Select
        label={t('folder.charset')}
        choices={charsetChoices.map((value) => ({
          value,
          label:
            value === 'auto' && charset !== null
              ? t('paste.charsetFound', { charset: charset.toUpperCase() })
              : t(`folder.form.${value}`),
        }))}
        value={chosen}
        onChange={(value) => props.onChoose(name, bytes, value)}
      />
      {guess !== null && <Banner tone="wait">{say(guess)}</Banner>}
    </div>
  );
}

/** "bookings.csv is CSV in UTF-8; what stands between its cells: semicolon." */
const formOf = (file: HandedFile | null, { form }: PastedMessages) =>
  formSaid(file?.name ?? '', { ...form, charset: file?.charset ?? null });

/** The same rows came already: what receivers would get twice, and where those are that no event could be made of. */
function CameBefore({ source, before }: { source: Source; before: HandedInBefore }) {
  const t = useWords('sources');
  const { time } = useFormats();
  const { name, at, kept } = before;
  return (
    <Banner tone="bad">
      {t('paste.cameBefore', { name: harmless(name), at: time(at) })}{' '}
      {kept > 0 && <TextLink to={`/sources/${source.id}`}>{t('paste.keptOfIt', { count: kept })}</TextLink>}
    </Banner>
  );
}

/** A door lock must not open for what was long ago: who gets nothing of it. */
function NotTo(props: {
  endpoints: readonly Endpoint[];
  chosen: readonly Endpoint['id'][];
  onChange: (chosen: readonly Endpoint['id'][]) => void;
}) {
  const t = useWords('sources');
  const { endpoints, chosen, onChange } = props;
  if (endpoints.length === 0) return null;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-s">{t('paste.notTo')}</legend>
      <p className="text-ink-faint text-s">{t('paste.notToHint')}</p>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {endpoints.map(({ id, name }) => (
          <Checkbox
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id))}
          >
            {harmless(name)}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}

/** What became of it; what was kept is opened where kept messages are. */
function Done(props: { source: Source; result: PastedMessages; isNarrowed: boolean; again: () => void }) {
  const { source, result, isNarrowed, again } = props;
  const t = useWords('sources');
  const { number } = useFormats();
  const { taken, duplicates, ignored, kept } = result;
  const counts = [
    [t('paste.taken'), taken],
    [t('paste.duplicates'), duplicates],
    [t('paste.ignored'), ignored],
    [t('paste.kept'), kept],
  ] as const;
  return (
    <>
      <PageHeader title={t('paste.title', { name: source.name })} />
      <Card title={t('paste.done')} className="max-w-xl">
        <div className="flex flex-col gap-3">
          <Banner tone={kept > 0 ? 'wait' : 'fine'}>
            {kept > 0 ? t('paste.someKept', { count: kept }) : t('paste.allThere')}
          </Banner>
          {kept > 0 && isNarrowed && <Banner tone="still">{t('paste.keptFromThem')}</Banner>}
          <dl>
            {counts.map(([term, count]) => (
              <div key={term} className="flex justify-between gap-3 border-line border-t py-2">
                <dt className="text-ink-soft">{term}</dt>
                <dd className="font-medium">{number(count)}</dd>
              </div>
            ))}
          </dl>
          <div className="flex flex-wrap gap-2">
            <ButtonLink to={`/sources/${source.id}`} kind="primary">
              {t(kept > 0 ? 'paste.showKept' : 'paste.back', { name: source.name })}
            </ButtonLink>
            <ButtonLink to={`/events?source=${source.id}`}>{t('detail.events')}</ButtonLink>
            <Button onPress={again}>{t('paste.again')}</Button>
          </div>
        </div>
      </Card>
    </>
  );
}
