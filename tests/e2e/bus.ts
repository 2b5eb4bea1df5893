/**
 * A peer on a D-Bus that owns a name, answers calls and sends signals: enough of the wire protocol to stand in
 * for a service of the system. https://dbus.freedesktop.org/doc/dbus-specification.html
 */
import { createConnection, type Socket } from 'node:net';

export interface BusCall {
  readonly interface: string;
  readonly member: string;
  /** Texts and numbers of the body, in order; what is neither is left out. */
  readonly args: readonly (string | number)[];
}

/** A body: its signature (of `s`, `o`, `u`, `b`) and as many values. */
export interface BusBody {
  readonly signature: string;
  readonly values: readonly (string | number | boolean)[];
}

export interface BusPeer extends Disposable {
  /** All calls that came, oldest first. */
  readonly calls: readonly BusCall[];
  signal(path: string, interfaceName: string, member: string, body: BusBody): void;
}

/**
 * @param address e.g. `unix:path=/run/bus,guid=…`, as `DBUS_SESSION_BUS_ADDRESS` holds it
 * @param answer what a call is answered with; null: as a service answers that has no such method
 */
export async function ownBusName(
  address: string,
  name: string,
  answer: (call: BusCall) => BusBody | null,
): Promise<BusPeer> {
  const socket = await connectTo(address);
  const calls: BusCall[] = [];
  const answers = new Map<number, (type: number) => void>();
  let serial = 0;
  let pending = Buffer.alloc(0);

  const send = (message: Omit<OutgoingMessage, 'serial'>): number => {
    serial += 1;
    socket.write(written({ ...message, serial }));
    return serial;
  };
  const hear = ({ type, serial: of, replyTo, sender, interface: from, member, body }: IncomingMessage) => {
    if (replyTo !== null) answers.get(replyTo)?.(type);
    if (type !== messageTypes.call) return;
    const call = { interface: from, member, args: body };
    calls.push(call);
    const reply = answer(call);
    if (reply) send({ type: messageTypes.answer, replyTo: of, destination: sender, body: reply });
    else send({ type: messageTypes.error, replyTo: of, destination: sender, error: unknownMethod });
  };
  socket.on('data', (bytes) => {
    pending = Buffer.concat([pending, bytes]);
    for (let length = wholeLength(pending); length !== null; length = wholeLength(pending)) {
      hear(read(pending.subarray(0, length)));
      pending = pending.subarray(length);
    }
  });
  const ask = async (member: string, body?: BusBody) => {
    const { promise, resolve } = Promise.withResolvers<number>();
    answers.set(
      send({ type: messageTypes.call, destination: bus, path: busPath, interface: bus, member, body }),
      resolve,
    );
    if ((await promise) !== messageTypes.answer) throw new Error(`the bus refused ${member}`);
  };
  await ask('Hello');
  await ask('RequestName', { signature: 'su', values: [name, 0] });
  return {
    calls,
    signal: (path, interfaceName, member, body) =>
      void send({ type: messageTypes.signal, path, interface: interfaceName, member, body }),
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

const bus = 'org.freedesktop.DBus';
const busPath = '/org/freedesktop/DBus';
const unknownMethod = 'org.freedesktop.DBus.Error.UnknownMethod';
const messageTypes = { call: 1, answer: 2, error: 3, signal: 4 } as const;

/** Header fields by their numbers on the wire, with their types. */
const fields = {
  path: [1, 'o'],
  interface: [2, 's'],
  member: [3, 's'],
  error: [4, 's'],
  replyTo: [5, 'u'],
  destination: [6, 's'],
} as const;
const senderField = 7;
const signatureField = 8;

interface OutgoingMessage extends Partial<Record<keyof typeof fields, string | number>> {
  readonly type: number;
  readonly serial: number;
  readonly body?: BusBody | undefined;
}

interface IncomingMessage {
  readonly type: number;
  readonly serial: number;
  readonly replyTo: number | null;
  readonly sender: string;
  readonly interface: string;
  readonly member: string;
  readonly body: readonly (string | number)[];
}

/** Connects and says who we are: the socket tells the bus our user's number itself. */
async function connectTo(address: string): Promise<Socket> {
  const path = /unix:(?:path|abstract)=([^,;]+)/.exec(address)?.[1];
  if (path === undefined) throw new Error(`no bus at ${address}`);
  const socket = createConnection(address.includes('unix:abstract') ? `\0${path}` : path);
  const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('error', reject);
  socket.once('data', (said) => (said.toString().startsWith('OK') ? resolve() : reject(new Error(said.toString()))));
  socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
  await promise;
  socket.write('BEGIN\r\n');
  return socket;
}

const padded = (length: number, to: number): number => Math.ceil(length / to) * to;

/** Writes values one after another, each at a multiple of its size from the message's start. */
class Writer {
  private bytes = Buffer.alloc(0);
  private readonly offset: number;
  /** @param offset where in the message it begins */
  constructor(offset = 0) {
    this.offset = offset;
  }
  align(to: number): void {
    const at = this.offset + this.bytes.length;
    this.add(Buffer.alloc(padded(at, to) - at));
  }
  add(more: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, more]);
  }
  value(type: string, value: string | number | boolean): void {
    if (type === 'g') {
      this.add(Buffer.from([String(value).length]));
      this.add(Buffer.from(`${value}\0`));
      return;
    }
    this.align(4);
    const number = Buffer.alloc(4);
    const isText = type === 's' || type === 'o';
    number.writeUInt32LE(isText ? Buffer.byteLength(String(value)) : Number(value));
    this.add(number);
    if (isText) this.add(Buffer.from(`${value}\0`));
  }
  get done(): Buffer {
    return this.bytes;
  }
}

