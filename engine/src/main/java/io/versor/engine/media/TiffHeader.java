package io.versor.engine.media;

import io.versor.format.type.StoreException;

/** TIFF 6: the first directory's extents and samples per pixel, with its strips or tiles inside. */
final class TiffHeader {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int PHOTOMETRIC = 262;
  private static final int STRIP_OFFSETS = 273;
  private static final int SAMPLES_PER_PIXEL = 277;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int PALETTE = 3;

  private final Bytes bytes;
  private final boolean little;

  private TiffHeader(Bytes bytes) {
    this.bytes = bytes;
    this.little = bytes.has(0, "II");
  }

  static boolean matches(Bytes bytes) {
    return bytes.has(0, "II*\0") || bytes.has(0, "MM\0*");
  }

  static MediaInfo read(Bytes bytes) throws StoreException {
    return new TiffHeader(bytes).directory();
  }

  private MediaInfo directory() throws StoreException {
    long at = u32(4);
    int entries = u16(at);
    bytes.need(at + 2, 12L * entries);
    long width = 0;
    long height = 0;
    long samples = 1;
    long photometric = -1;
    long offsetsEntry = 0;
    long lengthsEntry = 0;
    for (int i = 0; i < entries; i++) {
      long entry = at + 2 + 12L * i;
      switch (u16(entry)) {
        case WIDTH -> width = value(entry, 0);
        case HEIGHT -> height = value(entry, 0);
        case PHOTOMETRIC -> photometric = value(entry, 0);
        case SAMPLES_PER_PIXEL -> samples = value(entry, 0);
        case STRIP_OFFSETS, TILE_OFFSETS -> offsetsEntry = entry;
        case STRIP_BYTES, TILE_BYTES -> lengthsEntry = entry;
        default -> {
          // The other tags do not change the shape.
        }
      }
    }
    if (offsetsEntry == 0 || lengthsEntry == 0) {
      throw bytes.broken("has neither strips nor tiles");
    }
    long count = u32(offsetsEntry + 4);
    if (count != u32(lengthsEntry + 4)) {
      throw bytes.broken("has " + count + " strips but " + u32(lengthsEntry + 4) + " lengths");
    }
    for (long i = 0; i < count; i++) {
      bytes.need(value(offsetsEntry, i), value(lengthsEntry, i));
    }
    return MediaInfo.of(MediaFormat.TIFF, height, width, photometric == PALETTE ? 3 : samples);
  }

  /** Value number i of a directory entry of shorts or longs. */
  private long value(long entry, long i) throws StoreException {
    int type = u16(entry + 2);
    if (type != 3 && type != 4) {
      throw bytes.broken("has a tag " + u16(entry) + " of type " + type);
    }
    int width = type == 3 ? 2 : 4;
    long count = u32(entry + 4);
    long base = count * width <= 4 ? entry + 8 : u32(entry + 8);
    return width == 2 ? u16(base + 2 * i) : u32(base + 4 * i);
  }

  private int u16(long at) throws StoreException {
    return little ? bytes.u16le(at) : bytes.u16be(at);
  }

  private long u32(long at) throws StoreException {
    return little ? bytes.u32le(at) : bytes.u32be(at);
  }
}
