/** "As the system has it": the desktop's own word on proxies, a PAC file included, is what the engine goes by. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startOfficeProxy } from '../support/office-proxy.ts';
import { startReceiver } from '../support/receiver.ts';
import { expect, pictureOf, test } from './app.ts';
import { booking, connectTo } from './endpoints.ts';

const host = 'hooks.make.example';

/** A server of the office's that hands out its PAC file. */
async function servePac(script: string): Promise<{ url: string; server: Server }> {
  const server = createServer((_request, answer) => {
    answer.setHeader('content-type', 'application/x-ns-proxy-autoconfig').end(script);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/proxy.pac` };
}

test('deliveries go by the PAC file that the system names; a SOCKS proxy is told by its name', async ({ property }) => {
  await using receiver = await startReceiver({ hosts: [host] });
  await using proxy = await startOfficeProxy(() => receiver.port);
  const pac = await servePac(
    `function FindProxyForURL(url, host) { return host === '${host}' ? 'PROXY ${new URL(proxy.address).host}; DIRECT' : 'DIRECT'; }`,
  );
  try {
    // No variable of this machine's is to speak for the system.
    const env = { HTTPS_PROXY: '', https_proxy: '', ALL_PROXY: '', all_proxy: '' };
    const app = await property.start({ args: [`--proxy-pac-url=${pac.url}`], env });
    const { url, caPem, clear } = receiver;
    const { endpoint, token } = await connectTo(app, 'Bookkeeping', {
      ...{ caPem, clear },
      url: url.replace(/127\.0\.0\.1:\d+/, host),
    });
    expect((await property.post(token, booking('bk_1'))).status).toBe(202);
    const [request] = await receiver.received(1, 15_000);
    expect(request?.headers.host).toBe(host);

    // As when somebody changes the system's settings; a minute later they would be asked for by themselves.
    await app.electron.evaluate(({ session }) =>
      session.defaultSession.setProxy({ mode: 'fixed_servers', proxyRules: 'socks5://10.0.0.9:1080' }),
    );
    await app.call('surface.restartEngine', {});
    const tested = async () => {
      const answer = await app.tryCall('endpoints.test', { id: endpoint.id });
      return answer.ok ? answer.value.attempt.sentence?.key : answer.error.code;
    };
    await expect.poll(tested, { timeout: 15_000 }).toBe('outcome.proxy_socks');
    expect((await property.post(token, booking('bk_2'))).status).toBe(202);
    await expect(app.page.getByText('10.0.0.9:1080 is a SOCKS proxy').first()).toBeVisible({ timeout: 15_000 });
    pictureOf('socks-proxy');
  } finally {
    pac.server.close();
  }
});
