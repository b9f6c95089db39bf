package io.versor.format;

import io.versor.format.StoreScript.Deed;
import io.versor.format.StoreScript.Step;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.io.MemoryStore;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import io.versor.format.type.ViewSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Lives of stores that follow from a number. What a step does follows from what can be seen of the
 * store, so it can be repeated after an accident.
 */
final class RandomLife {
  private static final int MAX_BRANCHES = 5;

  /** What may be answered because of what the life was before; the store is as it was then. */
  private static final Set<Code> REFUSALS =
      EnumSet.of(
          Code.MERGE_CONFLICT,
          Code.WRONG_STATE,
          Code.NOTHING_TO_COMMIT,
          Code.PENDING_CHANGES,
          Code.NOT_UNIQUE,
          Code.REF_EXISTS);

  /** What one step does; {@code at} is its place in life. */
  private interface Act {
    void on(TestStore opened, Random random, int at) throws StoreException;
  }

  private record Choice(String name, int weight, Act act) {}

  private static final List<Choice> CHOICES =
      List.of(
          new Choice("insert", 4, RandomLife::insert),
          new Choice("insert into packs", 2, RandomLife::insertIntoPacks),
          new Choice("update", 4, RandomLife::update),
          new Choice("delete", 2, RandomLife::delete),
          new Choice("transaction", 5, RandomLife::transaction),
          new Choice("commit", 6, (s, r, at) -> StoreScript.commit(s, any(s, r), "c" + at)),
          new Choice("branch", 3, RandomLife::branch),
          new Choice("drop branch", 2, RandomLife::drop),
          new Choice("merge", 5, RandomLife::merge),
          new Choice("resolve", 2, RandomLife::resolve),
          new Choice("revert", 1, RandomLife::revert),
          new Choice("reset", 1, (s, r, at) -> s.store().resetBranch(any(s, r))),
          new Choice("reset to a commit", 1, RandomLife::resetTo),
          new Choice("tag", 1, RandomLife::tag),
          new Choice("checkpoint", 3, (s, r, at) -> s.store().checkpoint(any(s, r))),
          new Choice("optimize", 2, RandomLife::optimize),
          new Choice("vacuum", 2, (s, r, at) -> s.store().vacuum(Duration.ZERO, false)),
          new Choice("expire history", 2, RandomLife::expire),
          new Choice("back up", 1, RandomLife::backUp),
          new Choice("reopen", 1, (s, r, at) -> s.reopen()));

  private RandomLife() {}

