import { createServer as createHttp1Server, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Session } from 'node:http2';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { type Readable } from 'node:stream';
import { type WireHandler, type WireRequest, type WireResponse } from './protocol/wire';

export interface LocalServer {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  close(): Promise<void>;
}

/** Idle connections are kept for longer than the agents of clients keep them, as AWS does: neither closes one that the other is about to use. */
const keepAliveTimeoutMs = 65_000;

/** How an HTTP/2 client that knows its server begins: `PRI * HTTP/2.0`. No HTTP/1 method starts so. */
const http2Preface = 'PRI';

/**
 * Serves HTTP/1.1 and HTTP/2 in clear text on one port of the loopback interface: the first bytes of a connection tell
 * which it speaks.
 * @param port 0 for any free one
 */
export async function serve(handler: WireHandler, port: number): Promise<LocalServer> {
  const http1 = createHttp1Server({ keepAliveTimeout: keepAliveTimeoutMs }, (request, response) => {
    void answer(handler, request.method, request.url, request.headers, request).then((result) => {
      if (result.breaksOff !== undefined) return breakOff(result, response);
      response.writeHead(result.status, withLength(result));
      response.end(request.method === 'HEAD' ? undefined : result.body);
    });
  });
  const http2 = createHttp2Server();
  const sessions = new Set<ServerHttp2Session>();
  http2.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  http2.on('request', (request, response) => {
    void answer(handler, request.method, request.url, request.headers, request).then((result) => {
      if (response.stream?.destroyed) return;
      response.writeHead(result.status, withLength(result));
      response.end(result.body);
    });
  });

  const sockets = new Set<Socket>();
  const tcp = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    dispatchByPreface(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit('connection', socket));
  });
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(port, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(tcp.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => tcp.close(() => resolve()));
      for (const session of sessions) session.destroy();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function dispatchByPreface(socket: Socket, dispatch: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0);
  const peek = (chunk: Buffer) => {
    seen = Buffer.concat([seen, chunk]);
    const head = seen.subarray(0, http2Preface.length).toString('latin1');
    if (head.length < http2Preface.length && http2Preface.startsWith(head)) return;
    socket.off('data', peek);
    socket.pause();
    socket.unshift(seen);
    const isHttp2 = head === http2Preface;
    dispatch(isHttp2);
    // HTTP/2 takes what was read out of the socket by itself.
    if (!isHttp2) socket.resume();
  };
  socket.on('data', peek);
}

async function answer(
  handler: WireHandler,
  method = 'GET',
  url = '/',
  headers: IncomingHttpHeaders,
  stream: Readable,
): Promise<WireResponse> {
  try {
    const [path, query] = splitOnce(url, '?');
    const request: WireRequest = {
      method,
      path,
      query: new URLSearchParams(query),
      headers,
      body: await read(stream),
    };
    return await handler(request);
  } catch (error) {
    return {
      status: 500,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'InternalServerException' },
      body: JSON.stringify({ message: `The local AWS failed: ${String(error)}` }),
    };
  }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

async function read(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Sends nothing, or half of the answer, and breaks the connection. */
function breakOff(result: WireResponse, response: ServerResponse): void {
  const { socket } = response;
  if (result.breaksOff === 'before-answer') return void socket?.resetAndDestroy();
  const body = Buffer.from(result.body);
  const hasBody = body.length > 0 && response.req.method !== 'HEAD';
  // An answer without a body is whole as soon as its head is.
  if (!hasBody) return void socket?.end(`HTTP/1.1 ${result.status} `, () => socket.destroy());
  response.writeHead(result.status, withLength(result));
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => socket?.destroy());
}

function withLength(response: WireResponse): Record<string, string | number> {
  return { 'content-length': Buffer.byteLength(response.body), ...response.headers };
}
