/**
 * Runs something with other environment variables, and puts the former ones back.
 *
 * @param variables undefined removes one
 */
export async function withEnvironment<T>(
  variables: Record<string, string | undefined>,
  action: () => T | Promise<T>,
): Promise<T> {
  const former = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  for (const [name, value] of Object.entries(variables)) set(name, value);
  try {
    return await action();
  } finally {
    for (const [name, value] of former) set(name, value);
  }
}

function set(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
