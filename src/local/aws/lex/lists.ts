/**
 * Entries of a page where the caller does not say. Lex does not document its own; a small page makes callers that
 * forget `nextToken` notice it here.
 */
export const listPageSize = 10;
