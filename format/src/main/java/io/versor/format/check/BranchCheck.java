package io.versor.format.check;

import io.versor.format.check.Damage.Severity;
import io.versor.format.log.Frame;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.LogCheck;
import io.versor.format.record.Record;
import io.versor.format.record.RecordCodec;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.Start;
import io.versor.format.table.BranchState;
import io.versor.format.table.CheckpointLink;
import io.versor.format.tree.TreeCheck;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads one branch from its start to its end: replays every frame, and compares what comes out with
 * each checkpoint on the way. Keeps what is damaged between two checkpoints, for that is what the
 * versions between them are hit by. Used by one thread, once.
 */
final class BranchCheck implements LogCheck.Visitor {
  private final Reading reading;
  private final BranchEntry branch;
  private final Findings findings;
  private final TableCheck tables;
  private final Deque<CheckpointLink> checkpoints = new ArrayDeque<>();

  /** What the versions that are read now are hit by. */
  private final Set<Finding> hits = new LinkedHashSet<>();

  /** What is known before the frame to come; null behind damage, up to the next checkpoint. */
  private @Nullable BranchState state;

  /** Checkpoints that cannot be read: who reads finds those before only through them. */
  private final NavigableMap<Long, Finding> hidden = new TreeMap<>();

  private long reached = -1;
  private Optional<FrameAddress> end = Optional.empty();

  /** Frames that cannot be read since the last one that could. */
  private boolean broken;

  BranchCheck(Reading reading, BranchEntry branch) {
    this.reading = reading;
    this.branch = branch;
    this.findings = reading.findings();
    this.tables = new TableCheck(reading);
  }

  void run() throws StoreException {
    if (branch.isLost()) {
      return; // that was told when it was given up
    }
    hits.addAll(reading.hitAtStart(branch));
    listCheckpoints();
    start();
    if (branch.hasLog()) {
      reading.readLog(branch, this);
    }
    if (!checkpoints.isEmpty()) {
      CheckpointLink first = checkpoints.peekFirst();
      hit(
          findings.frame(
              end.orElse(FrameAddress.first(branch.id())),
              corrupt(
                  "the log of "
                      + branch.display()
                      + " ends after frame "
                      + reached
                      + ", a checkpoint has frame "
                      + first.position().frame())));
      enterCheckpoints(Long.MAX_VALUE);
    }
    if (!branch.hasLog() || branch.name().isPresent()) {
      String now = branch.display() + " as it is now";
      hits.forEach(hit -> hit.version(now));
    }
    reading.children(branch.id(), reached, Long.MAX_VALUE, hits);
  }

  private void start() throws StoreException {
    Optional<Start> start = branch.start();
    if (start.isEmpty()) {
      state = BranchState.empty(branch.id(), branch.origin());
      return;
    }
    FrameAddress parent = start.get().position();
    try {
      state = reading.history().at(parent).branched(branch.id(), branch.origin());
    } catch (StoreException e) {
      StoreException damage = TreeCheck.damage(e);
      state = null;
      if (hits.isEmpty()) { // else it is known what is wrong
        hit(findings.frame(parent, damage));
      }
    }
  }

  private void hit(Finding finding) {
    hits.add(finding);
  }

  private void listCheckpoints() throws StoreException {
    reading.checkpoints(
        branch,
        checkpoints::addFirst,
        (address, problem) -> {
          Finding finding = findings.object(Severity.DERIVED, address, problem);
          hidden.put(nextCheckpoint(), finding);
          hit(finding);
        });
  }

  @Override
  public void damaged(String file, long offset, long frame, StoreException problem)
      throws StoreException {
    enterCheckpoints(frame - 1);
    Finding finding =
        findings.place(Severity.LOST, file, java.util.OptionalLong.of(offset), problem);
    finding.version(branch.display() + " from frame " + frame);
    hit(finding);
    state = null;
    broken = true;
  }

  @Override
  public void frame(Frame frame) throws StoreException {
    long number = frame.address().frame();
    enterCheckpoints(number - 1);
    reading.children(branch.id(), reached, number - 1, hits);
    if (state != null && state.position().frame() != number - 1) {
      state = null;
    }
    broken = false;
    // What is behind all that can be asked for may be named though VACUUM has taken it.
    boolean asked = reading.isRetained(branch, number, nextCheckpoint());
    List<Record> records = List.of();
    try {
      records = RecordCodec.read(frame.payload(), frame.address().toString());
    } catch (StoreException e) {
      hit(findings.frame(frame.address(), TreeCheck.damage(e)));
      state = null;
    }
    apply(frame, asked);
    if (state != null && asked) {
      for (Record record : records) {
        tables.checkNamed(state, record, this::hit);
      }
    }
    reached = number;
    end = Optional.of(frame.next());
    enterCheckpoints(number);
    if (!records.isEmpty() && records.get(records.size() - 1) instanceof Record.Sealed sealed) {
      seal(frame.address(), sealed.seal());
    }
  }

  private void apply(Frame frame, boolean asked) throws StoreException {
    if (state == null) {
      return;
    }
    try {
      state = reading.replay().apply(state, frame);
    } catch (StoreException e) {
      StoreException damage = TreeCheck.damage(e);
      state = null;
      if (asked) {
        hit(findings.frame(frame.address(), damage));
      }
    }
  }

  private void seal(FrameAddress address, Seal seal) throws StoreException {
    String version = "commit " + seal.id().hex() + " of " + branch.display();
    hits.forEach(hit -> hit.version(version));
    for (Seal.Parent parent : seal.parents()) {
      reading.checkSeal(parent.seal(), parent.id());
    }
    if (address.frame() < branch.indexedFrame()) {
      reading.checkIndexed(seal.id(), address);
    }
  }

  /** Goes over to the checkpoints whose last frame is reached: what was before does not matter. */
  private void enterCheckpoints(long frame) throws StoreException {
    while (!checkpoints.isEmpty() && checkpoints.peekFirst().position().frame() <= frame) {
      CheckpointLink link = checkpoints.removeFirst();
      long at = link.position().frame();
      reading.children(branch.id(), reached, at - 1, hits);
      reached = Math.max(reached, at - 1);
      enter(link);
    }
  }

  private void enter(CheckpointLink link) throws StoreException {
    BranchState replayed =
        state != null && state.position().frame() == link.position().frame() ? state : null;
    hits.clear();
    hits.addAll(hidden.tailMap(link.position().frame(), false).values());
    if (!reading.isRetained(branch, link.position().frame(), nextCheckpoint())) {
      state = tables.findState(link.address()).orElse(replayed); // VACUUM may have been here
      return;
    }
    boolean readable =
        tables.check(
            link.address(),
            checkpoints.isEmpty(),
            replayed == null ? Severity.LOST : Severity.DERIVED,
            this::hit);
    if (!readable) {
      state = replayed;
      return;
    }
    BranchState stored = reading.checkpoints().read(link.address()).state();
    state = stored;
    if (replayed != null) {
      Optional<String> difference = tables.difference(replayed, stored);
      if (difference.isPresent()) {
        hit(
            findings.object(
                Severity.DERIVED,
                link.address(),
                corrupt("the checkpoint is not what the log says: " + difference.get())));
      }
    }
  }

  private long nextCheckpoint() {
    return checkpoints.isEmpty() ? Long.MAX_VALUE : checkpoints.peekFirst().position().frame();
  }

  /** Whether the log ends with frames that cannot be read. */
  boolean isBrokenAtEnd() {
    return broken;
  }

  private static StoreException corrupt(String problem) {
    return new StoreException(Code.CORRUPT, problem);
  }
}
