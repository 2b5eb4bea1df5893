/**
 * The internet of the lab, one process in a namespace of its own: a name server, receivers with certificates, the
 * addresses that probes ask, a sign-in page, somebody who looks into connections, and the office's proxy. What each
 * property finds is its world's (`worlds.ts`).
 */
import { createSocket } from 'node:dgram';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createSecureContext, type SecureContext } from 'node:tls';
import { createCertificateAuthority, type IssuedCertificate } from '../../electron/engine/certificates.ts';
import { testAuthority } from '../support/certificates.ts';
import { answerQuestion } from './names.ts';
import { serveFromThere, tellNews } from './over-there.ts';
import {
  type Arrived,
  inspector,
  knownInspector,
  lockOf,
  mostProperties,
  nameServer,
  officeProxy,
  ordinary,
  probeHosts,
  receivers,
  signInHost,
  type World,
} from './worlds.ts';

const yearMs = 365 * 86_400_000;
const worlds = new Map<string, World>();
const sockets = new Map<Socket, string>();
const worldOf = (address: string | undefined): World => worlds.get(plain(address)) ?? ordinary;
const plain = (address = ''): string => address.replace(/^::ffff:/, '');

const own = await testAuthority();
const strange = await createCertificateAuthority(inspector);
const hosts = Object.values(receivers).map(({ host }) => host);
const issue = async (make: (host: string) => Promise<IssuedCertificate>, names: readonly string[]) =>
  new Map(await Promise.all(names.map(async (name) => [name, contextOf(await make(name))] as const)));
const contextOf = ({ certPem, keyPem }: IssuedCertificate): SecureContext =>
  createSecureContext({ cert: certPem, key: keyPem });

const honest = await issue((host) => own.issue({ hosts: [host] }), hosts);
const ahead = await issue((host) => own.issue({ hosts: [host], notBefore: Date.now() + 2.9 * yearMs }), hosts);
const expired = await issue(
  (host) => own.issue({ hosts: [host], notBefore: Date.now() - yearMs, notAfter: Date.now() - yearMs / 12 }),
  hosts,
);
const inspected = await issue((host) => strange.issue({ hosts: [host] }), hosts);
const known = await createCertificateAuthority(knownInspector);
const inspectedByKnown = await issue((host) => known.issue({ hosts: [host] }), hosts);
/** Who asks an address names nobody. */
const locks = Array.from({ length: mostProperties }, (_, no) => lockOf(no).address);
const { certPem: cert, keyPem: key } = await own.issue({ hosts: locks });
const lock = { cert, key };
const page = contextOf(await own.issue({ hosts: [signInHost] }));

function contextFor({ https: kind, trouble }: World, host: string): SecureContext | undefined {
  if (trouble?.is === 'expired' && host === receivers[trouble.of].host) return expired.get(host);
  if (kind === 'sign_in_page') return page;
  if (kind === 'inspected_by_known') return inspectedByKnown.get(host);
  return (kind === 'inspected' ? inspected : kind === 'years_ahead' ? ahead : honest).get(host);
}

/** One server for each kind of certificate: a look-up of a certificate knows the name alone, and not who asks. */
const overTls = new Map<string, Server>();

function httpsFor(asked: World): Server {
  const kind = JSON.stringify([asked.https, asked.trouble]);
  const known = overTls.get(kind);
  if (known) return known;
  const made = createHttpsServer({ ...lock, SNICallback: (host, done) => done(null, contextFor(asked, host)) });
  made.on('request', async (request, response) => {
    const from = plain(request.socket.remoteAddress);
    const body = await text(request);
    const world = worldOf(from);
    const { data } = JSON.parse(body) as { data: { booking_id: string } };
    tellNews({
      from,
      host: String(request.headers.host),
      bookingId: data.booking_id,
      status: world.status,
    } satisfies Arrived);
    answer(response, world, world.status);
  });
  made.on('tlsClientError', () => undefined);
  overTls.set(kind, made);
  return made;
}

