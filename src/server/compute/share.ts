type Numbers =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/**
 * The same data with every typed array in memory that threads share: handed to a worker it is not copied. Plain objects, arrays
 * and values are walked through; whatever is shared already stays as it is.
 */
export function share<T>(value: T): T {
  return shared(value) as T;
}

function shared(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return value instanceof DataView ? value : sharedArray(value as Numbers);
  if (Array.isArray(value)) return value.map(shared);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shared(part)]));
}

function sharedArray(array: Numbers): Numbers {
  if (array.buffer instanceof SharedArrayBuffer) return array;
  const of = array.constructor as new (buffer: SharedArrayBuffer) => Numbers;
  const copy = new of(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}
