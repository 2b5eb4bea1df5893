/** A receiver as a process: says where it is on the first line, then writes a line for each request. */
import { startReceiver } from '../../support/receiver.ts';

const address = process.argv[2] ?? '127.0.0.1';
const { url, caPem, answerWith } = await startReceiver({ address, hosts: [address] });
answerWith(({ path }) => {
  console.log(path);
  return { status: 200 };
});
console.log(JSON.stringify({ url, caPem }));
