package io.versor.engine.copy;

import io.versor.engine.StatementException;
import io.versor.format.io.StopSignal;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files that wait in a folder of their own under the one that they are meant for, and then come to
 * their places: all of them, or none. What was at a place is kept until all have come, and is put
 * back if one cannot. One thread.
 *
 * <p>A process that ends in the middle leaves the folder {@code .versor-…} with the files that had
 * not come, under {@code new}, and those that were there before, under {@code old}.
 */
final class FolderMoves implements AutoCloseable {
  private static final String FILE_EXISTS = "58P02";

  /** Something done, and how it is undone. */
  private interface Step {
    void undo() throws IOException;
  }

  private final Path folder;
  private final boolean overwrite;
  private final boolean madeFolder;
  private final Path waiting;
  private final Path arriving;
  private final Path leaving;
  private final Deque<Step> done = new ArrayDeque<>();
  private boolean finished;

  /**
   * @param folder made if it is not there; what it is in is there
   * @param overwrite whether files that are there are replaced
   */
  FolderMoves(Path folder, boolean overwrite) throws IOException {
    this.folder = folder;
    this.overwrite = overwrite;
    this.madeFolder = !Files.exists(folder);
    Files.createDirectories(folder);
    try {
      this.waiting = Files.createTempDirectory(folder, ".versor-");
    } catch (IOException e) {
      if (madeFolder) {
        deleteEmpty(folder);
      }
      throw e;
    }
    this.arriving = waiting.resolve("new");
    this.leaving = waiting.resolve("old");
  }

  /** Where a file is written, which is not there yet. */
  Path openPlace(Path place) throws IOException, StatementException {
    checkPlace(place);
    Path file = arriving.resolve(place);
    Files.createDirectories(file.getParent());
    return file;
  }

  private void checkPlace(Path place) throws StatementException {
    Path file = folder.resolve(place);
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new StatementException(
          FILE_EXISTS, file + " is a folder, expected a file or nothing; NAME gives other names");
    }
    if (!overwrite && isThere(file)) {
      throw new StatementException(
          FILE_EXISTS,
          "the file " + file + " is there already; (OVERWRITE) replaces files, NAME gives others");
    }
  }

  /**
   * Moves all of them.
   *
   * @param stop asked before each
   * @throws StatementException 58P02 where something is in the way, 42501 where a link leads out of
   *     the folder; {@link #close} then puts back what was there
   */
  void finish(Collection<Path> places, StopSignal.Check stop)
      throws IOException, StoreException, StatementException {
    Path real = folder.toRealPath();
    Set<Path> parents = new HashSet<>();
    for (Path place : places) {
      stop.check();
      checkPlace(place);
      Path parent = folder.resolve(place).getParent();
      if (parents.add(parent)) {
        checkParent(parent, real);
      }
    }
    for (Path place : places) {
      stop.check();
      move(place);
    }
    finished = true;
  }

  /** Before folders are made there, which a link could lead elsewhere. */
  private void checkParent(Path parent, Path real) throws IOException, StatementException {
    Path there = parent;
    while (!isThere(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw new StatementException(FILE_EXISTS, there + " is a file, expected a folder");
    }
    if (!there.toRealPath().startsWith(real)) {
      throw new StatementException("42501", there + " is a link that leads out of " + folder);
    }
  }

  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private void move(Path place) throws IOException, StatementException {
    checkPlace(place); // something may have come there
    Path file = folder.resolve(place);
    makeFolders(file.getParent());
    Path fresh = arriving.resolve(place);
    if (isThere(file)) {
      setAside(file, leaving.resolve(place));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.move(fresh, file);
      done.push(() -> Files.deleteIfExists(file));
    }
  }

  private void makeFolders(Path wanted) throws IOException {
    if (!isThere(wanted)) {
      makeFolders(wanted.getParent());
      Files.createDirectory(wanted);
      done.push(() -> deleteEmpty(wanted));
    }
  }

  private static void deleteEmpty(Path made) throws IOException {
    try {
      Files.deleteIfExists(made);
    } catch (DirectoryNotEmptyException e) {
      // Somebody else's files have come into it meanwhile.
    }
  }

  /** By a second name where that goes, so that the file is there all the time. */
  private void setAside(Path file, Path aside) throws IOException {
    Files.createDirectories(aside.getParent());
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !link(aside, file)) {
      Files.move(file, aside);
    }
    done.push(() -> Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING));
  }

  private static boolean link(Path aside, Path file) throws IOException {
    try {
      Files.createLink(aside, file);
      return true;
    } catch (UnsupportedOperationException | FileSystemException e) {
      return false;
    }
  }

  /**
   * Undoes what was done, unless all is, and takes what waited away.
   *
   * @throws IOException if a file could not be put back; it says where the old files are
   */
  @Override
  public void close() throws IOException {
    Optional<IOException> failure = finished ? Optional.empty() : undo();
    if (failure.isPresent()) {
      throw new IOException(
          "not all files of "
              + folder
              + " could be put back; those that are missing are in "
              + leaving
              + ": "
              + failure.get(),
          failure.get());
    }
    deleteAll(waiting);
    if (!finished && madeFolder) {
      deleteEmpty(folder);
    }
  }

  /** All of it, whatever fails; returns the first failure. */
  private Optional<IOException> undo() {
    Optional<IOException> failure = Optional.empty();
    while (!done.isEmpty()) {
      try {
        done.pop().undo();
      } catch (IOException e) {
        failure = failure.isPresent() ? failure : Optional.of(e);
      }
    }
    return failure;
  }

  private static void deleteAll(Path path) throws IOException {
    try (Stream<Path> left = Files.walk(path)) {
      for (Path each : left.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException e) {
      // Somebody else took it away.
    }
  }
}
