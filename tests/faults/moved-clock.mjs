// Loaded before an engine process: its wall clock is moved by what the signal says, by 400 days or CLOCK_MOVES_MS, and
// what it does every minute it does every second. With CLOCK_AHEAD_MS it starts with a clock that is wrong already.
const dayMs = 86_400_000;
const Real = Date;
const byMs = Number(process.env.CLOCK_MOVES_MS ?? 400 * dayMs);
let movedMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);
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
  movedMs = byMs;
});
process.on('SIGWINCH', () => {
  movedMs = -byMs;
});
process.on('SIGCONT', () => {
  movedMs = 0;
});
const realTimeout = setTimeout;
globalThis.setTimeout = Object.assign(
  (run, delayMs, ...given) => realTimeout(run, delayMs === 60_000 ? 1_000 : delayMs, ...given),
  realTimeout,
);
