package io.versor.format.log;

import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Logs and payloads for the tests of this package. */
final class LogTestData {
  static final UUID STORE = new UUID(0x0192a4c5d6e7f809L, 0x8a1b2c3d4e5f6071L);
  static final long BRANCH = 7;
  static final String FIRST_SEGMENT = "log/00000007/0000000000000000.log";

  private LogTestData() {}

  static BranchLog create(ObjectStore store) throws StoreException {
    return BranchLog.create(store, LogArchive.NONE, STORE, BRANCH);
  }

  static BranchLog open(ObjectStore store) throws StoreException {
    return BranchLog.open(store, STORE, BRANCH);
  }

  /** Bytes without zeros, different for each seed. */
  static byte[] payload(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed * 31L + length).nextBytes(bytes);
    for (int i = 0; i < length; i++) {
      bytes[i] = bytes[i] == 0 ? 1 : bytes[i];
    }
    return bytes;
  }

  /** All frames of a log, as a fresh process reads them. */
  static List<Frame> readAll(ObjectStore store) throws StoreException {
    try (BranchLog log = open(store)) {
      return readAll(log);
    }
  }

  static List<Frame> readAll(BranchLog log) throws StoreException {
    List<Frame> frames = new ArrayList<>();
    try (LogCursor cursor = log.readFrom(log.start())) {
      for (Optional<Frame> f = cursor.next(); f.isPresent(); f = cursor.next()) {
        frames.add(f.get());
      }
    }
    return frames;
  }

  static boolean same(List<Frame> frames, List<byte[]> payloads) {
    if (frames.size() != payloads.size()) {
      return false;
    }
    for (int i = 0; i < payloads.size(); i++) {
      if (frames.get(i).address().frame() != i
          || !Arrays.equals(frames.get(i).payload(), payloads.get(i))) {
        return false;
      }
    }
    return true;
  }

  static byte[] bytes(ObjectStore store, String name) throws StoreException {
    return store.load(name, Integer.MAX_VALUE).orElseThrow();
  }

  /** Puts a segment of exactly these bytes in place of what is there. */
  static void plant(ObjectStore store, String name, byte[] bytes) throws StoreException {
    store.delete(name);
    try (Segment segment = store.openSegment(name, OpenMode.CREATE)) {
      segment.write(0, bytes, 0, bytes.length);
      segment.sync();
    }
  }
}
