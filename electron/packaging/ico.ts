/**
 * Windows' icon file: several sizes in one, of which the system takes the one that a screen's scale asks for.
 * https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
 */

export interface IcoImage {
  /** Width and height, 1 to 255. */
  readonly sizePx: number;
  /** 4 × size × size bytes: red, green, blue, alpha; rows from the top. */
  readonly rgba: Uint8Array;
}

const headerBytes = 6;
const entryBytes = 16;
const bitmapHeaderBytes = 40;

/** As 32-bit bitmaps, which every part of Windows reads at every size. @throws RangeError for pixels that do not fit */
export function icoFile(images: readonly IcoImage[]): Buffer {
  const directory = Buffer.alloc(headerBytes + entryBytes * images.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(images.length, 4);
  const bitmaps = images.map(bitmapOf);
  let offset = directory.length;
  for (const [index, { sizePx }] of images.entries()) {
    const at = headerBytes + entryBytes * index;
    const bitmap = bitmaps[index] as Buffer;
    directory.writeUInt8(sizePx, at);
    directory.writeUInt8(sizePx, at + 1);
    directory.writeUInt16LE(1, at + 4);
    directory.writeUInt16LE(32, at + 6);
    directory.writeUInt32LE(bitmap.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += bitmap.length;
  }
  return Buffer.concat([directory, ...bitmaps]);
}

function bitmapOf({ sizePx, rgba }: IcoImage): Buffer {
  if (rgba.length !== sizePx * sizePx * 4) {
    throw new RangeError(`${rgba.length} bytes are not the pixels of ${sizePx} × ${sizePx}`);
  }
  // One bit a pixel, rows of whole 32-bit words: all zero, since the alpha channel says what is seen.
  const maskBytes = Math.ceil(sizePx / 32) * 4 * sizePx;
  const bitmap = Buffer.alloc(bitmapHeaderBytes + rgba.length + maskBytes);
  bitmap.writeUInt32LE(bitmapHeaderBytes, 0);
  bitmap.writeInt32LE(sizePx, 4);
  // Colours and mask, one above the other.
  bitmap.writeInt32LE(sizePx * 2, 8);
  bitmap.writeUInt16LE(1, 12);
  bitmap.writeUInt16LE(32, 14);
  for (let row = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++) {
      const from = (row * sizePx + column) * 4;
      const to = bitmapHeaderBytes + ((sizePx - 1 - row) * sizePx + column) * 4;
      for (const [channel, source] of [2, 1, 0, 3].entries()) bitmap[to + channel] = rgba[from + source] ?? 0;
    }
  }
  return bitmap;
}
