package io.versor.engine.system;

import static io.versor.engine.system.SystemTable.flag;
import static io.versor.engine.system.SystemTable.instant;
import static io.versor.engine.system.SystemTable.number;
import static io.versor.engine.system.SystemTable.text;

import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.type.TypeText;
import io.versor.format.Branch;
import io.versor.format.ChunkInfo;
import io.versor.format.Commit;
import io.versor.format.CommitCursor;
import io.versor.format.ConflictedMerge;
import io.versor.format.ExpiryAct;
import io.versor.format.ImportReport;
import io.versor.format.RefMove;
import io.versor.format.Snapshot;
import io.versor.format.TableSnapshot;
import io.versor.format.Tag;
import io.versor.format.TensorInfo;
import io.versor.format.ref.CommitId;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Shape;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import io.versor.format.type.ViewSchema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What there is to know about branches, commits, tags and the current branch's tensors. */
final class SystemTables {
  static final Map<String, VersorTable> ALL = new LinkedHashMap<>();

  static {
    add(
        "branches",
        SystemTables::branches,
        text("name").notNull(),
        text("head_commit"),
        flag("has_changes"),
        flag("is_current"),
        text("parent"),
        text("start_commit"));
    stream("commits", (request, versions) -> rows(versions.store().allCommits()), commitColumns());
    stream(
        "commit_parents",
        (request, versions) -> parents(versions.store().allCommits()),
        text("commit_id").notNull(),
        text("parent_id").notNull(),
        number("ordinal").notNull());
    stream("log", (request, versions) -> log(versions), commitColumns());
    add(
        "expiries",
        SystemTables::expiries,
        instant("expired_at"),
        text("author").notNull(),
        text("operation").notNull(),
        number("commits").notNull());
    add(
        "tags",
        SystemTables::tags,
        text("name").notNull(),
        text("commit_id").notNull(),
        text("message"),
        instant("created_at"),
        text("tagger"));
    stream(
        "commit_properties",
        (request, versions) -> properties(versions.store().allCommits()),
        text("commit_id").notNull(),
        text("key").notNull(),
        text("value").notNull());
    stream(
        "import_report",
        (request, versions) -> report(versions.store().allCommits()),
        text("commit_id").notNull(),
        text("table_name").notNull(),
        text("branch").notNull(),
        text("version").notNull(),
        text("tensor_name"),
        text("kind").notNull(),
        number("samples").notNull(),
        text("detail").notNull());
    add("tables", TableDescriptions::tables, TableDescriptions.tableColumns());
    add(
        "views",
        SystemTables::views,
        text("view_name").notNull(),
        text("definition").notNull(),
        text("comment"));
    add(
        "conflicts",
        SystemTables::conflicts,
        text("table_name").notNull(),
        text("tensor_name"),
        number("_rowid").notNull(),
        text("kind").notNull());
    add(
        "reflog",
        SystemTables::reflog,
        text("name").notNull(),
        text("commit_id").notNull(),
        Column.of("moved_at", TensorType.scalar(Dtype.TIMESTAMP)),
        text("operation").notNull(),
        text("author"),
        text("message"));
    add(
        "properties",
        SystemTables::properties,
        text("table_name").notNull(),
        text("tensor_name"),
        text("key").notNull(),
        text("value").notNull());
    add("status", SystemTables::status, DiffSummary.columns());
    add(
        "tensors",
        SystemTables::tensors,
        text("table_name").notNull(),
        text("tensor_name").notNull(),
        text("type").notNull(),
        text("htype").notNull(),
        text("dtype").notNull(),
        text("compression"),
        number("samples").notNull(),
        number("chunks").notNull(),
        number("bytes").notNull(),
        text("min_shape"),
        text("max_shape"),
        number("nulls"));
    add(
        "chunks",
        SystemTables::chunks,
        text("table_name").notNull(),
        text("tensor_name").notNull(),
        number("first_slot").notNull(),
        number("slots").notNull(),
        number("bytes").notNull(),
        text("place").notNull(),
        flag("is_overwritten"));
  }

  private SystemTables() {}

  private static void add(String name, SystemTable.Rows rows, Column... columns) {
    ALL.put(name, new SystemTable(TableSchema.of(name, List.of(columns)), rows));
  }

