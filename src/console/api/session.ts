import { z } from 'zod';

/** What somebody may do here: look; decide and approve; also pause, trigger, promote and roll back. */
export const roles = ['viewer', 'reviewer', 'admin'] as const;

export type Role = (typeof roles)[number];

/** `GET /api/session` */
export const sessionSchema = z.object({
  /** Who acts, as the audit trail names it. */
  author: z.string(),
  role: z.enum(roles),
  /** Goes back as the header `x-csrf-token` of every POST. */
  csrfToken: z.string(),
  /** How the person came in: by the printed link, or by OpenID Connect. */
  authentication: z.enum(['link', 'openid']),
  /** ISO 8601, UTC: when the session ends. */
  expiresAt: z.string(),
  /** Base of links into the Temporal UI; null where none is known. */
  temporalUi: z.string().nullable(),
});

export type Session = z.infer<typeof sessionSchema>;

/** The header that carries the session's token of every POST. */
export const csrfHeader = 'x-csrf-token';
