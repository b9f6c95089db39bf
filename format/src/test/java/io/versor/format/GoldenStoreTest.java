package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.Shape;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that version 1 wrote stays readable, commit ids and all, and can be written to. */
class GoldenStoreTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "v1");
  private static final Path EXPECTED = Path.of("src", "test", "resources", "golden", "v1.txt");

  @Test
  void everyVersionReadsAsItDid(@TempDir Path directory) throws Exception {
    Path copy = copied(directory);
    assertEquals(Files.readString(EXPECTED), describe(copy));
  }

  @Test
  void itCanBeWrittenTo(@TempDir Path directory) throws Exception {
    Path copy = copied(directory);
    try (Store store = open(copy)) {
      long before = store.head("main").findTable("samples").orElseThrow().rowCount();
      append(store, "main", 7);
      store.commitVersion("main", CommitRequest.of("later", "ada"));
      assertEquals(before + 7, store.head("main").findTable("samples").orElseThrow().rowCount());
    }
  }

  private static Path copied(Path directory) throws IOException {
    Path copy = directory.resolve("store");
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(GOLDEN.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return copy;
  }

  private static Store open(Path directory) throws StoreException {
    return Store.open(DirectoryStore.open(directory, OpenMode.CREATE), StoreOptions.defaults());
  }

  /** Everything in it, as text. */
  private static String describe(Path directory) throws StoreException {
    StringBuilder text = new StringBuilder();
    try (Store store = open(directory);
        RootAllocator allocator = new RootAllocator()) {
      for (Branch branch : store.branches()) {
        text.append(branch.name()).append(' ').append(branch.head().orElseThrow().hex());
        text.append(store.hasChanges(branch.name()) ? " with changes\n" : "\n");
        describe(store.head(branch.name()), text, allocator);
        CommitCursor log = store.log(branch.head().orElseThrow());
        for (Optional<Commit> next = log.next(); next.isPresent(); next = log.next()) {
          Commit commit = next.get();
          text.append(commit.id().hex()).append(' ').append(commit.author());
          text.append(' ').append(commit.message().orElse("-"));
          commit.parents().forEach(parent -> text.append(' ').append(parent.hex(), 0, 8));
          commit.tables().forEach(table -> text.append(' ').append(counts(table)));
          text.append('\n');
          describe(store.at(commit.id()), text, allocator);
        }
      }
      store.tags().forEach(tag -> text.append(tag.name()).append(' ').append(tag.commit().hex()));
    }
    return text.append('\n').toString();
  }

  private static String counts(Commit.TableChange table) {
    return "+" + table.added() + " ~" + table.updated() + " -" + table.deleted();
  }

  private static void describe(Snapshot snapshot, StringBuilder text, RootAllocator allocator)
      throws StoreException {
    for (TableSnapshot table : snapshot.tables()) {
      text.append("  ").append(table.schema().name()).append(' ').append(table.rowCount());
      List<Long> ids = table.schema().columns().stream().map(Column::id).toList();
      long hash = 0;
      try (TableScan scan = table.openScan(ScanRequest.of(ids), allocator)) {
        while (scan.next()) {
          for (int i = 0; i < scan.selected(); i++) {
            int row = scan.selection() == null ? i : scan.selection()[i];
            hash = 31 * hash + scan.rowIds().longAt(row);
            for (int column = 0; column < ids.size(); column++) {
              hash = 31 * hash + sample(scan.column(column), row);
            }
          }
        }
      }
      text.append(' ').append(Long.toHexString(hash)).append('\n');
    }
  }

  private static long sample(Vector column, int row) {
    if (column.isNull(row)) {
      return 17;
    }
    long hash = 1;
    for (byte one : column.bytesAt(row)) {
      hash = 31 * hash + one;
    }
    for (int extent : column.shapeAt(row)) {
      hash = 31 * hash + extent;
    }
    return hash;
  }

  // --- how it was made

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("number", TensorType.scalar(Dtype.INT64)).notNull(),
          Column.of("real", TensorType.scalar(Dtype.FLOAT64)),
          Column.of("text", TensorType.text()),
          Column.of("label", TensorType.classLabel(List.of("cat", "dog"))),
          Column.of("vector", TensorType.embedding(4)),
          Column.of("ragged", TensorType.tensor(Dtype.INT16, Shape.of(Shape.RAGGED, 2))),
          Column.of("flag", TensorType.scalar(Dtype.BOOL)),
          Column.of("money", TensorType.decimal(10, 2)),
          Column.of("media", TensorType.media(Htype.AUDIO, Optional.empty())));

  private static void append(Store store, String branch, int rows) throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      TableSchema schema = transaction.snapshot().findTable("samples").orElseThrow().schema();
      List<ColumnBuilder> builders = new ArrayList<>();
      schema.columns().forEach(column -> builders.add(new ColumnBuilder(column.type())));
      for (int i = 0; i < rows; i++) {
        builders.get(0).appendLong(i * 1_000_003L);
        builders.get(1).appendDouble(i / 7.0);
        builders.get(2).appendText(i % 3 == 0 ? "often" : "text " + i);
        builders.get(3).appendLong(i % 2);
        builders.get(4).appendFixed(bytes(16, i), 0);
        builders.get(5).appendSample(bytes(4 * (i % 4), i), 0, 4 * (i % 4), new int[] {i % 4, 2});
        builders.get(6).appendLong(i % 5 == 0 ? 1 : 0);
        builders.get(7).appendDecimal(java.math.BigDecimal.valueOf(i, 2));
        if (i % 6 == 0) {
          builders.get(8).appendNull();
        } else {
          builders.get(8).appendSample(bytes(50, i), 0, 50, new int[] {25, 2});
        }
      }
      List<HeapColumn> columns = builders.stream().map(ColumnBuilder::column).toList();
      transaction.append(schema.id(), columns);
      transaction.commit();
    }
  }

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (seed * 31 + i * 7);
    }
    return bytes;
  }

  /** Writes the golden store anew: only for a new version of the format, under a new name. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    try (Store store = open(directory)) {
      try (Transaction transaction = store.begin("main")) {
        transaction.createTable(TableSchema.of("samples", COLUMNS));
        transaction.commit();
      }
      append(store, "main", 300);
      store.commitVersion("main", CommitRequest.of("three hundred", "ada"));
      store.checkpoint("main");
      store.createBranch("side", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
      change(store, "side", 5, "side text");
      store.commitVersion("side", CommitRequest.of("a text on the side", "bob"));
      append(store, "main", 20);
      change(store, "main", 9, "main text");
      delete(store, "main", 11);
      store.commitVersion("main", CommitRequest.of("more, other, fewer", "ada"));
      store.checkpoint("main");
      store.merge(
          new MergeRequest(
              "side", "main", MergeRequest.Strategy.FAIL, Optional.empty(), "ada", false));
      store.createTag("v1", store.branch("main").head().orElseThrow(), Optional.of("first"), "ada");
      append(store, "main", 3);
      store.resetBranch("main");
      append(store, "main", 2);
    }
    Files.writeString(Path.of(arguments[1]), describe(directory));
  }

  private static void change(Store store, String branch, long index, String text)
      throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      TableSnapshot table = transaction.snapshot().findTable("samples").orElseThrow();
      ColumnBuilder builder = new ColumnBuilder(TensorType.text());
      builder.appendText(text);
      transaction.update(
          table.schema().id(),
          table.schema().columns().get(2).id(),
          new long[] {table.rowIdAt(index).orElseThrow()},
          builder.column());
      transaction.commit();
    }
  }

  private static void delete(Store store, String branch, long index) throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      TableSnapshot table = transaction.snapshot().findTable("samples").orElseThrow();
      transaction.delete(table.schema().id(), new long[] {table.rowIdAt(index).orElseThrow()});
      transaction.commit();
    }
  }
}
