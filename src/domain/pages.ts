/** What a value takes up in a payload: bytes of its JSON in UTF-8. */
export function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

/**
 * Cuts a list into pages that are small enough for one payload each, in order.
 * @param pageBytes the most that a page's JSON takes up; a single value larger than that has a page of its own
 */
export function inPages<T>(values: readonly T[], pageBytes: number): T[][] {
  const pages: T[][] = [];
  let bytes = 0;
  for (const value of values) {
    const added = jsonBytes(value) + 1;
    const page = pages.at(-1);
    // Brackets around a page and a comma after each value.
    if (page && bytes + added <= pageBytes) {
      page.push(value);
      bytes += added;
    } else {
      pages.push([value]);
      bytes = added + 2;
    }
  }
  return pages;
}
