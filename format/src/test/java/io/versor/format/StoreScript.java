package io.versor.format;

import io.versor.format.io.ObjectStore;
import io.versor.format.type.Identity;
import io.versor.format.type.StoreException;
import io.versor.format.type.ViewSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A life of a store in steps, each of them one call that changes it, and what can be seen of a
 * store: so that after any accident one can say which steps it shows.
 */
final class StoreScript {
  /** Something that may be told to be tried again. */
  interface Work {
    void run() throws StoreException;
  }

  /** Does something again while somebody else was faster, up to so many times more. */
  static void insist(int attempts, Work work) throws StoreException {
    for (int attempt = 0; ; attempt++) {
      try {
        work.run();
        return;
      } catch (StoreException e) {
        if (e.code() != StoreException.Code.REF_MOVED || attempt == attempts) {
          throw e;
        }
      }
    }
  }

  /** Something that changes a store, in one call. */
  interface Deed {
    void on(TestStore opened) throws StoreException;
  }

  record Step(String name, Deed deed) {}

  /** A table with an identity column. */
  private static final String NUMBERED = "numbered";

  static final List<Step> STEPS = steps();

  private StoreScript() {}

  private static List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    step(steps, "create table", TestStore::createTable);
    step(steps, "insert", s -> insert(s, "main", 1, 3, "x"));
    step(steps, "commit", s -> commit(s, "main", "first"));
    step(steps, "insert into packs", s -> insert(s, "main", 100, 300, "y".repeat(5_000)));
    step(steps, "update", s -> update(s, "main", 1, "updated"));
    step(steps, "branch at a commit", s -> branchAtHead(s, "dev"));
    step(steps, "first write of a branch", s -> insert(s, "dev", 1000, 2, "dev"));
    step(steps, "commit", s -> commit(s, "dev", "on dev"));
    step(steps, "commit with packs", s -> commit(s, "main", "large"));
    step(steps, "checkpoint", s -> s.store().checkpoint("main"));
    step(steps, "insert", s -> insert(s, "main", 500, 1, "z"));
    step(
        steps,
        "branch with changes",
        s -> s.store().createBranch("wip", BranchStart.withChanges("main")));
    step(steps, "commit on it", s -> commit(s, "wip", "wip"));
    step(steps, "reset", s -> s.store().resetBranch("main"));
    step(steps, "merge", s -> merge(s, "dev", "main"));
    step(steps, "tag", StoreScript::tag);
    step(steps, "merge again", s -> merge(s, "wip", "main"));
    step(steps, "rename", s -> s.store().renameBranch("wip", "done"));
    step(steps, "delete", s -> delete(s, "main"));
    step(steps, "checkpoint", s -> s.store().checkpoint("main"));
    step(steps, "vacuum", StoreScript::vacuum);
    step(steps, "drop branch", s -> s.store().dropBranch("done", DropMode.FORCE));
    step(steps, "commit", s -> commit(s, "main", "deleted"));
    step(steps, "checkpoint of another", s -> s.store().checkpoint("dev"));
    step(steps, "empty branch", s -> s.store().createBranch("void", BranchStart.empty()));
    step(steps, "drop it", s -> s.store().dropBranch("void", DropMode.REFUSE_UNMERGED));
    step(steps, "drop tag", s -> s.store().dropTag("v1"));
    step(steps, "vacuum after drops", StoreScript::vacuum);
    step(steps, "revert", s -> s.store().revert(pick("HEAD", "main")));
    step(steps, "branch back", s -> branchAt(s, "old", "main~2"));
    step(steps, "pick", s -> s.store().cherryPick(pick("main~1", "old")));
    step(steps, "soft reset", s -> reset(s, "old", ResetMode.SOFT));
    step(steps, "commit", s -> commit(s, "old", "again"));
    step(steps, "hard reset", s -> reset(s, "old", ResetMode.HARD));
    step(steps, "restore table", s -> s.store().restoreTable("old", TestStore.TABLE, "HEAD~2"));
    step(steps, "commit", s -> commit(s, "old", "restored"));
    step(steps, "squash", s -> squash(s, "dev", "old"));
    step(
        steps,
        "replace branch",
        s ->
            s.store()
                .replaceBranch(
                    "old",
                    BranchStart.ofCommit(s.store().branch("dev").head().orElseThrow()),
                    DropMode.FORCE));
    step(steps, "vacuum after a replacement", StoreScript::vacuum);
    step(steps, "first write of it", s -> insert(s, "old", 2000, 2, "old"));
    step(steps, "branch with packs", s -> branchAtHead(s, "big"));
    step(steps, "insert into packs", s -> insert(s, "big", 3000, 300, "z".repeat(5_000)));
    step(steps, "commit", s -> commit(s, "big", "big"));
    step(steps, "checkpoint", s -> s.store().checkpoint("big"));
    step(steps, "drop it", s -> s.store().dropBranch("big", DropMode.FORCE));
    step(steps, "vacuum of packs", StoreScript::vacuum);
    step(steps, "create view", s -> views(s, true));
    step(steps, "commit of a view", s -> commit(s, "main", "a view"));
    step(steps, "replace and drop views", s -> views(s, false));
    step(steps, "checkpoint", s -> s.store().checkpoint("main"));
    step(steps, "commit", s -> commit(s, "main", "other views"));
    step(steps, "branch", s -> branchAtHead(s, "left"));
    step(steps, "update", s -> update(s, "main", 1, "ours"));
    step(steps, "commit", s -> commit(s, "main", "ours"));
    step(steps, "delete", s -> delete(s, "left"));
    step(steps, "update", s -> update(s, "left", 0, "theirs"));
    step(steps, "commit", s -> commit(s, "left", "theirs"));
    step(steps, "keep conflicts", s -> keepConflicts(s, "main", "left"));
    step(steps, "checkpoint", s -> s.store().checkpoint("left"));
    step(steps, "resolve", s -> resolve(s, "left"));
    step(steps, "commit", s -> commit(s, "left", "resolved"));
    step(steps, "numbered table", s -> s.createList("main", NUMBERED, new Identity(true, 5, 2)));
    step(steps, "numbered row", s -> number(s, "main"));
    step(steps, "checkpoint", s -> s.store().checkpoint("main"));
    step(steps, "numbered row", s -> number(s, "main"));
    step(steps, "commit", s -> commit(s, "main", "numbered"));
    step(steps, "numbered row", s -> number(s, "main"));
    step(steps, "reset", s -> s.store().resetBranch("main"));
    step(steps, "numbered row", s -> number(s, "main"));
    return steps;
  }

  private static void step(List<Step> steps, String name, Deed deed) {
    steps.add(new Step(steps.size() + " " + name, deed));
  }

  static void insert(TestStore opened, String branch, long firstKey, int rows, String text)
      throws StoreException {
    List<Long> keys = new ArrayList<>();
    List<String[]> cells = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      keys.add(firstKey + i);
      cells.add(new String[] {text + i, i % 2 == 0 ? null : "b"});
    }
    opened.insert(branch, keys, cells);
  }

  static void commit(TestStore opened, String branch, String message) throws StoreException {
    opened.store().commitVersion(branch, CommitRequest.of(message, "ann"));
  }

  private static void update(TestStore opened, String branch, long index, String text)
      throws StoreException {
    TableSnapshot table = opened.store().head(branch).findTable(TestStore.TABLE).orElseThrow();
    opened.update(branch, 0, new long[] {table.rowIdAt(index).getAsLong()}, List.of(text));
  }

  private static void delete(TestStore opened, String branch) throws StoreException {
    TableSnapshot table = opened.store().head(branch).findTable(TestStore.TABLE).orElseThrow();
    opened.delete(branch, new long[] {table.rowIdAt(0).getAsLong(), table.rowIdAt(2).getAsLong()});
  }

  private static void branchAtHead(TestStore opened, String name) throws StoreException {
    opened
        .store()
        .createBranch(
            name, BranchStart.ofCommit(opened.store().branch("main").head().orElseThrow()));
  }

  static void merge(TestStore opened, String source, String target) throws StoreException {
    opened
        .store()
        .merge(
            new MergeRequest(
                source, target, MergeRequest.Strategy.FAIL, Optional.empty(), "ann", false));
  }

  private static PickRequest pick(String commit, String branch) {
    return new PickRequest(
        commit, Optional.empty(), branch, MergeRequest.Strategy.FAIL, Optional.empty(), "ann");
  }

  private static void branchAt(TestStore opened, String name, String revision)
      throws StoreException {
    opened
        .store()
        .createBranch(
            name, BranchStart.ofCommit(opened.store().resolveCommit(revision, "main").id()));
  }

  private static void reset(TestStore opened, String branch, ResetMode mode) throws StoreException {
    opened.store().resetBranch(branch, "HEAD~1", mode, "ann");
  }

  private static void squash(TestStore opened, String source, String target) throws StoreException {
    opened
        .store()
        .merge(
            new MergeRequest(
                source, target, MergeRequest.Strategy.THEIRS, Optional.empty(), "ann", true));
  }

  /** One view, then another query for it and a second one. */
  private static void views(TestStore opened, boolean first) throws StoreException {
    opened.alter(
        "main",
        (transaction, schema) -> {
          ViewSchema view =
              new ViewSchema(0, "v", "SELECT 1", List.of("one"), Optional.of("first"));
          if (first) {
            transaction.createView(view);
            return;
          }
          transaction.dropView(transaction.snapshot().findView("v").orElseThrow().id());
          transaction.createView(view.withName("w").withComment(Optional.empty()));
        });
  }

  private static void keepConflicts(TestStore opened, String source, String target)
      throws StoreException {
    opened
        .store()
        .merge(
            new MergeRequest(
                source, target, MergeRequest.Strategy.CONFLICTS, Optional.empty(), "ann", false));
  }

  private static void resolve(TestStore opened, String branch) throws StoreException {
    ConflictedMerge merge = opened.store().head(branch).pendingMerge().orElseThrow();
    opened.alter(
        branch,
        (transaction, schema) -> {
          for (ConflictedMerge.Conflicts group : merge.conflicts()) {
            transaction.takeTheirs(group.tableId(), group.rowIds());
          }
        });
  }

  private static void tag(TestStore opened) throws StoreException {
    opened
        .store()
        .createTag(
            "v1", opened.store().branch("main").head().orElseThrow(), Optional.empty(), "ann");
  }

  /** Looks as soon as it is condemned whether it can go. */
  private static void vacuum(TestStore opened) throws StoreException {
    opened.store().vacuum(Duration.ZERO, false);
  }

  static List<ExpiredCommit> expire(
      TestStore opened, ExpiryRequest.Selection selection, Optional<String> branch)
      throws StoreException {
    return opened
        .store()
        .expireHistory(new ExpiryRequest(selection, branch, 1, Store.MAIN, "ann", "expire", false));
  }

  private static void number(TestStore opened, String branch) throws StoreException {
    TableSnapshot table = opened.store().head(branch).findTable(NUMBERED).orElseThrow();
    opened.appendToList(branch, table.schema().id(), table.rowCount());
  }

  /** All one can see of a store, branch by branch; ids and instants left out. */
  static Map<String, String> describe(TestStore opened) throws StoreException {
    Map<String, String> seen = new TreeMap<>();
    Store store = opened.store();
    for (Branch branch : store.branches()) {
      StringBuilder text = new StringBuilder();
      text.append("changes ").append(store.hasChanges(branch.name())).append('\n');
      text.append(lines(opened, store.head(branch.name())));
      store
          .head(branch.name())
          .pendingMerge()
          .ifPresent(merge -> text.append(merge.conflicts().size()).append(" conflicts\n"));
      if (branch.head().isPresent()) {
        CommitCursor cursor = store.log(branch.head().get());
        for (Optional<Commit> c = cursor.next(); c.isPresent(); c = cursor.next()) {
          text.append("commit ").append(c.get().message().orElse("")).append('\n');
          text.append(lines(opened, store.at(c.get().id())));
        }
      }
      seen.put(branch.name(), text.toString());
    }
    for (Tag tag : store.tags()) {
      seen.put("tag " + tag.name(), lines(opened, store.at(tag.commit())));
    }
    return seen;
  }

  /** Few rows as they are, many as their number and a hash. */
  private static String lines(TestStore opened, Snapshot snapshot) throws StoreException {
    if (snapshot.findTable(TestStore.TABLE).isEmpty()) {
      return "no table\n";
    }
    List<String> lines = opened.lines(snapshot);
    String text = String.join(" ", lines);
    String views = snapshot.views().isEmpty() ? "" : shown(snapshot.views());
    return (text.length() < 200 ? text : lines.size() + " rows, hash " + text.hashCode())
        + views
        + numbered(opened, snapshot)
        + "\n";
  }

  /** Which numbers were drawn is open, since accidents leave gaps; they only ever rise. */
  private static String numbered(TestStore opened, Snapshot snapshot) throws StoreException {
    if (snapshot.findTable(NUMBERED).isEmpty()) {
      return "";
    }
    TableSnapshot table = snapshot.findTable(NUMBERED).orElseThrow();
    List<Long> drawn = opened.drawn(table);
    long column = table.schema().columns().get(1).id();
    long last = 3;
    for (long number : drawn) {
      if (number <= last || number % 2 == 0) {
        throw new IllegalStateException("numbers " + drawn);
      }
      last = number;
    }
    long next =
        snapshot
            .state()
            .identities()
            .of(column, table.schema().columns().get(1).identity().orElseThrow())
            .next()
            .orElseThrow();
    return " numbered: " + opened.list(table) + (next > last ? ", more come" : ", " + drawn);
  }

  private static String shown(List<ViewSchema> views) {
    List<String> texts = new ArrayList<>();
    views.forEach(view -> texts.add(view.name() + view.columns() + view.sql() + view.comment()));
    return texts.toString();
  }

  /** What is seen after each number of steps; of a store to which nothing happens. */
  static List<Map<String, String>> reference(ObjectStore objects) throws StoreException {
    return reference(objects, STEPS);
  }

  static List<Map<String, String>> reference(ObjectStore objects, List<Step> steps)
      throws StoreException {
    List<Map<String, String>> states = new ArrayList<>();
    try (TestStore opened = new TestStore(objects)) {
      states.add(describe(opened));
      for (Step step : steps) {
        step.deed().on(opened);
        states.add(describe(opened));
      }
    }
    return states;
  }
}
