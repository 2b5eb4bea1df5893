/** A feed of updates on loopback, as an operator would serve what `npm run package` made. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { certificateOfKind } from '../support/certificates.ts';

export interface UpdateFeed extends AsyncDisposable {
  /** Of one of the feeds below. */
  url(feed: keyof typeof feeds): string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
}

/** What a newer version's file holds here: it can be told from the older one. */
export const newerProgram = '#!/bin/sh\nexit 0 # version 2.0.0\n';

const feeds = {
  /** The version that runs is the newest. */
  newest: { version: '1.0.0', content: newerProgram },
  newer: { version: '2.0.0', content: newerProgram },
  /** The file is another one than the feed says. */
  tampered: { version: '2.0.1', content: 'what somebody else put there' },
};

export async function startUpdateFeed(): Promise<UpdateFeed> {
  const { keyPem, certPem } = await certificateOfKind('valid');
  const asked: string[] = [];
  const server = createServer({ key: keyPem, cert: certPem }, (request, response) => {
    const [, name = '', file = ''] = new URL(request.url ?? '/', 'https://feed').pathname.split('/');
    asked.push(`/${name}/${file}`);
    const feed = Object.entries(feeds).find(([feedName]) => feedName === name)?.[1];
    if (!feed) response.writeHead(404).end();
    else if (file === 'latest-linux.yml') response.end(listing(feed.version));
    else if (file.endsWith('.AppImage')) response.end(feed.content);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (feed) => `https://127.0.0.1:${port}/${feed}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listing(version: string): string {
  const sha512 = createHash('sha512').update(newerProgram).digest('base64');
  const file = `Roost-Relay-${version}-x86_64.AppImage`;
  return [
    `version: ${version}`,
    'files:',
    `  - url: ${file}`,
    `    sha512: ${sha512}`,
    `    size: ${newerProgram.length}`,
    `path: ${file}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-11-20T08:00:00.000Z'",
    '',
  ].join('\n');
}
