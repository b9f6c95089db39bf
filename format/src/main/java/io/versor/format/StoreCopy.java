package io.versor.format;

import io.versor.format.check.Damage;
import io.versor.format.check.StoreCheck;
import io.versor.format.io.Guard;
import io.versor.format.io.ObjectReader;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.ObjectWriter;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.io.StopSignal;
import io.versor.format.log.BranchLog;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.SegmentStamp;
import io.versor.format.pack.PackStamp;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.LockKeys;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootJson;
import io.versor.format.ref.RootStore;
import io.versor.format.ref.StoreId;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Copies a store into an empty place while it is used: all branches as they were at one moment. The
 * root comes last, so what is not finished is no store. Used once, by one thread.
 */
final class StoreCopy {
  /** Looks at the ends of all logs, until nothing was appended between two of them. */
  private static final int LOOKS = 20;

  private static final long LOCK_TIMEOUT_MILLIS = 30_000;

  private static final int PIECE_BYTES = 1 << 20;

  private final Core core;
  private final ObjectStore source;
  private final ObjectStore target;
  private final Optional<ObjectStore> earlier;
  private final Optional<StoreId> other;

  private final List<String> made = new ArrayList<>();
  private long objects;
  private long copiedObjects;
  private long copiedBytes;

  /**
   * @param target empty
   * @param earlier a whole copy of the same store, whose objects are taken over where storage can
   * @param other whose files the copies are to be, if not the store's
   */
  StoreCopy(Core core, ObjectStore target, Optional<ObjectStore> earlier, Optional<StoreId> other) {
    this.core = core;
    this.source = core.objects;
    this.target = target;
    this.earlier = earlier;
    this.other = other;
  }

  /**
   * What the store was at one moment.
   *
   * @param ends behind the last frame of each branch that has any
   */
  record Moment(Root root, byte[] bytes, Map<Long, FrameAddress> ends) {}

  /** Says what the root of the copy is. */
  @FunctionalInterface
  interface RootMaker {
    byte[] of(Moment moment) throws StoreException;
  }

  /** What was made so far, in part or whole, the root last. */
  List<String> made() {
    return made;
  }

  CopyResult run(RootMaker maker) throws StoreException {
    Optional<Guard> maintenance =
        core.options.readOnly() || source.readOnly()
            ? Optional.empty()
            : Optional.of(source.lock(LockKeys.MAINTENANCE, LOCK_TIMEOUT_MILLIS));
    try {
      Moment moment;
      if (maintenance.isPresent()) {
        moment = moment();
        copyFiles(moment);
      } else {
        moment = unlessCollected(new RootStore(source).current(), this::moment);
        unlessCollected(
            moment.root(),
            () -> {
              copyFiles(moment);
              return moment;
            });
        refuseCollected(moment.root());
      }
      byte[] root = maker.of(moment);
      if (!target.swap(RootStore.NAME, Optional.empty(), root)) {
        throw new StoreException(
            Code.WRONG_STATE, target.display() + ": something else made a store here meanwhile");
      }
      made.add(RootStore.NAME);
      copied(root.length);
    } finally {
      if (maintenance.isPresent()) {
        maintenance.get().close();
      }
    }
    List<Damage> damages = StoreCheck.run(target, core.options.foreign(), core.allocator);
    return new CopyResult(
        target.display(), objects, copiedObjects, copiedBytes, List.copyOf(damages));
  }

  private void copyFiles(Moment moment) throws StoreException {
    for (String name : source.list("pack/")) {
      StopSignal.check();
      if (name.endsWith(".pack")) {
        copyPack(name);
      }
    }
    for (Map.Entry<Long, FrameAddress> end : moment.ends().entrySet()) {
      if (moment.root().findBranch(end.getKey()).orElseThrow().packed().isEmpty()) {
        copyLog(end.getValue());
      }
    }
  }

  // --- one moment

  private Moment moment() throws StoreException {
    Moment before = look();
    for (int i = 0; i < LOOKS; i++) {
      StopSignal.check();
      Moment now = look();
      // Nothing changed from the first look's last read to the second one's first.
      if (now.root().number() == before.root().number() && now.ends().equals(before.ends())) {
        return now;
      }
      before = now;
    }
    if (core.options.readOnly() || source.readOnly()) {
      throw new StoreException(
          Code.WRONG_STATE,
          source.display()
              + " is written all the time, and was opened read-only; open it for writing to back it"
              + " up, so that writers can be held for a moment");
    }
    return lockedMoment();
  }

