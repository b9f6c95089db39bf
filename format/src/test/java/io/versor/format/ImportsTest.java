package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.MemoryStore;
import io.versor.format.ref.CommitId;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Versions of another format come all at once or not at all. */
class ImportsTest {
  private static final TensorType NUMBER = TensorType.scalar(Dtype.INT64);

  /**
   * Its only dataset has a branch {@code main} with one row, and {@code side} made of it with a
   * second one, and a third that is not committed.
   */
  private static final class TwoBranches implements ForeignFormat {
    private int failAfter = Integer.MAX_VALUE;
    private int steps;

    @Override
    public String name() {
      return "two";
    }

    @Override
    public List<String> branches(Path dataset) {
      return List.of("main", "side");
    }

    @Override
    public Store attach(Path dataset, MemoryBudget memory) throws StoreException {
      Store store = Store.open(new MemoryStore(), StoreOptions.defaults().withMemory(memory));
      replay(
          dataset,
          store,
          new ImportRequest("t", Set.of("main"), "x", BranchStart.empty(), ImportProgress.NONE));
      return store;
    }

    @Override
    public void replay(Path dataset, Store target, ImportRequest request) throws StoreException {
      String main = request.prefix() + "main";
      target.createBranch(main, request.start());
      step();
      try (Transaction transaction = target.begin(main)) {
        long table =
            transaction.createTable(
                TableSchema.of(request.table(), List.of(Column.of("n", NUMBER))));
        append(transaction, table, 1);
        transaction.commitVersion(CommitRequest.of("one", "bo"));
      }
      request.progress().done(1, 2, 1);
      step();
      if (!request.branches().contains("side")) {
        return;
      }
      String side = request.prefix() + "side";
      target.createBranch(side, BranchStart.ofCommit(target.branch(main).head().orElseThrow()));
      step();
      long table = target.head(side).findTable(request.table()).orElseThrow().schema().id();
      try (Transaction transaction = target.begin(side)) {
        append(transaction, table, 2);
        transaction.commitVersion(CommitRequest.of("two", "bo"));
      }
      request.progress().done(2, 2, 2);
      step();
      try (Transaction transaction = target.begin(side)) {
        append(transaction, table, 3);
        transaction.commit();
      }
      step();
    }

    private void step() throws StoreException {
      if (steps++ == failAfter) {
        throw new StoreException(StoreException.Code.CORRUPT, "the dataset ends here");
      }
    }
  }

  private final TwoBranches format = new TwoBranches();
  private Store store;

  @BeforeEach
  void open() throws StoreException {
    store = Store.open(new MemoryStore(), StoreOptions.defaults());
  }

  @AfterEach
  void close() throws StoreException {
    store.close();
  }

