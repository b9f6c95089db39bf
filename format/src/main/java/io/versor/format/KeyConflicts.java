package io.versor.format;

import io.versor.format.chunk.HeapColumn;
import io.versor.format.key.KeyBytes;
import io.versor.format.key.KeySet;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Whose keys the rows of one statement have: of rows of the table, or of rows that the statement
 * wrote before. NULL in a key is equal to nothing. Used by one thread.
 */
public final class KeyConflicts {
  private final TableSnapshot table;
  private final KeyHolders holders;
  private final List<List<Integer>> keys = new ArrayList<>();
  private final List<KeySet> written = new ArrayList<>();

  /**
   * @param table as it was before the statement
   * @param properties those of the keys that count: see {@link TableKeys#of}
   */
  public KeyConflicts(
      TableSnapshot table, Collection<String> properties, BufferAllocator allocator) {
    this.table = table;
    this.holders = new KeyHolders(table, allocator);
    Map<String, List<Integer>> all = TableKeys.of(table.schema());
    for (String property : properties) {
      keys.add(all.get(property));
      written.add(new KeySet());
    }
  }

  /** Looks for the keys of rows; columns are in the table's order, those of keys are needed. */
  public Rows rows(List<HeapColumn> columns) throws StoreException {
    return new Rows(columns, true);
  }

  /** The same without looking: for rows that are only told to be written. */
  public Rows rowsToWrite(List<HeapColumn> columns) throws StoreException {
    return new Rows(columns, false);
  }

  /** Rows whose keys were looked for. */
  public final class Rows {
    private final List<byte[][]> encoded = new ArrayList<>();
    private final List<Map<Integer, Long>> found = new ArrayList<>();

    private Rows(List<HeapColumn> columns, boolean look) throws StoreException {
      for (List<Integer> key : keys) {
        List<HeapColumn> parts = key.stream().map(columns::get).toList();
        byte[][] mine = new byte[parts.get(0).rows()][];
        for (int row = 0; row < mine.length; row++) {
          mine[row] = KeyBytes.of(parts, row);
        }
        encoded.add(mine);
        boolean some = look && table.rowCount() > 0;
        found.add(some ? holders.find(key, parts, mine) : Map.of());
      }
    }

    /** The row of the table, as it was, that has a key of a row. */
    public OptionalLong holder(int row) {
      for (Map<Integer, Long> ofKey : found) {
        Long holder = ofKey.get(row);
        if (holder != null) {
          return OptionalLong.of(holder);
        }
      }
      return OptionalLong.empty();
    }

    /** Whether the statement wrote a row that has a key of a row. */
    public boolean isWritten(int row) {
      for (int k = 0; k < keys.size(); k++) {
        byte[] key = encoded.get(k)[row];
        if (key != null && written.get(k).contains(key)) {
          return true;
        }
      }
      return false;
    }

    /** Tells that the statement writes a row. */
    public void write(int row) {
      for (int k = 0; k < keys.size(); k++) {
        byte[] key = encoded.get(k)[row];
        if (key != null) {
          written.get(k).add(key);
        }
      }
    }
  }
}
