import { emptyCategoryMap, type CategoryMap } from '../domain/category-map';
import type { ObjectStore } from '../platform/storage/object-store';

/** Reads a version of the category map; the empty one where the pipeline has none yet. */
export async function readCategoryMap(store: ObjectStore, uri: string | null): Promise<CategoryMap> {
  return uri === null ? emptyCategoryMap : (JSON.parse(await store.readText(uri)) as CategoryMap);
}
