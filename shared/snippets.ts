/**
 * Ready-to-run receivers that verify a delivery, one for each language that receivers of webhooks are
 * mostly written in. The window shows them to copy, the README quotes them, and the tests run them.
 *
 * Each one reads the body's bytes before parsing them, compares in constant time, and takes the signature of
 * either header: while a secret is being rotated, `X-RoostSync-Signature-Next` carries the new secret's.
 */

export const snippetLanguages = ['node', 'python', 'php', 'csharp'] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

export interface Snippet {
  readonly language: SnippetLanguage;
  /** What the language is called on a tab. */
  readonly label: string;
  /** The name that the text is saved under to run it. */
  readonly file: string;
  /** How it is started, with the secret in the environment. */
  readonly run: string;
  readonly text: string;
}

const node = `import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const secret = process.env.ROOST_SECRET; // the endpoint's secret, all of it, "whsec_" included
if (!secret) throw new Error('Set ROOST_SECRET');

/** True if the signature was made with our secret over exactly these bytes. */
function isGenuine(body, signature) {
  const expected = Buffer.from(\`sha256=\${createHmac('sha256', secret).update(body).digest('hex')}\`);
  const received = Buffer.from(signature ?? '');
  return received.length === expected.length && timingSafeEqual(received, expected);
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks); // the bytes as they came: verify first, parse later

  const signatures = [request.headers['x-roostsync-signature'], request.headers['x-roostsync-signature-next']];
  if (!signatures.some((signature) => isGenuine(body, signature))) {
    response.writeHead(401).end('wrong signature');
    return;
  }
  const { event, data } = JSON.parse(body.toString('utf8'));
  // The same event may come twice: remember this id and drop what you have already seen.
  console.log(request.headers['x-roostsync-event-id'], event, data);
  response.writeHead(204).end();
});
server.listen(Number(process.env.PORT ?? 3000), () => console.log('listening'));
`;

const python = `import hashlib
import hmac
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["ROOST_SECRET"].encode()  # the endpoint's secret, all of it, "whsec_" included


def is_genuine(body: bytes, signature: str) -> bool:
    """True if the signature was made with our secret over exactly these bytes."""
    expected = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # The bytes as they came: verify first, parse later.
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        names = ("X-RoostSync-Signature", "X-RoostSync-Signature-Next")
        if not any(is_genuine(body, self.headers.get(name, "")) for name in names):
            self.send_error(401, "wrong signature")
            return
        message = json.loads(body)
        # The same event may come twice: remember this id and drop what you have already seen.
        print(self.headers["X-RoostSync-Event-Id"], message["event"], message["data"], flush=True)
        self.send_response(204)
        self.end_headers()


server = ThreadingHTTPServer(("", int(os.environ.get("PORT", "3000"))), Receiver)
print("listening", flush=True)
server.serve_forever()
`;

const php = `<?php
$secret = getenv('ROOST_SECRET'); // the endpoint's secret, all of it, "whsec_" included
if (!$secret) {
    throw new RuntimeException('Set ROOST_SECRET');
}

$body = file_get_contents('php://input'); // the bytes as they came: verify first, parse later
$expected = 'sha256=' . hash_hmac('sha256', $body, $secret);
$signatures = [
    $_SERVER['HTTP_X_ROOSTSYNC_SIGNATURE'] ?? '',
    $_SERVER['HTTP_X_ROOSTSYNC_SIGNATURE_NEXT'] ?? '',
];

$genuine = false;
foreach ($signatures as $signature) {
    $genuine = hash_equals($expected, $signature) || $genuine;
}
if (!$genuine) {
    http_response_code(401);
    exit('wrong signature');
}

$message = json_decode($body, true, 512, JSON_THROW_ON_ERROR);
// The same event may come twice: remember this id and drop what you have already seen.
error_log($_SERVER['HTTP_X_ROOSTSYNC_EVENT_ID'] . ' ' . $message['event']);
http_response_code(204);
`;

const csharp = `using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

// The endpoint's secret, all of it, "whsec_" included.
var secret = Environment.GetEnvironmentVariable("ROOST_SECRET")
    ?? throw new InvalidOperationException("Set ROOST_SECRET");
var key = Encoding.UTF8.GetBytes(secret);
var app = WebApplication.CreateBuilder(args).Build();

app.MapPost("/", async (HttpRequest request) =>
{
    using var memory = new MemoryStream();
    await request.Body.CopyToAsync(memory);
    var body = memory.ToArray(); // the bytes as they came: verify first, parse later

    string[] names = { "X-RoostSync-Signature", "X-RoostSync-Signature-Next" };
    if (!names.Any(name => Signature.IsGenuine(key, body, request.Headers[name].ToString())))
        return Results.Text("wrong signature", statusCode: 401);

    using var message = JsonDocument.Parse(body);
    // The same event may come twice: remember this id and drop what you have already seen.
    Console.WriteLine($"{request.Headers["X-RoostSync-Event-Id"]} {message.RootElement.GetProperty("event")}");
    return Results.NoContent();
});

app.Run($"http://localhost:{Environment.GetEnvironmentVariable("PORT") ?? "3000"}");

static class Signature
{
    // True if the signature was made with this key over exactly these bytes.
    public static bool IsGenuine(byte[] key, byte[] body, string signature)
    {
        var expected = "sha256=" + Convert.ToHexString(HMACSHA256.HashData(key, body)).ToLowerInvariant();
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }
}
`;

/** The receivers, in the order of their tabs. `run` is for a shell; `<secret>` stands for the endpoint's own. */
export const snippets: Readonly<Record<SnippetLanguage, Snippet>> = {
  node: {
    language: 'node',
    label: 'Node',
    file: 'receiver.mjs',
    run: "ROOST_SECRET='<secret>' node receiver.mjs",
    text: node,
  },
  python: {
    language: 'python',
    label: 'Python',
    file: 'receiver.py',
    run: "ROOST_SECRET='<secret>' python3 receiver.py",
    text: python,
  },
  php: {
    language: 'php',
    label: 'PHP',
    file: 'receiver.php',
    run: "ROOST_SECRET='<secret>' php -S localhost:3000 receiver.php",
    text: php,
  },
  csharp: {
    language: 'csharp',
    label: 'C#',
    file: 'Program.cs',
    run: "ROOST_SECRET='<secret>' dotnet run",
    text: csharp,
  },
};
