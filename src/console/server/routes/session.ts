import { sessionSchema } from '../../api';
import { sessionOf } from '../access';
import type { ConsoleServer, RouteContext } from '../context';

export function addSessionRoutes(server: ConsoleServer, { temporalUi }: RouteContext): void {
  server.get('/api/session', { schema: { response: { 200: sessionSchema } } }, (request) => {
    const { author, role, csrfToken, authentication, expiresAt } = sessionOf(request);
    return { author, role, csrfToken, authentication, expiresAt: expiresAt.toISOString(), temporalUi };
  });
}
