package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.ref.CommitId;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Compares a store with its model. */
final class ModelCheck {
  /** Keys that are looked for after a step: others each time. */
  private static final int LOOKUPS = 12;

  private int lookups;
  private final TestStore opened;
  private final Model model;
  private final Map<Integer, CommitId> ids = new HashMap<>();
  private final Map<Integer, String> hashes = new HashMap<>();

  ModelCheck(TestStore opened, Model model) {
    this.opened = opened;
    this.model = model;
  }

  private Store store() {
    return opened.store();
  }

  CommitId id(Model.Commit commit) {
    return Objects.requireNonNull(ids.get(commit.number()));
  }

  /** Commits of the model have no id of their own; merges of merge bases come last. */
  String order(Model.Commit commit) {
    return commit.number() < 0 ? "~" : id(commit).hex();
  }

  /** Takes note of a commit. Its hash is taken now and must never be another. */
  void committed(Model.Commit commit, CommitId id) throws StoreException {
    ids.put(commit.number(), id);
    hashes.put(commit.number(), hash(store().at(id)));
  }

  private static String hash(Snapshot snapshot) throws StoreException {
    return TestStore.table(snapshot).hash();
  }

  private List<String> lines(Snapshot snapshot) throws StoreException {
    TableSchema schema = TestStore.schema(snapshot);
    List<String> names = new ArrayList<>();
    for (Column column : schema.columns().subList(1, schema.columns().size())) {
      names.add(column.name());
    }
    List<String> lines = new ArrayList<>();
    Set<String> views = new TreeSet<>();
    snapshot.views().forEach(view -> views.add(view.name() + ": " + view.sql()));
    lines.add(names + " " + new TreeMap<>(schema.properties()) + " " + schema.name() + " " + views);
    List<String> sides = new ArrayList<>();
    for (TableSnapshot table : snapshot.tables()) {
      if (table.schema().id() != schema.id()) {
        sides.add(table.schema().name() + " " + new TreeSet<>(opened.list(table)));
      }
    }
    lines.addAll(sides.stream().sorted().toList());
    lines.addAll(opened.lines(snapshot));
    return lines;
  }