  private static void append(Transaction transaction, long table, long number)
      throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(NUMBER);
    builder.appendLong(number);
    transaction.append(table, List.of(builder.column()));
  }

  private List<Branch> run(String... branches) throws StoreException {
    return store.importFrom(format, Path.of("d"), "t", Set.of(branches), ImportProgress.NONE);
  }

  private List<String> names() throws StoreException {
    return store.branches().stream().map(Branch::name).sorted().toList();
  }

  private long rows(String branch) throws StoreException {
    return store.head(branch).findTable("t").orElseThrow().rowCount();
  }

  /** Another table on main. */
  private CommitId commitBefore() throws StoreException {
    try (Transaction transaction = store.begin("main")) {
      transaction.createTable(TableSchema.of("other", List.of(Column.of("n", NUMBER))));
      return transaction.commitVersion(CommitRequest.of("before", "ada")).id();
    }
  }

  private static StoreException.Code code(Executable call) {
    return assertThrows(StoreException.class, call).code();
  }

  @Test
  void allBranchesTakeTheirNames() throws StoreException {
    List<String> told = new ArrayList<>();
    List<Branch> made =
        store.importFrom(
            format,
            Path.of("d"),
            "t",
            Set.of(),
            (versions, all, rows) -> told.add(versions + " of " + all + ", " + rows + " rows"));
    assertEquals(List.of("main", "side"), made.stream().map(Branch::name).toList());
    assertEquals(List.of("main", "side"), names());
    assertEquals(List.of("1 of 2, 1 rows", "2 of 2, 2 rows"), told);
    assertEquals(1, rows("main"));
    assertEquals(3, rows("side"));
    assertTrue(store.hasChanges("side"));
    assertEquals("main", store.commit(store.branch("main").head().orElseThrow()).branch());
  }

  @Test
  void whatMainHadCommittedStaysBeforeIt() throws StoreException {
    CommitId before = commitBefore();
    run();
    Commit one = store.commit(store.branch("main").head().orElseThrow());
    assertEquals(List.of(before), one.parents());
    assertEquals(1, rows("main"));
    assertTrue(store.head("side").findTable("other").isPresent());
  }

  @Test
  void aBranchThatIsNotAskedForIsMadeOnlyAsFarAsItIsNeeded() throws StoreException {
    run("side");
    assertEquals(List.of("main", "side"), names());
    assertTrue(store.head("main").tables().isEmpty(), "the store's own main is what it was");
    assertEquals(3, rows("side"));
    Commit two = store.commit(store.branch("side").head().orElseThrow());
    assertEquals(1, two.parents().size());
  }

  @Test
  void aFailureAtAnyPointLeavesNothing() throws StoreException {
    CommitId before = commitBefore();
    for (int point = 0; point < 5; point++) {
      format.failAfter = point;
      format.steps = 0;
      assertEquals(StoreException.Code.CORRUPT, code(this::run));
      assertEquals(List.of("main"), names());
      assertEquals(before, store.branch("main").head().orElseThrow());
    }
    format.failAfter = Integer.MAX_VALUE;
    run();
    assertEquals(List.of("main", "side"), names());
  }

  @Test
  void theNextOneRemovesWhatADeadProcessLeft() throws StoreException {
    store.createBranch("versor.import/main", BranchStart.empty());
    store.createBranch("versor.import/gone", BranchStart.empty());
    run();
    assertEquals(List.of("main", "side"), names());
  }

  @Test
  void whoOpensTheStoreRemovesWhatADeadProcessLeft() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (Store dying = Store.open(objects, StoreOptions.defaults())) {
      dying.createBranch("versor.import/main", BranchStart.empty());
    }
    try (Store next = Store.open(objects, StoreOptions.defaults())) {
      assertEquals(List.of("main"), next.branches().stream().map(Branch::name).toList());
    }
  }

  @Test
  void whoOpensTheStoreLeavesAnImportThatIsUnderWay() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (Store importing = Store.open(objects, StoreOptions.defaults())) {
      ImportProgress another =
          (versions, all, rows) -> {
            try (Store other = Store.open(objects, StoreOptions.defaults())) {
              assertTrue(other.branches().size() > 1);
            } catch (StoreException e) {
              throw new IllegalStateException(e);
            }
          };
      importing.importFrom(format, Path.of("d"), "t", Set.of(), another);
      assertEquals(2, importing.branches().size());
    }
  }

  @Test
  void itRefusesWhatWouldBeInItsWay() throws StoreException {
    store.createBranch("side", BranchStart.empty());
    assertEquals(StoreException.Code.REF_EXISTS, code(this::run));
    run("main");
    assertEquals(StoreException.Code.TABLE_EXISTS, code(() -> run("main")));
    try (Transaction transaction = store.begin("main")) {
      transaction.createTable(TableSchema.of("new", List.of(Column.of("n", NUMBER))));
      transaction.commit();
    }
    assertEquals(StoreException.Code.PENDING_CHANGES, code(() -> run("main")));
    assertEquals(StoreException.Code.NO_SUCH_REF, code(() -> run("mian")));
    assertEquals(List.of("main", "side"), names());
  }

  @Test
  void twoAtOnceAreOneTooMany() throws StoreException {
    ImportProgress second = (versions, all, rows) -> assertThrows(StoreException.class, this::run);
    store.importFrom(format, Path.of("d"), "t", Set.of(), second);
    assertEquals(List.of("main", "side"), names());
  }

  @Test
  void aReadOnlyStoreTakesNone() throws StoreException {
    MemoryStore objects = new MemoryStore();
    Store.open(objects, StoreOptions.defaults()).close();
    try (Store readOnly = Store.open(objects, StoreOptions.defaults().withReadOnly(true))) {
      assertEquals(
          StoreException.Code.READ_ONLY,
          code(
              () -> readOnly.importFrom(format, Path.of("d"), "t", Set.of(), ImportProgress.NONE)));
    }
  }
}
