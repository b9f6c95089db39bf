package io.versor.format.check;

import io.versor.format.check.Damage.Severity;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.log.BranchLog;
import io.versor.format.log.Frame;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.LogCheck;
import io.versor.format.pack.Address;
import io.versor.format.pack.PackId;
import io.versor.format.record.Record;
import io.versor.format.record.RecordCodec;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.BranchName;
import io.versor.format.ref.CheckpointRef;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.Refs;
import io.versor.format.ref.Root;
import io.versor.format.ref.Start;
import io.versor.format.table.BranchState;
import io.versor.format.table.CheckpointLink;
import io.versor.format.table.LastSeal;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.PackSink;
import io.versor.format.tree.TreeCheck;
import io.versor.format.type.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sets one branch right. Its log is replayed; checkpoints that are damaged are written anew from
 * what comes out, as far as something does. If the log cannot be read on to its end, or not be
 * appended to, a new branch takes the name and starts at the last state that is known; the old log
 * stays where it is, and is read up to there.
 *
 * <p>Each step is one swap of the root, so a crash leaves what was before it. Used by one thread,
 * once, under the lock of the branch.
 */
final class BranchRepair implements LogCheck.Visitor {
  private final Reading reading;
  private final Survey survey;
  private final BranchEntry branch;
  private final Consumer<Damage> told;
  private final ObjectStore objects;
  private final TableCheck tables;

  /** Checkpoints as they were, from the first one on. */
  private final Deque<Survey.Stored> before = new ArrayDeque<>();

  /** The newest of the checkpoints as they will be. */
  private Optional<CheckpointLink> newest = Optional.empty();

  private boolean changed;
  private boolean started;

  /** Packs that frames behind the newest checkpoint name. */
  private final Set<PackId> named = new HashSet<>();

  private @Nullable BranchState state;
  private @Nullable BranchState known;

  BranchRepair(Reading reading, Survey survey, BranchEntry branch, Consumer<Damage> told) {
    this.reading = reading;
    this.survey = survey;
    this.branch = branch;
    this.told = told;
    this.objects = reading.objects();
    this.tables = new TableCheck(reading);
  }

  /** Sets the checkpoints right. */
  void mend() throws StoreException {
    if (branch.isLost()) {
      return;
    }
    start();
    before.addAll(survey.chain(branch.id()).stored());
    changed = !survey.chain(branch.id()).whole(); // what comes behind it has to stand without it
    if (branch.hasLog()) {
      reading.readLog(branch, this);
    }
    enterCheckpoints(Long.MAX_VALUE);
    if (changed) {
      Optional<CheckpointRef> checkpoint = survey.trust(branch.id(), newest);
      reading.roots().update(now -> now.withBranch(entry(now).withCheckpoint(checkpoint)));
      tell(
          objects.display() + "/root",
          "checkpoints of " + branch.display() + " were damaged",
          List.of(),
          "they are left out, or made again from the log; what needed them reads the log instead");
    }
  }

  /** Sets the end right, when the checkpoints of all branches are. */
  void end() throws StoreException {
    if (!branch.isLost() && !opens()) {
      cut();
    }
  }

  private BranchEntry entry(Root root) {
    return root.findBranch(branch.id())
        .orElseThrow(() -> new IllegalStateException(branch.display() + " has gone"));
  }

  private void start() throws StoreException {
    try {
      become(reading.history().start(branch));
      started = true;
    } catch (StoreException e) {
      TreeCheck.damage(e);
      state = null;
    }
  }

  private void become(BranchState next) {
    state = next;
    known = next;
    survey.reached(next);
  }

  // --- the log

  @Override
  public void damaged(String file, long offset, long frame, StoreException problem)
      throws StoreException {
    enterCheckpoints(frame - 1);
    state = null;
  }

  @Override
  public void frame(Frame frame) throws StoreException {
    long number = frame.address().frame();
    enterCheckpoints(number - 1);
    if (state != null && state.position().frame() != number - 1) {
      state = null;
    }
    try {
      List<Record> records = RecordCodec.read(frame.payload(), frame.address().toString());
      named.addAll(Survey.packs(records));
      if (state != null) {
        become(reading.replay().apply(state, frame));
      }
    } catch (StoreException e) {
      TreeCheck.damage(e);
      state = null;
    }
    enterCheckpoints(number);
    if (changed && state != null && state.interval().due() >= 1) {
      store(state, Integer.MAX_VALUE); // else all of a long log would be in memory
    }
  }

  // --- checkpoints

  private void enterCheckpoints(long frame) throws StoreException {
    while (!before.isEmpty() && before.peekFirst().link().position().frame() <= frame) {
      enter(before.removeFirst());
    }
  }