  private static void stream(String name, CursorTable.Rows rows, Column... columns) {
    ALL.put(name, new CursorTable(TableSchema.of(name, List.of(columns)), rows));
  }

  static Column[] commitColumns() {
    return new Column[] {
      text("commit_id").notNull(),
      text("branch").notNull(),
      text("parents").notNull(),
      text("author").notNull(),
      instant("committed_at"),
      text("message"),
      number("generation").notNull(),
      flag("expired_before").notNull()
    };
  }

  private static void branches(RowSink sink, Versions versions) throws StoreException {
    for (Branch branch : versions.store().branches()) {
      sink.add(
          branch.name(),
          branch.head().map(CommitId::hex),
          versions.store().hasChanges(branch.name()),
          branch.name().equals(versions.current()),
          branch.parent(),
          branch.startCommit().map(CommitId::hex));
    }
  }

  private static void expiries(RowSink sink, Versions versions) throws StoreException {
    for (ExpiryAct act : versions.store().expiries()) {
      sink.add(act.at(), act.author(), act.operation(), act.commits());
    }
  }

  private static void commit(RowSink sink, Commit commit) throws StoreException {
    String parents = commit.parents().stream().map(CommitId::hex).collect(Collectors.joining(" "));
    sink.add(
        commit.id().hex(),
        commit.branch(),
        parents,
        commit.author(),
        commit.committedAt(),
        commit.message(),
        commit.generation(),
        commit.expiredBefore());
  }

  /** A row for each commit, made when it is asked for. */
  static CursorTable.RowCursor rows(CommitCursor commits) {
    return sink -> {
      Optional<Commit> next = commits.next();
      if (next.isPresent()) {
        commit(sink, next.get());
      }
      return next.isPresent();
    };
  }

  /** Adds the rows that a commit has. */
  @FunctionalInterface
  private interface CommitRows {
    void add(Commit commit, Deque<Object[]> rows) throws StoreException;
  }

  /** Several rows, or none, for each commit. */
  private static CursorTable.RowCursor several(CommitCursor commits, CommitRows rows) {
    Deque<Object[]> waiting = new ArrayDeque<>();
    return sink -> {
      while (waiting.isEmpty()) {
        Optional<Commit> next = commits.next();
        if (next.isEmpty()) {
          return false;
        }
        rows.add(next.get(), waiting);
      }
      sink.add(waiting.remove());
      return true;
    };
  }

  private static CursorTable.RowCursor parents(CommitCursor commits) {
    return several(
        commits,
        (commit, rows) -> {
          List<CommitId> parents = commit.parents();
          for (int i = 0; i < parents.size(); i++) {
            rows.add(new Object[] {commit.id().hex(), parents.get(i).hex(), i});
          }
        });
  }

  private static CursorTable.RowCursor properties(CommitCursor commits) {
    return several(
        commits,
        (commit, rows) ->
            new TreeMap<>(commit.properties())
                .forEach((key, value) -> rows.add(new Object[] {commit.id().hex(), key, value})));
  }

  /** What imports, or attached datasets, could not carry over. */
  private static CursorTable.RowCursor report(CommitCursor commits) {
    return several(
        commits,
        (commit, rows) -> {
          String json = commit.properties().get(ImportReport.PROPERTY);
          if (json == null) {
            return;
          }
          String id = commit.id().hex();
          for (ImportReport.Line line : ImportReport.parse(json, "commit " + id).lines()) {
            rows.add(
                new Object[] {
                  id,
                  line.table(),
                  line.branch(),
                  line.version(),
                  line.tensor().isEmpty() ? Optional.empty() : line.tensor(),
                  line.kind(),
                  line.samples(),
                  line.detail()
                });
          }
        });
  }

  /** Of what is current along first parents; never the uncommitted state. */
  private static CursorTable.RowCursor log(Versions versions) throws StoreException {
    Version current = versions.require(versions.current());
    Optional<CommitId> head =
        current.branch().isPresent()
            ? versions.store().branch(current.branch().get()).head()
            : current.snapshot().lastCommit();
    return head.isPresent() ? rows(versions.store().log(head.get())) : sink -> false;
  }

