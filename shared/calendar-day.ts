/** Whether a text begins with a day that calendars have, as `2024-03-20`: the 31st of February is none, whatever a clock makes of it. */
export function beginsWithDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? '';
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === day;
}
