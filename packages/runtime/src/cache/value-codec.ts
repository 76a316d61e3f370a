/** Values as bytes: the structured serialisation of V8, which keeps types, circles and sharing. */
import { DefaultDeserializer, serialize } from 'node:v8';

export function encodeValue(value: unknown): Uint8Array {
  return serialize(value);
}

/** Throws for bytes that no serialisation of this or an older Node has written. */
export function decodeValue(bytes: Uint8Array): unknown {
  const deserializer = new OwningDeserializer(bytes);
  deserializer.readHeader();
  return deserializer.readValue();
}

interface HostObjects {
  readonly _readHostObject: () => ArrayBufferView;
}

/**
 * Node gives typed arrays and buffers as views on the bytes that are read, so that `array.buffer` would be the whole
 * file. Here each gets memory of its own.
 */
class OwningDeserializer extends DefaultDeserializer {
  _readHostObject(): ArrayBufferView {
    const { _readHostObject: read } = DefaultDeserializer.prototype as unknown as HostObjects;
    const view = read.call(this);
    const memory = new ArrayBuffer(view.byteLength);
    new Uint8Array(memory).set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    if (Buffer.isBuffer(view)) return Buffer.from(memory);
    const Type = view.constructor as new (buffer: ArrayBuffer) => ArrayBufferView;
    return new Type(memory);
  }
}
