package io.versor.format.key;

import io.versor.format.io.BinaryReader;
import io.versor.format.pack.Address;
import io.versor.format.pack.Packs;
import io.versor.format.tree.NodeInput;
import io.versor.format.tree.NodeOutput;
import io.versor.format.tree.NodeSink;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What tells where the rows of a table are by each of its keys, in one version. It follows from the
 * rows: what is missing is read when it is asked for, and kept. Versions share what they have in
 * common. Thread-safe.
 */
public final class KeyIndexes {
  /**
   * Rows that are read, at most, to find one: beyond, statistics of chunks are quicker to ask. A
   * checkpoint looks at all.
   */
  private static final long MAX_PENDING = 2L * KeyRun.MAX_ENTRIES;

  /** So many rows are read at once for a look-up that a scan could do as well. */
  private static final long FEW_PENDING = 16_384;

  /** After so many scans, reading them all would have paid off. */
  private static final int PATIENCE = 32;

  /** Of a table without keys. */
  public static final KeyIndexes NONE = new KeyIndexes(Map.of());

  private final Map<List<Long>, Known> keys;

  private static final class Known {
    private final KeyIndex base;

    /** Look-ups that were left to scans, in this version and those before. */
    private final AtomicInteger refused;

    private volatile @Nullable KeyIndex complete;

    Known(KeyIndex base) {
      this(base, new AtomicInteger());
    }

    Known(KeyIndex base, AtomicInteger refused) {
      this.base = base;
      this.refused = refused;
    }

    KeyIndex newest() {
      KeyIndex found = complete;
      return found == null ? base : found;
    }
  }

  private KeyIndexes(Map<List<Long>, Known> keys) {
    this.keys = keys;
  }

  private static List<List<Long>> columns(TableSchema schema) {
    return TableKeys.of(schema).values().stream()
        .map(key -> key.stream().map(at -> schema.columns().get(at).id()).toList())
        .distinct()
        .toList();
  }

  // --- as the table changes

  /** For the same rows under another schema: keys that are new have nothing yet. */
  public KeyIndexes withSchema(TableSchema schema) {
    Map<List<Long>, Known> next = new LinkedHashMap<>();
    for (List<Long> key : columns(schema)) {
      Known known = keys.get(key);
      next.put(key, known == null ? new Known(KeyIndex.EMPTY) : known);
    }
    return next.isEmpty() ? NONE : new KeyIndexes(next);
  }

  /** After rows were appended or deleted: what is completed from here on holds for these. */
  public KeyIndexes withRows() {
    return keys.isEmpty() ? this : next((key, index) -> index);
  }

  /** After cells of a column were written. */
  public KeyIndexes patched(long columnId, long[] slots) {
    return keys.keySet().stream().noneMatch(key -> key.contains(columnId))
        ? this
        : next((key, index) -> key.contains(columnId) ? index.changedAt(slots) : index);
  }

  /** After deleted rows came back. */
  public KeyIndexes undeleted(long[] slots) {
    return keys.isEmpty() ? this : next((key, index) -> index.changedAt(slots));
  }

  @FunctionalInterface
  private interface Change {
    KeyIndex of(List<Long> key, KeyIndex index);
  }

  private KeyIndexes next(Change change) {
    Map<List<Long>, Known> next = new LinkedHashMap<>();
    keys.forEach(
        (key, known) -> next.put(key, new Known(change.of(key, known.newest()), known.refused)));
    return new KeyIndexes(next);
  }

  /**
   * The same without what has gathered: an index with entries of rows that are gone or have another
   * key, or in more runs than it needs, is to be read from the rows again.
   *
   * @param rows live ones of the table
   */
  public KeyIndexes rebuilt(long rows) {
    return keys.isEmpty()
        ? this
        : next((key, index) -> index.isCompact(rows) ? index : KeyIndex.EMPTY);
  }

  // --- look-ups

  /**
   * Finds rows by a key. Caller closes. Empty if there is no such key, or too many rows would have
   * to be read first.
   *
   * @param key ids of its columns
   * @param table the version that this is of
   */
  public Optional<KeyLookup> open(List<Long> key, KeyedRows table) throws StoreException {
    Known known = keys.get(key);
    return known == null || pending(known, table) > MAX_PENDING
        ? Optional.empty()
        : Optional.of(lookup(key, known, table));
  }