  static List<Step> steps(long seed, int number) {
    Random random = new Random(seed);
    int weights = CHOICES.stream().mapToInt(Choice::weight).sum();
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("create table", TestStore::createTable));
    if (random.nextBoolean()) {
      steps.add(new Step("keys", TestStore::addKeys));
    }
    steps.add(new Step("first rows", s -> StoreScript.insert(s, Store.MAIN, 1, 40, "first")));
    steps.add(new Step("commit", s -> StoreScript.commit(s, Store.MAIN, "first")));
    while (steps.size() < number) {
      int left = random.nextInt(weights);
      int choice = 0;
      while (left >= CHOICES.get(choice).weight()) {
        left -= CHOICES.get(choice++).weight();
      }
      int at = steps.size();
      long own = random.nextLong();
      Act act = CHOICES.get(choice).act();
      steps.add(
          new Step(
              at + " " + CHOICES.get(choice).name(),
              unlessRefused(opened -> act.on(opened, new Random(own), at))));
    }
    return steps;
  }

  private static Deed unlessRefused(Deed deed) {
    return opened -> {
      try {
        deed.on(opened);
      } catch (StoreException e) {
        if (!REFUSALS.contains(e.code())) {
          throw e;
        }
      }
    };
  }

  private static String any(TestStore opened, Random random) throws StoreException {
    List<Branch> branches = opened.store().branches();
    return branches.get(random.nextInt(branches.size())).name();
  }

  private static void insert(TestStore opened, Random random, int at) throws StoreException {
    StoreScript.insert(opened, any(opened, random), at * 1_000L, 1 + random.nextInt(5), "i" + at);
  }

  private static void insertIntoPacks(TestStore opened, Random random, int at)
      throws StoreException {
    String text = "p".repeat(4_000 + random.nextInt(3_000));
    StoreScript.insert(opened, any(opened, random), at * 1_000L, 260 + random.nextInt(100), text);
  }

  /** Some rows, many of them among the first, where branches meet. */
  private static long[] someRows(Snapshot snapshot, Random random) throws StoreException {
    TableSnapshot table = TestStore.table(snapshot);
    int rows = (int) Math.min(random.nextBoolean() ? 6 : 400, table.rowCount());
    return random
        .ints(1 + random.nextInt(8), 0, Math.max(1, rows))
        .distinct()
        .sorted()
        .limit(rows)
        .mapToObj(row -> rowId(table, row))
        .mapToLong(Long::longValue)
        .toArray();
  }

  private static long rowId(TableSnapshot table, int row) {
    try {
      return table.rowIdAt(row).orElseThrow();
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void update(TestStore opened, Random random, int at) throws StoreException {
    String branch = any(opened, random);
    opened.alter(branch, (transaction, schema) -> update(transaction, random, at));
  }

  private static void update(Transaction transaction, Random random, int at) throws StoreException {
    long[] rows = someRows(transaction.snapshot(), random);
    ColumnBuilder values = new ColumnBuilder(TensorType.text());
    for (int i = 0; i < rows.length; i++) {
      values.appendText(random.nextInt(6) == 0 ? TestStore.LONG + at : "u" + at + "." + i);
    }
    var schema = TestStore.schema(transaction.snapshot());
    long column = schema.columns().get(1 + random.nextInt(2)).id();
    transaction.update(schema.id(), column, rows, values.column());
  }

  private static void delete(TestStore opened, Random random, int at) throws StoreException {
    String branch = any(opened, random);
    opened.alter(
        branch,
        (transaction, schema) ->
            transaction.delete(schema.id(), someRows(transaction.snapshot(), random)));
  }

  /** Many changes that count together, some taken back; now and then all of them. */
  private static void transaction(TestStore opened, Random random, int at) throws StoreException {
    try (Transaction transaction = opened.store().begin(any(opened, random))) {
      long table = TestStore.schema(transaction.snapshot()).id();
      append(transaction, table, random, at * 1_000L, 1 + random.nextInt(300));
      update(transaction, random, at);
      Transaction.Mark mark = transaction.mark();
      transaction.delete(table, someRows(transaction.snapshot(), random));
      append(transaction, table, random, at * 1_000L + 500, 3);
      if (random.nextBoolean()) {
        transaction.rollbackTo(mark);
      }
      view(transaction, at);
      switch (random.nextInt(4)) {
        case 0 -> transaction.snapshot(); // and all of it is left
        case 1 -> transaction.commitVersion(CommitRequest.of("t" + at, "ann"));
        default -> transaction.commit();
      }
    }
  }

  private static void append(
      Transaction transaction, long table, Random random, long firstKey, int rows)
      throws StoreException {
    String text = "t".repeat(random.nextInt(5_000));
    List<Long> keys = new ArrayList<>();
    List<String[]> cells = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      keys.add(firstKey + i);
      cells.add(new String[] {text + i, i % 3 == 0 ? null : "b" + i});
    }
    transaction.append(table, TestStore.columns(keys, cells));
  }

  private static void view(Transaction transaction, int at) throws StoreException {
    Optional<ViewSchema> there = transaction.snapshot().findView("v");
    if (there.isPresent() && at % 2 == 0) {
      transaction.dropView(there.get().id());
    } else if (there.isEmpty()) {
      transaction.createView(
          new ViewSchema(0, "v", "SELECT " + at, List.of("one"), Optional.empty()));
    }
  }

  private static void branch(TestStore opened, Random random, int at) throws StoreException {
    Store store = opened.store();
    if (store.branches().size() >= MAX_BRANCHES) {
      return;
    }
    String from = any(opened, random);
    if (random.nextBoolean()) {
      store.createBranch("b" + at, BranchStart.withChanges(from));
    } else {
      store.createBranch("b" + at, BranchStart.ofCommit(store.branch(from).head().orElseThrow()));
    }
  }

  private static void drop(TestStore opened, Random random, int at) throws StoreException {
    String branch = any(opened, random);
    if (!branch.equals(Store.MAIN)) {
      DropMode mode = random.nextBoolean() ? DropMode.FORCE : DropMode.REFUSE_UNMERGED;
      opened.store().dropBranch(branch, mode);
    }
  }

  /** Into main only: which of two bases comes first would depend on ids. */
  private static void merge(TestStore opened, Random random, int at) throws StoreException {
    String source = any(opened, random);
    if (source.equals(Store.MAIN)) {
      return;
    }
    for (String branch : List.of(source, Store.MAIN)) {
      if (opened.store().hasChanges(branch) && random.nextInt(4) > 0) {
        StoreScript.commit(opened, branch, "before a merge");
        return; // one call that changes something in each step
      }
    }
    MergeRequest.Strategy[] strategies = MergeRequest.Strategy.values();
    opened
        .store()
        .merge(
            new MergeRequest(
                source,
                Store.MAIN,
                strategies[random.nextInt(strategies.length)],
                Optional.empty(),
                "ann",
                random.nextInt(5) == 0));
  }

  private static void resolve(TestStore opened, Random random, int at) throws StoreException {
    Optional<ConflictedMerge> merge = opened.store().head(Store.MAIN).pendingMerge();
    if (merge.isEmpty()) {
      return;
    }
    opened.alter(
        Store.MAIN,
        (transaction, schema) -> {
          for (ConflictedMerge.Conflicts group : merge.get().conflicts()) {
            if (random.nextBoolean()) {
              transaction.takeTheirs(group.tableId(), group.rowIds());
            } else {
              transaction.resolveConflicts(group.tableId(), group.rowIds());
            }
          }
        });
  }

  private static void revert(TestStore opened, Random random, int at) throws StoreException {
    String branch = any(opened, random);
    Commit head = opened.store().commit(opened.store().branch(branch).head().orElseThrow());
    if (head.message().orElse("").startsWith("c")) {
      opened
          .store()
          .revert(
              new PickRequest(
                  head.id().hex(),
                  Optional.empty(),
                  branch,
                  MergeRequest.Strategy.FAIL,
                  Optional.empty(),
                  "ann"));
    }
  }

  private static void resetTo(TestStore opened, Random random, int at) throws StoreException {
    Store store = opened.store();
    String branch = any(opened, random);
    ResetMode mode = random.nextBoolean() ? ResetMode.HARD : ResetMode.SOFT;
    Commit first = store.commit(store.branch(branch).head().orElseThrow());
    if (!first.parents().isEmpty()) {
      store.resetBranch(branch, first.parents().get(0).hex(), mode, "ann");
    }
  }

  private static void tag(TestStore opened, Random random, int at) throws StoreException {
    Store store = opened.store();
    List<Tag> tags = store.tags();
    if (tags.size() > 1) {
      store.dropTag(tags.get(0).name());
      return;
    }
    store.createTag(
        "t" + at, store.branch(any(opened, random)).head().orElseThrow(), Optional.empty(), "ann");
  }

  private static void optimize(TestStore opened, Random random, int at) throws StoreException {
    String branch = any(opened, random);
    opened.store().optimize(branch, TestStore.schema(opened.store().head(branch)).id());
  }

  /** Squashes some commits of a branch, or lets all before one of its last go. */
  private static void expire(TestStore opened, Random random, int at) throws StoreException {
    String branch = any(opened, random);
    long commits = 0;
    CommitCursor log = opened.store().log(opened.store().branch(branch).head().orElseThrow());
    while (log.next().isPresent()) {
      commits++;
    }
    long newer = random.nextInt(3);
    long older = newer + 2 + random.nextInt(3);
    if (older < commits) {
      String from = branch + "~" + older;
      String to = branch + "~" + newer;
      StoreScript.expire(
          opened,
          random.nextBoolean() ? new ExpiryRequest.Between(from, to) : new ExpiryRequest.Before(to),
          random.nextBoolean() ? Optional.of(branch) : Optional.empty());
    }
  }

  private static void backUp(TestStore opened, Random random, int at) throws StoreException {
    Map<String, String> before = StoreScript.describe(opened);
    MemoryStore target = new MemoryStore();
    opened.store().backup(target, Optional.empty());
    try (TestStore copy = new TestStore(target)) {
      Map<String, String> found = new HashMap<>(StoreScript.describe(copy));
      if (!found.equals(before)) {
        throw new IllegalStateException("a backup has " + found + " of " + before);
      }
    }
  }
}
