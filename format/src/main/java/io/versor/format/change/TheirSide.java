package io.versor.format.change;

import io.versor.format.record.PendingMerge;
import io.versor.format.record.Record;
import io.versor.format.record.RowIds;
import io.versor.format.table.TableState;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides conflicts that were kept for their side. Used once, by one thread. */
public final class TheirSide {
  private final TableState ours;
  private final Optional<TableState> theirs;
  private final CellCopier copier;
  private final List<Record> records = new ArrayList<>();

  /**
   * @param theirs empty where they do not have the table
   */
  public TheirSide(TableState ours, Optional<TableState> theirs, CellCopier copier) {
    this.ours = ours;
    this.theirs = theirs;
    this.copier = copier;
  }

  /** What makes the given rows theirs, as far as they conflict. */
  public List<Record> take(PendingMerge merge, Set<Long> rowIds) throws StoreException {
    for (PendingMerge.Conflicts group : merge.conflicts()) {
      if (group.tableId() != ours.id()) {
        continue;
      }
      long[] rows = Arrays.stream(group.rows().toArray()).filter(rowIds::contains).toArray();
      if (rows.length > 0) {
        switch (group.kind()) {
          case MODIFIED, ADDED -> takeCells(group.columnId(), rows);
          case DELETED_HERE -> takeRows(rows);
          case DELETED_THERE -> delete(rows);
        }
      }
    }
    return records;
  }

  /** Where a row lies on our side and on theirs; -1 = it never did. */
  private record Place(long ours, long theirs) {}

  private List<Place> places(long[] rowIds) throws StoreException {
    List<Place> places = new ArrayList<>();
    for (long rowId : rowIds) {
      long there = theirs.isEmpty() ? -1 : theirs.get().rows().findSlot(rowId).orElse(-1);
      places.add(new Place(ours.rows().findSlot(rowId).orElse(-1), there));
    }
    places.sort(Comparator.comparingLong(Place::ours));
    return places;
  }

  private boolean isLive(Place place) throws StoreException {
    return place.ours() >= 0 && ours.rows().isLive(place.ours());
  }

  private void takeCells(long columnId, long[] rows) throws StoreException {
    List<Place> live = new ArrayList<>();
    for (Place place : places(rows)) {
      if (isLive(place)) {
        live.add(place);
      }
    }
    Optional<Column> column = ours.schema().findColumn(columnId);
    if (column.isPresent() && !live.isEmpty()) {
      records.add(patched(column.get(), live));
    }
  }

  private Record patched(Column column, List<Place> places) throws StoreException {
    return RowMerge.patched(
        ours,
        theirs,
        column,
        places.stream().mapToLong(Place::ours).toArray(),
        places.stream().mapToLong(Place::theirs).toArray(),
        copier);
  }

  /** Rows that we deleted come back where they lay; those we never had follow ours. */
  private void takeRows(long[] rows) throws StoreException {
    List<Place> dead = new ArrayList<>();
    List<Place> unknown = new ArrayList<>();
    for (Place place : places(rows)) {
      if (place.ours() < 0) {
        unknown.add(place);
      } else if (!isLive(place)) {
        dead.add(place);
      }
    }
    if (!dead.isEmpty()) {
      records.add(new Record.RowsUndeleted(ours.id(), ourIds(dead)));
      for (Column column : ours.schema().columns()) {
        records.add(patched(column, dead));
      }
    }
    long[] fresh = unknown.stream().mapToLong(Place::theirs).sorted().toArray();
    if (fresh.length > 0) {
      RowMerge.append(theirs.orElseThrow(), ours.schema(), fresh, copier).ifPresent(records::add);
    }
  }

  private RowIds ourIds(List<Place> places) throws StoreException {
    return RowMerge.rowIds(ours.rows(), places.stream().mapToLong(Place::ours).toArray());
  }

  private void delete(long[] rows) throws StoreException {
    List<Place> live = new ArrayList<>();
    for (Place place : places(rows)) {
      if (isLive(place)) {
        live.add(place);
      }
    }
    if (!live.isEmpty()) {
      records.add(new Record.RowsDeleted(ours.id(), ourIds(live)));
    }
  }
}
