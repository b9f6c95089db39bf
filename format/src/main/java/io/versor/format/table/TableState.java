package io.versor.format.table;

import io.versor.format.key.KeyIndexes;
import io.versor.format.key.KeyedRows;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.Position;
import io.versor.format.pack.Address;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ChunkTree;
import io.versor.format.tree.RowTree;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One table in one version. Immutable; versions share what did not change.
 *
 * @param columns samples by column id; one tree for each column of the schema, as long as the rows
 * @param sealedSlots slots the table had at the last commit; later ones hold uncommitted rows
 * @param sealedRows live rows it had at the last commit
 * @param changed whether any record touched it since the last commit
 * @param touchedBy the last commit that changed it; empty before its first
 * @param horizon the last frame that changed what the table is without writing cells: a soft reset,
 *     which makes it a change of another commit, or a dropped column. What the cells tell of their
 *     writes holds from there on
 * @param keys where rows are by their keys; follows from the rows
 * @param stored where a checkpoint keeps just this state of the table, if one does
 */
public record TableState(
    TableSchema schema,
    RowTree rows,
    Map<Long, ChunkTree> columns,
    long sealedSlots,
    long sealedRows,
    boolean changed,
    Optional<FrameAddress> touchedBy,
    Optional<Position> horizon,
    KeyIndexes keys,
    Optional<Address> stored) {

  /** A table created since the last commit. */
  static TableState created(TableSchema schema, RowTree rows, Map<Long, ChunkTree> columns) {
    return new TableState(
        schema,
        rows,
        columns,
        0,
        0,
        true,
        Optional.empty(),
        Optional.empty(),
        KeyIndexes.NONE.withSchema(schema),
        Optional.empty());
  }

  public long id() {
    return schema.id();
  }

  TableState withSchema(TableSchema newSchema, Map<Long, ChunkTree> newColumns) {
    return new TableState(
        newSchema,
        rows,
        newColumns,
        sealedSlots,
        sealedRows,
        true,
        touchedBy,
        horizon,
        keys.withSchema(newSchema),
        Optional.empty());
  }

  TableState withHorizon(Position frame) {
    return new TableState(
        schema,
        rows,
        columns,
        sealedSlots,
        sealedRows,
        changed,
        touchedBy,
        Optional.of(frame),
        keys,
        Optional.empty());
  }

  private TableState with(RowTree newRows, Map<Long, ChunkTree> newColumns, KeyIndexes newKeys) {
    return new TableState(
        schema,
        newRows,
        newColumns,
        sealedSlots,
        sealedRows,
        true,
        touchedBy,
        horizon,
        newKeys,
        Optional.empty());
  }

  TableState withAppended(RowTree newRows, Map<Long, ChunkTree> newColumns) {
    return with(newRows, newColumns, keys.withRows());
  }

  TableState withDeleted(long[] slots) throws StoreException {
    return with(rows.delete(slots), columns, keys.withRows());
  }

  TableState withUndeleted(long[] slots, Position birth) throws StoreException {
    return with(rows.undelete(slots, birth), columns, keys.undeleted(slots));
  }

  /** The same content as a change of what another commit has of the table, if it has it. */
  TableState onTopOf(Optional<TableState> committed, Position softReset) {
    return new TableState(
        schema,
        rows,
        columns,
        0,
        0,
        true,
        committed.flatMap(TableState::touchedBy),
        Optional.of(softReset),
        keys,
        Optional.empty());
  }

  /** Cells that are written anew, of any number of columns. */
  Patches patches() {
    return new Patches();
  }

  /** Columns on their way into the next state of the table. One thread. */
  final class Patches {
    private final Map<Long, ChunkTree> newColumns = new LinkedHashMap<>(columns);
    private KeyIndexes newKeys = keys;

    @Nullable ChunkTree tree(long columnId) {
      return newColumns.get(columnId);
    }

    /**
     * @param slots the cells that were written
     */
    void put(long columnId, ChunkTree samples, long[] slots) {
      newColumns.put(columnId, samples);
      newKeys = newKeys.patched(columnId, slots);
    }

    TableState table() {
      return with(rows, newColumns, newKeys);
    }
  }

  /** The same content in other trees: what a checkpoint leaves. */
  public TableState withTrees(RowTree newRows, Map<Long, ChunkTree> newColumns) {
    return new TableState(
        schema,
        newRows,
        newColumns,
        sealedSlots,
        sealedRows,
        changed,
        touchedBy,
        horizon,
        keys,
        Optional.empty());
  }

  /** The same content with other runs of its keys: what a checkpoint leaves. */
  public TableState withKeys(KeyIndexes newKeys) {
    return new TableState(
        schema,
        rows,
        columns,
        sealedSlots,
        sealedRows,
        changed,
        touchedBy,
        horizon,
        newKeys,
        Optional.empty());
  }

  /** The same rows, to read their keys. */
  public KeyedRows keyed(ChunkCache chunks, BufferAllocator allocator) {
    return new KeyedRows(schema, rows, columns, chunks, allocator);
  }

  TableState storedAt(Address address) {
    return new TableState(
        schema,
        rows,
        columns,
        sealedSlots,
        sealedRows,
        changed,
        touchedBy,
        horizon,
        keys,
        Optional.of(address));
  }

  TableState sealed(FrameAddress seal) {
    return changed
        ? new TableState(
            schema,
            rows,
            columns,
            rows.slots(),
            rows.rowCount(),
            false,
            Optional.of(seal),
            horizon,
            keys,
            Optional.empty())
        : this;
  }
}
