// Loaded before an engine process: its wall clock is moved by what the signal says, in days, and what it does every minute
// it does every second.
const dayMs = 86_400_000;
const Real = Date;
let movedMs = 0;
globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + movedMs);
    else super(...given);
  }
  static now() {
    return Real.now() + movedMs;
  }
};
process.on('SIGUSR2', () => {
  movedMs = 400 * dayMs;
});
process.on('SIGWINCH', () => {
  movedMs = -400 * dayMs;
});
process.on('SIGCONT', () => {
  movedMs = 0;
});
const realTimeout = setTimeout;
globalThis.setTimeout = Object.assign(
  (run, delayMs, ...given) => realTimeout(run, delayMs === 60_000 ? 1_000 : delayMs, ...given),
  realTimeout,
);
