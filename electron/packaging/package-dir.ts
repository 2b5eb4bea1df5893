/**
 * `npm run package:dir`: an unpacked app of this platform in release/, from the Electron at hand and without
 * the network, to look into and to try. `npm run package:windows`: the same for Windows, on any platform; where the
 * Electron at hand is another platform's, it stands in for Windows' own: to look into, not to start. Installers are
 * made by electron-builder itself.
 */
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Arch, build, Platform } from 'electron-builder';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Electron {
  readonly folder: string;
  readonly binary: string;
  readonly version: string;
}

/** The Electron that the `electron` package downloaded, or that ELECTRON_OVERRIDE_DIST_PATH names. */
function electronAtHand(): Electron {
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

/** A copy of another platform's Electron whose program has the name that it has on Windows. */
async function standIn({ folder, binary, version }: Electron): Promise<Electron> {
  const copy = await mkdtemp(join(tmpdir(), 'electron-stand-in-'));
  await cp(folder, copy, { recursive: true });
  const program = join(copy, 'electron.exe');
  await rename(join(copy, basename(binary)), program);
  return { folder: copy, binary: program, version };
}

/** @throws Error where there is no Electron, or what is made is not whole */
async function packageDir(forWindows: boolean): Promise<void> {
  const atHand = electronAtHand();
  const isStandIn = forWindows && !atHand.binary.endsWith('.exe');
  const { folder, binary, version } = isStandIn ? await standIn(atHand) : atHand;
  try {
    await build({
      projectDir: root,
      targets: (forWindows ? Platform.WINDOWS : Platform.current()).createTarget(
        'dir',
        ...(forWindows ? [Arch.x64] : []),
      ),
      publish: 'never',
      config: {
        extends: join(root, 'electron-builder.yml'),
        electronDist: folder,
        electronVersion: version,
        // Icon, version and the archive's hash are written into a Windows program, which a stand-in is not.
        ...(isStandIn && { win: { signAndEditExecutable: false }, disableAsarIntegrity: true }),
        async beforePack({ packager }) {
          if (!(await hasNewestFuse(binary))) delete packager.config.electronFuses?.grantFileProtocolExtraPrivileges;
        },
        // Taken away by electron-builder only from an Electron that it fetched itself.
        afterExtract: ({ appOutDir }) => rm(join(appOutDir, 'resources', 'default_app.asar'), { force: true }),
      },
    });
  } finally {
    if (isStandIn) await rm(folder, { recursive: true, force: true });
  }
  if (isStandIn) console.log('release/win-unpacked is for a look: its Electron is not Windows’ own.');
}

await packageDir(process.argv.includes('--windows'));
