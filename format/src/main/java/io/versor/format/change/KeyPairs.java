package io.versor.format.change;

import io.versor.format.chunk.Vector;
import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ColumnReader;
import io.versor.format.type.Column;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.roaringbitmap.longlong.LongIterator;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Rows that both sides made under one primary key: to whoever gave the key they are one row, though
 * each side gave it an id of its own. Used by one thread.
 */
final class KeyPairs {
  private final TableState ours;
  private final TableState theirs;
  private final List<Column> key = new ArrayList<>();
  private final ChunkCache chunks;
  private final BufferAllocator allocator;

  /**
   * @param merged the schema that says what the key is
   */
  KeyPairs(
      TableState ours,
      TableState theirs,
      TableSchema merged,
      ChunkCache chunks,
      BufferAllocator allocator) {
    this.ours = ours;
    this.theirs = theirs;
    this.chunks = chunks;
    this.allocator = allocator;
    for (int at : TableKeys.of(merged).getOrDefault(TableKeys.PRIMARY_KEY, List.of())) {
      key.add(merged.columns().get(at));
    }
  }

  /**
   * Takes their rows out of {@code fresh} that are among ours.
   *
   * @param made our slots of rows that the base does not have
   * @param fresh their slots of rows that we do not have
   * @return their slot for each of ours that it is the same row as
   */
  Map<Long, Long> take(Roaring64Bitmap made, List<Long> fresh) throws StoreException {
    Map<Long, Long> pairs = new HashMap<>();
    boolean known =
        key.stream()
            .allMatch(
                column ->
                    ours.columns().containsKey(column.id())
                        && theirs.columns().containsKey(column.id()));
    if (key.isEmpty() || !known || made.isEmpty() || fresh.isEmpty()) {
      return pairs;
    }
    Map<ByteBuffer, Long> slots = new HashMap<>();
    try (Keys keys = new Keys(ours)) {
      LongIterator each = made.getLongIterator();
      while (each.hasNext()) {
        long slot = each.next();
        Optional<ByteBuffer> found = keys.at(slot);
        found.ifPresent(bytes -> slots.put(bytes, slot));
      }
    }
    try (Keys keys = new Keys(theirs)) {
      for (Iterator<Long> each = fresh.iterator(); each.hasNext(); ) {
        long theirSlot = each.next();
        Long slot = keys.at(theirSlot).map(slots::get).orElse(null);
        if (slot != null && pairs.putIfAbsent(slot, theirSlot) == null) {
          each.remove();
        }
      }
    }
    return pairs;
  }

  /** Reads keys of one side. */
  private final class Keys implements AutoCloseable {
    private final List<Column> columns = new ArrayList<>();
    private final List<ColumnReader> readers = new ArrayList<>();

    Keys(TableState side) {
      for (Column part : key) {
        Column column = side.schema().findColumn(part.id()).orElseThrow();
        columns.add(column);
        readers.add(
            new ColumnReader(side.columns().get(part.id()), column.type(), chunks, allocator));
      }
    }

    /** Empty if a part is NULL. Labels by name: each side may have given them other codes. */
    Optional<ByteBuffer> at(long slot) throws StoreException {
      List<byte[]> parts = new ArrayList<>();
      int length = 0;
      for (int i = 0; i < readers.size(); i++) {
        Vector sample = readers.get(i).window(slot, 1);
        if (sample.isNull(0)) {
          return Optional.empty();
        }
        TensorType type = columns.get(i).type();
        byte[] part =
            type.htype() == Htype.CLASS_LABEL
                ? type.label(sample.longAt(0)).getBytes(StandardCharsets.UTF_8)
                : sample.bytesAt(0);
        parts.add(part);
        length += Integer.BYTES + part.length;
      }
      ByteBuffer joined = ByteBuffer.allocate(length);
      parts.forEach(part -> joined.putInt(part.length).put(part));
      return Optional.of(joined.flip());
    }

    @Override
    public void close() {
      readers.forEach(ColumnReader::close);
    }
  }
}
