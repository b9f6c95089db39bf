package io.versor.engine.media;

import io.versor.format.type.StoreException;

/** Sound: shape {@code [samples, channels]}, where a sample is one moment of all channels. */
final class AudioHeaders {
  private AudioHeaders() {}

  static boolean isWav(Bytes bytes) {
    return bytes.has(0, "RIFF") && bytes.has(8, "WAVE");
  }

  /** RIFF WAVE: a format chunk, then a data chunk that lies inside the bytes. */
  static MediaInfo wav(Bytes bytes) throws StoreException {
    long at = 12;
    int channels = 0;
    int frameBytes = 0;
    while (true) {
      String name = bytes.ascii(at, 4);
      long length = bytes.u32le(at + 4);
      bytes.need(at + 8, length);
      if (name.equals("fmt ")) {
        channels = bytes.u16le(at + 10);
        frameBytes = bytes.u16le(at + 20);
      } else if (name.equals("data")) {
        if (frameBytes == 0) {
          throw bytes.broken("has its data before its format");
        }
        return MediaInfo.of(MediaFormat.WAV, length / frameBytes, channels);
      }
      at += 8 + length + (length & 1);
    }
  }

  static boolean isFlac(Bytes bytes) {
    return bytes.has(0, "fLaC");
  }

  /**
   * FLAC (RFC 9639): STREAMINFO first. A stream may leave its number of samples open (0); then the
   * last frame's number tells, which {@link FlacFrames} looks for.
   */
  static MediaInfo flac(Bytes bytes) throws StoreException {
    if ((bytes.u8(4) & 0x7f) != 0) {
      throw bytes.broken("does not begin with STREAMINFO");
    }
    bytes.need(8, 34);
    int channels = (bytes.u8(20) >> 1 & 7) + 1;
    long samples = (long) (bytes.u8(21) & 0xf) << 32 | bytes.u32be(22);
    long at = 4;
    boolean last = false;
    while (!last) {
      last = (bytes.u8(at) & 0x80) != 0;
      long length = bytes.u32be(at) & 0xffffff;
      bytes.need(at + 4, length);
      at += 4 + length;
    }
    bytes.need(at, 2);
    if (samples == 0) {
      samples = FlacFrames.countSamples(bytes, at);
    }
    return MediaInfo.of(MediaFormat.FLAC, samples, channels);
  }

  static boolean isMp3(Bytes bytes) throws StoreException {
    return bytes.has(0, "ID3")
        || (bytes.length() >= 4 && bytes.u8(0) == 0xff && Mp3Frame.at(bytes, 0).isPresent());
  }

  /** MPEG-1/2 layer III: every frame from the first header on, walked by its length. */
  static MediaInfo mp3(Bytes bytes) throws StoreException {
    long at = 0;
    if (bytes.has(0, "ID3")) {
      long size =
          (long) bytes.u8(6) << 21 | bytes.u8(7) << 14 | bytes.u8(8) << 7 | bytes.u8(9); // 7 bits
      at = 10 + size;
    }
    long samples = 0;
    int channels = 0;
    while (at + 4 <= bytes.length()) {
      var frame = Mp3Frame.at(bytes, at);
      if (frame.isEmpty()) {
        break; // an ID3v1 or APE tag may follow the last frame
      }
      samples += frame.get().samples();
      channels = frame.get().channels();
      at += frame.get().length();
    }
    if (samples == 0) {
      throw bytes.broken("has no audio frame at byte " + at);
    }
    return MediaInfo.of(MediaFormat.MP3, samples, channels);
  }
}