  private void enter(Survey.Stored old) throws StoreException {
    CheckpointLink link = old.link();
    BranchState replayed =
        state != null && state.position().frame() == link.position().frame() ? state : null;
    Set<Finding> hits = old.hits();
    @Nullable BranchState stored =
        old.readable() ? reading.checkpoints().read(link.address()).state() : null;
    boolean differs =
        stored != null && replayed != null && tables.difference(replayed, stored).isPresent();
    boolean madeAgain =
        replayed != null
            && (differs
                || old.needed() && stored == null
                || hits.stream().anyMatch(survey::isDerived))
            && store(replayed, stored != null && !differs ? hits.size() : Integer.MAX_VALUE);
    if (madeAgain) {
      return;
    }
    if (stored == null && replayed != null && old.needed()) {
      changed = true; // left out: the log says more than it does
      state = replayed;
      return;
    }
    if (changed) {
      relink(link.address());
    } else {
      newest = Optional.of(link);
    }
    named.clear();
    survey.trust(branch.id(), newest);
    if (stored != null) {
      become(stored);
    } else {
      state = replayed;
    }
  }

  /**
   * Writes a state as the newest checkpoint, unless as many places of it are damaged.
   *
   * @return whether it was written
   */
  private boolean store(BranchState replayed, int most) throws StoreException {
    try (PackSink sink = new PackSink(reading.packs())) {
      Address address = reading.checkpoints().write(replayed, newest, sink);
      Set<Finding> left = new LinkedHashSet<>();
      if (!tables.check(address, true, Severity.DERIVED, left::add) || left.size() >= most) {
        return false;
      }
      sink.finish();
      take(address);
      named.clear();
      become(reading.checkpoints().read(address).state());
    } catch (StoreException e) {
      TreeCheck.damage(e); // it needs samples that are lost
      return false;
    }
    return true;
  }

  private void relink(Address address) throws StoreException {
    try (PackSink sink = new PackSink(reading.packs())) {
      Address moved = reading.checkpoints().relinked(address, newest, named, sink);
      sink.finish();
      take(moved);
    }
  }

  private void take(Address address) throws StoreException {
    newest = Optional.of(reading.checkpoints().link(address));
    changed = true;
    survey.trust(branch.id(), newest);
  }

  // --- the end

  /** Whether the branch can be read as it is now, and written to. */
  private boolean opens() throws StoreException {
    if (!branch.hasLog() || branch.end().isPresent()) {
      return state != null || branch.name().isEmpty();
    }
    try (LiveBranch live =
            new LiveBranch(objects, reading.roots(), reading.history(), branch.id());
        BranchLog log = reading.history().open(branch.id(), Optional.empty())) {
      return log.place(0).frame() == live.refresh().position().frame() + 1;
    } catch (StoreException e) {
      TreeCheck.damage(e);
      return false;
    }
  }

  private void cut() throws StoreException {
    boolean nothing = known == null || known.last().isEmpty();
    FrameAddress end = nothing ? FrameAddress.first(branch.id()) : known.next();
    Optional<Start> start =
        nothing ? ownStart() : Optional.of(new Start(known.last().get(), head(known)));
    if (!nothing) {
      force(end);
    }
    Optional<BranchName> name = branch.name();
    reading
        .roots()
        .update(
            now -> {
              Root ended = now.withBranch(entry(now).withName(Optional.empty()).withEnd(end));
              return name.isEmpty() ? ended : Refs.createBranch(ended, name.get(), start);
            });
    reading.history().forget(branch.id());
    String from = branch.display() + " from frame " + end.frame();
    tell(
        objects.display() + "/" + end.file().substring(0, end.file().lastIndexOf('/')),
        "the log of " + branch.display() + " cannot be read on from frame " + end.frame(),
        List.of(from),
        "the branch goes on from "
            + start
                .map(
                    at ->
                        (at.head().isPresent()
                                ? "commit " + at.head().get().hex() + ", and what follows it up to"
                                : "what follows no commit up to")
                            + " frame "
                            + at.position().frame())
                .orElse("nothing")
            + "; what was written to it behind that is lost, and the damaged log is kept where it"
            + " is");
  }

  private Optional<Start> ownStart() {
    if (started || branch.start().isEmpty()) {
      return branch.start();
    }
    FrameAddress parent = branch.start().get().position();
    for (Optional<BranchEntry> at = reading.root().findBranch(parent.branchId());
        at.isPresent();
        at = at.flatMap(entry -> entry.start()).flatMap(this::branchOf)) {
      Optional<Start> found = survey.lastBefore(parent);
      if (found.isPresent()) {
        return found;
      }
      if (at.get().start().isPresent()) {
        parent = at.get().start().get().position();
      }
    }
    return Optional.empty();
  }

  private Optional<BranchEntry> branchOf(Start start) {
    return reading.root().findBranch(start.position().branchId());
  }

  private static Optional<CommitId> head(BranchState state) {
    return state.lastSeal().map(LastSeal::id);
  }

  /** Before the root names a place in a log, that log is on the disk. */
  private void force(FrameAddress end) throws StoreException {
    if (objects.findLength(end.file()).isEmpty()) {
      return; // the state is a checkpoint's
    }
    try (Segment segment = objects.openSegment(end.file(), OpenMode.WRITE)) {
      segment.sync();
    }
  }

  private void tell(String file, String problem, List<String> versions, String action) {
    told.accept(
        new Damage(
            Severity.REPAIRED, file, OptionalLong.empty(), problem, versions, List.of(), action));
  }
}
