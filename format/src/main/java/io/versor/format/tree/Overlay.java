package io.versor.format.tree;

import io.versor.format.io.BinaryReader;
import io.versor.format.io.BinaryWriter;
import io.versor.format.log.Position;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cells written after their chunk was: ascending rows of the object, each with the place of its new
 * sample. Immutable.
 */
public final class Overlay {
  /** Most cells of an overlay; a chunk holds at most 2^16 scalars, a corrupt count stops here. */
  private static final int MAX_CELLS = 1 << 24;

  /**
   * Samples that cells are taken from.
   *
   * @param written the frame that wrote them
   */
  public record Source(ChunkRef ref, Position written) {}

  private final int[] rows;
  private final int[] sourceOf;
  private final int[] sourceRow;
  private final Source[] sources;

  private Overlay(int[] rows, int[] sourceOf, int[] sourceRow, Source[] sources) {
    this.rows = rows;
    this.sourceOf = sourceOf;
    this.sourceRow = sourceRow;
    this.sources = sources;
  }

  /**
   * @param rows ascending rows of the object; row {@code i} takes sample {@code firstSourceRow + i}
   */
  static Overlay of(int[] rows, Source source, int firstSourceRow) {
    int[] sourceRow = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      sourceRow[i] = firstSourceRow + i;
    }
    return new Overlay(rows.clone(), new int[rows.length], sourceRow, new Source[] {source});
  }

  /**
   * Who wrote rows that the object itself holds.
   *
   * @param rows ascending rows of the object
   * @param positions the frame that wrote each
   */
  static Overlay ofWrites(int[] rows, List<Position> positions, ChunkRef object) {
    List<Source> sources = new ArrayList<>();
    Map<Position, Integer> numbers = new HashMap<>();
    int[] of = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Position position = positions.get(i);
      Integer number = numbers.get(position);
      if (number == null) {
        number = sources.size();
        numbers.put(position, number);
        sources.add(new Source(object, position));
      }
      of[i] = number;
    }
    return new Overlay(rows.clone(), of, rows.clone(), sources.toArray(Source[]::new));
  }

  public int size() {
    return rows.length;
  }

  public int row(int i) {
    return rows[i];
  }

  public Source source(int i) {
    return sources[sourceOf[i]];
  }

  /** Where its cells are taken from; some may be taken from no longer. */
  List<Source> sources() {
    return List.of(sources);
  }

  public int sourceRow(int i) {
    return sourceRow[i];
  }

  /** Index of the first cell at or after a row of the object. */
  public int firstAtOrAfter(int row) {
    int found = Arrays.binarySearch(rows, row);
    return found >= 0 ? found : -found - 1;
  }

  /**
   * This overlay with a newer one laid over it. Every single-row update of a column comes here, so
   * it does nothing for a cell but copy it.
   */
  Overlay and(Overlay newer) {
    int[] mergedRows = new int[rows.length + newer.rows.length];
    int[] mergedOf = new int[mergedRows.length];
    int[] mergedRow = new int[mergedRows.length];
    int n = 0;
    int i = 0;
    for (int j = 0; j < newer.rows.length; j++) {
      int kept = i;
      i = firstAtOrAfter(newer.rows[j]);
      copyCells(kept, i, mergedRows, mergedOf, mergedRow, n);
      n += i - kept;
      if (i < rows.length && rows[i] == newer.rows[j]) {
        i++;
      }
      mergedRows[n] = newer.rows[j];
      mergedOf[n] = sources.length + newer.sourceOf[j];
      mergedRow[n++] = newer.sourceRow[j];
    }
    copyCells(i, rows.length, mergedRows, mergedOf, mergedRow, n);
    n += rows.length - i;
    Source[] all = Arrays.copyOf(sources, sources.length + newer.sources.length);
    System.arraycopy(newer.sources, 0, all, sources.length, newer.sources.length);
    if (n < mergedRows.length) {
      mergedRows = Arrays.copyOf(mergedRows, n);
      mergedOf = Arrays.copyOf(mergedOf, n);
      mergedRow = Arrays.copyOf(mergedRow, n);
    }
    // A cell that was written over may leave its source without use: swept when half of them may.
    return all.length <= 2 * n
        ? new Overlay(mergedRows, mergedOf, mergedRow, all)
        : compacted(mergedRows, mergedOf, mergedRow, all);
  }

  private void copyCells(int from, int to, int[] toRows, int[] toOf, int[] toRow, int at) {
    System.arraycopy(rows, from, toRows, at, to - from);
    System.arraycopy(sourceOf, from, toOf, at, to - from);
    System.arraycopy(sourceRow, from, toRow, at, to - from);
  }

  /** Only the cells of rows {@code from .. to} of the object, if there are any. */
  java.util.Optional<Overlay> within(long from, long to) {
    int first = 0;
    while (first < rows.length && rows[first] < from) {
      first++;
    }
    int last = first;
    while (last < rows.length && rows[last] < to) {
      last++;
    }
    if (first == last) {
      return java.util.Optional.empty();
    }
    if (first == 0 && last == rows.length) {
      return java.util.Optional.of(this);
    }
    return java.util.Optional.of(
        compacted(
            Arrays.copyOfRange(rows, first, last),
            Arrays.copyOfRange(sourceOf, first, last),
            Arrays.copyOfRange(sourceRow, first, last),
            sources));
  }

  /** Drops sources that no cell uses any more; the others are in the order of their first cells. */
  private static Overlay compacted(int[] rows, int[] of, int[] sourceRow, Source[] all) {
    int[] numbers = new int[all.length]; // counted from 1; 0 = not used so far
    Source[] used = new Source[all.length];
    int n = 0;
    for (int i = 0; i < of.length; i++) {
      int old = of[i];
      if (numbers[old] == 0) {
        used[n++] = all[old];
        numbers[old] = n;
      }
      of[i] = numbers[old] - 1;
    }
    return new Overlay(rows, of, sourceRow, Arrays.copyOf(used, n));
  }

  /** Whether a cell is surely the same sample in both. */
  boolean sameCell(int i, Overlay other, int j) {
    return sourceRow[i] == other.sourceRow[j] && source(i).ref().same(other.source(j).ref());
  }

  /** The same cells of an object whose rows count from elsewhere. */
  Overlay shifted(int by) {
    int[] moved = rows.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += by;
    }
    return new Overlay(moved, sourceOf, sourceRow, sources);
  }

  /**
   * The same cells with some of their samples in another place.
   *
   * @param rowOf row of {@code place} that has the sample of each cell; negative = it stays
   */
  Overlay moved(ChunkRef place, int[] rowOf) {
    List<Source> all = new ArrayList<>(List.of(sources));
    int[] of = sourceOf.clone();
    int[] from = sourceRow.clone();
    Map<Position, Integer> places = new HashMap<>();
    for (int i = 0; i < rows.length; i++) {
      if (rowOf[i] < 0) {
        continue;
      }
      Source moved = new Source(place, source(i).written());
      Integer number = places.get(moved.written());
      if (number == null) {
        number = all.size();
        all.add(moved);
        places.put(moved.written(), number);
      }
      of[i] = number;
      from[i] = rowOf[i];
    }
    return compacted(rows, of, from, all.toArray(Source[]::new));
  }

  /** Whether no cell is in memory; sources that no cell uses don't count. */
  boolean isStored() {
    for (int source : sourceOf) {
      if (sources[source].ref() instanceof ChunkRef.Heap) {
        return false;
      }
    }
    return true;
  }

  void write(NodeOutput output) {
    compacted(rows, sourceOf.clone(), sourceRow, sources).writeAll(output);
  }

  private void writeAll(NodeOutput output) {
    BinaryWriter body = output.body();
    body.varint(sources.length);
    for (Source source : sources) {
      ChunkRef.write(source.ref(), output);
      PositionCodec.write(source.written(), body);
    }
    body.varint(rows.length);
    int previous = -1;
    for (int i = 0; i < rows.length; i++) {
      body.varint(rows[i] - (long) previous).varint(sourceOf[i]).varint(sourceRow[i]);
      previous = rows[i];
    }
  }

  static Overlay read(NodeInput input) throws StoreException {
    BinaryReader body = input.body();
    int sourceCount = body.count("overlay sources", body.remaining());
    Source[] sources = new Source[sourceCount];
    for (int i = 0; i < sourceCount; i++) {
      ChunkRef ref = ChunkRef.read(input);
      sources[i] = new Source(ref, PositionCodec.read(body));
    }
    int size = body.count("overlay cells", Math.min(MAX_CELLS, body.remaining() / 3));
    int[] rows = new int[size];
    int[] of = new int[size];
    int[] sourceRow = new int[size];
    long row = -1;
    for (int i = 0; i < size; i++) {
      long step = body.varint();
      row += step;
      if (step <= 0 || row < 0 || row > Integer.MAX_VALUE) {
        throw body.corrupt("overlay rows that do not ascend");
      }
      rows[i] = (int) row;
      of[i] = body.count("overlay source", Math.max(0, sourceCount - 1));
      sourceRow[i] = body.count("overlay source row", Integer.MAX_VALUE);
    }
    if (size == 0 || sourceCount == 0) {
      throw body.corrupt("an overlay without cells");
    }
    return new Overlay(rows, of, sourceRow, sources);
  }
}
