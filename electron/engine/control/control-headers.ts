/** Headers between the command line and the engine. */

/** Names the run of the engine that answers: a program that took the port over cannot. */
export const bootHeader = 'x-roost-relay-boot';
