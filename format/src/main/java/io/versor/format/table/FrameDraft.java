package io.versor.format.table;

import io.versor.format.io.BinaryWriter;
import io.versor.format.io.ObjectStore;
import io.versor.format.log.Frame;
import io.versor.format.log.FrameAddress;
import io.versor.format.pack.PackId;
import io.versor.format.pack.Packs;
import io.versor.format.record.CommitHash;
import io.versor.format.record.NamedFrames;
import io.versor.format.record.NamedSlices;
import io.versor.format.record.Record;
import io.versor.format.record.RecordCodec;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.Refs;
import io.versor.format.ref.Root;
import io.versor.format.ref.Start;
import io.versor.format.tree.ForeignChunks;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A frame that is about to follow a state, applied to it already. Used by one thread. */
public final class FrameDraft {
  private final History history;
  private final BranchState head;
  private final List<Record> records;
  private final Replay.Applied applied;
  private final byte[] payload;
  private final @Nullable Seal seal;

  private FrameDraft(
      History history,
      BranchState head,
      List<Record> records,
      Replay.Applied applied,
      byte[] payload,
      @Nullable Seal seal) {
    this.history = history;
    this.head = head;
    this.records = records;
    this.applied = applied;
    this.payload = payload;
    this.seal = seal;
  }

  /** A frame of these records; the first of a log says where the branch starts besides. */
  public static FrameDraft of(
      History history, BranchEntry branch, BranchState head, List<Record> records)
      throws StoreException {
    List<Record> all = new ArrayList<>();
    if (head.position().frame() < 0) {
      all.add(new Record.Started(branch.start().map(Start::position)));
    }
    all.addAll(records);
    BinaryWriter payload = new BinaryWriter();
    all.forEach(record -> RecordCodec.write(record, payload));
    return new FrameDraft(
        history, head, all, history.replay().draft(head, all), payload.toBytes(), null);
  }

  /** Records that are not to be appended yet, on top of a state: what a transaction sees. */
  public static FrameDraft preview(History history, BranchState state, List<Record> records)
      throws StoreException {
    return new FrameDraft(
        history, state, records, history.replay().draft(state, records), new byte[0], null);
  }

  /** The state after the records, before a seal; its position is still the one before. */
  public BranchState state() {
    return applied.state();
  }

  /**
   * What a commit says of itself.
   *
   * @param mergedFrom the other parent of a merge; the only one on a branch without a commit
   * @param now microseconds since 1970, UTC; moved on if the last commit was not before it
   * @param tables what changed against the first parent
   */
  public record SealFields(
      Optional<LastSeal> mergedFrom,
      String author,
      long now,
      Optional<String> message,
      List<Seal.TableChange> tables,
      Map<String, String> properties) {}

  /** The same frame with a commit at its end. */
  public FrameDraft sealed(SealFields fields) throws StoreException {
    List<LastSeal> parents = new ArrayList<>();
    applied.state().lastSeal().ifPresent(parents::add);
    fields.mergedFrom().ifPresent(parents::add);
    long generation = 1;
    long committedAt = fields.now();
    for (LastSeal parent : parents) {
      generation = Math.max(generation, parent.generation() + 1);
      committedAt = Math.max(committedAt, parent.committedAt() + 1);
    }
    Optional<LastSeal> first = parents.stream().findFirst();
    CommitId id =
        CommitHash.id(
            parents.stream().map(LastSeal::id).toList(),
            head.position().branchId(),
            head.hash(),
            payload,
            fields.author(),
            committedAt,
            fields.message(),
            fields.properties());
    Seal made =
        new Seal(
            id,
            parents.stream().map(LastSeal::asParent).toList(),
            generation,
            first.isPresent() ? first.get().depth() + 1 : 0,
            first.isPresent() ? Optional.of(history.jumpAfter(first.get())) : Optional.empty(),
            fields.author(),
            committedAt,
            fields.message(),
            fields.tables(),
            fields.properties());
    BinaryWriter whole = new BinaryWriter(payload.length + 256);
    whole.raw(payload);
    RecordCodec.write(new Record.Sealed(made), whole);
    return new FrameDraft(history, head, records, applied, whole.toBytes(), made);
  }

  /**
   * Refuses a frame that would come to need what is about to be deleted, or a commit that expired.
   *
   * @param root read under the lock of the branch: what is condemned later is looked for in logs
   *     again before it is deleted
   * @throws StoreException {@code REF_MOVED}, {@code NO_SUCH_REF}
   */
  void refuseWhatGoes(Root root, ObjectStore objects) throws StoreException {
    List<Record> all = new ArrayList<>(records);
    if (seal != null) {
      all.add(new Record.Sealed(seal));
    }
    for (Record record : all) {
      for (FrameAddress frame : NamedFrames.of(record)) {
        Refs.refuseCondemned(root, frame);
      }
      for (FrameAddress frame : NamedFrames.statesOf(record)) {
        if (root.isExpired(frame)) {
          throw Refs.expired(root, history.seal(frame).id());
        }
      }
    }
    for (PackId pack : applied.packs()) {
      boolean ours = !pack.equals(ForeignChunks.PACK);
      boolean there = root.findRedirect(pack).isPresent() || Packs.exists(objects, pack);
      if (ours && (root.isCondemned(pack) || !there || namesCondemned(root, pack))) {
        throw new StoreException(
            StoreException.Code.REF_MOVED,
            "pack "
                + pack
                + ", which this write refers to, was condemned by VACUUM before the write was"
                + " committed; try again");
      }
    }
  }

  /** Whether a record names an object that is about to be deleted, while its pack is not. */
  private boolean namesCondemned(Root root, PackId pack) {
    if (root.condemned().stream().noneMatch(each -> each.pack().equals(pack))) {
      return false;
    }
    return records.stream()
        .flatMap(record -> NamedSlices.of(record).stream())
        .anyMatch(
            slice -> slice.address().pack().equals(pack) && root.isCondemned(slice.address()));
  }

  byte[] payload() {
    return payload;
  }

  /** The commit at its end, if it was sealed. */
  Optional<Seal> seal() {
    return Optional.ofNullable(seal);
  }

  /** The state after the frame, were it put at {@code address}. */
  BranchState after(FrameAddress address) {
    Replay.Applied done = seal == null ? applied : applied.sealed(LastSeal.of(seal, address));
    return done.at(address, new Frame(address, payload, 0).next(), payload);
  }
}
