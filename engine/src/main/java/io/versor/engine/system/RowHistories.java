package io.versor.engine.system;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.TableNames;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.type.Micros;
import io.versor.format.RowVersion;
import io.versor.format.Snapshot;
import io.versor.format.Store;
import io.versor.format.TableSnapshot;
import io.versor.format.TableVersions;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.ref.CommitId;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * {@code versor.history(t)}, {@code "t$history"}: what every row was at each commit that changed
 * it, newest commit first. Rows that {@code _rowid} names are found without walking the commits.
 */
public final class RowHistories extends VersorTable {
  /** Behind the name of a table: its history. */
  public static final String SUFFIX = "$history";

  private static final int BATCH_ROWS = 256;

  private static final List<Column> OWN =
      List.of(
          Column.of("_rowid", TensorType.scalar(Dtype.INT64)).notNull(),
          SystemTable.text("commit_id").notNull(),
          SystemTable.text("author").notNull(),
          SystemTable.instant("committed_at"),
          SystemTable.text("message"),
          Column.of("valid_until", TensorType.scalar(Dtype.TIMESTAMP)));

  private final Snapshot at;
  private final TableSchema table;

  private final CursorTable.Alike alike;

  private RowHistories(
      String schemaName,
      TableSchema schema,
      Snapshot at,
      TableSchema table,
      CursorTable.Alike alike) {
    super(schemaName, schema, false);
    this.at = at;
    this.table = table;
    this.alike = alike;
  }

  @Override
  public boolean fits(Versions versions) throws StoreException {
    return alike.in(versions);
  }

  /** The history of a table up to the last commit of a state. */
  public static VersorTable of(String schemaName, String name, Snapshot at, TableSnapshot table) {
    return of(schemaName, name, at, table, versions -> false);
  }

  private static VersorTable of(
      String schemaName, String name, Snapshot at, TableSnapshot table, CursorTable.Alike alike) {
    List<Column> columns = new ArrayList<>();
    for (Column column : table.schema().columns()) {
      columns.add(Column.of(column.name(), column.type()));
    }
    columns.addAll(OwnColumns.beside(columns, OWN));
    return new RowHistories(schemaName, TableSchema.of(name, columns), at, table.schema(), alike);
  }

  static VersorTable table(List<Optional<String>> arguments, String name, Versions versions)
      throws StoreException, StatementException {
    String named = TableFunctions.table(arguments, 2, "history", "history(table [, revision])");
    Snapshot at = TableFunctions.to(arguments, 1, versions).orElseThrow();
    TableSnapshot table = TableNames.require(named, at);
    return of(
        Versions.SYSTEM,
        TableFunctions.shortened(name),
        at,
        table,
        TableFunctions.alike(at, arguments, 1, versions));
  }

  @Override
  public double estimatedRows() {
    return 10_000;
  }

  @Override
  public FieldScan openScan(FieldRequest request, Versions versions, BufferAllocator allocator)
      throws StoreException {
    Store store = versions.store();
    TableVersions.Cursor cursor =
        request.rowIds().isPresent()
            ? grouped(store, store.versions(at, table.id(), request.rowIds().get()))
            : store.versions(at, table.id());
    return new Scan(request.fields(), cursor, allocator);
  }

  /** Versions of a few rows, those of one commit together. */
  private static TableVersions.Cursor grouped(Store store, List<RowVersion> versions) {
    Iterator<List<RowVersion>> groups = groups(versions).iterator();
    return () -> {
      if (!groups.hasNext()) {
        return Optional.empty();
      }
      List<RowVersion> group = groups.next();
      CommitId commit = group.get(0).commit().id();
      return Optional.of(
          new TableVersions(
              group.get(0).commit(),
              store.at(commit),
              group.stream().mapToLong(RowVersion::rowId).toArray(),
              group.stream().map(RowVersion::validUntil).toList()));
    };
  }

  private static List<List<RowVersion>> groups(List<RowVersion> versions) {
    List<List<RowVersion>> groups = new ArrayList<>();
    for (RowVersion version : versions) {
      List<RowVersion> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
      if (last.isEmpty() || !last.get(0).commit().id().equals(version.commit().id())) {
        last = new ArrayList<>();
        groups.add(last);
      }
      last.add(version);
    }
    return groups;
  }

  private final class Scan extends BufferedScan {
    private final TableVersions.Cursor cursor;
    private final BufferAllocator allocator;
    private Optional<TableVersions> group = Optional.empty();
    private int done;

    Scan(List<Integer> asked, TableVersions.Cursor cursor, BufferAllocator allocator) {
      super(fields(), asked, allocator);
      this.cursor = cursor;
      this.allocator = allocator;
    }

    @Override
    public boolean next() throws StoreException {
      clear();
      if (group.isEmpty() || done == group.get().rowIds().length) {
        group = cursor.next();
        done = 0;
      }
      if (group.isEmpty()) {
        return false;
      }
      length = Math.min(BATCH_ROWS, group.get().rowIds().length - done);
      fillSamples(group.get());
      for (int i = 0; i < asked.size(); i++) {
        int own = asked.get(i) - table.columns().size();
        for (int row = done; own >= 0 && row < done + length; row++) {
          fillOwn(group.get(), own, row, buffers.get(i));
        }
      }
      done += length;
      return true;
    }

    private void fillOwn(TableVersions versions, int own, int row, VectorBuffer out)
        throws StoreException {
      switch (own) {
        case 0 -> out.appendLong(versions.rowIds()[row]);
        case 1 -> out.appendText(versions.commit().id().hex());
        case 2 -> out.appendText(versions.commit().author());
        case 3 -> out.appendLong(micros(versions.commit().committedAt()));
        case 4 -> {
          if (versions.commit().message().isPresent()) {
            out.appendText(versions.commit().message().get());
          } else {
            out.appendNull();
          }
        }
        default -> {
          if (versions.validUntil().get(row).isPresent()) {
            out.appendLong(micros(versions.validUntil().get(row).get()));
          } else {
            out.appendNull();
          }
        }
      }
    }

    private void fillSamples(TableVersions versions) throws StoreException {
      TableSnapshot then = versions.snapshot().findTable(table.id()).orElseThrow();
      List<Long> known = new ArrayList<>();
      List<VectorBuffer> out = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        if (asked.get(i) >= table.columns().size()) {
          continue;
        }
        long id = table.columns().get(asked.get(i)).id();
        if (then.schema().findColumn(id).isPresent()) {
          known.add(id);
          out.add(buffers.get(i));
        } else {
          for (int row = 0; row < length; row++) {
            buffers.get(i).appendNull(); // the column was not there yet
          }
        }
      }
      boolean[] all = new boolean[length];
      Arrays.fill(all, true);
      long[] rowIds = Arrays.copyOfRange(versions.rowIds(), done, done + length);
      RowFetch.append(then, known, rowIds, all, out, allocator);
    }

    private static long micros(Instant instant) {
      return Micros.of(instant);
    }
  }
}
