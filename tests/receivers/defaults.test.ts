/**
 * What people write or have as a receiver, each with its defaults: Django (`python3 -m pip install django`, its Python in
 * `PYTHON`), Express (`npm install --prefix FOLDER express`, the folder in `RECEIVERS`), adnanh/webhook as Debian has
 * it (`apt-get install webhook`), and Home Assistant (`pip install homeassistant` from Python 3.12 on, and what its log says
 * it lacks: `home-assistant-frontend`, `numpy`, `hassil`, … as its `package_constraints.txt` has them; the program in `HASS`).
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePort } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { startTold, type Told } from './told.ts';

const python = process.env.PYTHON ?? 'python3';
const installed = process.env.RECEIVERS ?? join(tmpdir(), 'roost-receivers');
const hasDjango = spawnSync(python, ['-c', 'import django']).status === 0;
if (!hasDjango) console.warn(`Skipped, aloud: ${python} has no Django.`);
const express = join(installed, 'node_modules/express/index.js');
const hasExpress = existsSync(express);
if (!hasExpress) console.warn(`Skipped, aloud: no Express at ${express}.`);
const hasWebhook = existsSync('/usr/bin/webhook');
if (!hasWebhook) console.warn('Skipped, aloud: no /usr/bin/webhook.');

const hass = process.env.HASS ?? join(installed, 'bin/hass');
const hasHass = existsSync(hass);
if (!hasHass) console.warn(`Skipped, aloud: no Home Assistant at ${hass}.`);

const homeAssistant = (port: number) => `
http: { server_host: 127.0.0.1, server_port: ${port} }
system_log:
webhook:
automation:
  - alias: hotel
    trigger: { platform: webhook, webhook_id: hotel, allowed_methods: [POST], local_only: true }
    action:
      - service: system_log.write
        data: { message: "Came: {{ trigger.json.event }} {{ trigger.json.data.guest_name }}", level: error }
`;

const django = `
import sys
from django.conf import settings
debug = sys.argv[2] == 'debug'
settings.configure(DEBUG=debug, ALLOWED_HOSTS=['127.0.0.1'], ROOT_URLCONF=__name__, SECRET_KEY='x',
    DATA_UPLOAD_MAX_MEMORY_SIZE=2000,
    MIDDLEWARE=['django.middleware.common.CommonMiddleware', 'django.middleware.csrf.CsrfViewMiddleware'])
from django.http import HttpResponse, HttpResponseNotAllowed
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET
@csrf_exempt
def hook(request):
    request.body
    return HttpResponse('ok')
def form(request):
    return HttpResponse('ok')
urlpatterns = [path('hook/', hook), path('form/', form), path('page/', csrf_exempt(require_GET(form)))]
from django.core.management import execute_from_command_line
execute_from_command_line(['x', 'runserver', '--noreload', '127.0.0.1:' + sys.argv[1]])
`;

const expressApp = (port: number) => `
const express = require(${JSON.stringify(express)});
const app = express();
app.use(express.json());
app.post('/hook', (_, answer) => answer.json({ ok: true }));
app.post('/throws', (request) => request.body.data.guest.name);
app.listen(${port}, '127.0.0.1');
`;

const hooks = (secret: string) => [
  {
    ...{ id: 'hotel', 'execute-command': '/bin/true' },
    'trigger-rule': {
      match: {
        type: 'payload-hmac-sha256',
        secret,
        parameter: { source: 'header', name: 'X-RoostSync-Signature' },
      },
    },
  },
  { id: 'fails', 'execute-command': '/bin/false', 'include-command-output-in-response': true },
];
const ownSecret = 'a-secret-of-our-own-1234';

let told: Told;
beforeAll(async () => {
  told = await startTold();
});
afterAll(() => told[Symbol.asyncDispose]());

interface Program {
  readonly name: string;
  readonly has: boolean;
  start(folder: string, port: number): Promise<ChildProcess>;
}
const programs = {
  django: (mode: 'debug' | 'live'): Program => ({
    ...{ name: `Django, ${mode}`, has: hasDjango },
    start: async (folder, port) => {
      await writeFile(join(folder, 'hotel.py'), django);
      return spawn(python, [join(folder, 'hotel.py'), String(port), mode], { stdio: 'ignore' });
    },
  }),
  express: {
    ...{ name: 'Express', has: hasExpress },
    start: async (_, port) => spawn(process.execPath, ['-e', expressApp(port)], { stdio: 'ignore' }),
  } satisfies Program as Program,
  webhook: {
    ...{ name: 'adnanh/webhook', has: hasWebhook },
    start: async (folder, port) => {
      await writeFile(join(folder, 'hooks.json'), JSON.stringify(hooks(ownSecret)));
      const args = ['-hooks', join(folder, 'hooks.json'), '-ip', '127.0.0.1', '-port', String(port)];
      return spawn('/usr/bin/webhook', args, { stdio: 'ignore' });
    },
  } satisfies Program as Program,
};

const homeAssistantOf = (keep: (folder: string) => void): Program => ({
  ...{ name: 'Home Assistant', has: hasHass },
  start: async (folder, port) => {
    keep(folder);
    await writeFile(join(folder, 'configuration.yaml'), homeAssistant(port));
    return spawn(hass, ['-c', folder, '--skip-pip'], { stdio: 'ignore' });
  },
});

/** What three bookings in a row, or those given, come to at an address of the program, and the card of it. */
function at({ has, start }: Program) {
  let folder: TemporaryFolder;
  let program: ChildProcess;
  let origin = '';
  beforeAll(async () => {
    if (!has) return;
    folder = await temporaryFolder();
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    program = await start(folder.path, port);
    await vi.waitUntil(() => fetch(origin).then(Boolean, () => false), { timeout: 30_000, interval: 200 });
  }, 60_000);
  afterAll(async () => {
    program?.kill('SIGKILL');
    await folder?.remove();
  });
  return async (path: string, more: object = {}, events?: readonly object[]) => {
    const { id } = await told.add(`${origin}${path}`, more);
    const said = await told.sent(
      id,
      events ?? [1, 2, 3].map((n) => ({ booking_id: `bk_${path}_${n}`, total: 6000.5 })),
    );
    const card = await told.card(id);
    await told.engine.call('endpoints.remove', { id });
    return { said, card };
  };
}

