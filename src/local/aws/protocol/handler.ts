import { type Parsed } from './validate';

/** An SDK command's input, its required members known to be there. */
export type Input<T> = Parsed<T>;

/** An SDK command's output as the wire carries it. */
export type Output<T> = Omit<T, '$metadata'>;

/** A service's operations by name. Each gets an input that was checked against the operation's schema. */
export type HandlerTable = Record<string, (input: never) => object | Promise<object>>;
