// What protocol and core may take from their surroundings: only what a Node process, a browser tab and the simulator
// all have and that always gives the same answer. Clocks, randomness, timers and I/O come in as ports instead.

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array | ArrayBuffer): string;
}

declare function structuredClone<T>(value: T): T;
