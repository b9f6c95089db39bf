package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.system.DiffSummary;
import io.versor.format.MergePreview;
import io.versor.format.MergeResult;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a merge would do, as {@code versor.diff_summary} tells differences, with the conflicts of
 * each table and tensor. Where nothing but conflicts is to be told, the counts are 0.
 */
final class MergePreviews {
  static final List<ColumnInfo> COLUMNS =
      List.of(
          ListCursor.text("table_name"),
          ListCursor.text("tensor_name"),
          ListCursor.text("old_name"),
          ListCursor.text("change"),
          ListCursor.number("rows_added"),
          ListCursor.number("rows_updated"),
          ListCursor.number("rows_deleted"),
          ListCursor.number("conflicts"));

  /** A tensor, or with null the table itself; by the names on our side, as conflicts have them. */
  private record Place(String table, @Nullable String tensor) {}

  private MergePreviews() {}

  static Answer answer(MergePreview preview) throws StoreException {
    Map<Place, Long> conflicts = new LinkedHashMap<>();
    for (MergeResult.Conflict conflict : preview.conflicts()) {
      conflicts.merge(new Place(conflict.table(), null), 1L, Long::sum);
      conflict
          .column()
          .ifPresent(name -> conflicts.merge(new Place(conflict.table(), name), 1L, Long::sum));
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    String[] ours = {""};
    DiffSummary.fill(
        values -> {
          List<@Nullable Object> row = new ArrayList<>(Arrays.asList(values));
          String table = String.valueOf(row.get(0));
          String tensor = (String) row.get(1);
          String oldName = (String) row.get(2);
          if (tensor == null) {
            ours[0] = oldName == null ? table : oldName;
            names.put(ours[0], table);
          }
          Place place = new Place(ours[0], tensor == null || oldName == null ? tensor : oldName);
          Long found = conflicts.remove(place);
          row.add(found == null ? 0L : found);
          rows.add(row);
        },
        preview.diff());
    conflicts.forEach(
        (place, count) -> {
          String table = names.getOrDefault(place.table(), place.table());
          rows.add(
              behind(rows, table),
              Arrays.asList(table, place.tensor(), null, null, 0L, 0L, 0L, count));
        });
    return new Answer(COLUMNS, rows);
  }

  /** Where the rows of a table end. */
  private static int behind(List<List<@Nullable Object>> rows, String table) {
    for (int i = rows.size(); i > 0; i--) {
      if (table.equals(rows.get(i - 1).get(0))) {
        return i;
      }
    }
    return rows.size();
  }
}
