import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { z } from 'zod';
import { CicloError, InvalidConfigurationError } from '../../domain/errors';

/** Two of Temporal's largest messages in base64; the Web UI asks for one page of a history at a time. */
const mostBodyBytes = 16 * 1024 * 1024;
const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

export interface CodecServerOptions {
  codec: PayloadCodec;
  /** The only namespace that is served. */
  namespace: string;
  host: string;
  /** 0 for any free one. */
  port: number;
  /** Origins of the Web UI whose pages may ask, e.g. `http://localhost:8233`. */
  corsOrigins: readonly string[];
  /** What `Authorization: Bearer …` has to say; null where whoever reaches the server may ask. */
  token: string | null;
}

export interface CodecServer {
  /** `http://HOST:PORT`, for `--codec-endpoint` and the Web UI's settings. */
  endpoint: string;
  close(): Promise<void>;
}

/** The protocol's JSON form of payloads: bytes are base64. */
const bodySchema = z.object({
  payloads: z.array(
    z.looseObject({ metadata: z.record(z.string(), z.base64()).optional(), data: z.base64().optional() }),
  ),
});

/** What is wrong with a request, with the status that says so. */
class RequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Serves Temporal's codec protocol, `POST /encode` and `POST /decode`, so that the Web UI and `temporal
 * --codec-endpoint` show what is encrypted: https://docs.temporal.io/production-deployment/data-encryption
 *
 * @throws InvalidConfigurationError for a server that everybody on a network could ask, or whose port is in use
 */
export async function startCodecServer(options: CodecServerOptions): Promise<CodecServer> {
  const { host, port, token } = options;
  if (!loopback.has(host) && token === null) {
    throw new InvalidConfigurationError(
      `Without a token, everybody who reaches ${host} could decrypt payloads. Set CICLO_CODEC_TOKEN, or listen on 127.0.0.1 behind a proxy that authenticates.`,
      { host },
    );
  }
  const server = createServer((request, response) => {
    void answer(options, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is in use; choose another with --port' : cause.message;
      reject(
        new InvalidConfigurationError(`The codec server cannot listen: ${host}:${port} ${why}.`, {}, true, {
          cause,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
  const listening = server.address() as AddressInfo;
  return {
    endpoint: `http://${host.includes(':') ? `[${host}]` : host}:${listening.port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  options: CodecServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reply = (status: number, body?: object) => {
    response.writeHead(status, {
      ...corsHeaders(options, request),
      ...(body && { 'content-type': 'application/json' }),
      'cache-control': 'no-store',
      // What is left of a body that was refused is not worth reading.
      ...(request.complete ? {} : { connection: 'close' }),
    });
    response.end(body && JSON.stringify(body));
  };
  try {
    requireAllowedOrigin(options, request);
    if (request.method === 'OPTIONS') return reply(204);
    const payloads = await run(options, request);
    reply(200, { payloads });
  } catch (error) {
    if (response.destroyed) return;
    const [status, message] = told(error);
    reply(status, { message });
  }
}

async function run(options: CodecServerOptions, request: IncomingMessage): Promise<object[]> {
  const path = (request.url ?? '/').split('?')[0];
  if (path !== '/encode' && path !== '/decode') {
    throw new RequestError(404, 'This is Ciclo’s codec server: POST /encode or /decode.');
  }
  if (request.method !== 'POST') throw new RequestError(405, `${path} takes POST only.`);
  requireToken(options.token, request);
  requireNamespace(options.namespace, request);
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new RequestError(415, 'The body must be application/json.');
  }
  const body = bodySchema.safeParse(jsonOf(await readBody(request)));
  if (!body.success) {
    throw new RequestError(
      400,
      'The body must be {"payloads":[{"metadata":{"encoding":BASE64},"data":BASE64}]}.',
    );
  }
  const payloads = body.data.payloads.map(fromJson);
  const { codec } = options;
  return (path === '/encode' ? await codec.encode(payloads) : await codec.decode(payloads)).map(toJson);
}

function told(error: unknown): [number, string] {
  if (error instanceof RequestError) return [error.status, error.message];
  if (error instanceof CicloError) return [error.permanent ? 400 : 503, error.message];
  return [500, 'The codec server failed.'];
}

function corsHeaders(
  { corsOrigins }: CodecServerOptions,
  { headers }: IncomingMessage,
): Record<string, string> {
  if (headers.origin === undefined || !corsOrigins.includes(headers.origin)) return {};
  return {
    'access-control-allow-origin': headers.origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type, x-namespace, authorization',
    vary: 'origin',
  };
}

/** A browser names its page's origin; a page that is not the Web UI gets nothing, whatever name it reached us by. */
function requireAllowedOrigin({ corsOrigins }: CodecServerOptions, { headers }: IncomingMessage): void {
  if (headers.origin === undefined || corsOrigins.includes(headers.origin)) return;
  throw new RequestError(403, `Pages of ${headers.origin} may not ask. Allow the Web UI with --cors-origin.`);
}

function requireToken(token: string | null, { headers }: IncomingMessage): void {
  if (token === null) return;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`))) return;
  throw new RequestError(
    401,
    'Authorization: Bearer TOKEN is wanted (temporal --codec-auth "Bearer TOKEN").',
  );
}

function requireNamespace(namespace: string, { headers }: IncomingMessage): void {
  const wanted = headers['x-namespace'];
  // The CLI sends an empty one where its default holds.
  if (wanted === undefined || wanted === '' || wanted === namespace) return;
  throw new RequestError(
    403,
    `This codec server serves namespace "${namespace}" only; start another with TEMPORAL_NAMESPACE.`,
  );
}

async function readBody(request: IncomingMessage): Promise<string> {
  const tooLong = new RequestError(413, `More than ${mostBodyBytes} bytes at once: ask for fewer payloads.`);
  if (Number(request.headers['content-length'] ?? 0) > mostBodyBytes) throw tooLong;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBodyBytes) throw tooLong;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type JsonPayload = z.output<typeof bodySchema>['payloads'][number];

function fromJson({ metadata = {}, data }: JsonPayload): Payload {
  return {
    metadata: Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')]),
    ),
    data: Buffer.from(data ?? '', 'base64'),
  };
}

function toJson({ metadata, data }: Payload): object {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return {
    metadata: Object.fromEntries(
      Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)]),
    ),
    data: base64(data ?? new Uint8Array()),
  };
}
