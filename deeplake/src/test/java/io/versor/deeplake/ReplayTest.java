package io.versor.deeplake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.versor.format.Branch;
import io.versor.format.Commit;
import io.versor.format.CommitCursor;
import io.versor.format.Diff;
import io.versor.format.ImportProgress;
import io.versor.format.ImportReport;
import io.versor.format.ScanRequest;
import io.versor.format.Snapshot;
import io.versor.format.Store;
import io.versor.format.StoreOptions;
import io.versor.format.TableScan;
import io.versor.format.TableSnapshot;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.MemoryStore;
import io.versor.format.ref.CommitId;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets that Deep Lake wrote, read in place and imported: every version is what it was. */
class ReplayTest {
  @TempDir static Path temporary;

  private final DeepLakeFormat format = new DeepLakeFormat();

  private static Path folder(String name) throws Exception {
    Optional<Fixture> fixture = Fixture.find(name, temporary);
    assumeTrue(fixture.isPresent(), "the dataset " + name + " is not beside the project");
    return fixture.get().folder();
  }

  private Store imported(Path folder) throws StoreException {
    Store store = Store.open(new MemoryStore(), StoreOptions.defaults());
    String table = folder.getFileName().toString();
    store.importFrom(format, folder, table, Set.of(), ImportProgress.NONE);
    return store;
  }

