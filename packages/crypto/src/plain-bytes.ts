/**
 * What leaves this package is a plain Uint8Array: a Buffer compares unequal to one in tests and, cut from Node's shared pool,
 * would hand out its neighbours through `.buffer`.
 */
export function plainBytes(buffer: Buffer): Uint8Array {
  return buffer.byteLength === buffer.buffer.byteLength
    ? new Uint8Array(buffer.buffer, 0, buffer.byteLength)
    : new Uint8Array(buffer);
}
