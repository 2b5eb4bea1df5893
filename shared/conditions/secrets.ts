/** Conditions of the vault: secrets that cannot be read, and a wrapping that is no real protection. */
import type { ConditionProvider } from './condition.ts';
import { endpointPath } from './endpoint.ts';
import { incident, label, say, sayCount } from './wording.ts';

/** Endpoints whose secret has to be entered again; while all are locked, trying again may be enough. */
export const secretsUnreadable: ConditionProvider = {
  kind: 'secrets_unreadable',
  present({ vault, endpoints }) {
    const affected = endpoints.filter(({ unreadable }) => unreadable.length > 0);
    const [first] = affected;
    const state = vault.state === 'locked' || vault.state === 'no_key' ? vault.state : 'unreadable';
    if (state === 'unreadable' && vault.unreadable === 0) return [];
    const path = affected.length === 1 && first ? endpointPath(first.id) : '/endpoints';
    return [
      {
        id: incident('secrets_unreadable'),
        kind: 'secrets_unreadable',
        tone: 'bad',
        since: null,
        title: say('secrets_unreadable', `title.${state}`),
        meaning: sayCount('secrets_unreadable', 'meaning', affected.length),
        step: say('secrets_unreadable', `step.${state}`),
        turn: 'it_helper',
        actions: [{ label: label('enter_secrets'), does: { go: path } }],
        path,
        toasts: true,
        about: null,
      },
    ];
  },
  over: () => say('secrets_unreadable', 'over'),
};

export const vaultPlain: ConditionProvider = {
  kind: 'vault_plain',
  present: ({ vault }) =>
    vault.state === 'plain'
      ? [
          {
            id: 'vault_plain',
            kind: 'vault_plain',
            tone: 'wait',
            since: null,
            title: say('vault_plain', 'title'),
            meaning: say('vault_plain', 'meaning'),
            step: say('vault_plain', 'step'),
            turn: 'it_helper',
            actions: [],
            path: '/settings',
            toasts: false,
            about: null,
          },
        ]
      : [],
};