  /** The same where few rows have to be read, or look-ups come so often that it pays off. */
  public Optional<KeyLookup> openIfQuick(List<Long> key, KeyedRows table) throws StoreException {
    Known known = keys.get(key);
    if (known == null) {
      return Optional.empty();
    }
    long pending = pending(known, table);
    boolean quick =
        pending <= FEW_PENDING
            || (pending <= MAX_PENDING && known.refused.getAndIncrement() >= PATIENCE);
    return quick ? Optional.of(lookup(key, known, table)) : Optional.empty();
  }

  private static long pending(Known known, KeyedRows table) {
    return known.newest().pending(table.rows().slots());
  }

  private static KeyLookup lookup(List<Long> key, Known known, KeyedRows table)
      throws StoreException {
    KeyIndex index = known.newest().complete(key, table);
    known.complete = index;
    return new KeyLookup(index, new KeyReader(key, table));
  }

  // --- in checkpoints

  /** Takes what is wrong with a run. */
  @FunctionalInterface
  public interface Visitor {
    void damaged(Address run, StoreException problem) throws StoreException;
  }

  /**
   * Reads all stored runs, from end to end.
   *
   * @param known says whether a run was found right before
   * @param complete whether to look, too, if every row of the table is in one
   */
  public boolean check(KeyedRows table, Predicate<Address> known, boolean complete, Visitor visitor)
      throws StoreException {
    boolean right = true;
    for (Map.Entry<List<Long>, Known> key : keys.entrySet()) {
      KeyIndex index = key.getValue().base;
      right &= new KeyRunCheck(key.getKey(), index, table).check(known, complete, visitor);
    }
    return right;
  }

  /** The same, with all rows looked at, as a checkpoint has it. */
  public KeyIndexes stored(KeyedRows table, NodeSink sink, Packs packs) throws StoreException {
    Map<List<Long>, Known> stored = new LinkedHashMap<>();
    for (Map.Entry<List<Long>, Known> key : keys.entrySet()) {
      KeyIndex index = key.getValue().newest();
      stored.put(key.getKey(), new Known(index.stored(key.getKey(), table, sink, packs)));
    }
    return stored.isEmpty() ? NONE : new KeyIndexes(stored);
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Where the runs of keys lie that are in packs. */
  public List<Address> addresses() {
    List<Address> found = new ArrayList<>();
    for (Known known : keys.values()) {
      known.newest().runs().forEach(run -> run.address().ifPresent(found::add));
    }
    return found;
  }

  /** Bytes of what {@link #stored} gave: FORMAT.md, "Table". */
  public void write(NodeOutput output) {
    output.body().varint(keys.size());
    keys.forEach(
        (key, known) -> {
          output.body().varint(key.size());
          key.forEach(output.body()::varint);
          output.body().varint(known.base.runs().size());
          for (KeyRun run : known.base.runs()) {
            output.address(
                run.address().orElseThrow(() -> new IllegalStateException("not stored yet")));
            output.body().varint(run.count());
          }
        });
  }

  /**
   * What {@link #write} wrote. Runs are looked at when they are needed.
   *
   * @param slots those of the table, all of which were looked at
   */
  public static KeyIndexes read(NodeInput input, TableSchema schema, long slots, Packs packs)
      throws StoreException {
    BinaryReader body = input.body();
    int count = body.count("keys", body.remaining());
    Map<List<Long>, Known> stored = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      List<Long> key = new ArrayList<>();
      int columns = body.count("columns of a key", body.remaining());
      for (int k = 0; k < columns; k++) {
        key.add(body.varint());
      }
      List<KeyRun> runs = new ArrayList<>();
      int number = body.count("runs of keys", body.remaining());
      for (int k = 0; k < number; k++) {
        var address = input.address();
        int entries = body.count("keys of a run", KeyRun.MAX_ENTRIES);
        if (entries == 0) {
          throw body.corrupt("a run without keys");
        }
        runs.add(new StoredKeyRun(packs, address, entries));
      }
      if (stored.put(key, new Known(new KeyIndex(runs, slots, null))) != null) {
        throw body.corrupt("two indexes of one key");
      }
    }
    return new KeyIndexes(stored).withSchema(schema);
  }
}
