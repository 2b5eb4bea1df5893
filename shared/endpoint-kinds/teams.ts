/** A Teams channel, by a workflow of Power Automate that waits for a request. */
import { sentence } from '../sentences/sentence.ts';
import { chatKind, onePer } from './chat.ts';
import { type AddressLint, receiver } from './kind.ts';

const connectors = ['webhook.office.com', 'outlook.office.com', 'outlook.office365.com'];

/** An Office 365 connector: Microsoft switches them off, and each answers 200 to whatever becomes of a message. */
const retired: AddressLint = {
  name: 'retired_connector',
  isFound: ({ hostname }) => connectors.some((host) => hostname === host || hostname.endsWith(`.${host}`)),
  asks: sentence('problem.retired_connector'),
};

// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
const limitBytes = 28 * 1024;

export const teams = chatKind({
  name: 'teams',
  receivers: [
    receiver('Teams', connectors, { limitBytes }),
    receiver('Power Automate', ['logic.azure.com', 'api.powerplatform.com'], { limitBytes }),
  ],
  usual: onePer(2),
  lints: [retired],
  words: { name: 'endpoint_kind.teams' },
});
