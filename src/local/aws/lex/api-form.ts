/** Members that the archive and the API call by different names. */
const apiNames: Record<string, string> = { messageGroupsList: 'messageGroups', isActive: 'active' };

const archiveNames = Object.fromEntries(Object.entries(apiNames).map(([archive, api]) => [api, archive]));

/** Settings of the archive in the API's form: other names, and no nulls. */
export function toApi(value: unknown): unknown {
  return rename(value, apiNames);
}

/** Settings of the API in the archive's form. */
export function toArchive(value: unknown): unknown {
  return rename(value, archiveNames);
}

function rename(value: unknown, names: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((element) => rename(element, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([key, member]) => [names[key] ?? key, rename(member, names)]),
  );
}
