/** Where a folder source moves its files once they were read, within its folder. */
export const processedFolder = 'processed';
export const rejectedFolder = 'rejected';