const large = [{ booking_id: 'bk_large', notes: 'x'.repeat(120_000) }, { booking_id: 'bk_small' }];
const taken = '200 delivered: Books has it.';
const isCardOfOneEvent = { turn: 'it_helper', title: '1 event for Books did not get through' };

describe.skipIf(!hasDjango).each(['debug', 'live'] as const)('Django, %s', (mode) => {
  const of = at(programs.django(mode));

  test('refuses what is larger than its limit, and takes the next', async () => {
    const { said, card } = await of('/hook/', {}, large);
    const words = mode === 'debug' ? 'too large (118 kB).' : '(400).';
    expect(said).toEqual([expect.stringMatching(/^400 event_refused, counts: Books refused this message/), taken]);
    expect(said[0]).toContain(words);
    expect(card).toMatchObject(isCardOfOneEvent);
  });

  test('lacks the slash at the end, which it says with a 301 or, for its author, with a page of 500', async () => {
    const status = mode === 'debug' ? 500 : 301;
    const { said, card } = await of('/hook');
    expect(said[0]).toBe(`${status} setup, counts: The address of Books lacks the slash at its end (${status}).`);
    expect(card).toMatchObject({ turn: 'it_helper', step: 'Add the slash at the end of the address of Books.' });
  });

  test('guards the address like a web form', async () => {
    const { said, card } = await of('/form/');
    expect(said[2]).toBe('403 setup, counts: Books protects this address like a web form, with CSRF (403).');
    expect(card).toMatchObject({
      turn: 'it_helper',
      step: 'At Books, exempt this address from the protection against forged web forms (CSRF).',
    });
  });

  test.each(['/page/', '/nothing/'])('takes no events at %s', async (path) => {
    const { said, card } = await of(path);
    expect(said[2]).toMatch(/^40[45] setup, counts: /);
    expect(card).toMatchObject({ turn: 'it_helper', title: 'Books does not accept this address' });
  });
});

describe.skipIf(!hasExpress)('Express', () => {
  const of = at(programs.express);

  test('refuses what is larger than 100 kB, and takes the next', async () => {
    const { said, card } = await of('/hook', {}, large);
    expect(said).toEqual(['413 event_refused, counts: Books refused this message: too large (118 kB).', taken]);
    expect(card).toMatchObject(isCardOfOneEvent);
  });

  test('falls over what it does not expect: those who run it are called', async () => {
    const { said, card } = await of('/throws');
    expect(said[2]).toBe('500 endpoint_down, counts: Books had a problem of its own (500).');
    expect(card).toMatchObject({ turn: 'manager', step: expect.stringContaining('you answer 500') });
  });

  test('does not know the address', async () => {
    const { said } = await of('/nothing');
    expect(said[2]).toBe('404 setup, counts: Books does not know this address (404).');
  });
});

describe.skipIf(!hasWebhook)('adnanh/webhook', () => {
  const of = at(programs.webhook);

  test('verifies our signature by its own rule', async () => {
    expect((await of('/hooks/hotel', { secret: ownSecret })).said).toEqual([taken, taken, taken]);
  });

  test('has another secret, which it says with a 500', async () => {
    const { said, card } = await of('/hooks/hotel');
    expect(said[2]).toBe('500 setup, counts: Books does not accept our signature (500).');
    expect(card).toMatchObject({ turn: 'it_helper', step: expect.stringMatching(/secret/) });
  });

  test('a command that fails is its own trouble, a hook that is not there an address', async () => {
    expect((await of('/hooks/fails')).said[2]).toMatch(/^500 endpoint_down, counts: /);
    expect((await of('/hooks/nothing')).said[2]).toMatch(/^404 setup, counts: Books does not know this address/);
  });
});

describe.skipIf(!hasHass)('Home Assistant', () => {
  let folder = '';
  const of = at(homeAssistantOf((its) => (folder = its)));

  test('runs an automation on an event, and takes one for an id that nobody has', async () => {
    const came = () => readFile(join(folder, 'home-assistant.log'), 'utf8').catch(() => '');
    await expect
      .poll(
        async () => {
          const event = { booking_id: `bk_${performance.now()}`, guest_name: 'María Peña' };
          const { said } = await of('/api/webhook/hotel', { kind: 'home_assistant' }, [event]);
          expect(said[0]).toMatch(/^200 delivered|^404/);
          return came();
        },
        { timeout: 40_000, interval: 1000 },
      )
      .toContain('Came: booking.created María Peña');
    // So it says nothing of whether the id is right: that is told before the address is saved.
    expect((await of('/api/webhook/nobody', { kind: 'home_assistant' })).said[2]).toMatch(/^200 delivered/);
    expect((await of('/api/nothing')).said[2]).toMatch(/^404 setup, counts: /);
  });
});
