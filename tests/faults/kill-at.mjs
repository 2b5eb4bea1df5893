// Loaded before an engine process that is to be killed at a certain step of its work: KILL_AT is what the step says of
// itself (`rename FROM TO`, `pragma TEXT`), as a regular expression; KILL_AT_NTH which one of these. It is a kill -9 like
// any other, from inside, since such a step is over in microseconds. KILL_MARK names the file that tells it.
import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);
const fs = require('node:fs');
const BetterSqlite3 = require('better-sqlite3');
const at = new RegExp(process.env.KILL_AT ?? '$never');
let left = Number(process.env.KILL_AT_NTH ?? 1);

function step(text) {
  if (!at.test(text)) return;
  left -= 1;
  if (left > 0) return;
  fs.writeFileSync(process.env.KILL_MARK, text);
  process.kill(process.pid, 'SIGKILL');
  // The signal is there before anything else is done.
  for (;;);
}

const rename = fs.renameSync;
fs.renameSync = (from, to) => {
  step(`rename ${from} ${to}`);
  rename(from, to);
  step(`renamed ${from} ${to}`);
};
syncBuiltinESMExports();

const pragma = BetterSqlite3.prototype.pragma;
BetterSqlite3.prototype.pragma = function told(text, ...more) {
  step(`pragma ${text}`);
  return pragma.call(this, text, ...more);
};
