/** Receivers that many properties use: what people call them, and what is known of their limits. */

export interface KnownService {
  readonly name: string;
  /** Largest message that it takes, in bytes; null where it names none. */
  readonly limitBytes: number | null;
  /** Its addresses hold the permission themselves: when refused, a new address is needed, not a password. */
  readonly addressIsKey: boolean;
}

const hostsOf: readonly (readonly [KnownService, readonly string[]])[] = [
  [service('Slack'), ['hooks.slack.com']],
  [service('Zapier'), ['hooks.zapier.com']],
  [service('Make.com'), ['make.com', 'integromat.com']],
  // https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
  [service('Teams', 28 * 1024), ['webhook.office.com', 'outlook.office.com', 'outlook.office365.com']],
  [service('Power Automate'), ['logic.azure.com', 'api.powerplatform.com']],
  [service('n8n'), ['n8n.cloud']],
  [service('Discord'), ['discord.com', 'discordapp.com']],
  [service('Google Chat', 32_000), ['chat.googleapis.com']],
  [service('Google Apps Script'), ['script.google.com']],
  [service('IFTTT'), ['maker.ifttt.com']],
  [service('Pipedream'), ['pipedream.net']],
  [service('Airtable'), ['hooks.airtable.com']],
  [service('Workato'), ['workato.com']],
  [service('Pabbly'), ['connect.pabbly.com']],
  [service('Webhook.site'), ['webhook.site']],
  [service('ngrok', null, false), ['ngrok.io', 'ngrok.app', 'ngrok-free.app', 'ngrok-free.dev']],
];

function service(name: string, limitBytes: number | null = null, addressIsKey = true): KnownService {
  return { name, limitBytes, addressIsKey };
}

/** A property has a handful of hosts, and each is asked for at every attempt. */
const asked = new Map<string, KnownService | null>();
const mostAsked = 100;

/** The service that a host belongs to, itself or as a subdomain; null where it is none that we know. */
export function knownService(host: string): KnownService | null {
  let known = asked.get(host);
  if (known !== undefined) return known;
  known = findService(host);
  if (asked.size >= mostAsked) asked.clear();
  asked.set(host, known);
  return known;
}

function findService(host: string): KnownService | null {
  const lower = host.toLowerCase().replace(/\.$/, '');
  for (const [known, hosts] of hostsOf) {
    if (hosts.some((domain) => lower === domain || lower.endsWith(`.${domain}`))) return known;
  }
  return null;
}

/** n8n's address of a workflow that is being tried out: it listens for two minutes after a click, then answers 404. */
export const isTestAddress = (address: string): boolean => /\/webhook-test\//i.test(new URL(address).pathname);
