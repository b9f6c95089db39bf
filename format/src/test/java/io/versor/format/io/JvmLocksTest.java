package io.versor.format.io;

import static io.versor.format.io.StoreErrors.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException.Code;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks hold against other processes and other copies of the classes in this one. */
@SuppressWarnings("try") // guards are held, not used
class JvmLocksTest {
  @TempDir Path directory;
  private ObjectStore store;
  private ChildJvm child;

  @BeforeEach
  void start() throws Exception {
    store = DirectoryStore.open(directory, OpenMode.CREATE);
    child = ChildJvm.start(LockProbe.class, directory);
  }

  @AfterEach
  void stop() throws Exception {
    child.close();
    store.close();
  }

  private String childTries(String key, long timeoutMillis) throws Exception {
    child.writeLine(key + " " + timeoutMillis);
    return child.readLine();
  }

  private String childFrees() throws Exception {
    child.writeLine("free");
    return child.readLine();
  }

  @Test
  void anotherProcessWaitsUntilTheLockIsFree() throws Exception {
    Guard held = store.lock("k", 1000);
    assertEquals("busy", childTries("k", 50));
    assertEquals("got", childTries("other", 50));
    held.close();
    assertEquals("got", childTries("k", 5000));
    expect(Code.WRONG_STATE, () -> store.lock("k", 50));
    assertEquals("freed", childFrees());
    store.lock("k", 5000).close();
  }

  @Test
  void lockOfAKilledProcessIsFree() throws Exception {
    assertEquals("got", childTries("k", 1000));
    expect(Code.WRONG_STATE, () -> store.lock("k", 50));
    child.kill();
    store.lock("k", 5000).close();
  }

  /** POSIX drops a process's locks when any descriptor of the file is closed. */
  @Test
  void closingTheSameStoreElsewhereInTheProcessKeepsTheLock() throws Exception {
    try (Guard held = store.lock("k", 1000)) {
      ObjectStore second = DirectoryStore.open(directory, OpenMode.WRITE);
      second.lock("other", 1000).close();
      expect(Code.WRONG_STATE, () -> second.lock("k", 20));
      second.close();
      DirectoryStore.open(directory, OpenMode.READ).close();
      assertTrue(store.list("").isEmpty());
      assertEquals("busy", childTries("k", 50));
    }
  }

  @Test
  void pathThroughALinkLeadsToTheSameLocks() throws Exception {
    Path link =
        Files.createSymbolicLink(directory.resolveSibling("link-" + System.nanoTime()), directory);
    try (ObjectStore same = DirectoryStore.open(link, OpenMode.WRITE);
        Guard held = store.lock("k", 1000)) {
      expect(Code.WRONG_STATE, () -> same.lock("k", 20));
      same.lock("other", 1000).close();
      same.close();
      assertEquals("busy", childTries("k", 50));
    } finally {
      Files.delete(link);
    }
  }

  /** A second directory at a path must not be guarded by the lock file of the first. */
  @Test
  void directoryMadeAnewAtTheSamePathHasItsOwnLocks() throws Exception {
    Path place = directory.resolve("place");
    try (ObjectStore first = DirectoryStore.open(place, OpenMode.CREATE);
        Guard held = first.lock("k", 1000)) {
      Files.move(place, directory.resolve("moved"));
      try (ObjectStore second = DirectoryStore.open(place, OpenMode.CREATE);
          Guard own = second.lock("k", 1000);
          ChildJvm other = ChildJvm.start(LockProbe.class, place)) {
        other.writeLine("k 50");
        assertEquals("busy", other.readLine());
      }
    }
  }

  @Test
  void copiesOfTheClassesInOtherClassLoadersShareTheLocks() throws Exception {
    try (Copy first = new Copy(directory);
        Copy second = new Copy(directory)) {
      assertNotEquals(first.type, second.type);
      AutoCloseable held = first.lock("k", 1000);
      assertBusy(second);
      expect(Code.WRONG_STATE, () -> store.lock("k", 20));
      second.close();
      assertEquals("busy", childTries("k", 50), "closing the other copy dropped nothing");
      held.close();
      store.lock("k", 1000).close();
      assertEquals("got", childTries("k", 5000));
    }
  }

