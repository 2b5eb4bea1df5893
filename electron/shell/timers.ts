/** The system's timers in the shape that the parts of the desktop take them; a test passes in its own. */

/** Calls `run` once after `delayMs`. @returns cancels it */
export function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/** Calls `run` again and again. @returns ends it */
export function every(intervalMs: number, run: () => void): () => void {
  const timer = setInterval(run, intervalMs);
  return () => clearInterval(timer);
}
