/**
 * Signs what `npm run package` made for whoever serves updates: a `.sig` beside every `latest*.yml`, by which an
 * installed app knows that the publisher made them. The private key is the publisher's, and never lies here.
 *
 *   npm run sign:feed -- --new-key FILE          makes a key, and prints what build/updates.json needs
 *   npm run sign:feed -- --key FILE [FOLDER]     signs the feeds in FOLDER (release/)
 *
 * `--updates FILE` names another build/updates.json.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { signatureName, signFeed, verifyFeed } from '../shell/updates/signed-feed.ts';
import { parseUpdatePolicy } from '../shell/updates/update-policy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const publicText = (key: KeyObject): string =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' }).toString('base64');

function makeKey(file: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  // A key that is there already signs what is out in the world: never written over.
  writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  console.log(`The private key lies in ${file}: keep it where no build machine but yours reads it.`);
  console.log(`In build/updates.json: "publicKey": "${publicText(privateKey)}"`);
}

function signFeeds(keyFile: string, policyFile: string, folder: string): void {
  const privateKey = createPrivateKey(readFileSync(keyFile));
  const { publicKey } = parseUpdatePolicy(readFileSync(policyFile, 'utf8'));
  if (publicKey === null || publicText(privateKey) !== publicText(publicKey)) {
    throw new Error(
      `${keyFile} is not the private half of publicKey in ${policyFile}: no installed app would take it.`,
    );
  }
  const feeds = readdirSync(folder).filter((name) => /^[\w.-]+\.yml$/.test(name) && name.startsWith('latest'));
  if (feeds.length === 0) throw new Error(`${folder} holds no latest*.yml. Run: npm run package`);
  for (const name of feeds) {
    const feed = readFileSync(join(folder, name));
    const signature = signFeed(name, feed, privateKey);
    verifyFeed(name, feed.toString('utf8'), signature, publicKey);
    writeFileSync(join(folder, signatureName(name)), signature);
    console.log(`signed ${join(folder, name)}`);
  }
}

const { values, positionals } = parseArgs({
  options: { key: { type: 'string' }, updates: { type: 'string' }, 'new-key': { type: 'string' } },
  allowPositionals: true,
});
try {
  if (values['new-key'] !== undefined) makeKey(values['new-key']);
  else if (values.key !== undefined)
    signFeeds(
      values.key,
      values.updates ?? join(root, 'build', 'updates.json'),
      positionals[0] ?? join(root, 'release'),
    );
  else throw new Error('Give --key FILE to sign with, or --new-key FILE to make one.');
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exitCode = 1;
}
