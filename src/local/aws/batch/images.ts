/** Local commands by the name of the container image that they stand for. */
export type Images = Record<string, string[]>;

/** The command for an image: by its full name, or by its name without tag and digest. */
export function commandOf(images: Images, image: string): string[] | null {
  const bare = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  return images[image] ?? images[bare] ?? null;
}

/**
 * Reads `NAME=command,argument,…`.
 * @throws Error when it has no name or no command
 */
export function parseImage(text: string): [name: string, command: string[]] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1)
    throw new Error(`--image wants NAME=command,argument,…; got '${text}'.`);
  return [text.slice(0, at), text.slice(at + 1).split(',')];
}
