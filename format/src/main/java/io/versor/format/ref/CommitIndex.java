package io.versor.format.ref;

import io.versor.format.pack.Address;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * Where every commit of a store lies, as one root names it: a few sorted runs, each more than twice
 * as large as the next (but for full ones). So a look-up searches a logarithmic number of runs, and
 * a commit is rewritten only into a run half as large again as the one it was in.
 *
 * <p>It ends for each branch at {@link BranchEntry#indexedFrame}; what was sealed later is found by
 * reading the log from there. Thread-safe.
 */
public final class CommitIndex {
  /** A run is merged with the one before it unless that is more than so many times as large. */
  private static final int GROWTH = 2;

  private final List<RunRef> runs;
  private final RunSource source;

  /** Opens runs; through the packs of the store. Thread-safe. */
  @FunctionalInterface
  public interface RunSource {
    CommitRun open(RunRef run) throws StoreException;
  }

  /**
   * @param runs {@link Root#commitRuns}
   */
  public CommitIndex(List<RunRef> runs, RunSource source) {
    this.runs = List.copyOf(runs);
    this.source = source;
  }

  /** Its runs, opened. */
  public List<CommitRun> open() throws StoreException {
    List<CommitRun> opened = new ArrayList<>();
    for (RunRef run : runs) {
      opened.add(open(run));
    }
    return opened;
  }

  /** Where a commit lies, if it is indexed. */
  public Optional<CommitLocation> find(CommitId id) throws StoreException {
    for (int i = runs.size() - 1; i >= 0; i--) { // users ask for recent commits
      Optional<CommitLocation> found = open(runs.get(i)).find(id);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The first commits whose ids begin with a prefix, by rising id, at most {@code limit}. */
  public List<CommitLocation> findPrefix(CommitPrefix prefix, int limit) throws StoreException {
    TreeMap<CommitId, CommitLocation> found = new TreeMap<>();
    for (RunRef run : runs) {
      for (CommitLocation commit : open(run).findPrefix(prefix, limit)) {
        found.put(commit.id(), commit);
      }
    }
    return found.values().stream().limit(limit).toList();
  }

  /**
   * A run that takes in new commits, and the last runs of this index as far as they must be merged.
   * Nothing is changed by it: store the bytes, force them, then put {@link Addition#applyTo} in the
   * root.
   *
   * @param added at least one; those that are indexed already do no harm
   */
  public Addition add(List<CommitLocation> added) throws StoreException {
    int kept = keptRuns(runs, added.size());
    byte[] fresh = CommitRun.encode(added);
    if (kept == runs.size()) {
      return new Addition(runs, kept, fresh);
    }
    List<CommitRun> merged = new ArrayList<>();
    for (RunRef run : runs.subList(kept, runs.size())) {
      merged.add(open(run));
    }
    merged.add(CommitRun.open(fresh, "new commits"));
    return new Addition(runs, kept, CommitRun.merge(merged));
  }

  /**
   * The whole index in as few runs as can be, without the commits of branches that are gone. As
   * {@link #add}, changes nothing.
   *
   * @return bytes of runs to be stored, in their order
   */
  public List<byte[]> rewritten(LongPredicate branches) throws StoreException {
    List<byte[]> all = new ArrayList<>();
    List<CommitRun> group = new ArrayList<>();
    long size = 0;
    for (RunRef run : runs) {
      if (size + run.count() > CommitRun.MAX_COMMITS) {
        all.add(CommitRun.merge(group, branches));
        group.clear();
        size = 0;
      }
      group.add(open(run));
      size += run.count();
    }
    if (!group.isEmpty()) {
      all.add(CommitRun.merge(group, branches));
    }
    all.removeIf(bytes -> count(bytes) == 0);
    return all;
  }

  /**
   * The root with an index that was rewritten.
   *
   * @param addresses where the runs were stored
   * @throws StoreException {@code REF_MOVED} when the index has changed since it was read
   */
  public Root replacedIn(Root root, List<byte[]> rewritten, List<Address> addresses)
      throws StoreException {
    refuseChanged(root, runs);
    List<RunRef> refs = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      refs.add(new RunRef(addresses.get(i), count(rewritten.get(i))));
    }
    return root.withCommitRuns(refs);
  }

  private static int count(byte[] run) {
    return (run.length - CommitRun.HEADER_BYTES) / CommitRun.ENTRY_BYTES;
  }

  private static void refuseChanged(Root root, List<RunRef> before) throws StoreException {
    if (!root.commitRuns().equals(before)) {
      throw new StoreException(
          StoreException.Code.REF_MOVED,
          "the commit index was changed by another writer meanwhile; index again");
    }
  }

  /** How many of the leading runs stay as they are when so many commits are added. */
  static int keptRuns(List<RunRef> runs, long added) {
    int kept = runs.size();
    long size = added;
    while (kept > 0) {
      long previous = runs.get(kept - 1).count();
      if (previous > GROWTH * size || previous + size > CommitRun.MAX_COMMITS) {
        break;
      }
      size += previous;
      kept--;
    }
    return kept;
  }

  private CommitRun open(RunRef ref) throws StoreException {
    CommitRun run = source.open(ref);
    if (run.count() != ref.count()) {
      throw new StoreException(
          StoreException.Code.CORRUPT,
          "run of commits "
              + ref.address()
              + ": "
              + run.count()
              + " commits, expected "
              + ref.count()
              + " as in the root");
    }
    return run;
  }

  /** A new last run of the index, which replaces all but the first ones. */
  public static final class Addition {
    private final List<RunRef> before;
    private final int kept;
    private final byte[] bytes;

    private Addition(List<RunRef> before, int kept, byte[] bytes) {
      this.before = before;
      this.kept = kept;
      this.bytes = bytes;
    }

    /** The new run, to be stored; handed over, not copied. */
    public byte[] bytes() {
      return bytes;
    }

    /** How many commits are in the new run. */
    public int count() {
      return CommitIndex.count(bytes);
    }

    /**
     * The root with the new run.
     *
     * @param address where the new run was stored
     * @throws StoreException {@code REF_MOVED} when the index has changed since it was read; start
     *     again from the new one
     */
    public Root applyTo(Root root, Address address) throws StoreException {
      refuseChanged(root, before);
      List<RunRef> runs = new ArrayList<>(before.subList(0, kept));
      runs.add(new RunRef(address, count()));
      return root.withCommitRuns(runs);
    }
  }
}
