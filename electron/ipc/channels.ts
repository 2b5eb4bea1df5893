/** The two channels between window and main process; nothing else crosses. */
export const callChannel = 'relay:call';
export const pushChannel = 'relay:push';
