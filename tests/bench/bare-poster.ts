/** Entry of the process that posts without a database; tells its parent how many a second it made. */
import { barePosts } from './bare.ts';

const { urls, events } = JSON.parse(process.argv[2] ?? '{}') as { urls: string[]; events: number };
process.send?.(await barePosts(urls, events, 50));
