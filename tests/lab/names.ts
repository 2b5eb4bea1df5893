/** A name server in a few lines: answers one question for A or AAAA out of a table, as RFC 1035 writes it. */
import { isIPv4 } from 'node:net';

/** Addresses of a name; undefined where there is no such name. */
export type AddressesOf = (name: string) => readonly string[] | undefined;

const recordTypes = { a: 1, aaaa: 28 } as const;
const answerFlags = 0x8180;
const noSuchName = 3;

/** @returns the answer to a packet; null where it is no question that can be read */
export function answerQuestion(packet: Buffer, addressesOf: AddressesOf): Buffer | null {
  const question = readQuestion(packet);
  if (question === null) return null;
  const { name, type, end } = question;
  const addresses = addressesOf(name);
  const wanted =
    type === recordTypes.a ? isIPv4 : type === recordTypes.aaaa ? (one: string) => !isIPv4(one) : () => false;
  const records = (addresses ?? []).filter(wanted).map((address) => recordOf(type, address));
  const header = Buffer.alloc(12);
  packet.copy(header, 0, 0, 2);
  header.writeUInt16BE(answerFlags | (addresses === undefined ? noSuchName : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, packet.subarray(12, end), ...records]);
}

function readQuestion(packet: Buffer): { readonly name: string; readonly type: number; readonly end: number } | null {
  if (packet.length < 17 || packet.readUInt16BE(4) !== 1) return null;
  const labels: string[] = [];
  let at = 12;
  for (let length = packet[at]; length; length = packet[at]) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
    if (at + 5 > packet.length) return null;
  }
  return { name: labels.join('.').toLowerCase(), type: packet.readUInt16BE(at + 1), end: at + 5 };
}

/** Of the name that was asked for, believed for no time at all. */
function recordOf(type: number, address: string): Buffer {
  const data = type === recordTypes.a ? Buffer.from(address.split('.').map(Number)) : addressBytes(address);
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(type, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([record, data]);
}

function addressBytes(address: string): Buffer {
  const [before = '', after = ''] = address.split('::');
  const groups = (text: string): number[] =>
    text.split(':').flatMap((one) => (one === '' ? [] : [Number.parseInt(one, 16)]));
  const [head, tail] = [groups(before), groups(after)];
  const all = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
  const bytes = Buffer.alloc(16);
  for (const [index, group] of all.entries()) bytes.writeUInt16BE(group, index * 2);
  return bytes;
}
