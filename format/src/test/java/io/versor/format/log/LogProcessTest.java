package io.versor.format.log;

import static io.versor.format.log.LogTestData.BRANCH;
import static io.versor.format.log.LogTestData.STORE;
import static io.versor.format.log.LogTestData.readAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.ChildJvm;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.Guard;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.type.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes and one log: all may append, each may be killed. */
@SuppressWarnings("try") // guards are held, not used
class LogProcessTest {
  @TempDir Path directory;

  /** Appends numbered frames; prints each number when it is durable. */
  static final class Appender {
    public static void main(String[] arguments) throws Exception {
      int writer = Integer.parseInt(arguments[1]);
      append(Path.of(arguments[0]), writer, Integer.parseInt(arguments[2]), true);
    }

    static void append(Path directory, int writer, int frames, boolean tell) throws StoreException {
      Random lengths = new Random(writer);
      try (ObjectStore store = DirectoryStore.open(directory, OpenMode.WRITE);
          BranchLog log = BranchLog.open(store, STORE, BRANCH)) {
        for (int i = 0; i < frames; i++) {
          try (Guard guard = store.lock("branch", 60_000)) {
            log.append(frame(writer, i, lengths.nextInt(30_000)));
            log.sync();
          }
          if (tell) {
            System.out.println(i);
          }
        }
      }
    }

    private static byte[] frame(int writer, int number, int length) {
      return ByteBuffer.wrap(LogTestData.payload(writer * 1000 + number, 8 + length))
          .putInt(0, writer)
          .putInt(4, number)
          .array();
    }
  }

  @Test
  void framesOfSeveralProcessesAllArriveInTheOrderOfEach() throws Exception {
    int each = 250;
    int[] next = new int[3];
    try (ObjectStore store = DirectoryStore.open(directory, OpenMode.CREATE)) {
      BranchLog.create(store, LogArchive.NONE, STORE, BRANCH).close();
      try (ChildJvm one = ChildJvm.start(Appender.class, directory, 1, each);
          ChildJvm two = ChildJvm.start(Appender.class, directory, 2, each)) {
        Appender.append(directory, 0, each, false);
        assertEquals(each, one.readAll().lines().count());
        assertEquals(each, two.readAll().lines().count());
      }
      List<Frame> frames = readAll(store);
      assertEquals(3 * each, frames.size());
      for (Frame frame : frames) {
        ByteBuffer payload = ByteBuffer.wrap(frame.payload());
        int writer = payload.getInt();
        assertEquals(next[writer]++, payload.getInt());
      }
    }
  }

  @Test
  void killedWriterLosesNothingItWasToldOf() throws Exception {
    killWriters(6);
  }

  @Test
  @Tag("long")
  void fiftyKilledWritersLoseNothingTheyWereToldOf() throws Exception {
    killWriters(50);
  }

  private void killWriters(int kills) throws Exception {
    Random random = new Random(kills);
    try (ObjectStore store = DirectoryStore.open(directory, OpenMode.CREATE)) {
      BranchLog.create(store, LogArchive.NONE, STORE, BRANCH).close();
      int before = 0;
      for (int writer = 0; writer < kills; writer++) {
        int told = -1;
        try (ChildJvm child = ChildJvm.start(Appender.class, directory, writer, 1_000_000)) {
          int enough = 1 + random.nextInt(60);
          while (told < enough) {
            told = Integer.parseInt(child.readLine());
          }
          child.kill();
          for (String line = child.readLine(); line != null; line = child.readLine()) {
            told = Integer.parseInt(line);
          }
        }
        before = checkTail(store, before, writer, told);
      }
    }
  }

  /** Behind {@code before} are the frames of this writer, all it was told of, without a gap. */
  private static int checkTail(ObjectStore store, int before, int writer, int told)
      throws StoreException {
    List<Frame> frames = readAll(store);
    int count = frames.size() - before;
    assertTrue(count >= told + 1, "told of " + (told + 1) + ", found " + count);
    assertTrue(count <= told + 2, "at most one more was under way");
    for (int i = 0; i < count; i++) {
      ByteBuffer payload = ByteBuffer.wrap(frames.get(before + i).payload());
      assertEquals(writer, payload.getInt());
      assertEquals(i, payload.getInt());
    }
    return frames.size();
  }
}
