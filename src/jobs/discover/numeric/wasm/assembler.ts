import { WebAssembly, type WasmModule } from './web-assembly';

/** Bytes of instructions, in the binary format of the WebAssembly core specification 2.0, chapter 5. */
export type Code = readonly number[];

/** Value types of parameters and locals. */
export const valueType = { i32: 0x7f, v128: 0x7b } as const;

/** An unsigned number in LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value > 0 ? low | 0x80 : low);
  } while (value > 0);
  return bytes;
}

/** A signed number in LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = value & 0x7f;
    value >>= 7;
    const isLast = (value === 0 && (low & 0x40) === 0) || (value === -1 && (low & 0x40) !== 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

const simd = (operation: number, ...immediates: number[]) => [0xfd, ...unsigned(operation), ...immediates];
/** Loads and stores say how their address is aligned, as a power of two, and an offset. */
const memoryArgument = (alignment: number, offset: number) => [alignment, ...unsigned(offset)];

/** Pushes a local. */
export const get = (local: number): number[] => [0x20, ...unsigned(local)];
/** Evaluates and keeps the result in a local. */
export const set = (local: number, value: Code): number[] => [...value, 0x21, ...unsigned(local)];

/** Numbers of 32 bits. */
export const i32 = {
  constant: (value: number): number[] => [0x41, ...signed(value)],
  add: (left: Code, right: Code): number[] => [...left, ...right, 0x6a],
  multiply: (left: Code, right: Code): number[] => [...left, ...right, 0x6c],
  isBelow: (left: Code, right: Code): number[] => [...left, ...right, 0x48],
  load: (address: Code, offset = 0): number[] => [...address, 0x28, ...memoryArgument(2, offset)],
  store: (address: Code, value: Code): number[] => [...address, ...value, 0x36, ...memoryArgument(2, 0)],
} as const;

/** Vectors of 128 bits; without further words, of four 32-bit numbers. */
export const v128 = {
  zero: simd(12, ...Array<number>(16).fill(0)),
  load: (address: Code, offset = 0): number[] => [...address, ...simd(0, ...memoryArgument(4, offset))],
  /** One number four times. */
  loadSplat: (address: Code, offset = 0): number[] => [...address, ...simd(9, ...memoryArgument(2, offset))],
  store: (address: Code, value: Code): number[] => [
    ...address,
    ...value,
    ...simd(11, ...memoryArgument(4, 0)),
  ],
  /** Four of the eight numbers of two vectors. */
  pick: (left: Code, right: Code, lanes: readonly number[]): number[] => [
    ...left,
    ...right,
    ...simd(13, ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte))),
  ],
  add: (left: Code, right: Code): number[] => [...left, ...right, ...simd(174)],
  smaller: (left: Code, right: Code): number[] => [...left, ...right, ...simd(182)],
  isAtLeast: (left: Code, right: Code): number[] => [...left, ...right, ...simd(63)],
  /** 1 where any bit is set, else 0. */
  isAnyTrue: (value: Code): number[] => [...value, ...simd(83)],
  /** Multiplies eight signed 16-bit numbers and adds neighbouring products. */
  dot: (left: Code, right: Code): number[] => [...left, ...right, ...simd(186)],
  /** Of four 32-bit floats. */
  addFloats: (left: Code, right: Code): number[] => [...left, ...right, ...simd(228)],
  multiplyFloats: (left: Code, right: Code): number[] => [...left, ...right, ...simd(230)],
} as const;

/** Runs the body again and again for as long as the condition at its end holds. */
export function repeatWhile(condition: Code, body: Code): number[] {
  return [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b];
}

/** A function whose result, a number of 32 bits, is what its body leaves. */
export interface WasmFunction {
  name: string;
  parameters: readonly number[];
  locals: readonly number[];
  body: Code;
}

const mostPages = 65_536;

/** A module with one function, which works on the shared memory imported as `environment.memory`. */
export function assembleModule({ name, parameters, locals, body }: WasmFunction): WasmModule {
  const list = (items: readonly Code[]) => [...unsigned(items.length), ...items.flat()];
  const text = (characters: string) => list(Array.from(Buffer.from(characters, 'latin1'), (byte) => [byte]));
  const sized = (bytes: Code) => [...unsigned(bytes.length), ...bytes];
  const section = (id: number, item: Code) => [id, ...sized(list([item]))];
  const magicAndVersion = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  const [functionKind, memoryKind, isShared, functionType] = [0x00, 0x02, 0x03, 0x60];
  const type = [functionType, ...list(parameters.map((one) => [one])), ...list([[valueType.i32]])];
  const memory = [memoryKind, isShared, ...unsigned(1), ...unsigned(mostPages)];
  const declaredLocals = list(locals.map((one) => [...unsigned(1), one]));
  return new WebAssembly.Module(
    Uint8Array.from([
      ...magicAndVersion,
      ...section(1, type),
      ...section(2, [...text('environment'), ...text('memory'), ...memory]),
      ...section(3, unsigned(0)),
      ...section(7, [...text(name), functionKind, ...unsigned(0)]),
      ...section(10, sized([...declaredLocals, ...body, 0x0b])),
    ]),
  );
}
