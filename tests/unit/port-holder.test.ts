import { describe, expect, test } from 'vitest';
import { listenerIn, onWindows } from '../../electron/engine/intake/port-holder.ts';

/** What Windows' programs print, in German too, since their words are in the language of the PC: no Windows is here. */
const netstat = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN          1044
  TCP    127.0.0.1:4780         127.0.0.1:50123        HERGESTELLT      9999
  TCP    127.0.0.1:4780         0.0.0.0:0              ABHÖREN          5120
  TCP    [::]:4782              [::]:0                 ABHÖREN          4
`;
const tasklist = (pid: string, session: string) => `"Roost Relay.exe","${pid}","Console","${session}","112,340 K"\r\n`;
const people = ` USERNAME              SESSIONNAME        ID  STATE   IDLE TIME  LOGON TIME
>ana                   console             2  Active      none   11/28/2026 7:02 AM
 maría peña                                3  Disc        10:04  11/27/2026 9:41 PM
`;

const printing = (answers: Record<string, string>) => (command: string) => {
  const [, answer] = Object.entries(answers).find(([begins]) => command.startsWith(begins)) ?? [];
  return answer === undefined ? Promise.reject(new Error(command)) : Promise.resolve(answer);
};

describe('who has a port, on Windows', () => {
  test('the program, and who sits at its session', async () => {
    const run = printing({ netstat, tasklist: tasklist('5120', '3'), query: people });
    expect(await onWindows(4780, run)).toEqual({ program: 'Roost Relay.exe', account: 'maría peña' });
    const own = printing({ netstat, tasklist: tasklist('5120', '2'), query: people });
    expect(await onWindows(4780, own)).toEqual({ program: 'Roost Relay.exe', account: 'ana' });
  });

  test('a service has no person; an edition without `query` tells the program alone', async () => {
    const service = printing({ netstat, tasklist: tasklist('4', '0'), query: people });
    expect(await onWindows(4782, service)).toEqual({ program: 'Roost Relay.exe', account: null });
    const home = printing({ netstat, tasklist: tasklist('5120', '3') });
    expect(await onWindows(4780, home)).toEqual({ program: 'Roost Relay.exe', account: null });
  });

  test('where nothing is found, nothing is said', async () => {
    const none = { program: null, account: null };
    expect(await onWindows(4999, printing({ netstat }))).toEqual(none);
    const gone = printing({ netstat, tasklist: 'INFO: No tasks are running which match the specified criteria.\r\n' });
    expect(await onWindows(4780, gone)).toEqual(none);
  });
});

test('on Linux the table of sockets tells the account of what listens, and of nothing else', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:12AC 0100007F:C3CB 01 00000000:00000000 00:00000000 00000000     0        0 111 1
   1: 0100007F:12AC 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 222 1`;
  expect(listenerIn(table, 4780)).toEqual({ uid: '1000', inode: '222' });
  expect(listenerIn(table, 4781)).toBeNull();
});