  private static void assertBusy(Copy copy) throws Exception {
    try {
      copy.lock("k", 20).close();
    } catch (InvocationTargetException e) {
      assertTrue(
          e.getCause().getMessage().contains("another thread of this process"), e.toString());
      return;
    }
    throw new AssertionError("two hold the lock");
  }

  @Test
  void nothingIsLeftWhenTheLastStoreIsClosed() throws Exception {
    Object before = System.getProperties().get("io.versor.locks.1");
    ObjectStore second = DirectoryStore.open(directory, OpenMode.WRITE);
    second.lock("k", 1000).close();
    store.lock("k", 1000).close();
    Object during = System.getProperties().get("io.versor.locks.1");
    assertNotEquals(null, during);
    store.close();
    assertSame(during, System.getProperties().get("io.versor.locks.1"));
    second.close();
    if (before == null) {
      assertNull(System.getProperties().get("io.versor.locks.1"));
    }
  }

  @Test
  void onlyClassesOfTheJdkAreInTheRegistry() throws Exception {
    store.lock("k", 1000).close();
    Object registry = System.getProperties().get("io.versor.locks.1");
    assertSame(null, registry.getClass().getClassLoader());
    for (Object value : ((java.util.Map<?, ?>) registry).values()) {
      for (Object part : (Object[]) value) {
        assertSame(null, part.getClass().getClassLoader());
      }
    }
  }

  @Test
  void keysHaveDifferentPositions() {
    Set<Long> positions = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      long position = JvmLocks.position("branch/" + i);
      assertTrue(position >= 0 && position < 1L << 62);
      assertTrue(positions.add(position));
    }
    // Other implementations must come to the same: SHA-256 of "k" begins 8254c329a92850f6.
    assertEquals(0x0254c329a92850f6L, JvmLocks.position("k"));
  }

  /** Two processes add to one number, each with its own copy of what it read. */
  @Test
  void twoProcessesNeverHaveTheLockAtOnce() throws Exception {
    int each = 150;
    ChildJvm[] children = new ChildJvm[2];
    for (int i = 0; i < children.length; i++) {
      children[i] = ChildJvm.start(Counting.class, directory, each);
    }
    Counting.count(directory, each);
    for (ChildJvm counting : children) {
      assertEquals("done\n", counting.readAll());
    }
    String total = Files.readString(directory.resolve("number"));
    assertEquals(Integer.toString(3 * each), total);
  }

  /** Adds one to a file, under a lock and without any other care. */
  static final class Counting {
    public static void main(String[] arguments) throws Exception {
      count(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
      System.out.println("done");
    }

    static void count(Path directory, int times) throws Exception {
      Path file = directory.resolve("number");
      try (ObjectStore store = DirectoryStore.open(directory, OpenMode.WRITE)) {
        for (int i = 0; i < times; i++) {
          try (Guard guard = store.lock("counting", 60_000)) {
            int number = Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
            Files.writeString(file, Integer.toString(number + 1));
          }
        }
      }
    }
  }

  /** The storage classes once more, loaded from nothing shared but the JDK. */
  private static final class Copy implements AutoCloseable {
    private final URLClassLoader loader;
    private final Class<?> type;
    private final AutoCloseable store;

    Copy(Path directory) throws Exception {
      List<URL> classPath = new ArrayList<>();
      String path =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      for (String entry : path.split(File.pathSeparator)) {
        classPath.add(Path.of(entry).toUri().toURL());
      }
      loader =
          new URLClassLoader(classPath.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
      type = loader.loadClass(DirectoryStore.class.getName());
      Class<?> modes = loader.loadClass(OpenMode.class.getName());
      Object write = modes.getMethod("valueOf", String.class).invoke(null, "WRITE");
      store =
          (AutoCloseable) type.getMethod("open", Path.class, modes).invoke(null, directory, write);
    }

    AutoCloseable lock(String key, long timeoutMillis) throws Exception {
      return (AutoCloseable)
          type.getMethod("lock", String.class, long.class).invoke(store, key, timeoutMillis);
    }

    @Override
    public void close() throws Exception {
      store.close();
      loader.close();
    }
  }
}
