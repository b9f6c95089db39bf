package io.versor.engine.media;

import io.versor.format.type.StoreException;

/**
 * JPEG, ISO/IEC 10918-1 annex B: a walk over the marker segments from SOI to EOI.
 *
 * <p>Accepted is a file that is whole: SOI first; every segment's length inside the bytes; exactly
 * one frame header (SOF), before the first scan, 8 bits a sample, 1, 3 or 4 components, no zero
 * extent; at least one scan, with tables to decode it by; between scans only segments again; EOI at
 * the end. Bytes behind EOI are allowed, since cameras and editors pad. Entropy-coded bytes are
 * walked for markers but not decoded, so a flipped bit inside a scan is not found here: that costs
 * a hundred times more and gives a picture all the same.
 */
final class JpegHeader {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DQT = 0xdb;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int TEM = 0x01;
  private static final int LOSSLESS = 0xc3;

  private final Bytes bytes;
  private long height;
  private int width;
  private int components;
  private int frame;
  private boolean quantised;
  private boolean coded;

  private JpegHeader(Bytes bytes) {
    this.bytes = bytes;
  }

  static boolean matches(Bytes bytes) throws StoreException {
    return bytes.length() >= 3 && bytes.u8(0) == 0xff && bytes.u8(1) == SOI && bytes.u8(2) == 0xff;
  }

  static MediaInfo read(Bytes bytes) throws StoreException {
    return new JpegHeader(bytes).walk();
  }

  private MediaInfo walk() throws StoreException {
    long at = 2;
    int scans = 0;
    while (true) {
      if (bytes.u8(at) != 0xff) {
        throw bytes.broken("has no marker at byte " + at);
      }
      while (bytes.u8(at) == 0xff) {
        at++; // any number of fill bytes may stand before a marker
      }
      int marker = bytes.u8(at++);
      if (marker == EOI) {
        if (scans == 0) {
          throw bytes.broken("has no scan");
        }
        return MediaInfo.of(MediaFormat.JPEG, height, width, components);
      }
      if (marker == TEM) {
        continue;
      }
      if (marker == 0 || marker == SOI || isRestart(marker)) {
        throw bytes.broken(
            "has the marker " + Integer.toHexString(marker) + " at byte " + (at - 1));
      }
      int length = bytes.u16be(at);
      if (length < 2) {
        throw bytes.broken("has a segment of " + length + " bytes at byte " + at);
      }
      bytes.need(at, length);
      segment(marker, at, length);
      at += length;
      if (marker == SOS) {
        scans++;
        at = endOfScan(at);
      }
    }
  }

  private void segment(int marker, long at, int length) throws StoreException {
    if (isFrame(marker)) {
      frame(marker, at, length);
    } else if (marker == DQT) {
      quantised = true;
    } else if (marker == DHT || marker == DAC) {
      coded = true;
    } else if (marker == SOS) {
      scan(at, length);
    }
  }

  private void frame(int marker, long at, int length) throws StoreException {
    if (frame != 0) {
      throw bytes.broken("has a second frame header at byte " + at);
    }
    frame = marker;
    int precision = bytes.u8(at + 2);
    if (precision != 8) {
      throw bytes.broken("has samples of " + precision + " bits; 8 are read");
    }
    height = bytes.u16be(at + 3);
    width = bytes.u16be(at + 5);
    components = bytes.u8(at + 7);
    if (components != 1 && components != 3 && components != 4) {
      throw bytes.broken("has " + components + " components; 1, 3 or 4 are read");
    }
    if (length != 8 + 3 * components) {
      throw bytes.broken("has a frame header of " + length + " bytes");
    }
    MediaInfo.of(MediaFormat.JPEG, height, width, components);
  }

  private void scan(long at, int length) throws StoreException {
    if (frame == 0) {
      throw bytes.broken("has a scan before its frame header");
    }
    // Lossless JPEG has no quantisation.
    if ((!quantised && frame != LOSSLESS) || !coded) {
      throw bytes.broken("has a scan without the tables to decode it");
    }
    int inScan = bytes.u8(at + 2);
    if (inScan < 1 || inScan > components || length != 6 + 2 * inScan) {
      throw bytes.broken("has a scan header of " + length + " bytes for " + inScan + " components");
    }
  }

  /** The offset of the marker that ends the entropy-coded bytes. */
  private long endOfScan(long from) throws StoreException {
    byte[] array = bytes.array();
    int at = (int) from;
    int last = array.length - 1;
    while (at < last) {
      if (array[at] != (byte) 0xff) {
        at++;
        continue;
      }
      int next = array[at + 1] & 0xff;
      if (next == 0 || isRestart(next)) {
        at += 2;
      } else if (next == 0xff) {
        at++;
      } else {
        if (at == from) {
          throw bytes.broken("has an empty scan at byte " + at);
        }
        return at;
      }
    }
    throw bytes.broken("has no end-of-image marker after its " + array.length + " bytes");
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != DHT && marker != JPG && marker != DAC;
  }

  private static boolean isRestart(int marker) {
    return marker >= 0xd0 && marker <= 0xd7;
  }
}
