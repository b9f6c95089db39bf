package io.versor.format.ref;

import io.versor.format.log.FrameAddress;
import io.versor.format.pack.Address;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A branch as the root knows it. What it holds lies in its log; the root only says where to begin.
 *
 * @param id names the log; never given twice
 * @param name empty once dropped: the log is still needed by other branches, tags or commit ids
 * @param origin upper half of the row, table and column ids that this branch gives out
 * @param start where it left its parent; empty for one that starts with nothing
 * @param hasLog whether anything was ever written to it; until then it is what it started from, and
 *     no log lies in the store
 * @param checkpoint the last one written for it, if any
 * @param indexedFrame one more than the last frame whose commits are in the commit index; 0 = none
 * @param condemnedAt since when nothing needs it, in microseconds since 1970 UTC: nothing may come
 *     to need it again, and its log goes when that was long enough ago
 * @param end where its log is read to, if that is not as far as it goes: what lies there is
 *     damaged, and nobody appends to it any more
 * @param continues the branch without a name that this one goes on from: in a clone, whose branches
 *     all are new ones
 * @param packed where its log lies if it has no file of its own: nobody writes to it any more, and
 *     it is one segment
 * @param expired commits of these frames have expired: they are known to have been, and nobody can
 *     ask for what they held
 */
public record BranchEntry(
    long id,
    Optional<BranchName> name,
    long origin,
    Optional<Start> start,
    boolean hasLog,
    Optional<CheckpointRef> checkpoint,
    long indexedFrame,
    OptionalLong condemnedAt,
    Optional<FrameAddress> end,
    OptionalLong continues,
    Optional<Address> packed,
    FrameRanges expired,
    UnknownKeys unknown) {

  public BranchEntry {
    Checks.within("branch id", id, 1, Root.MAX_BRANCH_ID);
    Checks.within("origin", origin, 1, Root.MAX_ORIGIN);
    Checks.notNegative("indexed frame", indexedFrame);
    Checks.that(
        packed.isEmpty() || (hasLog && name.isEmpty()),
        "branch id " + id + ": its log lies in a pack, though it has a name or no log");
  }

  /** A branch with nothing on its log yet. */
  public BranchEntry(long id, BranchName name, long origin, Optional<Start> start) {
    this(
        id,
        Optional.of(name),
        origin,
        start,
        false,
        Optional.empty(),
        0,
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        FrameRanges.none(),
        UnknownKeys.none());
  }

  /** What to call it in messages: {@code branch main}, or its number once it was dropped. */
  public String display() {
    return name.map(n -> "branch " + n).orElseGet(() -> "dropped branch number " + id);
  }

  /** Whether nothing of it can be read any more, its first state apart. */
  public boolean isLost() {
    return end.isPresent() && end.get().frame() == 0;
  }

  public BranchEntry withName(Optional<BranchName> newName) {
    return with(to -> to.name = newName);
  }

  public BranchEntry withOrigin(long newOrigin) {
    return with(to -> to.origin = newOrigin);
  }

  public BranchEntry withLog() {
    return with(to -> to.hasLog = true);
  }

  public BranchEntry withCheckpoint(CheckpointRef newCheckpoint) {
    return withCheckpoint(Optional.of(newCheckpoint));
  }

  public BranchEntry withCheckpoint(Optional<CheckpointRef> newCheckpoint) {
    return with(to -> to.checkpoint = newCheckpoint);
  }

  public BranchEntry withIndexedFrame(long newIndexedFrame) {
    return with(to -> to.indexedFrame = newIndexedFrame);
  }

  public BranchEntry withCondemnedAt(OptionalLong newCondemnedAt) {
    return with(to -> to.condemnedAt = newCondemnedAt);
  }

  /** Its log is read up to there from now on, and not written to. */
  public BranchEntry withEnd(FrameAddress newEnd) {
    return with(to -> to.end = Optional.of(newEnd));
  }

  /** It goes on from this one, which gives its name to it. */
  public BranchEntry withContinues(long before) {
    return with(to -> to.continues = OptionalLong.of(before));
  }

  /** Its log lies there from now on, and is not written to. */
  public BranchEntry withPacked(Address newPlace) {
    return with(to -> to.packed = Optional.of(newPlace));
  }

  /** Commits of these frames, and no others, have expired. */
  public BranchEntry withExpired(FrameRanges newExpired) {
    return with(to -> to.expired = newExpired);
  }

  private BranchEntry with(Consumer<Edit> change) {
    Edit edit = new Edit();
    change.accept(edit);
    return edit.done();
  }

  /** A copy of this entry, to be changed. */
  private final class Edit {
    long id = BranchEntry.this.id;
    Optional<BranchName> name = BranchEntry.this.name;
    long origin = BranchEntry.this.origin;
    Optional<Start> start = BranchEntry.this.start;
    boolean hasLog = BranchEntry.this.hasLog;
    Optional<CheckpointRef> checkpoint = BranchEntry.this.checkpoint;
    long indexedFrame = BranchEntry.this.indexedFrame;
    OptionalLong condemnedAt = BranchEntry.this.condemnedAt;
    Optional<FrameAddress> end = BranchEntry.this.end;
    OptionalLong continues = BranchEntry.this.continues;
    Optional<Address> packed = BranchEntry.this.packed;
    FrameRanges expired = BranchEntry.this.expired;
    UnknownKeys unknown = BranchEntry.this.unknown;

    BranchEntry done() {
      return new BranchEntry(
          id,
          name,
          origin,
          start,
          hasLog,
          checkpoint,
          indexedFrame,
          condemnedAt,
          end,
          continues,
          packed,
          expired,
          unknown);
    }
  }
}
