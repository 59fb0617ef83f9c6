import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { broken, fine, warning, type Finding } from '../../domain/doctor';
import type { Check } from '../check';

/** In the order in which gRPC looks for them. */
const proxyVariables = ['grpc_proxy', 'https_proxy', 'http_proxy'];

/** Whether a server on 127.0.0.1 can be reached, as those of `npm start` have to be. */
export function loopbackCheck(environment: NodeJS.ProcessEnv = process.env): Check {
  return {
    id: 'loopback',
    group: 'machine',
    title: '127.0.0.1',
    async run(signal) {
      return [await judgeLoopback(signal), ...judgeProxy(environment)];
    },
  };
}

async function judgeLoopback(signal: AbortSignal): Promise<Finding> {
  const server = createServer((socket) => socket.end());
  try {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening', { signal });
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect', { signal });
    socket.destroy();
    return fine('Servers on 127.0.0.1 can be reached.');
  } catch (error) {
    return broken(`A server on 127.0.0.1 cannot be reached: ${(error as Error).message}.`, {
      why: 'The servers of npm start listen there and nowhere else.',
      next: 'Allow programs to listen on and connect to 127.0.0.1 (firewall, sandbox, container settings).',
    });
  } finally {
    server.close();
  }
}

function judgeProxy(environment: NodeJS.ProcessEnv): Finding[] {
  const variable = proxyVariables.find((name) => environment[name]);
  if (variable === undefined) return [];
  const excepted = (environment['no_grpc_proxy'] ?? environment['no_proxy'] ?? '').split(',');
  if (excepted.some((host) => host.trim() === '127.0.0.1')) return [];
  return [
    warning(`${variable} is set, and no_proxy does not name 127.0.0.1.`, {
      why: 'Connections to a Temporal server on this machine go to the proxy and fail there.',
      next: 'Except this machine:',
      commands: ['export no_proxy="$no_proxy,127.0.0.1,localhost"'],
    }),
  ];
}
