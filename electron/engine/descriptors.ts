/** How many files and sockets this process may have open: usually thousands, on a small or shared machine few. */

/** What the engine's own work has open: database, log, threads, listeners. */
const ownDescriptors = 48;

/**
 * What is left beside the engine's own work, halved: one half for who comes in, one for what goes out.
 * @param descriptors that this process may have open
 */
export const halfOfTheRest = (descriptors: number): number => Math.floor((descriptors - ownDescriptors) / 2);

/** Infinite where there is no such limit, as on Windows. */
export function descriptorLimit(): number {
  if (process.report === undefined) return Number.POSITIVE_INFINITY;
  // Interfaces are asked for their names otherwise, which may take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: unknown } } };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}
