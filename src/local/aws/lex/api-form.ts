/** Members that the archive and the API call by different names. */
const apiNames: Record<string, string> = { messageGroupsList: 'messageGroups', isActive: 'active' };

/** Settings of the archive in the API's form: other names, and no nulls. */
export function toApi(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toApi);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [apiNames[key] ?? key, toApi(member)]),
  );
}