  /** Names the first row that differs: whole tables help nobody. */
  private static void same(List<String> expected, List<String> actual, String where) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      assertEquals(expected.get(i), actual.get(i), where + ", line " + i);
    }
    assertEquals(expected.size(), actual.size(), where + ", lines");
  }

  void branch(String name) throws StoreException {
    Model.Branch branch = Objects.requireNonNull(model.branches.get(name));
    Snapshot head = store().head(name);
    same(branch.working.lines(), lines(head), name);
    keys(branch.working, head, name);
    assertEquals(branch.changed(), store().hasChanges(name), name + " has changes");
    assertEquals(id(branch.head), store().branch(name).head().orElseThrow(), name);
    assertEquals(
        branch.pending != null, head.pendingMerge().isPresent(), name + " has a pending merge");
    diff(
        branch.head.version(),
        branch.working,
        store().diff(store().at(id(branch.head)), head),
        name + " against its commit");
  }

  /** Which rows have which keys, and that others are not there. */
  private void keys(Model.Version version, Snapshot snapshot, String where) throws StoreException {
    TableSnapshot table = TestStore.table(snapshot);
    int pair =
        TableKeys.of(table.schema()).getOrDefault(TableKeys.UNIQUE + 1, List.of(0, -1)).get(1);
    List<Long> all = new ArrayList<>(new TreeSet<>(keyOfRowId.values()));
    Collections.rotate(all, lookups++);
    for (long key : all.subList(0, Math.min(LOOKUPS, all.size()))) {
      List<Long> expected = version.has(key) ? List.of(rowId(key)) : List.of();
      assertEquals(
          expected, boxed(TestStore.find(table, List.of(key))), where + ", row of key " + key);
      if (pair > 0) {
        long column = table.schema().columns().get(pair).id();
        String text = version.has(key) ? version.cell(key, 0) : null;
        assertEquals(
            text == null ? List.of() : expected,
            boxed(TestStore.find(table, column, key, text)),
            where + ", row of key " + key + ", " + text);
        assertEquals(List.of(), boxed(TestStore.find(table, column, key, text + "?")), where);
      }
    }
    assertEquals(List.of(), boxed(TestStore.find(table, List.of(-1L))), where);
  }

  private static List<Long> boxed(long[] numbers) {
    return LongStream.of(numbers).boxed().toList();
  }

  void branches() throws StoreException {
    for (String name : model.branches.keySet()) {
      branch(name);
    }
  }

  void everything() throws StoreException {
    assertEquals(
        new HashSet<>(model.branches.keySet()),
        new HashSet<>(store().branches().stream().map(Branch::name).toList()));
    for (String name : model.branches.keySet()) {
      branch(name);
      log(name);
      history(name);
      wholeHistory(name);
    }
    Map<String, CommitId> tags = new HashMap<>();
    model.tags.forEach((name, commit) -> tags.put(name, id(commit)));
    Map<String, CommitId> found = new HashMap<>();
    store().tags().forEach(tag -> found.put(tag.name(), tag.commit()));
    assertEquals(tags, found);
    for (Model.Commit commit : model.commits) {
      commit(commit);
    }
    allCommits();
    hashes();
    for (int i = 1; i < model.commits.size(); i++) {
      Model.Commit a = model.commits.get(i * 7 % model.commits.size());
      Model.Commit b = model.commits.get(i);
      Diff diff = store().diff(store().at(id(a)), store().at(id(b)));
      graph(a, b);
      diff(a.version(), b.version(), diff, "commit " + a.number() + " against " + b.number());
    }
  }

  /** Every commit that a branch or tag reaches and that has not expired. */
  private void allCommits() throws StoreException {
    Set<Model.Commit> expected = new HashSet<>();
    model.branches.values().forEach(branch -> expected.addAll(branch.head.ancestors()));
    model.tags.values().forEach(commit -> expected.addAll(commit.ancestors()));
    expected.removeAll(model.expired);
    Set<CommitId> actual = new HashSet<>();
    CommitCursor cursor = store().allCommits();
    for (Optional<Commit> each = cursor.next(); each.isPresent(); each = cursor.next()) {
      assertTrue(actual.add(each.get().id()), "each once");
    }
    assertEquals(new HashSet<>(expected.stream().map(this::id).toList()), actual, "all commits");
  }

  /** Equal content has equal hashes, however it came about; other content has others. */
  private void hashes() {
    Map<List<String>, String> hashOf = new HashMap<>();
    Map<String, List<String>> contentOf = new HashMap<>();
    for (Model.Commit commit : model.commits) {
      List<String> content = new ArrayList<>(commit.version().lines());
      content.set(0, commit.version().columnNames().toString());
      content.removeAll(commit.version().sideLines());
      String hash = hashes.get(commit.number());
      assertEquals(hash, hashOf.computeIfAbsent(content, key -> hash), "hash of equal content");
      assertEquals(content, contentOf.computeIfAbsent(hash, key -> content));
    }
  }

  private void commit(Model.Commit commit) throws StoreException {
    String where = "commit " + commit.number();
    Snapshot snapshot = store().at(id(commit));
    same(commit.version().lines(), lines(snapshot), where);
    keys(commit.version(), snapshot, where);
    Commit found = store().commit(id(commit));
    assertEquals(model.parents(commit).stream().map(this::id).toList(), found.parents(), where);
    boolean expiredBefore = commit.parents().stream().anyMatch(model.expired::contains);
    assertEquals(expiredBefore, found.expiredBefore(), where + ", expired before it");
    assertEquals(commit.generation(), found.generation(), where);
    assertEquals(hashes.get(commit.number()), hash(snapshot), where + ", hash");
  }

  private Model.Commit parent(Model.Commit commit) {
    return model.parent(commit, 0).orElse(null);
  }

  /** Every row's versions as they are told, against every version compared with the one before. */
  private void history(String name) throws StoreException {
    Model.Commit head = model.branches.get(name).head;
    Snapshot snapshot = store().head(name);
    long table = TestStore.schema(snapshot).id();
    for (long key : sampleOfKeys()) {
      List<String> expected = expectedHistory(head, key);
      List<String> actual = new ArrayList<>();
      for (RowVersion version : store().versions(snapshot, table, new long[] {rowId(key)})) {
        String end = version.validUntil().map(Object::toString).orElse("now");
        actual.add(version.commit().id().hex() + " until " + end);
      }
      assertEquals(expected, actual, "versions of row " + key + " on " + name);
      if (head.version().has(key)) {
        blame(head, snapshot, table, key);
      }
    }
  }

  private List<String> expectedHistory(Model.Commit head, long key) throws StoreException {
    List<String> expected = new ArrayList<>();
    String until = "now";
    for (Model.Commit at = head; at != null; at = parent(at)) {
      Model.Commit before = parent(at);
      boolean was = before != null && before.version().has(key);
      boolean is = at.version().has(key);
      if (is && (!was || !at.version().changed(before.version(), key).isEmpty())) {
        expected.add(id(at).hex() + " until " + until);
        until = instant(at);
      } else if (was && !is) {
        until = instant(at);
      }
    }
    return expected;
  }

  /** The history of the whole table is that of all its rows. */
  private void wholeHistory(String name) throws StoreException {
    Snapshot snapshot = store().head(name);
    long table = TestStore.schema(snapshot).id();
    Set<Long> sample = new HashSet<>(sampleOfKeys());
    Map<Long, List<String>> versions = new HashMap<>();
    TableVersions.Cursor cursor = store().versions(snapshot, table);
    for (Optional<TableVersions> next = cursor.next(); next.isPresent(); next = cursor.next()) {
      for (int i = 0; i < next.get().rowIds().length; i++) {
        long key = key(next.get().rowIds()[i]);
        if (sample.contains(key)) {
          String end = next.get().validUntil().get(i).map(Object::toString).orElse("now");
          versions
              .computeIfAbsent(key, ignored -> new ArrayList<>())
              .add(next.get().commit().id().hex() + " until " + end);
        }
      }
    }
    for (long key : sample) {
      assertEquals(
          expectedHistory(model.branches.get(name).head, key),
          versions.getOrDefault(key, List.of()),
          "row " + key + " in the history of " + name);
    }
  }

  private String instant(Model.Commit commit) throws StoreException {
    return store().commit(id(commit)).committedAt().toString();
  }

  private void blame(Model.Commit head, Snapshot snapshot, long table, long key)
      throws StoreException {
    TableSchema schema = TestStore.schema(store().at(id(head)));
    for (Model.Column column : head.version().columns) {
      long columnId = schema.findColumn(column.name()).orElseThrow().id();
      Model.Commit expected = blamed(head, key, column.number());
      Commit actual = store().blame(snapshot, table, columnId, rowId(key)).orElseThrow();
      assertEquals(id(expected), actual.id(), "blame of row " + key + ", column " + column.name());
    }
  }

  private Model.Commit blamed(Model.Commit at, long key, int column) {
    for (Model.Commit parent : model.parents(at)) {
      boolean known = parent.version().has(key) && parent.version().hasColumn(column);
      if (known
          && Objects.equals(parent.version().cell(key, column), at.version().cell(key, column))) {
        return blamed(parent, key, column);
      }
    }
    return at;
  }

  private List<Long> sampleOfKeys() {
    List<Long> keys = new ArrayList<>(new TreeSet<>(keyOfRowId.values()));
    List<Long> sample = new ArrayList<>(keys.subList(0, Math.min(8, keys.size())));
    for (int i = 8; i < keys.size(); i += 1 + keys.size() / 8) {
      sample.add(keys.get(i));
    }
    return sample;
  }

  private long rowId(long key) {
    return keyOfRowId.entrySet().stream()
        .filter(entry -> entry.getValue() == key)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private void log(String name) throws StoreException {
    List<CommitId> expected = new ArrayList<>();
    Optional<Model.Commit> next = Optional.of(model.branches.get(name).head);
    while (next.isPresent()) {
      expected.add(id(next.get()));
      next = model.parent(next.get(), 0);
    }
    List<CommitId> actual = new ArrayList<>();
    CommitCursor cursor = store().log(expected.get(0));
    for (Optional<Commit> each = cursor.next(); each.isPresent(); each = cursor.next()) {
      actual.add(each.get().id());
    }
    assertEquals(expected, actual, "log of " + name);
  }

  /** Commits that one reaches and another does not; which one they have in common. */
  private void graph(Model.Commit a, Model.Commit b) throws StoreException {
    Set<CommitId> expected = new HashSet<>();
    b.ancestors().stream()
        .filter(commit -> !a.ancestors().contains(commit) && !model.expired.contains(commit))
        .forEach(commit -> expected.add(id(commit)));
    List<CommitId> actual = new ArrayList<>();
    CommitCursor cursor = store().log(id(a), id(b));
    for (Optional<Commit> each = cursor.next(); each.isPresent(); each = cursor.next()) {
      actual.add(each.get().id());
    }
    assertEquals(expected, new HashSet<>(actual), "log of " + a.number() + ".." + b.number());
    assertEquals(expected.size(), actual.size(), "each once");
    assertEquals(b.ancestors().contains(a), store().isAncestor(id(a), id(b)));
    List<CommitId> bases = Model.mergeBases(a, b).stream().map(this::id).toList();
    assertTrue(bases.contains(store().mergeBase(id(a), id(b)).orElseThrow().id()));
  }

  /** Rows as the diff tells them; its counts too. */
  void diff(Model.Version from, Model.Version to, Diff diff, String where) throws StoreException {
    Set<String> expected = to.diff(from);
    Set<String> actual = new HashSet<>();
    Optional<Diff.TableDiff> table = Optional.empty();
    Set<String> sides = new HashSet<>();
    for (Diff.TableDiff each : diff.tables()) {
      if (each.schema().columns().get(0).name().equals("key")) {
        table = Optional.of(each);
      } else {
        sides.add(side(each));
      }
    }
    assertEquals(to.sideDiff(from), sides, where + ", other tables");
    if (table.isPresent()) {
      Map<Long, String> names = new LinkedHashMap<>();
      table.get().from().ifPresent(schema -> name(schema, names));
      table.get().to().ifPresent(schema -> name(schema, names));
      rows(table.get(), names, actual);
      assertEquals(count(expected, "ADDED"), table.get().rowsAdded(), where + ", rows added");
      assertEquals(count(expected, "REMOVED"), table.get().rowsDeleted(), where + ", deleted");
      assertEquals(count(expected, "MODIFIED"), table.get().rowsUpdated(), where + ", updated");
    }
    assertEquals(expected, actual, where);
    Set<String> views = new HashSet<>();
    for (Diff.ViewDiff view : diff.views()) {
      views.add(
          view.from().map(ViewSchema::name).orElse("")
              + " to "
              + view.to().map(ViewSchema::name).orElse(""));
    }
    assertEquals(to.viewDiff(from), views, where + ", views");
  }

  private static String side(Diff.TableDiff diff) {
    String name = diff.schema().name();
    return switch (diff.change()) {
      case CREATED -> "created " + name;
      case DROPPED -> "dropped " + name;
      default -> name + " +" + diff.rowsAdded() + " -" + diff.rowsDeleted();
    };
  }

  private static void name(TableSchema schema, Map<Long, String> names) {
    schema.columns().forEach(column -> names.put(column.id(), column.name()));
  }

  private void rows(Diff.TableDiff table, Map<Long, String> names, Set<String> lines)
      throws StoreException {
    Diff.DiffCursor cursor = table.openRows();
    for (Optional<Diff.RowDiff> next = cursor.next(); next.isPresent(); next = cursor.next()) {
      Diff.RowDiff row = next.get();
      String line = row.kind() + " " + key(row.rowId());
      if (row.kind() == Diff.RowKind.MODIFIED) {
        line += " " + row.changedColumnIds().stream().map(names::get).sorted().toList();
      }
      if (!lines.add(line)) {
        throw new AssertionError("twice in the diff: " + line);
      }
    }
  }

  private final Map<Long, Long> keyOfRowId = new HashMap<>();

  /** Row ids say nothing to the model. */
  void inserted(long key, long rowId) {
    keyOfRowId.put(rowId, key);
  }

  private long key(long rowId) {
    return Objects.requireNonNull(keyOfRowId.get(rowId), () -> "row id " + rowId);
  }

  private static long count(Set<String> lines, String kind) {
    return lines.stream().filter(line -> line.startsWith(kind)).count();
  }
}
