import { validationError } from '../errors';
import { type Schema, shapeOf } from './schema';

/** What the SDK's type of a request is once its required members are known to be there. */
export type Parsed<T> = T extends Date | Uint8Array
  ? T
  : T extends (infer Element)[]
    ? Parsed<Element>[]
    : T extends object
      ? { [K in keyof T]: object extends Pick<T, K> ? Parsed<T[K]> : Parsed<Exclude<T[K], undefined>> }
      : T;

/**
 * Checks a request against the operation's own schema: required members are there and every member has its type.
 * @throws ServiceError `ValidationException` naming the first member that is wrong
 */
export function validateInput(schema: Schema, value: unknown, path = 'input'): void {
  const shape = shapeOf(schema);
  const expect = (right: boolean, what: string) => {
    if (!right) throw validationError(`${path} must be ${what}.`);
  };
  switch (shape.kind) {
    case 'string':
      return expect(typeof value === 'string', 'a string');
    case 'number':
    case 'timestamp':
      return expect(typeof value === 'number', 'a number');
    case 'boolean':
      return expect(typeof value === 'boolean', 'true or false');
    case 'list':
      expect(Array.isArray(value), 'a list');
      return (value as unknown[]).forEach((element, index) =>
        validateInput(shape.element, element, `${path}[${index}]`),
      );
    case 'map':
      expect(isObject(value), 'an object');
      return Object.entries(value as object).forEach(([key, element]) =>
        validateInput(shape.value, element, `${path}.${key}`),
      );
    case 'structure':
      expect(isObject(value), 'an object');
      return shape.names.forEach((name, index) => {
        const member = (value as Record<string, unknown>)[name];
        if (member !== undefined && member !== null) {
          validateInput(shape.schemas[index]!, member, `${path}.${name}`);
        } else if (index < shape.required) {
          throw validationError(`${path}.${name} is required.`);
        }
      });
    case 'other':
      return;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