  private Moment look() throws StoreException {
    byte[] bytes =
        source
            .load(RootStore.NAME, RootJson.MAX_BYTES)
            .orElseThrow(
                () -> new StoreException(Code.CORRUPT, source.display() + "/root: is missing"));
    Root root = RootJson.decode(bytes, source.display() + "/root");
    Map<Long, FrameAddress> ends = new LinkedHashMap<>();
    for (BranchEntry branch : root.branches()) {
      if (branch.hasLog() && !branch.isLost()) {
        StopSignal.check();
        try (BranchLog log = core.history.open(branch.id(), branch.end())) {
          ends.put(branch.id(), log.end());
        }
      }
    }
    return new Moment(root, bytes, ends);
  }

  /** With all writers waiting for as long as it takes to look. */
  private Moment lockedMoment() throws StoreException {
    List<Guard> locks = new ArrayList<>();
    try {
      locks.add(source.lock(LockKeys.DROP, LOCK_TIMEOUT_MILLIS));
      List<Long> branches =
          new RootStore(source)
              .current().branches().stream().map(BranchEntry::id).sorted().toList();
      for (long branch : branches) {
        locks.add(source.lock(LockKeys.branch(branch), LOCK_TIMEOUT_MILLIS));
      }
      return look();
    } finally {
      for (int i = locks.size() - 1; i >= 0; i--) {
        locks.get(i).close();
      }
    }
  }

  private interface Step {
    Moment run() throws StoreException;
  }

  /** Who cannot lock may miss what a VACUUM has taken meanwhile: that is no damage. */
  private Moment unlessCollected(Root before, Step step) throws StoreException {
    try {
      return step.run();
    } catch (StoreException e) {
      if (e.code() == Code.CORRUPT) {
        refuseCollected(before);
      }
      throw e;
    }
  }

  /** Who cannot lock may have met a VACUUM that took or moved packs while they were copied. */
  private void refuseCollected(Root copied) throws StoreException {
    Root now = new RootStore(source).current();
    boolean same =
        now.packMap().equals(copied.packMap())
            && now.condemned().equals(copied.condemned())
            && now.collected() == copied.collected()
            && copied.branches().stream()
                .allMatch(
                    branch ->
                        now.findBranch(branch.id())
                            .filter(each -> each.packed().equals(branch.packed()))
                            .isPresent());
    if (!same) {
      throw new StoreException(
          Code.WRONG_STATE,
          source.display()
              + " was vacuumed while it was copied, and was opened read-only; try again, or open it"
              + " for writing to back it up");
    }
  }

  // --- copying

  private void copied(long bytes) {
    objects++;
    copiedObjects++;
    copiedBytes += bytes;
  }

  private void copyPack(String name) throws StoreException {
    OptionalLong length = source.findLength(name);
    if (length.isEmpty()) {
      return; // of a writer that gave up
    }
    boolean known =
        earlier.isPresent()
            && earlier.get().findLength(name).equals(length)
            && target.adopt(earlier.get(), name);
    if (known) {
      objects++;
      return;
    }
    try (ObjectReader in = source.openReader(name);
        ObjectWriter out = target.create(name)) {
      if (other.isPresent()) {
        PackStamp.copy(in, out, other.get().uuid());
      } else {
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, in.length())];
        for (long at = 0; at < in.length(); ) {
          StopSignal.check();
          int bytes = (int) Math.min(piece.length, in.length() - at);
          in.readFully(at, piece, 0, bytes);
          out.write(piece, 0, bytes);
          at += bytes;
        }
      }
      out.finish();
      made.add(name);
      copied(in.length());
    }
  }

  /** Segments up to the end of the log; what was appended behind it meanwhile stays behind. */
  private void copyLog(FrameAddress end) throws StoreException {
    String prefix = end.file().substring(0, end.file().lastIndexOf('/') + 1);
    List<String> names = source.list(prefix);
    if (!names.contains(end.file())) {
      throw new StoreException(
          Code.CORRUPT,
          source.display() + "/" + end.file() + ": is missing, though the store refers to it");
    }
    for (String name : names) {
      int order = name.compareTo(end.file()); // numbers in names have one length
      if (order > 0 || !name.endsWith(".log")) {
        continue;
      }
      made.add(name);
      try (Segment in = source.openSegment(name, OpenMode.READ);
          Segment out = target.openSegment(name, OpenMode.CREATE)) {
        long length = order == 0 ? end.offset() : in.length();
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, Math.max(1, length))];
        for (long at = 0; at < length; ) {
          StopSignal.check();
          int bytes = in.read(at, piece, 0, (int) Math.min(piece.length, length - at));
          if (bytes == 0) {
            throw new StoreException(
                Code.CORRUPT, in.display() + ": ends at " + at + ", expected " + length);
          }
          if (other.isPresent() && at == 0) {
            SegmentStamp.put(piece, bytes, other.get().uuid());
          }
          out.write(at, piece, 0, bytes);
          at += bytes;
        }
        out.sync();
        copied(length);
      }
    }
  }
}
