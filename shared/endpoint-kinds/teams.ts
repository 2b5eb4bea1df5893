/** A Teams channel, by a workflow of Power Automate that waits for a request. */
import { sentence } from '../sentences/sentence.ts';
import { chatKind, onePer } from './chat.ts';
import { type AddressLint, halfAddress, isUnder, receiver } from './kind.ts';

const connectors = ['webhook.office.com', 'outlook.office.com', 'outlook.office365.com'];

/** An Office 365 connector: Microsoft switches them off, and each answers 200 to whatever becomes of a message. */
const retired: AddressLint = {
  name: 'retired_connector',
  isFound: ({ hostname }) => isUnder(hostname, connectors),
  asks: sentence('problem.retired_connector'),
};

const flows = ['logic.azure.com', 'api.powerplatform.com'];

/** A link to a channel, or an address that starts no workflow. */
const noWorkflow: AddressLint = {
  name: 'teams_address',
  isFound: ({ hostname, pathname }) =>
    hostname === 'teams.microsoft.com' ||
    hostname === 'teams.live.com' ||
    isUnder(hostname, ['make.powerautomate.com', 'flow.microsoft.com']) ||
    (isUnder(hostname, flows) && !pathname.includes('/workflows/')),
  asks: sentence('problem.teams_address'),
};

/** Its signature stands last: without it nobody may start the workflow. */
const unsigned = halfAddress(
  'teams_half',
  'Teams',
  'https://….logic.azure.com/workflows/…&sig=…',
  ({ hostname, pathname, searchParams }) =>
    isUnder(hostname, flows) && pathname.includes('/workflows/') && !searchParams.get('sig'),
);

// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
const limitBytes = 28 * 1024;

export const teams = chatKind({
  name: 'teams',
  receivers: [receiver('Teams', connectors, { limitBytes }), receiver('Power Automate', flows, { limitBytes })],
  usual: onePer(2),
  lints: [retired, noWorkflow, unsigned],
  words: { name: 'endpoint_kind.teams' },
});