function written(message: OutgoingMessage): Buffer {
  const body = new Writer();
  message.body?.values.forEach((value, index) => {
    body.value(message.body?.signature[index] ?? 's', value);
  });
  const header = new Writer(16);
  const field = (code: number, type: string, value: string | number) => {
    header.align(8);
    header.add(Buffer.from([code]));
    header.value('g', type);
    header.value(type, value);
  };
  for (const [name, [code, type]] of Object.entries(fields)) {
    const value = message[name as keyof typeof fields];
    if (value !== undefined) field(code, type, value);
  }
  if (message.body) field(signatureField, 'g', message.body.signature);
  const start = Buffer.alloc(16);
  start.write('l');
  start[1] = message.type;
  start[3] = 1;
  start.writeUInt32LE(body.done.length, 4);
  start.writeUInt32LE(message.serial, 8);
  start.writeUInt32LE(header.done.length, 12);
  header.align(8);
  return Buffer.concat([start, header.done, body.done]);
}

/** Length of the first message, or null while it has not come whole. The bus speaks in our own byte order. */
function wholeLength(bytes: Buffer): number | null {
  if (bytes.length < 16) return null;
  const length = padded(16 + bytes.readUInt32LE(12), 8) + bytes.readUInt32LE(4);
  return bytes.length < length ? null : length;
}

function read(bytes: Buffer): IncomingMessage {
  const headerEnd = 16 + bytes.readUInt32LE(12);
  const found = new Map<number, string | number>();
  for (let at = 16; at < headerEnd; ) {
    at = padded(at, 8);
    const code = bytes[at] ?? 0;
    const type = bytes.toString('latin1', at + 2, at + 2 + (bytes[at + 1] ?? 0));
    const { value, end } = valueAt(bytes, at + 3 + type.length, type);
    found.set(code, value);
    at = end;
  }
  const replyTo = found.get(fields.replyTo[0]);
  return {
    type: bytes[1] ?? 0,
    serial: bytes.readUInt32LE(8),
    replyTo: typeof replyTo === 'number' ? replyTo : null,
    sender: String(found.get(senderField) ?? ''),
    interface: String(found.get(fields.interface[0]) ?? ''),
    member: String(found.get(fields.member[0]) ?? ''),
    body: bodyOf(bytes, padded(headerEnd, 8), String(found.get(signatureField) ?? '')),
  };
}

/** Ends at the first value of a type that no test asks about. */
function bodyOf(bytes: Buffer, from: number, signature: string): (string | number)[] {
  const values: (string | number)[] = [];
  let at = from;
  for (const type of signature) {
    if (!'soub'.includes(type)) break;
    const { value, end } = valueAt(bytes, at, type);
    values.push(value);
    at = end;
  }
  return values;
}

function valueAt(bytes: Buffer, from: number, type: string): { value: string | number; end: number } {
  if (type === 'g') {
    const length = bytes[from] ?? 0;
    return { value: bytes.toString('latin1', from + 1, from + 1 + length), end: from + length + 2 };
  }
  const at = padded(from, 4);
  const number = bytes.readUInt32LE(at);
  if (type !== 's' && type !== 'o') return { value: number, end: at + 4 };
  return { value: bytes.toString('utf8', at + 4, at + 4 + number), end: at + 5 + number };
}
