/** A web app of Google Apps Script: `doPost` gets the body and no header. https://developers.google.com/apps-script/guides/web */
import { sentence } from '../sentences/sentence.ts';
import { type AddressLint, likeWebhook, receiver } from './kind.ts';

const host = 'script.google.com';

/** For whoever writes the script, signed in: nobody else reaches it. */
const devAddress: AddressLint = {
  name: 'apps_script_dev',
  isFound: ({ hostname, pathname }) => hostname === host && /\/dev\/?$/.test(pathname),
  asks: sentence('problem.apps_script_dev'),
};

/** A page of its editor. */
const noWebApp: AddressLint = {
  name: 'apps_script_address',
  isFound: ({ hostname, pathname }) => hostname === host && !/\/s\/[^/]+\/(?:exec|dev)\/?$/.test(pathname),
  asks: sentence('problem.apps_script_address'),
};

/** Where a browser was sent on to from the right address: its script has run by then. */
const echoHost = 'script.googleusercontent.com';
const echo: AddressLint = {
  name: 'apps_script_echo',
  isFound: ({ hostname }) => hostname === echoHost,
  asks: sentence('problem.apps_script_echo'),
};

/** Where a browser ends that is sent to a script which is not for anyone. */
const forFew: AddressLint = {
  name: 'apps_script_sign_in',
  isFound: ({ hostname, search }) => hostname === 'accounts.google.com' && search.includes(host),
  asks: sentence('problem.apps_script_sign_in'),
};

/** What people mean who would have events in a Google Sheet. */
const inDocument: AddressLint = {
  name: 'document_address',
  isFound: ({ hostname }) => hostname === 'docs.google.com' || hostname === 'sheets.google.com',
  asks: sentence('problem.document_address'),
};

export const appsScript = likeWebhook({
  name: 'apps_script',
  receivers: [receiver('Google Apps Script', [host])],
  // A script runs 30 at once for an account, and those of people are among them.
  usual: { limits: { inFlight: 2, perSecond: 5 } },
  hasOwnHosts: true,
  unverified: 'endpoint_kind.apps_script.unverified',
  isTold: ({ hostname }) => hostname === echoHost,
  lints: [devAddress, noWebApp, echo, forFew, inDocument],
  words: { name: 'endpoint_kind.apps_script' },
});
