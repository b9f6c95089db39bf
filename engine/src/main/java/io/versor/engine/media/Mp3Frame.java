package io.versor.engine.media;

import io.versor.format.type.StoreException;
import java.util.Optional;

/** One frame header of MPEG-1, 2 or 2.5 layer III. */
record Mp3Frame(int samples, int channels, int length) {
  private static final int[] KBITS_V1 = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] KBITS_V2 = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };
  private static final int[] HERTZ_V1 = {44100, 48000, 32000};

  static Optional<Mp3Frame> at(Bytes bytes, long at) throws StoreException {
    int head = (int) bytes.u32be(at);
    int version = head >>> 19 & 3; // 3 = MPEG-1, 2 = MPEG-2, 0 = MPEG-2.5
    int layer = head >>> 17 & 3; // 1 = layer III
    int rate = head >>> 12 & 15;
    int hertz = head >>> 10 & 3;
    boolean synced = head >>> 21 == 0x7ff;
    if (!synced || version == 1 || layer != 1 || rate == 0 || rate == 15 || hertz == 3) {
      return Optional.empty();
    }
    boolean first = version == 3;
    int bits = (first ? KBITS_V1 : KBITS_V2)[rate] * 1000;
    int perSecond = HERTZ_V1[hertz] >> (first ? 0 : version == 2 ? 1 : 2);
    int samples = first ? 1152 : 576;
    int length = samples / 8 * bits / perSecond + (head >>> 9 & 1);
    int channels = (head >>> 6 & 3) == 3 ? 1 : 2;
    return Optional.of(new Mp3Frame(samples, channels, length));
  }
}
