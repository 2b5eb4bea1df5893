/**
 * `npm run package:dir`: an unpacked app of this platform in release/, from the Electron at hand and without
 * the network, to look into and to try. Installers are made by electron-builder itself.
 */
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build, Platform } from 'electron-builder';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The Electron that the `electron` package downloaded, or that ELECTRON_OVERRIDE_DIST_PATH names. */
function electronAtHand(): { folder: string; binary: string; version: string } {
  const electronPackage = join(root, 'node_modules', 'electron');
  const pathFile = join(electronPackage, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronPackage, 'dist'), name);
  if (!existsSync(binary))
    throw new Error(`There is no Electron at ${binary}. Run: node ${electronPackage}/install.js`);
  const folder = dirname(binary);
  return { folder, binary, version: readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '') };
}

/** Whether this Electron has the newest of the fuses that are flipped; one with a shorter wire refuses it. */
async function hasNewestFuse(binary: string): Promise<boolean> {
  const state = (await getCurrentFuseWire(binary))[FuseV1Options.GrantFileProtocolExtraPrivileges];
  return state === FuseState.ENABLE || state === FuseState.DISABLE;
}

async function packageDir(): Promise<void> {
  const { folder, binary, version } = electronAtHand();
  await build({
    projectDir: root,
    targets: Platform.current().createTarget('dir'),
    publish: 'never',
    config: {
      extends: join(root, 'electron-builder.yml'),
      electronDist: folder,
      electronVersion: version,
      async beforePack({ packager }) {
        if (!(await hasNewestFuse(binary))) delete packager.config.electronFuses?.grantFileProtocolExtraPrivileges;
      },
      // Taken away by electron-builder only from an Electron that it fetched itself.
      afterExtract: ({ appOutDir }) => rm(join(appOutDir, 'resources', 'default_app.asar'), { force: true }),
    },
  });
}

await packageDir();