function answer(response: ServerResponse, world: World, status: number, headers: Record<string, string> = {}): void {
  response.sendDate = false;
  response.writeHead(status, { date: new Date(Date.now() + world.clockAheadMs).toUTCString(), ...headers });
  response.end();
}

const redirect = (response: ServerResponse, world: World): void =>
  answer(response, world, 302, { location: `http://${signInHost}/?from=here` });

function keep(socket: Socket, from: string): void {
  sockets.set(socket, from);
  socket.on('error', () => undefined);
  socket.once('close', () => sockets.delete(socket));
}

const port443 = createServer((socket) => {
  const from = plain(socket.remoteAddress);
  keep(socket, from);
  const world = worldOf(from);
  const { of, is } = world.trouble ?? {};
  const isCutOff = is === 'cut_off' && of !== undefined && plain(socket.localAddress) === receivers[of].address;
  if (world.https === 'refused' || isCutOff) socket.resetAndDestroy();
  else httpsFor(world).emit('connection', socket);
});

const port80 = createHttpServer((request, response) => {
  const world = worldOf(request.socket.remoteAddress);
  if (world.http === 'sign_in_page') redirect(response, world);
  else answer(response, world, Object.hasOwn(probeHosts, String(request.headers.host)) ? 204 : 404);
});
port80.on('connection', (socket: Socket) => {
  const from = plain(socket.remoteAddress);
  keep(socket, from);
  if (worldOf(from).http === 'refused') socket.resetAndDestroy();
});

/** What goes through it comes to the same receivers, and from the same property. */
const proxy = createHttpServer((request, response) => {
  const world = worldOf(request.socket.remoteAddress);
  if (typeof world.proxy === 'object') refuse(response.socket as Socket, world.proxy);
  else answer(response, world, 204);
});
proxy.on('connection', (socket: Socket) => keep(socket, plain(socket.remoteAddress)));
proxy.on('connect', (request, socket: Socket) => {
  const world = worldOf(socket.remoteAddress);
  if (typeof world.proxy === 'object') return refuse(socket, world.proxy);
  const host = (request.url ?? '').split(':')[0] ?? '';
  const to = Object.values(receivers).find((one) => one.host === host);
  if (to === undefined) return refuse(socket, { status: 502, asksFor: [] });
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  httpsFor(world).emit('connection', socket);
});

const refuse = (socket: Socket, { status, asksFor }: { status: number; asksFor: readonly string[] }): void => {
  const lines = asksFor.map((one) => `Proxy-Authenticate: ${one}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} No\r\n${lines}Content-Length: 0\r\nConnection: close\r\n\r\n`);
};

const names = createSocket('udp4').on('message', (packet, from) => {
  const world = worldOf(from.address);
  if (world.names === 'silent') return;
  const found = answerQuestion(packet, (name) => {
    const receiver = Object.values(receivers).find(({ host }) => host === name);
    if (world.trouble?.is === 'no_name' && name === receivers[world.trouble.of].host) return undefined;
    if (receiver) return [receiver.address, ...(world.names6 ? [receiver.address6] : [])];
    const probe = (probeHosts as Record<string, string>)[name];
    return probe === undefined ? undefined : [probe];
  });
  if (found) names.send(found, from.port, from.address);
});

const listening = (server: Server, port: number, address = '0.0.0.0'): Promise<void> =>
  new Promise((resolve) => server.listen(port, address, resolve));

await Promise.all([
  listening(port443, 443),
  listening(port80, 80),
  listening(proxy, officeProxy.port, officeProxy.address),
  new Promise<void>((resolve) => names.bind(53, nameServer, resolve)),
]);

interface Asked {
  readonly id: number;
  /** Every address that the property is seen as. */
  readonly from?: readonly string[];
  readonly world?: World;
}

await serveFromThere(async ({ from = [], world }: Asked) => {
  for (const address of from) worlds.set(address, world ?? ordinary);
  // What stands between a property and the internet changes its mind about connections that are open, too.
  for (const [socket, of] of sockets) if (from.includes(of)) socket.destroy();
  return { caPem: own.caPem, inspectorPem: strange.caPem };
});
process.exit(0);
