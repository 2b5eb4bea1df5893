/** Asks again until it is so, for some seconds of real time at most. */
export async function until<Value>(
  ask: () => Value | Promise<Value>,
  good: (value: Value) => boolean,
  withinMs = 15_000,
): Promise<Value> {
  const endsAt = performance.now() + withinMs;
  for (;;) {
    const value = await ask();
    if (good(value)) return value;
    if (performance.now() > endsAt) throw new Error(`not within ${withinMs} ms: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
