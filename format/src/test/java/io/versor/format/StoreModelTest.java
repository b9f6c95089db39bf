package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;

/** Random programs on a store and on {@link Model}: after every step both hold the same. */
class StoreModelTest {
  /** What one step does; the numbers choose rows, branches and values among those there are. */
  record Step(Kind kind, int a, int b, int c) {}

  enum Kind {
    INSERT,
    INSERT_MANY,
    UPDATE,
    UPDATE_MANY,
    DELETE,
    COMMIT,
    BRANCH,
    BRANCH_WITH_CHANGES,
    SWITCH,
    RESET,
    MERGE,
    CHECKPOINT,
    REOPEN,
    ROLLBACK
  }

  @Provide
  Arbitrary<List<Step>> programs() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            net.jqwik.api.Tuple.of(6, Kind.INSERT),
            net.jqwik.api.Tuple.of(2, Kind.INSERT_MANY),
            net.jqwik.api.Tuple.of(5, Kind.UPDATE),
            net.jqwik.api.Tuple.of(2, Kind.UPDATE_MANY),
            net.jqwik.api.Tuple.of(3, Kind.DELETE),
            net.jqwik.api.Tuple.of(6, Kind.COMMIT),
            net.jqwik.api.Tuple.of(2, Kind.BRANCH),
            net.jqwik.api.Tuple.of(1, Kind.BRANCH_WITH_CHANGES),
            net.jqwik.api.Tuple.of(4, Kind.SWITCH),
            net.jqwik.api.Tuple.of(1, Kind.RESET),
            net.jqwik.api.Tuple.of(4, Kind.MERGE),
            net.jqwik.api.Tuple.of(2, Kind.CHECKPOINT),
            net.jqwik.api.Tuple.of(1, Kind.REOPEN),
            net.jqwik.api.Tuple.of(1, Kind.ROLLBACK));
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 9_999);
    return Combinators.combine(kinds, number, number, number)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(120)
        .withSizeDistribution(net.jqwik.api.RandomDistribution.uniform());
  }

  @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
  void storeIsTheModel(@ForAll("programs") List<Step> program) throws Exception {
    run(program);
  }

  @Tag("long")
  @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
  void storeIsTheModelAtLength(@ForAll("programs") List<Step> program) throws Exception {
    run(program);
  }

  private static void run(List<Step> program) throws Exception {
    try (Program running = new Program()) {
      for (Step step : program) {
        running.step(step);
        running.compare();
      }
      running.compareAll();
    }
  }

  /** A store and its model, in step. */
  private static final class Program implements AutoCloseable {
    private final TestStore opened = new TestStore();
    private final Model model = new Model();
    private final Map<Integer, CommitId> ids = new HashMap<>();
    private final Map<Long, Long> rowIdOfKey = new HashMap<>();
    private String current = Store.MAIN;
    private long nextKey = 1;

    Program() throws StoreException {
      model.branches.put(Store.MAIN, new Model.Branch());
      opened.createTable();
      // Rows that all branches have, so that merges meet.
      insert(150, new Step(Kind.INSERT_MANY, 150, 7, 3));
      CommitId id = opened.store().commitVersion(Store.MAIN, request()).id();
      ids.put(model.commit(branch(), List.of()).number(), id);
    }

    private static CommitRequest request() {
      return new CommitRequest(Optional.empty(), "model", false, Map.of());
    }

    private Model.Branch branch() {
      return Objects.requireNonNull(model.branches.get(current));
    }

    void step(Step step) throws StoreException {
      switch (step.kind()) {
        case INSERT -> insert(1, step);
        case INSERT_MANY -> insert(1 + step.a() % 300, step);
        case UPDATE -> update(1, step);
        case UPDATE_MANY -> update(1 + step.a() % 200, step);
        case DELETE -> delete(1 + step.a() % 5, step);
        case COMMIT -> commit();
        case BRANCH -> createBranch(false);
        case BRANCH_WITH_CHANGES -> createBranch(true);
        case SWITCH -> current = other(step.a());
        case RESET -> reset();
        case MERGE -> merge(other(step.a()));
        case CHECKPOINT -> opened.store().checkpoint(current);
        case REOPEN -> opened.reopen();
        case ROLLBACK -> rollback(step);
        default -> throw new IllegalStateException(step.toString());
      }
    }

    /** Another branch, if there is one. */
    private String other(int number) {
      List<String> names = new ArrayList<>(model.branches.keySet());
      names.remove(current);
      return names.isEmpty() ? current : names.get(number % names.size());
    }

    private void insert(int count, Step step) throws StoreException {
      List<Long> keys = new ArrayList<>();
      List<String[]> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        keys.add(nextKey++);
        rows.add(new String[] {text(step.b() + i), text(step.c() - i)});
      }
      long first = opened.insert(current, keys, rows);
      for (int i = 0; i < count; i++) {
        rowIdOfKey.put(keys.get(i), first + i);
        branch().working.rows.put(keys.get(i), rows.get(i));
      }
    }

    /** Some texts are long enough to make their chunk large, some are NULL. */
    private static String text(int number) {
      int kind = Math.floorMod(number, 11);
      return kind == 0 ? null : kind == 1 ? TestStore.LONG + number : "v" + number;
    }

    private List<Long> someKeys(int count, int start) {
      List<Long> all = branch().working.keys();
      List<Long> some = new ArrayList<>();
      for (int i = 0; i < Math.min(count, all.size()); i++) {
        some.add(all.get((start + i * (1 + start % 7)) % all.size()));
      }
      return some.stream().distinct().toList();
    }

    private void update(int count, Step step) throws StoreException {
      List<Long> keys = someKeys(count, step.b());
      int cell = step.c() % 2;
      List<String> values = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        values.add(text(step.c() + i));
      }
      opened.update(current, cell, rowIds(keys), values);
      for (int i = 0; i < keys.size(); i++) {
        String[] cells = branch().working.rows.get(keys.get(i)).clone();
        cells[cell] = values.get(i);
        branch().working.rows.put(keys.get(i), cells);
      }
    }

    private long[] rowIds(List<Long> keys) {
      return keys.stream().mapToLong(rowIdOfKey::get).toArray();
    }

    private void delete(int count, Step step) throws StoreException {
      List<Long> keys = someKeys(count, step.b());
      opened.delete(current, rowIds(keys));
      keys.forEach(key -> branch().working.rows.put(key, null));
    }

    private void commit() throws StoreException {
      if (!branch().changed()) {
        assertEquals(
            Code.NOTHING_TO_COMMIT,
            assertThrows(
                    StoreException.class, () -> opened.store().commitVersion(current, request()))
                .code());
        return;
      }
      CommitId id = opened.store().commitVersion(current, request()).id();
      ids.put(model.commit(branch(), List.of(branch().head)).number(), id);
    }

    private void createBranch(boolean withChanges) throws StoreException {
      if (model.branches.size() == 6) {
        return;
      }
      String name = "b" + model.branches.size();
      Model.Branch created = new Model.Branch();
      created.head = branch().head;
      created.working = withChanges ? branch().working.copy() : branch().head.version().copy();
      opened
          .store()
          .createBranch(
              name,
              withChanges
                  ? BranchStart.withChanges(current)
                  : BranchStart.ofCommit(ids.get(branch().head.number())));
      model.branches.put(name, created);
    }

    private void reset() throws StoreException {
      opened.store().resetBranch(current);
      branch().working = branch().head.version().copy();
    }

    private void merge(String source) throws StoreException {
      MergeRequest request =
          new MergeRequest(
              source, current, MergeRequest.Strategy.FAIL, Optional.empty(), "model", false);
      Model.Commit theirs = Objects.requireNonNull(model.branches.get(source)).head;
      Model.Commit ours = branch().head;
      if (branch().changed()) {
        assertEquals(
            Code.WRONG_STATE,
            assertThrows(StoreException.class, () -> opened.store().merge(request)).code());
        return;
      }
      if (ours.ancestors().contains(theirs)) {
        assertEquals(MergeResult.Kind.NOTHING_TO_MERGE, opened.store().merge(request).kind());
        return;
      }
      List<Model.Commit> bases = Model.mergeBases(ours, theirs);
      if (bases.size() != 1) {
        Statistics.label("merges").collect("criss-cross");
        return; // a criss-cross has no single answer that the naive model could give
      }
      Model.Version merged = Model.merge(bases.get(0).version(), ours.version(), theirs.version());
      Statistics.label("merges").collect(merged == null ? "conflict" : "merged");
      if (merged == null) {
        assertEquals(
            Code.MERGE_CONFLICT,
            assertThrows(StoreException.class, () -> opened.store().merge(request)).code());
        return;
      }
      MergeResult result = opened.store().merge(request);
      assertEquals(MergeResult.Kind.MERGED, result.kind());
      assertEquals(
          List.of(ids.get(ours.number()), ids.get(theirs.number())),
          result.commit().orElseThrow().parents());
      branch().working = merged;
      ids.put(
          model.commit(branch(), List.of(ours, theirs)).number(),
          result.commit().orElseThrow().id());
    }

    private void rollback(Step step) throws StoreException {
      opened.insertAndRollBack(current, nextKey, new String[] {text(step.a()), text(step.b())});
    }

    /** Names the first row that differs: whole tables help nobody. */
    private static void assertRows(List<String> expected, List<String> actual, String where) {
      for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
        assertEquals(expected.get(i), actual.get(i), where + ", row " + i);
      }
      assertEquals(expected.size(), actual.size(), where + ", rows");
    }

    void compare() throws StoreException {
      assertRows(branch().working.lines(), opened.lines(opened.store().head(current)), current);
      assertEquals(branch().changed(), opened.store().hasChanges(current));
    }

    void compareAll() throws StoreException {
      opened.reopen();
      for (Map.Entry<String, Model.Branch> each : model.branches.entrySet()) {
        assertRows(
            each.getValue().working.lines(),
            opened.lines(opened.store().head(each.getKey())),
            each.getKey());
        assertEquals(
            ids.get(each.getValue().head.number()),
            opened.store().branch(each.getKey()).head().orElseThrow());
      }
      for (Model.Commit commit : model.commits) {
        CommitId id = ids.get(commit.number());
        Supplier<String> where = () -> "commit number " + commit.number();
        assertRows(commit.version().lines(), opened.lines(opened.store().at(id)), where.get());
        assertEquals(
            commit.parents().stream().map(parent -> ids.get(parent.number())).toList(),
            opened.store().commit(id).parents(),
            where);
        assertEquals(commit.generation(), opened.store().commit(id).generation(), where);
      }
      assertTrue(opened.memoryIsFree(), "every buffer was given back");
    }

    @Override
    public void close() throws StoreException {
      opened.close();
    }
  }
}
