package io.versor.format.record;

import io.versor.format.type.StoreException;

/** For a fuzzer: the payload of a frame, and what it names. */
public final class RecordFuzz {
  private RecordFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      for (Record record : RecordCodec.read(input, "input")) {
        NamedFrames.of(record);
        NamedSlices.of(record);
      }
    } catch (StoreException e) {
      if (e.getMessage().length() < 10) {
        throw new AssertionError("says too little", e);
      }
    }
  }
}
