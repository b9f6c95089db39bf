package io.versor.format;

import io.versor.format.log.Frame;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.LogCursor;
import io.versor.format.record.Record;
import io.versor.format.record.RecordCodec;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.Root;
import io.versor.format.ref.Start;
import io.versor.format.type.StoreException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads the moves of a branch out of its log. Used by one thread. */
final class RefMoves {
  private final Core core;
  private final Revisions revisions;

  RefMoves(Core core, Revisions revisions) {
    this.core = core;
    this.revisions = revisions;
  }

  /** Newest first. */
  List<RefMove> of(BranchEntry branch) throws StoreException {
    List<RefMove> moves = new ArrayList<>();
    Root root = core.roots.current();
    List<BranchEntry> line = root.line(branch);
    Optional<Start> start = line.get(0).start();
    if (start.isPresent() && start.get().head().isPresent()) {
      moves.add(
          new RefMove(
              start.get().head().get(),
              Optional.empty(),
              "branch",
              Optional.empty(),
              Optional.empty()));
    }
    for (BranchEntry each : line) {
      if (each.hasLog()) {
        moves.addAll(core.history.ofLog(each.id(), () -> movesOf(each)));
      }
    }
    Collections.reverse(moves);
    return moves;
  }

  private List<RefMove> movesOf(BranchEntry branch) throws StoreException {
    List<RefMove> moves = new ArrayList<>();
    try (LogCursor log = core.history.log(branch.id()).readFrom(FrameAddress.first(branch.id()))) {
      for (Optional<Frame> frame = log.next(); frame.isPresent(); frame = log.next()) {
        add(moves, RecordCodec.read(frame.get().payload(), frame.get().address().toString()));
      }
    }
    return moves;
  }

  private void add(List<RefMove> moves, List<Record> records) throws StoreException {
    Optional<FrameAddress> target = Optional.empty();
    for (Record record : records) {
      if (record instanceof Record.Sealed sealed) {
        moves.add(commit(sealed.seal()));
      } else if (record instanceof Record.Reset reset) {
        target = Optional.of(reset.target());
      } else if (record instanceof Record.SoftReset reset) {
        target = Optional.of(reset.target());
      } else if (record instanceof Record.Noted noted && target.isPresent()) {
        moves.add(
            new RefMove(
                revisions.commit(target.get()).id(),
                Optional.of(instant(noted.at())),
                noted.operation(),
                Optional.of(noted.author()),
                Optional.empty()));
      }
    }
  }

  private static RefMove commit(Seal seal) {
    return new RefMove(
        seal.id(),
        Optional.of(instant(seal.committedAt())),
        seal.parents().size() > 1 ? "merge" : "commit",
        Optional.of(seal.author()),
        seal.message());
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
