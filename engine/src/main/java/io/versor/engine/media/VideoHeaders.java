package io.versor.engine.media;

import io.versor.format.type.StoreException;

/** Film: shape {@code [frames, height, width, 3]}, from the container; no frame is decoded. */
final class VideoHeaders {
  /** Boxes of one level that are looked at; a real file has a few dozen. */
  private static final int MAX_BOXES = 100_000;

  private VideoHeaders() {}

  static boolean isAvi(Bytes bytes) {
    return bytes.has(0, "RIFF") && bytes.has(8, "AVI ");
  }

  /** AVI: the main header, which must come first. */
  static MediaInfo avi(Bytes bytes) throws StoreException {
    bytes.need(0, bytes.u32le(4) + 8);
    if (!bytes.has(12, "LIST") || !bytes.has(20, "hdrlavih")) {
      throw bytes.broken("has no main header");
    }
    return MediaInfo.of(MediaFormat.AVI, bytes.u32le(48), bytes.u32le(68), bytes.u32le(64), 3);
  }

  static boolean isMp4(Bytes bytes) {
    return bytes.has(4, "ftyp");
  }

  /** MP4 (ISO/IEC 14496-12): the first track with pictures, frames as many as it has samples. */
  static MediaInfo mp4(Bytes bytes) throws StoreException {
    long moov = box(bytes, 0, bytes.length(), "moov", 0);
    if (moov < 0) {
      throw bytes.broken("has no moov box");
    }
    if (box(bytes, 0, bytes.length(), "mdat", 0) < 0) {
      throw bytes.broken("has no mdat box");
    }
    for (int i = 0; ; i++) {
      long track = box(bytes, moov + 8, moov + size(bytes, moov), "trak", i);
      if (track < 0) {
        throw bytes.broken("has no track with pictures");
      }
      long media = child(bytes, track, "mdia");
      if (!bytes.has(child(bytes, media, "hdlr") + 16, "vide")) {
        continue;
      }
      long samples = child(bytes, child(bytes, media, "minf"), "stbl");
      long entry = child(bytes, samples, "stsd") + 16;
      long frames = bytes.u32be(child(bytes, samples, "stsz") + 16);
      return MediaInfo.of(
          MediaFormat.MP4, frames, bytes.u16be(entry + 34), bytes.u16be(entry + 32), 3);
    }
  }

  private static long child(Bytes bytes, long parent, String name) throws StoreException {
    long at = box(bytes, parent + 8, parent + size(bytes, parent), name, 0);
    if (at < 0) {
      throw bytes.broken("has no " + name + " box where one belongs");
    }
    return at;
  }

  /** Offset of box number {@code skip} of that name between two offsets, or -1. */
  private static long box(Bytes bytes, long from, long to, String name, int skip)
      throws StoreException {
    long at = from;
    int found = 0;
    for (int seen = 0; at + 8 <= to && seen < MAX_BOXES; seen++) {
      long size = size(bytes, at);
      bytes.need(at, size);
      if (bytes.has(at + 4, name) && found++ == skip) {
        return at;
      }
      at += size;
    }
    return -1;
  }

  private static long size(Bytes bytes, long at) throws StoreException {
    long size = bytes.u32be(at);
    if (size == 1) {
      size = bytes.u32be(at + 8) << 32 | bytes.u32be(at + 12);
    } else if (size == 0) {
      size = bytes.length() - at; // up to the end of the file
    }
    if (size < 8) {
      throw bytes.broken("has a box of " + size + " bytes at byte " + at);
    }
    return size;
  }
}