  /** Of the merge that waits on the current branch: cells, and rows as a whole. */
  private static void conflicts(RowSink sink, Versions versions) throws StoreException {
    Snapshot now = versions.require(versions.current()).snapshot();
    Optional<ConflictedMerge> merge = now.pendingMerge();
    if (merge.isEmpty()) {
      return;
    }
    for (ConflictedMerge.Conflicts group : merge.get().conflicts()) {
      TableSchema table = now.findTable(group.tableId()).orElseThrow().schema();
      Optional<String> tensor = group.columnId().flatMap(table::findColumn).map(Column::name);
      for (long row : group.rowIds()) {
        sink.add(table.name(), tensor, row, group.kind());
      }
    }
  }

  /** What each branch's last commit was, newest first. */
  private static void reflog(RowSink sink, Versions versions) throws StoreException {
    for (Branch branch : versions.store().branches()) {
      for (RefMove move : versions.store().reflog(branch.name())) {
        sink.add(
            branch.name(),
            move.commit().hex(),
            move.at(),
            move.operation(),
            move.author(),
            move.message());
      }
    }
  }

  /** Of tables and tensors of the current version; what Versor itself keeps there is not shown. */
  private static void properties(RowSink sink, Versions versions) throws StoreException {
    for (TableSnapshot table : versions.require(versions.current()).snapshot().tables()) {
      String name = table.schema().name();
      properties(sink, name, Optional.empty(), table.schema().properties());
      for (Column column : table.schema().columns()) {
        properties(sink, name, Optional.of(column.name()), column.properties());
      }
    }
  }

  private static void properties(
      RowSink sink, String table, Optional<String> tensor, Map<String, String> properties)
      throws StoreException {
    for (Map.Entry<String, String> property : properties.entrySet()) {
      if (!property.getKey().startsWith(Versions.SYSTEM + ".")) {
        sink.add(table, tensor, property.getKey(), property.getValue());
      }
    }
  }

  /** Of the current version, by name. */
  private static void views(RowSink sink, Versions versions) throws StoreException {
    for (ViewSchema view : versions.require(versions.current()).snapshot().views()) {
      sink.add(view.name(), ViewText.definition(view), view.comment());
    }
  }

  private static void tags(RowSink sink, Versions versions) throws StoreException {
    for (Tag tag : versions.store().tags()) {
      sink.add(tag.name(), tag.commit().hex(), tag.message(), tag.at(), tag.tagger());
    }
  }

  private static void status(RowSink sink, Versions versions) throws StoreException {
    Version current = versions.require(versions.current());
    Snapshot now = current.snapshot();
    DiffSummary.fill(sink, versions, DiffSummary.committed(versions, now), Optional.of(now));
  }

  private static void tensors(RowSink sink, Versions versions) throws StoreException {
    for (TableSnapshot table : versions.require(versions.current()).snapshot().tables()) {
      for (Column column : table.schema().columns()) {
        TensorInfo info = table.info(column.id());
        sink.add(
            table.schema().name(),
            column.name(),
            TypeText.of(column.type()),
            htype(column.type()),
            column.type().element().orElse(column.type()).dtype().key(),
            column.type().element().orElse(column.type()).mediaType(),
            table.rowCount(),
            info.chunks(),
            info.bytes(),
            info.minShape().map(Shape::toString),
            info.maxShape().map(Shape::toString),
            info.nulls().isPresent() ? info.nulls().getAsLong() : null);
      }
    }
  }

  /** Of lists in Deep Lake's words: {@code sequence[image]}. */
  private static String htype(TensorType type) {
    String key = type.htype().key();
    return type.element().map(element -> key + "[" + element.htype().key() + "]").orElse(key);
  }

  /** How the tensors of the current version lie. */
  private static void chunks(RowSink sink, Versions versions) throws StoreException {
    for (TableSnapshot table : versions.require(versions.current()).snapshot().tables()) {
      for (Column column : table.schema().columns()) {
        for (ChunkInfo chunk : table.chunks(column.id())) {
          sink.add(
              table.schema().name(),
              column.name(),
              chunk.firstSlot(),
              chunk.slots(),
              chunk.bytes(),
              chunk.place().name().toLowerCase(Locale.ROOT),
              chunk.isOverwritten());
        }
      }
    }
  }
}
