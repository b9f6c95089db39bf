package io.versor.format;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.Guard;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.ref.RootStore;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of backups of one store. Each is a store in a folder of its own, whose name is the
 * instant; packs that an earlier one has are the same files, where the file system can do that. One
 * that was not finished has no root, and is removed by the next.
 */
final class Backups {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern NAMES = Pattern.compile("[0-9]{8}T[0-9]{6}\\.[0-9]{6}Z");

  private static final String LOCK = "backup";
  private static final long LOCK_TIMEOUT_MILLIS = 1_000;

  private final Core core;

  Backups(Core core) {
    this.core = core;
  }

  /** Makes one more backup. */
  CopyResult add(Path folder) throws StoreException {
    refuseStore(folder);
    try (ObjectStore place = DirectoryStore.open(folder, OpenMode.CREATE)) {
      Guard lock = place.lock(LOCK, LOCK_TIMEOUT_MILLIS);
      try {
        return addLocked(folder);
      } finally {
        lock.close();
      }
    }
  }

  private void refuseStore(Path folder) throws StoreException {
    refuseWithin(core, folder);
    if (Files.exists(folder.resolve(RootStore.NAME))) {
      throw new StoreException(
          Code.WRONG_STATE,
          folder + ": is a store; name the folder in which backups are to be collected");
    }
  }

  /** Refuses a place in the store itself, by whatever links it is named. */
  static void refuseWithin(Core core, Path place) throws StoreException {
    Path existing = place.toAbsolutePath().normalize();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      // A store in memory is in no directory.
      if (existing.toRealPath().startsWith(Path.of(core.objects.display()).toAbsolutePath())) {
        throw new StoreException(
            Code.WRONG_STATE,
            place + ": lies in the store itself; name a folder elsewhere, on another disk");
      }
    } catch (IOException e) {
      throw new StoreException(Code.IO, place + ": cannot be looked at: " + e.getMessage(), e);
    }
  }

  private CopyResult addLocked(Path folder) throws StoreException {
    UUID store = core.roots.current().store().uuid();
    Optional<Path> newest = Optional.empty();
    for (Path each : sorted(folder)) {
      if (!Files.exists(each.resolve(RootStore.NAME))) {
        remove(each);
        continue;
      }
      newest = Optional.of(each);
    }
    Path target = folder.resolve(NAME.format(Instant.now(core.options.clock())));
    if (newest.isEmpty()) {
      return copy(target, Optional.empty());
    }
    try (ObjectStore earlier = DirectoryStore.open(newest.get(), OpenMode.READ)) {
      UUID other = new RootStore(earlier).current().store().uuid();
      if (!other.equals(store)) {
        throw new StoreException(
            Code.WRONG_STATE,
            folder
                + ": has backups of another store, "
                + other
                + ", this one is "
                + store
                + "; name another folder");
      }
      return copy(target, Optional.of(earlier));
    }
  }

  private CopyResult copy(Path target, Optional<ObjectStore> earlier) throws StoreException {
    if (Files.exists(target)) {
      throw new StoreException(
          Code.WRONG_STATE, target + ": is there already; has the clock been set back?");
    }
    try (ObjectStore made = DirectoryStore.open(target, OpenMode.CREATE)) {
      return new StoreCopy(core, made, earlier, Optional.empty()).run(StoreCopy.Moment::bytes);
    }
  }

  private static List<Path> sorted(Path folder) throws StoreException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> found = new ArrayList<>();
      all.filter(each -> NAMES.matcher(each.getFileName().toString()).matches())
          .filter(Files::isDirectory)
          .forEach(found::add);
      found.sort(Comparator.comparing(Path::getFileName));
      return found;
    } catch (IOException e) {
      throw new StoreException(Code.IO, folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  /** What a backup left that was not finished. Symbolic links are not followed. */
  private static void remove(Path unfinished) throws StoreException {
    try (Stream<Path> all = Files.walk(unfinished)) {
      for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new StoreException(Code.IO, unfinished + ": cannot be removed: " + e.getMessage(), e);
    }
  }
}
