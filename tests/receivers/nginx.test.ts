/**
 * nginx and ModSecurity with the Core Rule Set as Debian has them (`apt-get install nginx-light
 * libnginx-mod-http-modsecurity modsecurity-crs`), in a folder of their own, in front of a receiver that takes everything.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { posted } from '../support/deliveries.ts';
import { freePort } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { startTold, type Told } from './told.ts';

const program = process.env.NGINX ?? '/usr/sbin/nginx';
const module = '/usr/lib/nginx/modules/ngx_http_modsecurity_module.so';
const crs = '/usr/share/modsecurity-crs/rules';
const canRun = existsSync(program);
const hasRules = canRun && existsSync(module) && existsSync(crs);
if (!canRun) console.warn(`Skipped, aloud: no nginx at ${program}.`);
if (canRun && !hasRules) console.warn('Skipped, aloud: no ModSecurity for nginx, or no Core Rule Set.');

const rules = `
SecRuleEngine On
SecRequestBodyAccess On
SecRule REQUEST_HEADERS:Content-Type "^application/json" "id:200001,phase:1,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"
Include /etc/modsecurity/crs/crs-setup.conf
Include ${crs}/*.conf
`;

const configuration = (folder: string, port: number, behind: string) => `
${hasRules ? `load_module ${module};` : ''}
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${folder}/pid;
error_log ${folder}/error.log;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  limit_req_zone $uri zone=each:1m rate=10r/s;
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass ${behind}; }
    location /limited { limit_req zone=each; proxy_pass ${behind}; }
    location /limited-429 { limit_req zone=each; limit_req_status 429; proxy_pass ${behind}; }
    location /small { client_max_body_size 1k; proxy_pass ${behind}; }
    location /nobody { proxy_pass http://127.0.0.1:9; }
    location /files { root ${folder}; }
    ${hasRules ? `location /guarded { modsecurity on; modsecurity_rules_file ${folder}/rules; proxy_pass ${behind}; }` : ''}
  }
}
`;

describe.skipIf(!canRun)('nginx', () => {
  let folder: TemporaryFolder;
  let nginx: ChildProcess;
  let behind: Receiver;
  let told: Told;
  let origin = '';

  beforeAll(async () => {
    folder = await temporaryFolder();
    behind = await startReceiver();
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    await mkdir(join(folder.path, 'files'));
    await writeFile(join(folder.path, 'files', 'page'), 'It works!');
    await writeFile(join(folder.path, 'rules'), rules);
    const text = configuration(folder.path, port, behind.url.replace(/\/hooks$/, ''));
    await writeFile(join(folder.path, 'nginx.conf'), text);
    const args = ['-c', join(folder.path, 'nginx.conf'), '-p', folder.path, '-e', join(folder.path, 'error.log')];
    nginx = spawn(program, args, { stdio: 'inherit' });
    await vi.waitUntil(() => fetch(origin).then(Boolean, () => false), { timeout: 20_000 });
    told = await startTold();
  }, 60_000);
  afterAll(async () => {
    await told?.[Symbol.asyncDispose]();
    nginx?.kill();
    await behind?.[Symbol.asyncDispose]();
    await folder?.remove();
  });

  test.each(['/limited', '/limited-429'])(
    '%s: asked too often, it gets all in order, and nothing counts',
    async (at) => {
      const { engine } = told;
      const { id } = await told.add(`${origin}${at}`);
      behind.clear();
      const ids: string[] = [];
      for (let n = 0; n < 20; n += 1) ids.push(await posted(engine, 'booking.created', { booking_id: 'bk_1', n }));
      const endsAt = performance.now() + 50_000;
      let left = 0;
      while (behind.requests.length < ids.length && performance.now() < endsAt) {
        // As fast as the program's own clock goes, but for what is a minute away: a 429 that names no time.
        const isHeld = left === behind.requests.length && (await engine.call('situation.get', {})).today.waiting > 0;
        left = behind.requests.length;
        await engine.clock.advance(isHeld ? 5000 : 200);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      expect(behind.requests.map(({ headers }) => headers['x-roostsync-event-id'])).toEqual(ids);
      const { rows } = await engine.call('deliveries.list', { filter: { endpointIds: [id] } });
      expect(rows.map(({ state, failures }) => `${state} ${failures}`)).toEqual(ids.map(() => 'delivered 0'));
      expect(Math.max(...rows.map(({ attempts }) => attempts))).toBeGreaterThan(1);
      expect(await told.card(id)).toBeNull();
      await engine.call('endpoints.remove', { id });
    },
  );

  test('a body over client_max_body_size is this event’s trouble, and the next goes on', async () => {
    const { id } = await told.add(`${origin}/small`);
    const said = await told.sent(id, [{ booking_id: 'bk_2', notes: 'x'.repeat(2000) }, { booking_id: 'bk_3' }]);
    expect(said).toEqual(['413 event_refused, counts: Books refused this message: too large (3 kB).', taken]);
    await told.engine.call('endpoints.remove', { id });
  });

  test.each([
    ['/nobody', /^502 endpoint_down, counts: /, { turn: 'manager', title: /502/ }],
    [
      '/files/page',
      /^405 setup, counts: This address of Books does not take events/,
      { turn: 'it_helper', title: /address/ },
    ],
    ['/files/nothing', /^40[45] setup, counts: /, { turn: 'it_helper', title: /address/ }],
  ] as const)('%s has nobody behind it who takes events', async (at, words, { turn, title }) => {
    const { id } = await told.add(`${origin}${at}`);
    const said = await told.sent(id, [{ booking_id: 'bk_4' }, { booking_id: 'bk_5' }, { booking_id: 'bk_6' }]);
    expect(said[2]).toMatch(words);
    expect(await told.card(id)).toMatchObject({ turn, title: expect.stringMatching(title) });
    await told.engine.call('endpoints.remove', { id });
  });

  test.runIf(hasRules)('a firewall that reads the body refuses that event alone', async () => {
    const { id } = await told.add(`${origin}/guarded`);
    const ordinary = { guest_name: 'María Peña', notes: 'Late arrival; 2 beds' };
    const said = await told.sent(id, [
      { booking_id: 'bk_7', ...ordinary },
      { booking_id: 'bk_8', notes: '<script>alert(1)</script>' },
      { booking_id: 'bk_9', ...ordinary },
      { booking_id: 'bk_10', notes: '../../etc/passwd' },
      { booking_id: 'bk_11', ...ordinary },
    ]);
    const blocked =
      '403 event_refused, counts: Books takes other events, but not this one (403). A firewall there may dislike something in it.';
    expect(said).toEqual([taken, blocked, taken, blocked, taken]);
    expect(await told.card(id)).toMatchObject({ title: '2 events for Books did not get through' });
    await told.engine.call('endpoints.remove', { id });
  });
});

const taken = '200 delivered: Books has it.';
