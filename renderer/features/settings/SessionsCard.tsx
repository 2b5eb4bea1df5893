import { browserName } from '../../../shared/browser-name.ts';
import { harmless } from '../../../shared/harmless.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';

/** Where the window runs in a browser: every browser that may use it, each of which can be signed out. */
export function SessionsCard() {
  const t = useWords('settings');
  const { time } = useFormats();
  const sessions = useRelayQuery('sessions.list', {}).data ?? [];
  const end = useRelayMutation('sessions.end', { onError: ({ message }) => notify({ text: message, tone: 'bad' }) });
  if (sessions.length === 0) return null;
  return (
    <Card title={t('sessions.title')}>
      <p className="mb-3 text-ink-soft">{t('sessions.hint')}</p>
      <Table label={t('sessions.title')}>
        <thead>
          <tr>
            <Th>{t('sessions.browser')}</Th>
            <Th>{t('sessions.since')}</Th>
            <Th>
              <span className="whitespace-nowrap">{t('sessions.used')}</span>
            </Th>
            <Th>
              <span className="sr-only">{t('sessions.end')}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, browser, openedAt, usedAt }) => (
            <tr key={id}>
              <Td className="w-full break-words">
                <bdi title={harmless(browser)}>{browserName(browser)}</bdi>
              </Td>
              <Td>{time(openedAt)}</Td>
              <Td>{time(usedAt)}</Td>
              <Td number>
                <Button className="whitespace-nowrap" onPress={() => end.mutate({ id })}>
                  {t('sessions.end')}
                </Button>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
