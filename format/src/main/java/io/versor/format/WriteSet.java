package io.versor.format;

import io.versor.format.record.Record;
import io.versor.format.record.RowIds;
import io.versor.format.table.IdCounters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.longlong.Roaring64NavigableMap;

/** What records touch, to tell whether two writers got in each other's way. */
final class WriteSet {
  /** Numbers of one run that are counted. */
  private static final long MOST_DRAWN = 1L << 32;

  private final Map<Long, Roaring64NavigableMap> rows = new HashMap<>();
  private final Set<Long> touched = new HashSet<>();
  private final Set<Long> schemas = new HashSet<>();

  /** Numbers given out, by identity column. */
  private final Map<Long, List<Record.NumbersDrawn>> numbers = new HashMap<>();

  private final Optional<IdCounters> ours;

  private boolean everything;

  private WriteSet(Optional<IdCounters> ours) {
    this.ours = ours;
  }

  static WriteSet of(List<Record> records) {
    return of(records, Optional.empty());
  }

  /**
   * What records touch of what was there when they were begun: not the tables, columns and rows
   * that they made under the ids {@code next} on. Whoever else gave the same ids meanwhile made
   * others, and these get new ones.
   */
  static WriteSet ofOlder(List<Record> records, IdCounters next) {
    return of(records, Optional.of(next));
  }

  private static WriteSet of(List<Record> records, Optional<IdCounters> ours) {
    WriteSet set = new WriteSet(ours);
    for (Record record : records) {
      set.add(record);
    }
    ours.ifPresent(set::removeMade);
    return set;
  }

  private void removeMade(IdCounters next) {
    touched.removeIf(id -> isMade(id, next, next.tables()));
    schemas.removeIf(id -> isMade(id, next, next.tables()));
    rows.keySet().removeIf(id -> isMade(id, next, next.tables()));
    numbers.keySet().removeIf(id -> isMade(id, next, next.columns()));
  }

  private static boolean isMade(long id, IdCounters ids, long next) {
    return ids.owns(id) && (id & 0xFFFF_FFFFL) >= next;
  }

  private void add(Record record) {
    if (record instanceof Record.RowsAppended appended) {
      touched.add(appended.tableId());
    } else if (record instanceof Record.CellsPatched patched) {
      addRows(patched.tableId(), patched.rows());
    } else if (record instanceof Record.RowsDeleted deleted) {
      addRows(deleted.tableId(), deleted.rows());
    } else if (record instanceof Record.RowsUndeleted undeleted) {
      addRows(undeleted.tableId(), undeleted.rows());
    } else if (record instanceof Record.ConflictsResolved resolved) {
      addRows(resolved.tableId(), resolved.rows());
    } else if (record instanceof Record.TablePut put) {
      schemas.add(put.schema().id());
    } else if (record instanceof Record.TableDropped dropped) {
      schemas.add(dropped.tableId());
    } else if (record instanceof Record.ViewPut put) {
      schemas.add(put.view().id());
    } else if (record instanceof Record.ViewDropped dropped) {
      schemas.add(dropped.viewId());
    } else if (record instanceof Record.NumbersDrawn drawn) {
      addNumbers(drawn);
    } else if (record instanceof Record.NumbersRestarted restarted) {
      schemas.add(restarted.tableId());
    } else if (record instanceof Record.Reset
        || record instanceof Record.SoftReset
        || record instanceof Record.MergePending
        || record instanceof Record.Closed) {
      everything = true;
    }
  }

  /** Numbers that {@code theirs} drew, some of which were drawn here, too. */
  Optional<Record.NumbersDrawn> drawnBy(WriteSet theirs) {
    for (List<Record.NumbersDrawn> mine : numbers.values()) {
      for (Record.NumbersDrawn run : mine) {
        for (Record.NumbersDrawn other : theirs.numbers.getOrDefault(run.columnId(), List.of())) {
          if (run.least() <= other.most() && other.least() <= run.most()) {
            return Optional.of(other);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** How many numbers of a column were drawn, or so many that it does not matter. */
  long drawn(long columnId) {
    long drawn = 0;
    for (Record.NumbersDrawn run : numbers.getOrDefault(columnId, List.of())) {
      long steps = Long.divideUnsigned(run.most() - run.least(), Math.abs(run.increment()));
      drawn += steps < 0 || steps > MOST_DRAWN ? MOST_DRAWN : steps + 1;
    }
    return drawn;
  }

  private void addRows(long tableId, RowIds ids) {
    touched.add(tableId);
    Roaring64NavigableMap set = rows.computeIfAbsent(tableId, id -> new Roaring64NavigableMap());
    for (RowIds.Run run : ids.runs()) {
      addOlder(set, run.first(), run.first() + run.count() - 1);
    }
  }

  /** Adds what lies outside the ids that are made here; a run may begin under another origin. */
  private void addOlder(Roaring64NavigableMap set, long first, long last) {
    if (ours.isEmpty() || ours.get().rows() == IdCounters.MAX_SEQUENCE) {
      set.addRange(first, last + 1);
      return;
    }
    long from = ours.get().id(ours.get().rows());
    long end = ours.get().id(0) + IdCounters.MAX_SEQUENCE;
    if (Long.compareUnsigned(last, from) < 0 || Long.compareUnsigned(first, end - 1) > 0) {
      set.addRange(first, last + 1);
      return;
    }
    if (Long.compareUnsigned(first, from) < 0) {
      set.addRange(first, from);
    }
    if (Long.compareUnsigned(last, end - 1) > 0) {
      set.addRange(end, last + 1);
    }
  }

  private void addNumbers(Record.NumbersDrawn drawn) {
    List<Record.NumbersDrawn> runs =
        numbers.computeIfAbsent(drawn.columnId(), id -> new ArrayList<>());
    int end = runs.size() - 1;
    if (end >= 0 && runs.get(end).last() + drawn.increment() == drawn.first()) {
      Record.NumbersDrawn longer =
          new Record.NumbersDrawn(
              drawn.columnId(), runs.get(end).first(), drawn.last(), drawn.increment());
      runs.set(end, longer);
    } else {
      runs.add(drawn);
    }
  }

  /** Why what {@code theirs} wrote first leaves no room for this; empty if it does. */
  Optional<String> clash(WriteSet theirs) {
    if (theirs.everything) {
      return Optional.of("the branch was reset, dropped or merged into");
    }
    for (long table : schemas) {
      if (theirs.schemas.contains(table) || theirs.touched.contains(table)) {
        return Optional.of("a table or view that is altered here was changed");
      }
    }
    for (long table : touched) {
      if (theirs.schemas.contains(table)) {
        return Optional.of("a table that is written here was altered");
      }
    }
    Optional<Record.NumbersDrawn> taken = drawnBy(theirs);
    if (taken.isPresent()) {
      return Optional.of(
          "it drew the numbers from "
              + taken.get().first()
              + " to "
              + taken.get().last()
              + " of an identity column");
    }
    for (Map.Entry<Long, Roaring64NavigableMap> mine : rows.entrySet()) {
      Roaring64NavigableMap other = theirs.rows.get(mine.getKey());
      if (other != null) {
        Roaring64NavigableMap both = new Roaring64NavigableMap();
        both.or(mine.getValue());
        both.and(other);
        if (!both.isEmpty()) {
          return Optional.of(
              "row " + Long.toUnsignedString(both.iterator().next()) + " was changed");
        }
      }
    }
    return Optional.empty();
  }
}
