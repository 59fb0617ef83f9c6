/** The part of the JavaScript interface of WebAssembly that is used: its types come with those of browsers only. */
interface WebAssemblyInterface {
  Memory: new (descriptor: { initial: number; maximum: number; shared: true }) => SharedMemory;
  Module: new (bytes: Uint8Array) => WasmModule;
  Instance: new (
    module: WasmModule,
    imports: { environment: { memory: SharedMemory } },
  ) => { exports: Record<string, unknown> };
}

/** Memory that several threads can have at the same time; it can be handed to a thread. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
}

/** A compiled module. */
export type WasmModule = object;

export const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyInterface };
