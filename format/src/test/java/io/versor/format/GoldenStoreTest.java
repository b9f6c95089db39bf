package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Sequences;
import io.versor.format.chunk.Vector;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.ref.Root;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.Identity;
import io.versor.format.type.Shape;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import io.versor.format.type.ViewSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stores that version 1 wrote stay readable, commit ids and all, and can be written to. {@code v1}
 * has samples of many types, packs and a merge; {@code v1-moves} has resets, views, and a merge
 * whose conflicts are kept; {@code v1-identities} has identity columns; {@code v1-keys} has keys
 * and runs of them; {@code v1-blocks} has chunks in blocks; {@code v1-pages} has packs with pages
 * of 4 KiB, the others of 64; {@code v1-clone} is a clone, {@code v1-condemned} has a condemned
 * branch and a condemned pack; {@code v1-unindexed} has keys and was written before there were
 * runs; {@code v1-moved} has packs that were moved, and condemned objects; {@code v1-packed} has
 * logs in packs; {@code v2} has commits that have expired, and a range that was squashed.
 */
class GoldenStoreTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1",
        "v1-moves",
        "v1-identities",
        "v1-keys",
        "v1-sequences",
        "v1-unindexed",
        "v1-blocks",
        "v1-pages",
        "v1-clone",
        "v1-condemned",
        "v1-moved",
        "v1-packed",
        "v2"
      })
  void everyVersionReadsAsItDid(String name, @TempDir Path directory) throws Exception {
    Path copy = copied(name, directory);
    assertEquals(Files.readString(GOLDEN.resolve(name + ".txt")), describe(copy));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1",
        "v1-moves",
        "v1-identities",
        "v1-keys",
        "v1-sequences",
        "v1-blocks",
        "v1-pages",
        "v1-clone",
        "v1-condemned",
        "v1-moved",
        "v1-packed",
        "v2"
      })
  void itCanBeWrittenTo(String name, @TempDir Path directory) throws Exception {
    Path copy = copied(name, directory);
    try (Store store = open(copy)) {
      long before = store.head("main").findTable("samples").orElseThrow().rowCount();
      append(store, "main", 7);
      store.commitVersion("main", CommitRequest.of("later", "ada"));
      assertEquals(before + 7, store.head("main").findTable("samples").orElseThrow().rowCount());
    }
  }

  @Test
  void whatIsCondemnedGoesAndWhatIsMovedStays(@TempDir Path directory) throws Exception {
    Path copy = copied("v1-moved", directory);
    try (Store store = open(copy)) {
      Root root = store.core().roots.current();
      assertFalse(root.packMap().isEmpty());
      assertTrue(root.condemned().stream().anyMatch(each -> each.isWhole()));
      assertTrue(root.condemned().stream().anyMatch(each -> !each.isWhole()));
      assertEquals(List.of(), store.check());
      store.vacuum(Duration.ZERO, false);
      assertEquals(List.of(), store.core().roots.current().condemned());
      assertEquals(List.of(), store.check());
    }
    assertEquals(Files.readString(GOLDEN.resolve("v1-moved.txt")), describe(copy));
  }

  @Test
  void logsAreInPacksAndStayThere(@TempDir Path directory) throws Exception {
    Path copy = copied("v1-packed", directory);
    try (Store store = open(copy)) {
      assertEquals(10, packed(store));
      assertEquals(List.of(), store.check());
      assertEquals(List.of(), store.vacuum(Duration.ZERO, false));
      assertEquals(10, packed(store));
    }
    assertEquals(Files.readString(GOLDEN.resolve("v1-packed.txt")), describe(copy));
  }

  private static long packed(Store store) throws StoreException {
    return store.core().roots.current().branches().stream()
        .filter(branch -> branch.packed().isPresent())
        .count();
  }

  @Test
  void whatHasExpiredStaysGone(@TempDir Path directory) throws Exception {
    Path copy = copied("v2", directory);
    try (Store store = open(copy)) {
      assertTrue(Files.readString(copy.resolve("root")).startsWith("{\"format\":2,"));
      assertEquals(3, store.expiries().size());
      assertEquals(List.of(), store.check());
      assertTrue(store.resolveCommit("late~1", "main").expiredBefore());
      store.vacuum(Duration.ZERO, false);
      assertEquals(List.of(), store.check());
    }
    assertEquals(Files.readString(GOLDEN.resolve("v2.txt")), describe(copy));
  }

  @Test
  void keysWithoutRunsGetThemAtACheckpoint(@TempDir Path directory) throws Exception {
    Path copy = copied("v1-unindexed", directory);
    assertEquals(0, runsOfKeys(copy));
    try (Store store = open(copy)) {
      store.checkpoint("main");
    }
    assertEquals(2, runsOfKeys(copy), "one for each key");
    assertEquals(Files.readString(GOLDEN.resolve("v1-unindexed.txt")), describe(copy));
  }

  private static int runsOfKeys(Path store) throws IOException {
    int found = 0;
    try (Stream<Path> packs = Files.walk(store.resolve("pack"))) {
      for (Path pack : packs.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(pack, StandardCharsets.ISO_8859_1);
        found += bytes.split("VSKR", -1).length - 1;
      }
    }
    return found;
  }

  private static Path copied(String name, Path directory) throws IOException {
    Path golden = GOLDEN.resolve(name);
    Path copy = directory.resolve("store");
    try (Stream<Path> files = Files.walk(golden)) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(golden.relativize(file).toString());
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
        Snapshot now = store.head(branch.name());
        describe(now, text, allocator);
        now.pendingMerge().ifPresent(merge -> describe(merge, text));
        for (RefMove move : store.reflog(branch.name())) {
          if (move.operation().startsWith("reset")) {
            text.append("  ").append(move.operation()).append(" by ");
            text.append(move.author().orElseThrow()).append('\n');
          }
        }
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
      for (Branch branch : store.branches()) {
        describeNumbers(store.head(branch.name()), text);
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
      for (List<Integer> key : TableKeys.of(table.schema()).values()) {
        text.append("    ").append(found(table, key.stream().map(ids::get).toList(), allocator));
      }
    }
    for (ViewSchema view : snapshot.views()) {
      text.append("  ").append(view.name()).append(' ').append(view.columns());
      text.append(": ").append(view.sql()).append(view.comment().orElse("")).append('\n');
    }
  }

  private static void describeNumbers(Snapshot snapshot, StringBuilder text) {
    for (TableSnapshot table : snapshot.tables()) {
      for (Column column : table.schema().columns()) {
        if (column.identity().isPresent()) {
          text.append(snapshot.display()).append(' ').append(column.name());
          text.append(' ').append(column.identity().get());
          text.append(' ')
              .append(snapshot.state().identities().of(column.id(), column.identity().get()))
              .append('\n');
        }
      }
    }
  }

  /** How many rows are found by what they have for a key. */
  private static String found(TableSnapshot table, List<Long> key, RootAllocator allocator)
      throws StoreException {
    List<ColumnBuilder> builders = new ArrayList<>();
    key.forEach(
        id -> builders.add(new ColumnBuilder(table.schema().findColumn(id).orElseThrow().type())));
    try (TableScan scan = table.openScan(ScanRequest.of(key), allocator)) {
      while (scan.next()) {
        for (int i = 0; i < scan.selected(); i++) {
          int row = scan.selection() == null ? i : scan.selection()[i];
          for (int column = 0; column < builders.size(); column++) {
            builders.get(column).append(scan.column(column), row);
          }
        }
      }
    }
    List<HeapColumn> keys = builders.stream().map(ColumnBuilder::column).toList();
    return "by key " + table.findRows(key, keys).orElseThrow().length + "\n";
  }

  private static void describe(ConflictedMerge merge, StringBuilder text) {
    for (ConflictedMerge.Conflicts group : merge.conflicts()) {
      text.append("  ").append(group.kind()).append(' ').append(group.rowIds().length);
      text.append(group.columnId().isPresent() ? " cells\n" : " rows\n");
    }
  }

  private static long sample(Vector column, int row) throws StoreException {
    if (column.isNull(row)) {
      return 17;
    }
    if (column.type().htype() == Htype.SEQUENCE) {
      return elements(Sequences.elements(column.type(), column, row));
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

  private static long elements(HeapColumn elements) {
    long hash = elements.rows();
    for (int i = 0; i < elements.rows(); i++) {
      hash = 31 * hash + (elements.isNull(i) ? 17 : Arrays.hashCode(elements.bytesAt(i)));
      hash = 31 * hash + Arrays.hashCode(elements.shapeAt(i));
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

  /** Writes a golden store anew: only for a new version of the format, under a new name. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    if (directory.endsWith("v1-clone")) {
      cloneSamples(directory);
    }
    try (Store store = open(directory)) {
      switch (directory.getFileName().toString()) {
        case "v1", "v1-pages" -> makeSamples(store);
        case "v1-moves" -> makeMoves(store);
        case "v1-identities" -> makeIdentities(store);
        case "v1-keys" -> makeKeys(store);
        case "v1-sequences" -> makeSequences(store);
        case "v1-blocks" -> makeBlocks(store);
        case "v1-clone" -> append(store, "main", 3);
        case "v1-condemned" -> makeCondemned(store);
        case "v1-moved" -> makeMoved(store);
        case "v1-packed" -> makePacked(store);
        case "v2" -> makeExpired(store);
        default -> {
          // made by an older release: only told of
        }
      }
    }
    Files.writeString(Path.of(arguments[1]), describe(directory));
  }

  /** The clone of a clone, with something uncommitted; a branch of it was never written to. */
  private static void cloneSamples(Path directory) throws Exception {
    Path source = Files.createTempDirectory("golden");
    try (Store store = open(source)) {
      makeSamples(store);
      append(store, "main", 2);
      store.cloneTo(source.resolveSibling(source.getFileName() + "-1"));
    }
    try (Store store = open(source.resolveSibling(source.getFileName() + "-1"))) {
      append(store, "main", 4);
      store.commitVersion("main", CommitRequest.of("in the clone", "bob"));
      store.createBranch("later", BranchStart.withChanges("main"));
      store.cloneTo(directory);
    }
  }

  /** What VACUUM would delete the next time. */
  private static void makeCondemned(Store store) throws Exception {
    makeSamples(store);
    store.createBranch("gone", BranchStart.withChanges("main"));
    append(store, "gone", 400);
    store.commitVersion("gone", CommitRequest.of("not needed", "ada"));
    store.checkpoint("gone");
    store.dropBranch("gone", DropMode.FORCE);
    Thread.sleep(20); // packs and branches have an age
    store.vacuum(Duration.ofMillis(1), false);
  }

  /** Texts and sequences that are compressed in blocks. */
  private static void makeBlocks(Store store) throws StoreException {
    try (Transaction transaction = store.begin("main")) {
      transaction.createTable(TableSchema.of("samples", COLUMNS));
      long table =
          transaction.createTable(
              TableSchema.of(
                  "long_texts",
                  List.of(
                      Column.of("text", TensorType.text()),
                      Column.of("texts", TensorType.sequence(TensorType.text())))));
      ColumnBuilder texts = new ColumnBuilder(TensorType.text());
      ColumnBuilder lists = new ColumnBuilder(TensorType.sequence(TensorType.text()));
      for (int i = 0; i < 200; i++) {
        if (i % 90 == 5) {
          texts.appendNull();
          lists.appendNull();
          continue;
        }
        texts.appendText((i + " of two hundred; ").repeat(10 + i % 7));
        ColumnBuilder list = new ColumnBuilder(TensorType.text());
        for (int element = 0; element < i % 12; element++) {
          list.appendText(("element " + element + " of " + i + "; ").repeat(2));
        }
        Sequences.append(lists, list.column());
      }
      transaction.append(table, List.of(texts.column(), lists.column()));
      transaction.commit();
    }
    append(store, "main", 20);
    store.commitVersion("main", CommitRequest.of("two hundred long texts", "ada"));
    store.checkpoint("main");
  }

  private static void makeIdentities(Store store) throws StoreException {
    TensorType number = TensorType.scalar(Dtype.INT64);
    long table;
    try (Transaction transaction = store.begin("main")) {
      transaction.createTable(TableSchema.of("samples", COLUMNS));
      table =
          transaction.createTable(
              TableSchema.of(
                  "numbered",
                  List.of(
                      identity("up", number, new Identity(true, 1, 1)),
                      identity("down", number, new Identity(false, -5, -10)),
                      identity("ends", number, new Identity(true, Long.MAX_VALUE, 1)),
                      identity("none", TensorType.scalar(Dtype.UINT8), new Identity(true, 9, 3)))));
      transaction.commit();
    }
    drawn(store, "main", table, "up", 5);
    drawn(store, "main", table, "ends", 1);
    store.commitVersion("main", CommitRequest.of("five", "ada"));
    store.checkpoint("main");
    store.createBranch("side", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
    drawn(store, "side", table, "down", 3);
    drawn(store, "side", table, "up", 2);
    change(store, "side", table);
    store.commitVersion("side", CommitRequest.of("more on the side", "bob"));
    drawn(store, "main", table, "up", 1);
    change(store, "main", table);
    store.commitVersion("main", CommitRequest.of("one more", "ada"));
    store.merge(
        new MergeRequest(
            "side", "main", MergeRequest.Strategy.FAIL, Optional.empty(), "ada", false));
    store.createBranch("back", BranchStart.withChanges("main"));
    try (Transaction transaction = store.begin("back")) {
      transaction.restartNumbers(table, column(transaction, table, "up"), 3);
      transaction.commit();
    }
    store.commitVersion(
        "back", new CommitRequest(Optional.of("restarted"), "ada", true, java.util.Map.of()));
    store.checkpoint("back");
    drawn(store, "back", table, "up", 1);
  }

  private static Column identity(String name, TensorType type, Identity identity) {
    return Column.of(name, type).notNull().withIdentity(Optional.of(identity));
  }

  private static long column(Transaction transaction, long table, String name)
      throws StoreException {
    TableSchema schema = transaction.snapshot().findTable(table).orElseThrow().schema();
    return schema.findColumn(name).orElseThrow().id();
  }

  private static void drawn(Store store, String branch, long table, String column, int count)
      throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      transaction.drawNumbers(table, column(transaction, table, column), count);
      transaction.commit();
    }
  }

  /** A row, so that there is something to commit. */
  private static void change(Store store, String branch, long table) throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      TableSchema schema = transaction.snapshot().findTable(table).orElseThrow().schema();
      List<HeapColumn> columns = new ArrayList<>();
      for (Column column : schema.columns()) {
        ColumnBuilder builder = new ColumnBuilder(column.type());
        builder.appendLong(7);
        columns.add(builder.column());
      }
      transaction.append(table, columns);
      transaction.commit();
    }
  }

  /** Few commits among many checkpoints, and VACUUM in between and at the end. */
  private static void makeMoved(Store store) throws Exception {
    try (Transaction transaction = store.begin("main")) {
      transaction.createTable(TableSchema.of("samples", COLUMNS));
      transaction.commit();
    }
    append(store, "main", 30);
    store.commitVersion("main", CommitRequest.of("thirty", "ada"));
    for (int i = 0; i < 26; i++) {
      change(store, "main", i % 5, "text " + i);
      store.checkpoint("main");
      if (i % 8 == 7) {
        store.commitVersion("main", CommitRequest.of("changed " + i, "ada"));
      }
      if (i == 15) {
        store.vacuum(Duration.ZERO, false);
      }
    }
    store.createBranch("side", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
    change(store, "side", 3, "of nobody");
    store.checkpoint("side");
    store.dropBranch("side", DropMode.FORCE);
    Thread.sleep(20); // what is condemned is older than what may be on its way
    store.vacuum(Duration.ofMillis(10), false);
  }

  /** Ten branches that were merged and dropped; one of them has a tag. */
  private static void makePacked(Store store) throws Exception {
    try (Transaction transaction = store.begin("main")) {
      transaction.createTable(TableSchema.of("samples", COLUMNS));
      transaction.commit();
    }
    append(store, "main", 10);
    store.commitVersion("main", CommitRequest.of("ten", "ada"));
    for (int i = 0; i < 10; i++) {
      String side = "side" + i;
      store.createBranch(side, BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
      change(store, side, i, "of " + side);
      store.commitVersion(side, CommitRequest.of("on " + side, "bob"));
      append(store, "main", 1);
      store.commitVersion("main", CommitRequest.of("beside " + side, "ada"));
      store.merge(
          new MergeRequest(
              side, "main", MergeRequest.Strategy.FAIL, Optional.empty(), "ada", false));
      if (i == 4) {
        store.createTag("fifth", store.branch(side).head().orElseThrow(), Optional.empty(), "ada");
      }
      store.dropBranch(side, DropMode.REFUSE_UNMERGED);
    }
    store.vacuum(Duration.ZERO, false);
    append(store, "main", 2);
  }

  /**
   * Two branches and a tag; of each branch some commits have expired, and one piece is squashed.
   */
  private static void makeExpired(Store store) throws Exception {
    makeSamples(store);
    for (int i = 0; i < 9; i++) {
      change(store, "main", i % 5, "other text " + i);
      store.commitVersion("main", CommitRequest.of("changed " + i, "ada"));
      if (i == 3) {
        store.checkpoint("main");
        store.createBranch("late", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
      }
    }
    for (int i = 0; i < 4; i++) {
      append(store, "late", 2);
      store.commitVersion("late", CommitRequest.of("late " + i, "bob"));
    }
    store.createTag("kept", store.resolveCommit("main~6", "main").id(), Optional.empty(), "ada");
    expire(store, new ExpiryRequest.Before("main~3"));
    expire(store, new ExpiryRequest.Between("main~3", "main"));
    expire(store, new ExpiryRequest.Before("late~1"));
  }

  private static void expire(Store store, ExpiryRequest.Selection selection) throws StoreException {
    store.expireHistory(
        new ExpiryRequest(selection, Optional.empty(), 1, Store.MAIN, "ada", "expire", false));
  }

  private static void makeMoves(Store store) throws StoreException {
    try (Transaction transaction = store.begin("main")) {
      transaction.createTable(TableSchema.of("samples", COLUMNS));
      transaction.createView(view(0, "few", "SELECT number FROM samples", List.of()));
      transaction.createView(view(0, "gone", "SELECT 1", List.of()));
      transaction.commit();
    }
    append(store, "main", 30);
    store.commitVersion("main", CommitRequest.of("thirty, two views", "ada"));
    store.checkpoint("main");
    store.createBranch("side", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
    try (Transaction transaction = store.begin("main")) {
      ViewSchema few = transaction.snapshot().findView("few").orElseThrow();
      transaction.alterView(
          view(few.id(), "fewer", "SELECT 2, 3", List.of("a", "b"))
              .withComment(Optional.of(" /* few */")));
      transaction.dropView(transaction.snapshot().findView("gone").orElseThrow().id());
      transaction.commit();
    }
    store.commitVersion("main", CommitRequest.of("other views", "ada"));
    store.createBranch("soft", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
    store.resetBranch("soft", "soft~1", ResetMode.SOFT, "bob");
    store.createBranch("hard", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
    append(store, "hard", 1);
    store.resetBranch("hard", "hard~1", ResetMode.HARD, "bob");
    for (String branch : List.of("main", "side")) {
      change(store, branch, 5, branch);
      change(store, branch, 6, branch);
      store.commitVersion(branch, CommitRequest.of("a text on " + branch, "ada"));
    }
    store.createBranch("kept", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
    store.merge(
        new MergeRequest(
            "side", "kept", MergeRequest.Strategy.CONFLICTS, Optional.empty(), "ada", false));
    try (Transaction transaction = store.begin("kept")) {
      TableSnapshot table = transaction.snapshot().findTable("samples").orElseThrow();
      long[] rows = {table.rowIdAt(5).orElseThrow()};
      transaction.resolveConflicts(table.schema().id(), rows);
      transaction.commit();
    }
    store.checkpoint("kept");
  }

  private static final List<Column> SEQUENCES =
      List.of(
          Column.of("id", TensorType.scalar(Dtype.UUID)).notNull(),
          sequence("labels", TensorType.classLabel(List.of("cat", "dog"))),
          sequence("images", TensorType.media(Htype.IMAGE, Optional.empty())),
          sequence("boxes", TensorType.bbox()),
          sequence("vectors", TensorType.embedding(3)),
          sequence("texts", TensorType.varchar(20)),
          sequence("money", TensorType.decimal(10, 2)),
          sequence("ids", TensorType.scalar(Dtype.UUID)));

  private static Column sequence(String name, TensorType element) {
    return Column.of(name, TensorType.sequence(element));
  }

  private static void makeSequences(Store store) throws StoreException {
    try (Transaction transaction = store.begin("main")) {
      transaction.createTable(TableSchema.of("samples", COLUMNS));
      transaction.createTable(TableSchema.of("lists", SEQUENCES));
      transaction.commit();
    }
    appendLists(store, "main", 0, 300);
    store.commitVersion("main", CommitRequest.of("three hundred", "ada"));
    store.checkpoint("main");
    store.createBranch("side", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
    appendLists(store, "side", 300, 20);
    store.commitVersion("side", CommitRequest.of("twenty on the side", "bob"));
    appendLists(store, "main", 400, 5);
  }

  /** Rows with no, one and more elements, NULL among them and instead of them. */
  private static void appendLists(Store store, String branch, int from, int rows)
      throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      TableSchema schema = transaction.snapshot().findTable("lists").orElseThrow().schema();
      List<ColumnBuilder> builders = new ArrayList<>();
      schema.columns().forEach(column -> builders.add(new ColumnBuilder(column.type())));
      for (int i = from; i < from + rows; i++) {
        builders.get(0).appendFixed(bytes(16, i), 0);
        for (ColumnBuilder lists : builders.subList(1, builders.size())) {
          if (i % 11 == 10) {
            lists.appendNull();
          } else {
            Sequences.append(lists, elements(lists.column().type().element().orElseThrow(), i));
          }
        }
      }
      transaction.append(schema.id(), builders.stream().map(ColumnBuilder::column).toList());
      transaction.commit();
    }
  }

  private static HeapColumn elements(TensorType type, int seed) throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(type);
    for (int i = 0; i < seed % 4; i++) {
      int length = (seed + i) % 3;
      if ((seed + i) % 13 == 0) {
        builder.appendNull();
      } else if (type.htype() == Htype.CLASS_LABEL) {
        builder.appendLong((seed + i) % 2);
      } else if (type.htype() == Htype.IMAGE) {
        builder.appendSample(bytes(9, seed + i), 0, 9, new int[] {seed % 5, i, 3});
      } else if (type.htype() == Htype.BBOX) {
        builder.appendSample(bytes(16 * length, seed), 0, 16 * length, new int[] {length, 4});
      } else if (type.dtype() == Dtype.DECIMAL) {
        builder.appendDecimal(java.math.BigDecimal.valueOf(seed * 7L + i, 2));
      } else if (type.dtype() == Dtype.UTF8) {
        builder.appendText("text " + (seed + i));
      } else {
        builder.appendFixed(bytes(type.width(), seed + i), 0);
      }
    }
    return builder.column();
  }

  private static void makeKeys(Store store) throws StoreException {
    try (Transaction transaction = store.begin("main")) {
      transaction.createTable(TableSchema.of("samples", COLUMNS));
      TableSchema keyed =
          TableSchema.of(
              "keyed",
              List.of(
                  Column.of("id", TensorType.scalar(Dtype.INT64)).notNull(),
                  Column.of("other", TensorType.scalar(Dtype.INT32)),
                  Column.of("text", TensorType.text())));
      long id = transaction.createTable(keyed);
      TableSchema made = transaction.snapshot().findTable(id).orElseThrow().schema();
      List<Long> ids = made.columns().stream().map(Column::id).toList();
      transaction.alterTable(
          id,
          Optional.empty(),
          Map.of(
              TableKeys.PRIMARY_KEY,
              TableKeys.encode(ids.subList(0, 1)),
              TableKeys.UNIQUE + 1,
              TableKeys.encode(List.of(ids.get(2), ids.get(1)))));
      transaction.commit();
    }
    appendKeyed(store, "main", 0, 400);
    store.commitVersion("main", CommitRequest.of("four hundred", "ada"));
    store.checkpoint("main");
    store.createBranch("side", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
    appendKeyed(store, "side", 400, 30);
    store.commitVersion("side", CommitRequest.of("thirty on the side", "bob"));
    store.checkpoint("side");
    appendKeyed(store, "main", 500, 5);
    try (Transaction transaction = store.begin("main")) {
      TableSnapshot table = transaction.snapshot().findTable("keyed").orElseThrow();
      long[] rows = {table.rowIdAt(3).orElseThrow(), table.rowIdAt(4).orElseThrow()};
      ColumnBuilder texts = new ColumnBuilder(TensorType.text());
      texts.appendText("another");
      texts.appendNull();
      long text = table.schema().columns().get(2).id();
      transaction.update(table.schema().id(), text, rows, texts.column());
      transaction.delete(table.schema().id(), new long[] {table.rowIdAt(9).orElseThrow()});
      transaction.commit();
    }
    store.commitVersion("main", CommitRequest.of("five, two, one", "ada"));
    store.checkpoint("main");
    store.revert(
        new PickRequest(
            store.branch("main").head().orElseThrow().hex(),
            Optional.empty(),
            "main",
            MergeRequest.Strategy.FAIL,
            Optional.empty(),
            "ada"));
    appendKeyed(store, "main", 600, 2);
  }

  private static void appendKeyed(Store store, String branch, int first, int rows)
      throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      TableSchema schema = transaction.snapshot().findTable("keyed").orElseThrow().schema();
      List<ColumnBuilder> builders = new ArrayList<>();
      schema.columns().forEach(column -> builders.add(new ColumnBuilder(column.type())));
      for (int i = first; i < first + rows; i++) {
        builders.get(0).appendLong(i * 0x9E3779B97F4A7C15L);
        builders.get(1).appendLong(i % 10);
        if (i % 7 == 0) {
          builders.get(2).appendNull();
        } else {
          builders.get(2).appendText("text " + i / 10);
        }
      }
      transaction.append(schema.id(), builders.stream().map(ColumnBuilder::column).toList());
      transaction.commit();
    }
  }

  private static ViewSchema view(long id, String name, String sql, List<String> columns) {
    return new ViewSchema(id, name, sql, columns, Optional.empty());
  }

  private static void makeSamples(Store store) throws StoreException {
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
