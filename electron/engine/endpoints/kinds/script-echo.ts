/** Where Google Apps Script keeps what `doPost` answered, and redirects a POST to once the script has run. */
import { type HeaderPairs, headerValue } from '../../evidence/evidence.ts';

/** Where the answer of `doPost` is fetched; null where the redirect leads anywhere else. */
export function echoOf(status: number, headers: HeaderPairs): string | null {
  const to = status === 302 ? redirectOf(headers) : null;
  const isEcho =
    to?.protocol === 'https:' &&
    to.hostname === 'script.googleusercontent.com' &&
    to.port === '' &&
    to.username === '' &&
    to.pathname === '/macros/echo';
  return isEcho ? to.href : null;
}

export function redirectOf(headers: HeaderPairs): URL | null {
  const location = headerValue(headers, 'location');
  return location !== null && URL.canParse(location) ? new URL(location) : null;
}
