package io.versor.format.io;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store in a directory of a local disk, shared by any number of processes.
 *
 * <p>New objects are written to {@code tmp/}, forced, renamed, and their directory forced. Locks
 * are ranges of the file {@code lock} (see {@link JvmLocks}), which appears with the first lock
 * taken, so a store can be read where nothing can be written.
 *
 * <p>The directory may be a symbolic link, but nothing in it: a store that somebody else made must
 * not lead us to other files of ours.
 */
public final class DirectoryStore implements ObjectStore {
  /** A swap takes a millisecond; who waits this long waits for something that hangs. */
  private static final long SWAP_TIMEOUT_MILLIS = 60_000;

  private final Path directory;
  private final boolean readOnly;
  private final Set<Path> durableDirectories = ConcurrentHashMap.newKeySet();

  /** Directories below ours that were seen to be none but that. */
  private final Set<Path> ownDirectories = ConcurrentHashMap.newKeySet();

  private @Nullable JvmLocks locks;

  private volatile @Nullable Stamped stamped;

  /** What was looked at last. */
  private record Stamped(String name, Path file) {}

  private DirectoryStore(Path directory, boolean readOnly) {
    this.directory = directory;
    this.readOnly = readOnly;
  }

  /**
   * Opens the directory. {@code NOT_A_STORE} if there is none and {@code mode} is not {@link
   * OpenMode#CREATE}; whether a store is in it is not looked at.
   */
  public static DirectoryStore open(Path directory, OpenMode mode) throws StoreException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new StoreException(
          Code.NOT_A_STORE, directory + ": is a file, expected the directory of a store");
    }
    try {
      if (mode == OpenMode.CREATE) {
        createRoot(directory.toAbsolutePath());
      }
      return new DirectoryStore(directory.toRealPath(), mode == OpenMode.READ);
    } catch (NoSuchFileException e) {
      throw new StoreException(
          Code.NOT_A_STORE,
          directory + ": there is no such directory, expected that of a store",
          e);
    } catch (IOException e) {
      throw IoErrors.writing(directory, e);
    }
  }

  private static void createRoot(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null) {
      createRoot(parent);
    }
    Files.createDirectories(directory); // somebody else may do the same right now
    if (parent != null) {
      forceDirectory(parent);
    }
  }

  @Override
  public String display() {
    return directory.toString();
  }

  @Override
  public boolean readOnly() {
    return readOnly;
  }

  @Override
  public Optional<byte[]> load(String name, int limitBytes) throws StoreException {
    Path file = path(name);
    if (!file.toFile().exists()) { // the usual miss, without the cost of an exception
      return Optional.empty();
    }
    try (SteadyFile opened = SteadyFile.open(file, Set.of(StandardOpenOption.READ))) {
      long size = opened.size();
      if (size > limitBytes) {
        throw IoErrors.tooLarge(file.toString(), size, limitBytes);
      }
      byte[] bytes = new byte[(int) size];
      int n = opened.read(0, bytes, 0, bytes.length);
      if (n < bytes.length) {
        throw IoErrors.tooShort(file.toString(), 0, bytes.length, n);
      }
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw IoErrors.reading(file, e);
    }
  }

  @Override
  public long stamp(String name) throws StoreException {
    Path file = stampedPath(name);
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      long mark = Objects.hashCode(attributes.fileKey());
      mark = mark * 0x9E3779B97F4A7C15L + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
      mark = mark * 0x9E3779B97F4A7C15L + attributes.size();
      return mark == 0 ? 1 : mark;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw IoErrors.reading(file, e);
    }
  }

  /** The same object is looked at for each statement: its path is made once. */
  private Path stampedPath(String name) throws StoreException {
    Stamped known = stamped;
    if (known == null || !known.name().equals(name)) {
      known = new Stamped(name, path(name));
      stamped = known;
    }
    return known.file();
  }

  @Override
  public boolean swap(String name, Optional<byte[]> expected, byte[] replacement)
      throws StoreException {
    Path file = path(name);
    requireWritable(file);
    Guard guard = lock("swap/" + name, SWAP_TIMEOUT_MILLIS);
    try {
      Optional<byte[]> current = load(name, Integer.MAX_VALUE - 8);
      boolean same =
          current.isPresent() == expected.isPresent()
              && (current.isEmpty() || Arrays.equals(current.get(), expected.get()));
      if (same) {
        replace(file, replacement);
      }
      return same;
    } finally {
      guard.close();
    }
  }

  private void replace(Path file, byte[] content) throws StoreException {
    Path temporary = newTemporary();
    try {
      try (SteadyFile opened =
          SteadyFile.open(
              temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        opened.write(0, ByteBuffer.wrap(content));
        setRisingTime(file, temporary);
        opened.force();
      }
      makeDurable(file.getParent());
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(temporary, e);
      throw IoErrors.writing(file, e);
    }
    forceAfterRename(file);
  }

  /**
   * Clocks of file systems tick in milliseconds and freed inodes come back at once, so two swaps
   * within a tick could look like none. Each swap makes the file's time later than the one it
   * replaces.
   */
  private static void setRisingTime(Path old, Path fresh) throws IOException {
    if (!Files.exists(old)) {
      return;
    }
    Instant floor = Files.getLastModifiedTime(old).toInstant().plus(2, ChronoUnit.MICROS);
    if (Files.getLastModifiedTime(fresh).toInstant().isBefore(floor)) {
      Files.setLastModifiedTime(fresh, FileTime.from(floor));
    }
  }

  /** A second name for the same file, which nobody ever changes. */
  @Override
  public boolean adopt(ObjectStore other, String name) throws StoreException {
    if (!(other instanceof DirectoryStore from)) {
      return false;
    }
    Path file = path(name);
    requireWritable(file);
    try {
      makeDurable(file.getParent());
      Files.createLink(file, from.path(name));
      forceDirectory(file.getParent());
      return true;
    } catch (UnsupportedOperationException | FileSystemException e) {
      return false; // not on this file system, or not so often; a copy will do
    } catch (IOException e) {
      throw IoErrors.writing(file, e);
    }
  }

  @Override
  public ObjectWriter create(String name) throws StoreException {
    Path file = path(name);
    requireWritable(file);
    Path temporary = newTemporary();
    try {
      SteadyFile opened =
          SteadyFile.open(
              temporary,
              Set.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE));
      return new DirectoryWriter(this, opened, file);
    } catch (IOException e) {
      throw IoErrors.writing(temporary, e);
    }
  }

  @Override
  public ObjectReader openReader(String name) throws StoreException {
    Path file = path(name);
    try {
      return DirectoryReader.open(file);
    } catch (IOException e) {
      throw IoErrors.reading(file, e);
    }
  }

  @Override
  public Segment openSegment(String name, OpenMode mode) throws StoreException {
    Path file = path(name);
    if (mode == OpenMode.READ) {
      try {
        return new DirectorySegment(SteadyFile.open(file, Set.of(StandardOpenOption.READ)), mode);
      } catch (IOException e) {
        throw IoErrors.reading(file, e);
      }
    }
    requireWritable(file);
    try {
      Set<StandardOpenOption> options =
          mode == OpenMode.WRITE
              ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
              : Set.of(
                  StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      if (mode == OpenMode.CREATE) {
        makeDurable(file.getParent());
      }
      SteadyFile opened = SteadyFile.open(file, options);
      try {
        if (mode == OpenMode.CREATE) {
          // Also when the file was there: whoever created it may have died before this.
          forceDirectory(file.getParent());
        }
        return new DirectorySegment(opened, mode);
      } catch (IOException e) {
        opened.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw IoErrors.missing(file.toString());
    } catch (IOException e) {
      throw IoErrors.writing(file, e);
    }
  }

  @Override
  public OptionalLong findLength(String name) throws StoreException {
    File file = path(name).toFile();
    if (!file.exists()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Files.size(file.toPath()));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw IoErrors.reading(file.toPath(), e);
    }
  }

  @Override
  public List<String> list(String prefix) throws StoreException {
    Path start = directory.resolve(ObjectNames.checkPrefix(prefix));
    requireOwn(start);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try {
      Files.walkFileTree(
          start,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              return dir.equals(directory.resolve(ObjectNames.TEMPORARY))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              names.add(directory.relativize(file).toString().replace(File.separatorChar, '/'));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) { // deleted while we walk
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw IoErrors.reading(start, e);
    }
    names.remove(ObjectNames.LOCK_FILE);
    Collections.sort(names);
    return List.copyOf(names);
  }

  @Override
  public boolean delete(String name) throws StoreException {
    Path file = path(name);
    requireWritable(file);
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw IoErrors.writing(file, e);
    }
  }

  @Override
  public void leave(String prefix) throws StoreException {
    Path folder = directory.resolve(ObjectNames.checkPrefix(prefix));
    requireOwn(folder);
    requireWritable(folder);
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      return; // somebody else put something there
    } catch (IOException e) {
      throw IoErrors.writing(folder, e);
    }
    durableDirectories.remove(folder);
  }

  @Override
  public void cut(String name, long length) throws StoreException {
    Path file = path(name);
    requireWritable(file);
    try (SteadyFile opened = SteadyFile.open(file, Set.of(StandardOpenOption.WRITE))) {
      opened.truncate(length);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw IoErrors.writing(file, e);
    }
  }

  @Override
  public int sweepUnfinished(Instant before) throws StoreException {
    Path temporaries = temporaries();
    requireWritable(temporaries);
    if (!Files.isDirectory(temporaries)) {
      return 0;
    }
    int removed = 0;
    try (Stream<Path> files = Files.list(temporaries)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        try {
          if (Files.getLastModifiedTime(file).toInstant().isBefore(before)
              && Files.deleteIfExists(file)) {
            removed++;
          }
        } catch (IOException e) {
          continue; // finished meanwhile, or in use where the system keeps what is open
        }
      }
      return removed;
    } catch (IOException e) {
      throw IoErrors.writing(temporaries, e);
    }
  }

  /** In the store's own directory, whose disk is made for much; temporary folders may be memory. */
  @Override
  public Scratch openScratch() throws StoreException {
    return readOnly ? MemoryStore.openTemporary() : ScratchFile.open(temporaries());
  }

  @Override
  public Guard lock(String key, long timeoutMillis) throws StoreException {
    Path file = directory.resolve(ObjectNames.LOCK_FILE);
    requireWritable(file);
    return locks(file).lock(key, timeoutMillis);
  }

  private synchronized JvmLocks locks(Path file) throws StoreException {
    if (locks == null) {
      if (Files.isSymbolicLink(file)) {
        throw IoErrors.link(file);
      }
      try {
        locks = JvmLocks.join(directory);
      } catch (IOException e) {
        throw IoErrors.writing(file, e);
      }
    }
    return locks;
  }

  /** Renames a forced temporary file to its name, unless the name is taken. */
  void publish(Path temporary, Path file) throws StoreException {
    try {
      makeDurable(file.getParent());
      // Names carry random ids, so this only meets a mistake, never a race.
      if (Files.exists(file)) {
        throw IoErrors.exists(file.toString());
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw IoErrors.writing(file, e);
    }
    forceAfterRename(file);
  }

  private static void forceAfterRename(Path file) throws StoreException {
    try {
      forceDirectory(file.getParent());
    } catch (IOException e) {
      throw IoErrors.unknown(file, e);
    }
  }

  static void discard(Path temporary, Exception cause) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private Path newTemporary() throws StoreException {
    Path temporaries = temporaries();
    try {
      Files.createDirectories(temporaries);
    } catch (IOException e) {
      throw IoErrors.writing(temporaries, e);
    }
    return temporaries.resolve(UUID.randomUUID().toString());
  }

  /**
   * Creates a directory below ours and forces the entries that lead to it; once for each directory,
   * even if it exists, since whoever created it may have died before forcing them.
   */
  private void makeDurable(Path wanted) throws IOException {
    if (wanted.equals(directory) || durableDirectories.contains(wanted)) {
      return;
    }
    Path parent = Objects.requireNonNull(wanted.getParent());
    makeDurable(parent);
    Files.createDirectories(wanted);
    forceDirectory(parent);
    durableDirectories.add(wanted);
  }

  private static void forceDirectory(Path directory) throws IOException {
    boolean interrupted = Thread.interrupted(); // would close the channel before it is forced
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      if (File.separatorChar == '/') {
        throw e;
      }
      // Windows cannot open a directory; NTFS journals its entries by itself.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Path path(String name) throws StoreException {
    Path file = directory.resolve(ObjectNames.check(name));
    requireOwn(Objects.requireNonNull(file.getParent()));
    return file;
  }

  private Path temporaries() throws StoreException {
    Path temporaries = directory.resolve(ObjectNames.TEMPORARY);
    requireOwn(temporaries);
    return temporaries;
  }

  /** Each directory is looked at once; files are not followed when they are opened. */
  private void requireOwn(Path folder) throws StoreException {
    if (folder.equals(directory) || ownDirectories.contains(folder)) {
      return;
    }
    requireOwn(Objects.requireNonNull(folder.getParent()));
    if (Files.isSymbolicLink(folder)) {
      throw IoErrors.link(folder);
    }
    if (Files.exists(folder)) {
      ownDirectories.add(folder);
    }
  }

  private void requireWritable(Path file) throws StoreException {
    if (readOnly) {
      throw IoErrors.readOnly(file.toString());
    }
  }

  @Override
  public synchronized void close() throws StoreException {
    if (locks != null) {
      try {
        locks.close();
      } catch (IOException e) {
        throw new StoreException(
            Code.IO, directory.resolve(ObjectNames.LOCK_FILE) + ": " + e.getMessage(), e);
      } finally {
        locks = null;
      }
    }
  }
}
