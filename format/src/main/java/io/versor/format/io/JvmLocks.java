package io.versor.format.io;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The locks of one store's directory, for all threads, class loaders and processes: a range of one
 * byte in the file {@code lock} for each key, and a semaphore for the threads of this process.
 *
 * <p>POSIX drops <em>all</em> locks a process has on a file when it closes <em>any</em> descriptor
 * of it, and Java does not notice. So there is one descriptor per store and process, shared even by
 * several copies of this class in different class loaders: it is kept in the system properties, the
 * one map they all see, and so only JDK types may appear in what is kept there. What it looks like
 * is a protocol between versions of this class, hence the number in {@link #PROPERTY}: a map from
 * the lock file's identity to {@code [channel, count of users, map of key to semaphore]}. The
 * property goes when the last store is closed.
 *
 * <p>Identity is what the file system calls the file, not its path: two paths may lead to one file
 * (a mount within a mount), and one path to two, after another. A file that is open keeps its
 * identity even when it is deleted, so an entry is never taken for another file's.
 *
 * <p>The channel is an {@link AsynchronousFileChannel} because an interrupted thread does not close
 * that, as it would a {@code FileChannel}, and everybody's locks with it.
 */
final class JvmLocks implements AutoCloseable {
  private static final String PROPERTY = "io.versor.locks.1";
  private static final int CHANNEL = 0;
  private static final int USERS = 1;
  private static final int KEYS = 2;

  private static final long FIRST_PAUSE_NANOS = 20_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000;

  /** How soon a thread that waits notices that nobody waits for it any more. */
  private static final long LOOK_MILLIS = 20;

  private final Path lockFile;
  private final String identity;
  private final AsynchronousFileChannel channel;
  private final ConcurrentMap<String, Semaphore> keys;
  private final AtomicBoolean closed = new AtomicBoolean();

  @SuppressWarnings("unchecked") // the protocol above
  private JvmLocks(Path lockFile, String identity, Object[] entry) {
    this.lockFile = lockFile;
    this.identity = identity;
    this.channel = (AsynchronousFileChannel) entry[CHANNEL];
    this.keys = (ConcurrentMap<String, Semaphore>) entry[KEYS];
  }

  /** Joins those in this process who use the directory, or is the first and opens the file. */
  static JvmLocks join(Path realDirectory) throws IOException {
    Path lockFile = realDirectory.resolve(ObjectNames.LOCK_FILE);
    JvmLocks[] joined = new JvmLocks[1];
    try {
      System.getProperties()
          .compute(
              PROPERTY,
              (property, registry) -> {
                ConcurrentMap<String, Object[]> files = files(registry);
                String identity = identity(lockFile);
                Object[] entry = files.compute(identity, (key, known) -> use(lockFile, known));
                joined[0] = new JvmLocks(lockFile, identity, entry);
                return files;
              });
      return joined[0];
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * What the file system calls the lock file, which is created if there is none. Runs in the
   * registry's monitor: were the file in use by another thread, closing it here would drop the
   * locks on it.
   */
  private static String identity(Path lockFile) {
    try {
      if (!Files.exists(lockFile)) {
        try {
          Files.createFile(lockFile);
        } catch (FileAlreadyExistsException byAnotherProcess) {
          return identity(lockFile);
        }
      }
      Object fileKey = Files.readAttributes(lockFile, BasicFileAttributes.class).fileKey();
      return fileKey == null ? lockFile.toString() : fileKey.toString(); // Windows has no key
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked") // the protocol above
  private static ConcurrentMap<String, Object[]> files(@Nullable Object registry) {
    return registry == null
        ? new ConcurrentHashMap<>()
        : (ConcurrentMap<String, Object[]>) registry;
  }

  private static Object[] use(Path lockFile, Object @Nullable [] known) {
    if (known != null) {
      return new Object[] {known[CHANNEL], (Integer) known[USERS] + 1, known[KEYS]};
    }
    try {
      return new Object[] {
        AsynchronousFileChannel.open(lockFile, StandardOpenOption.READ, StandardOpenOption.WRITE),
        1,
        new ConcurrentHashMap<String, Semaphore>()
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Guard lock(String key, long timeoutMillis) throws StoreException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    // Fair, so that a thread that appends in a loop does not starve the others.
    Semaphore semaphore = keys.computeIfAbsent(key, k -> new Semaphore(1, true));
    try {
      if (!acquire(semaphore, timeoutMillis)) {
        throw timedOut(key, timeoutMillis, "another thread of this process");
      }
    } catch (InterruptedException e) {
      throw interrupted(key);
    }
    try {
      FileLock lock = lockRange(key, deadline, timeoutMillis);
      AtomicBoolean released = new AtomicBoolean();
      return () -> {
        if (released.compareAndSet(false, true)) {
          release(lock, semaphore);
        }
      };
    } catch (StoreException | RuntimeException e) {
      semaphore.release();
      throw e;
    }
  }

  /**
   * Who comes with an interrupt pending gets a lock that is free, but does not wait for one. Who
   * can be stopped asks for it again and again, and so goes to the end of the queue each time.
   */
  static boolean acquire(Semaphore semaphore, long timeoutMillis)
      throws InterruptedException, StoreException {
    if (Thread.currentThread().isInterrupted() && semaphore.tryAcquire()) {
      return true;
    }
    long left = timeoutMillis;
    while (StopSignal.present() != StopSignal.NEVER && left > LOOK_MILLIS) {
      if (semaphore.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return true;
      }
      StopSignal.check();
      left -= LOOK_MILLIS;
    }
    return semaphore.tryAcquire(left, TimeUnit.MILLISECONDS);
  }

  private FileLock lockRange(String key, long deadline, long timeoutMillis) throws StoreException {
    long position = position(key);
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      try {
        FileLock lock = channel.tryLock(position, 1, false);
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException heldInThisProcess) {
        // Only if somebody replaced the system properties, and with them the registry: wait as for
        // others.
      } catch (IOException e) {
        throw IoErrors.writing(lockFile, e);
      }
      if (System.nanoTime() - deadline >= 0) {
        throw timedOut(key, timeoutMillis, "another process");
      }
      StopSignal.check();
      if (Thread.interrupted()) {
        throw interrupted(key);
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
    }
  }

  private void release(FileLock lock, Semaphore semaphore) throws StoreException {
    try {
      lock.release();
    } catch (IOException e) {
      throw new StoreException(
          Code.OUTCOME_UNKNOWN, lockFile + ": lock cannot be released: " + e.getMessage(), e);
    } finally {
      semaphore.release();
    }
  }

  /**
   * First eight bytes of the key's SHA-256, without the top two bits: any file offset fits in that.
   */
  static long position(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong() & 0x3fff_ffff_ffff_ffffL;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private StoreException timedOut(String key, long timeoutMillis, String holder) {
    return new StoreException(
        Code.WRONG_STATE,
        lockFile
            + ": "
            + holder
            + " has held the lock on '"
            + key
            + "' for more than "
            + timeoutMillis
            + " ms; try again");
  }

  private static StoreException interrupted(String key) {
    Thread.currentThread().interrupt();
    return new StoreException(
        Code.CANCELLED, "interrupted while waiting for the lock on '" + key + "'");
  }

  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      System.getProperties()
          .computeIfPresent(
              PROPERTY,
              (property, registry) -> {
                ConcurrentMap<String, Object[]> files = files(registry);
                files.computeIfPresent(identity, (key, entry) -> leave(entry));
                return files.isEmpty() ? null : files;
              });
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  private static Object @Nullable [] leave(Object[] entry) {
    int users = (Integer) entry[USERS] - 1;
    if (users > 0) {
      return new Object[] {entry[CHANNEL], users, entry[KEYS]};
    }
    try {
      ((AsynchronousFileChannel) entry[CHANNEL]).close();
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
