import { z } from 'zod';
import { emptyCategoryMap, type CategoryMap } from '../domain/category-map';
import { NotFoundError } from '../domain/errors';
import { readJson } from '../platform/registry/json-document';
import type { ObjectStore } from '../platform/storage/object-store';

const cycle = z.int().min(1);

/** What is used of the map must be right; whatever else people noted in it is kept. */
const categoryMapSchema = z.looseObject({
  schemaVersion: z.literal(1),
  version: z.int().min(0),
  categories: z.array(
    z.looseObject({
      name: z.string().min(1),
      origin: z.enum(['new', 'existing']),
      sinceCycle: cycle,
      examples: z.array(z.looseObject({ id: z.string(), text: z.string(), count: z.int().min(0), cycle })),
    }),
  ),
  rejected: z.array(
    z.looseObject({
      cycle,
      proposal: z.string(),
      name: z.string(),
      author: z.string(),
      at: z.string(),
      reason: z.string().nullable(),
      texts: z.array(z.string()),
    }),
  ),
  history: z.array(
    z.looseObject({
      action: z.string(),
      author: z.string(),
      number: z.int().min(1),
      at: z.string(),
      cycle,
    }),
  ),
});

/**
 * Reads a version of the category map; the empty one where the pipeline has none yet.
 * @throws NotFoundError when it is gone
 * @throws InvalidInputError when it is no category map, e.g. after somebody edited it; the message names the places
 */
export async function readCategoryMap(store: ObjectStore, uri: string | null): Promise<CategoryMap> {
  if (uri === null) return emptyCategoryMap;
  const document = await readJson(store, uri, categoryMapSchema);
  if (document === null) {
    throw new NotFoundError(
      `The category map ${uri} is gone. Restore it: the pipeline's state names it as the one to go on from.`,
      { uri },
    );
  }
  // Decisions of every action share the keys that were looked at; nothing but their order is used.
  return document.value as unknown as CategoryMap;
}
