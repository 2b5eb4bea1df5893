/** Headers between the command line and the engine. */

/** Names the run of the engine that answers: a program that took the port over cannot. */
export const bootHeader = 'x-roost-relay-boot';
/** The id that an emitted event is to have, so that it can be spooled under the same one if the engine goes away. */
export const eventIdHeader = 'x-roost-relay-event-id';
