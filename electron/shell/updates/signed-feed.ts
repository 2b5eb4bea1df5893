/**
 * A feed is signed as a whole: beside `latest-linux.yml` lies `latest-linux.yml.sig`, the base64 of an Ed25519
 * signature over the file's name and SHA-512. The feed holds the hash of each file that may be installed, so on
 * Linux, where nothing signs an AppImage, whoever serves the feed still cannot put another program in its place.
 */
import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import type { GenericProvider as GenericProviderClass } from 'electron-updater/out/providers/GenericProvider.js';

/** What is offered is not what the publisher of this build signed. */
export class UnsignedFeed extends Error {}

/** With the name: the feed of one platform cannot be handed to another. */
function signedBytes(name: string, feed: string | Uint8Array): Buffer {
  return Buffer.from(`roost-relay update feed\n${name}\n${createHash('sha512').update(feed).digest('hex')}\n`);
}

export const signatureName = (name: string): string => `${name}.sig`;

/** @returns the content of the `.sig` file */
export function signFeed(name: string, feed: Uint8Array, privateKey: KeyObject): string {
  return `${sign(null, signedBytes(name, feed), privateKey).toString('base64')}\n`;
}

/** @throws UnsignedFeed */
export function verifyFeed(name: string, feed: string, signature: string, publicKey: KeyObject): void {
  if (verify(null, signedBytes(name, feed), publicKey, Buffer.from(signature.trim(), 'base64'))) return;
  throw new UnsignedFeed(`${signatureName(name)} does not fit ${name} and the key that this app was built with.`);
}

/**
 * electron-updater's provider of a plain feed, which reads none but a signed one.
 * @param Generic its class, handed in because electron-updater is loaded only where there is a feed
 */
export function signedFeedProvider(Generic: typeof GenericProviderClass, publicKey: KeyObject) {
  return class SignedFeed extends Generic {
    /** What it reads the feed with, and nothing else. */
    protected override async httpRequest(url: URL): Promise<string> {
      const feed = (await super.httpRequest(url)) ?? '';
      const name = url.pathname.split('/').at(-1) ?? '';
      const beside = new URL(url);
      beside.pathname = signatureName(url.pathname);
      const signature = await super.httpRequest(beside).catch((cause: unknown) => {
        throw new UnsignedFeed(`There is no ${signatureName(name)} beside the feed.`, { cause });
      });
      verifyFeed(name, feed, signature ?? '', publicKey);
      return feed;
    }
  };
}
