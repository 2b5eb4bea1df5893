/** The engine's own log, for the IT helper: JSON lines in the data folder, two files of at most 10 MB. */
import { join } from 'node:path';
import pino from 'pino';
import { harmlessJson } from '../shared/harmless.ts';
import { openRollingFile } from './rolling-file.ts';

const largestBytes = 10 * 1024 * 1024;

export function openLogFile(folder: string): pino.Logger {
  const destination = openRollingFile({
    file: join(folder, 'logs', 'relay.log'),
    largestBytes,
    lostLine: (lines) =>
      `${JSON.stringify({ level: 40, time: new Date().toISOString(), lines, msg: 'lines of this log were lost' })}\n`,
  });
  // JSON escapes what moves a terminal's cursor, but not C1 controls and marks that turn the direction of text.
  const harmless = { write: (line: string) => destination.write(harmlessJson(line)) };
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, harmless);
}