  private Store attached(Path folder) throws StoreException {
    return format.attach(folder, MemoryBudget.of(64 << 20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"history", "types", "animals", "animals-dirty", "animals-merged"})
  void everyCellOfEveryVersionAttached(String name) throws Exception {
    Path folder = folder(name);
    try (Store store = attached(folder)) {
      checkVersions(DeepLakeDataset.open(folder), store);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"history", "types", "animals", "animals-dirty", "animals-merged"})
  void everyCellOfEveryVersionImported(String name) throws Exception {
    Path folder = folder(name);
    try (Store store = imported(folder)) {
      checkVersions(DeepLakeDataset.open(folder), store);
    }
  }

  private static void checkVersions(DeepLakeDataset dataset, Store store) throws Exception {
    Map<String, CommitId> commits = commits(store);
    int checked = 0;
    for (VersionNode node : dataset.tree().nodes().values()) {
      Snapshot snapshot;
      if (node.isHead()) {
        if (!dataset.tree().heads().containsValue(node.id())) {
          continue;
        }
        snapshot = store.head(node.branch());
      } else if (commits.containsKey(node.id())) {
        snapshot = store.at(commits.get(node.id()));
      } else {
        continue; // of a branch that was deleted
      }
      checkVersion(dataset.version(node.id()), dataset.name(), snapshot);
      checked++;
    }
    assertTrue(checked >= dataset.tree().heads().size());
  }

  /** Commits by the ids they had. */
  private static Map<String, CommitId> commits(Store store) throws StoreException {
    Map<String, CommitId> commits = new HashMap<>();
    CommitCursor all = store.allCommits();
    for (Optional<Commit> commit = all.next(); commit.isPresent(); commit = all.next()) {
      commits.put(commit.get().properties().get(Replay.COMMIT), commit.get().id());
    }
    return commits;
  }

  private static void checkVersion(DatasetVersion version, String name, Snapshot snapshot)
      throws Exception {
    Optional<TableSnapshot> table = snapshot.findTable(name);
    if (version.names().isEmpty()) {
      assertTrue(table.isEmpty());
      return;
    }
    List<String> names =
        table.orElseThrow().schema().columns().stream().map(Column::name).sorted().toList();
    assertEquals(version.names().stream().sorted().toList(), names);
    long rows = 0;
    for (String tensor : version.names()) {
      rows = Math.max(rows, version.tensor(tensor).length());
    }
    assertEquals(rows, table.get().rowCount(), version.node().id());
    for (Column column : table.get().schema().columns()) {
      Tensor tensor = version.tensor(column.name());
      ColumnBuilder expected = new ColumnBuilder(column.type());
      new Samples(tensor).append(0, (int) tensor.length(), expected);
      expected.appendNulls((int) (rows - tensor.length()));
      assertSame(
          expected.column(),
          read(table.get(), column),
          version.node().id() + " (" + version.node().message() + ") " + column.name());
      assertEquals(ColumnTypes.typeAt(column.type(), tensor), column.type());
    }
  }

  private static HeapColumn read(TableSnapshot table, Column column) throws StoreException {
    ColumnBuilder all = new ColumnBuilder(column.type());
    try (RootAllocator allocator = new RootAllocator();
        TableScan scan = table.openScan(ScanRequest.of(List.of(column.id())), allocator)) {
      while (scan.next()) {
        int[] selection = scan.selection();
        for (int i = 0; i < scan.selected(); i++) {
          all.append(scan.column(0), selection == null ? i : selection[i], 1);
        }
      }
    }
    return all.column();
  }

  private static void assertSame(HeapColumn expected, HeapColumn found, String what) {
    assertEquals(expected.rows(), found.rows(), what);
    for (int row = 0; row < expected.rows(); row++) {
      assertTrue(expected.sameSample(row, found, row), what + ", row " + row);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"history", "animals-merged"})
  void bothHaveTheSameCommitsAndHashes(String name) throws Exception {
    Path folder = folder(name);
    try (Store attached = attached(folder);
        Store imported = imported(folder)) {
      Map<String, CommitId> commits = commits(imported);
      assertEquals(commits.keySet(), commits(attached).keySet());
      for (Map.Entry<String, CommitId> each : commits(attached).entrySet()) {
        Optional<TableSnapshot> table = attached.at(each.getValue()).findTable(name);
        Optional<TableSnapshot> other = imported.at(commits.get(each.getKey())).findTable(name);
        assertEquals(
            table.isEmpty() ? "" : table.get().hash(), other.isEmpty() ? "" : other.get().hash());
      }
    }
  }

  /** Bytes and shape of the cells of a version that are not NULL, by row and column. */
  private static Map<Long, Map<Long, String>> cells(TableSnapshot table) throws StoreException {
    Map<Long, Map<Long, String>> cells = new HashMap<>();
    List<Column> columns = table.schema().columns();
    try (RootAllocator allocator = new RootAllocator();
        TableScan scan =
            table.openScan(ScanRequest.of(columns.stream().map(Column::id).toList()), allocator)) {
      while (scan.next()) {
        int[] selection = scan.selection();
        for (int i = 0; i < scan.selected(); i++) {
          int row = selection == null ? i : selection[i];
          Map<Long, String> ofRow = new HashMap<>();
          for (int c = 0; c < columns.size(); c++) {
            ColumnBuilder one = new ColumnBuilder(columns.get(c).type());
            one.append(scan.column(c), row, 1);
            HeapColumn cell = one.column();
            if (!cell.isNull(0)) {
              ofRow.put(
                  columns.get(c).id(),
                  Arrays.toString(cell.shapeAt(0)) + Arrays.toString(cell.bytesAt(0)));
            }
          }
          cells.put(scan.rowIds().longAt(row), ofRow);
        }
      }
    }
    return cells;
  }

  @Test
  void aDiffTellsTheCellsThatDiffer() throws Exception {
    int updated = 0;
    try (Store store = attached(folder("history"))) {
      for (CommitId id : commits(store).values()) {
        for (CommitId parent : store.commit(id).parents()) {
          Optional<TableSnapshot> from = store.at(parent).findTable("history");
          Optional<TableSnapshot> to = store.at(id).findTable("history");
          Map<Long, Map<Long, String>> before = from.isEmpty() ? Map.of() : cells(from.get());
          Map<Long, Map<Long, String>> after = to.isEmpty() ? Map.of() : cells(to.get());
          long[] expected = {0, 0, 0};
          for (Map.Entry<Long, Map<Long, String>> row : after.entrySet()) {
            Map<Long, String> was = before.get(row.getKey());
            expected[0] += was == null ? 1 : 0;
            Map<Long, String> kept = was == null ? row.getValue() : new HashMap<>(was);
            kept.keySet().removeIf(c -> to.get().schema().findColumn((long) c).isEmpty());
            expected[1] += kept.equals(row.getValue()) ? 0 : 1;
          }
          for (Long row : before.keySet()) {
            expected[2] += after.containsKey(row) ? 0 : 1;
          }
          long[] found = {0, 0, 0};
          for (Diff.TableDiff diff : store.diff(store.at(parent), store.at(id)).tables()) {
            found = new long[] {diff.rowsAdded(), diff.rowsUpdated(), diff.rowsDeleted()};
          }
          assertEquals(
              Arrays.toString(expected), Arrays.toString(found), store.commit(id).toString());
          updated += (int) found[1];
        }
      }
    }
    assertTrue(updated > 10);
  }

  @Test
  void branchesCommitsAuthorsInstantsAndMessages() throws Exception {
    Path folder = folder("history");
    DeepLakeDataset dataset = DeepLakeDataset.open(folder);
    try (Store store = imported(folder)) {
      assertEquals(
          dataset.tree().heads().keySet().stream().sorted().toList(),
          store.branches().stream().map(Branch::name).sorted().toList());
      int merges = 0;
      for (Map.Entry<String, CommitId> each : commits(store).entrySet()) {
        VersionNode node = dataset.tree().node(each.getKey());
        Commit commit = store.commit(each.getValue());
        assertEquals(node.message(), commit.message());
        assertEquals(node.author().orElseThrow(), commit.author());
        assertEquals(node.committedAt().orElseThrow(), commit.committedAt());
        assertEquals(node.parent().map(commits(store)::get), commit.parents().stream().findFirst());
        merges += commit.parents().size() == 2 ? 1 : 0;
      }
      assertEquals(3, merges);
      assertTrue(store.hasChanges("main") && store.hasChanges("beta"));
      assertTrue(!store.hasChanges("gamma"));
    }
  }

  @Test
  void commitsAreFoundByTheIdsTheyHad() throws Exception {
    Path folder = folder("history");
    try (Store store = attached(folder)) {
      for (Map.Entry<String, CommitId> each : commits(store).entrySet()) {
        assertEquals(each.getValue(), store.resolveCommit(each.getKey(), "main").id());
        assertEquals(
            each.getValue(), store.resolveCommit(each.getKey().substring(0, 12), "main").id());
      }
    }
  }

  @Test
  void nothingCanBeWrittenToAnAttachedDataset() throws Exception {
    try (Store store = attached(folder("history"))) {
      StoreException refused = assertThrows(StoreException.class, () -> store.begin("main"));
      assertEquals(StoreException.Code.READ_ONLY, refused.code());
    }
  }

  @Test
  void theReportTellsOfTensorsThatAreShorter() throws Exception {
    try (Store store = imported(folder("history"))) {
      List<ImportReport.Line> lines = new ArrayList<>();
      CommitCursor all = store.allCommits();
      for (Optional<Commit> commit = all.next(); commit.isPresent(); commit = all.next()) {
        String json = commit.get().properties().get(ImportReport.PROPERTY);
        if (json != null) {
          lines.addAll(ImportReport.parse(json, "here").lines());
        }
      }
      assertTrue(
          lines.stream().anyMatch(line -> line.kind().equals("shorter than others")),
          lines.toString());
    }
  }

  @Test
  void someBranchesOnly() throws Exception {
    Path folder = folder("history");
    try (Store store = Store.open(new MemoryStore(), StoreOptions.defaults())) {
      store.importFrom(format, folder, "t", Set.of("alpha"), ImportProgress.NONE);
      assertEquals(
          List.of("alpha", "main"), store.branches().stream().map(Branch::name).sorted().toList());
      assertTrue(store.head("main").tables().isEmpty());
      assertTrue(store.head("alpha").findTable("t").isPresent());
      assertNotEquals(0, store.head("alpha").findTable("t").orElseThrow().rowCount());
    }
  }
}
