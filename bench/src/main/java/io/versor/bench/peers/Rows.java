package io.versor.bench.peers;

import java.util.Random;

/** The rows every engine gets: functions of a row's number alone, so that nothing is kept. */
public final class Rows {
  static final int LABELS = 1_000;
  static final int EXTENT = 128;
  private static final String[] THINGS = {
    "zebra",
    "cat",
    "dog",
    "horse",
    "boat",
    "house",
    "tree",
    "river",
    "child",
    "woman",
    "man",
    "bicycle",
    "train",
    "bridge",
    "street",
    "garden",
    "mountain",
    "beach",
    "kitchen",
    "window",
    "table",
    "lamp",
    "book",
    "bird",
    "sheep",
    "cloud",
    "field",
    "tower",
    "market",
    "harbour",
    "forest",
    "desert"
  };
  private static final String[] LOOKS = {
    "small", "large", "red", "green", "old", "bright", "dark", "quiet"
  };

  private Rows() {}

  /** Bits as good as random, the same for the same row and salt. */
  static long bits(long row, int salt) {
    long x = (row + 1) * 0x9E3779B97F4A7C15L + salt * 0xD1B54A32D192ED03L;
    x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }

  public static int label(long row) {
    return (int) Long.remainderUnsigned(bits(row, 1), LABELS);
  }

  /** In [0, 1), hardly ever twice. */
  public static double score(long row) {
    return (bits(row, 2) >>> 11) * 0x1.0p-53;
  }

  /** About 43 characters; one of 32 has a zebra in it. */
  public static String caption(long row) {
    long bits = bits(row, 3);
    return "a "
        + LOOKS[(int) (bits & 7)]
        + " "
        + THINGS[(int) (bits >>> 3 & 31)]
        + " beside a "
        + LOOKS[(int) (bits >>> 8 & 7)]
        + " one, picture "
        + (bits >>> 11 & 0xFFFFFF);
  }

  static float[] embedding(long row) {
    float[] vector = new float[EXTENT];
    for (int i = 0; i < EXTENT; i += 2) {
      long bits = bits(row * EXTENT + i, 4);
      vector[i] = (bits >>> 40) * 0x1.0p-23f - 1;
      vector[i + 1] = (bits & 0xFFFFFF) * 0x1.0p-23f - 1;
    }
    return vector;
  }

  /** 20 to 100 KB that do not compress, as pictures do not. */
  static byte[] blob(long row) {
    Random random = new Random(row);
    byte[] bytes = new byte[20_000 + random.nextInt(80_001)];
    random.nextBytes(bytes);
    return bytes;
  }
}
