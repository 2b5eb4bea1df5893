/** What stands in a log for a value that is never stored. */
export const maskedValue = '••••••';
