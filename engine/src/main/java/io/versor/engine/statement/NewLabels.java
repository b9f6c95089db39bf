package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.copy.DecodedRows;
import io.versor.engine.copy.RawRows;
import io.versor.engine.copy.RowSource;
import io.versor.engine.copy.RowsReader;
import io.versor.engine.copy.SourceFile;
import io.versor.engine.copy.Wanted;
import io.versor.engine.plan.Run;
import io.versor.format.Transaction;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * LABELS ADD: a first pass over the files for labels that a column does not have yet. They follow
 * those that it has, in the order in which they are met.
 */
final class NewLabels {
  private final TableSchema schema;
  private final Wanted wanted;

  NewLabels(TableSchema schema, Wanted wanted) {
    this.schema = schema;
    this.wanted = wanted;
  }

  void add(RowSource source, List<SourceFile> files, Transaction transaction, Run run)
      throws IOException, StoreException, StatementException {
    List<Integer> fields = new ArrayList<>();
    List<Set<String>> labels = new ArrayList<>();
    for (int i = 0; i < wanted.fields().size(); i++) {
      Column column = wanted.fields().get(i).column();
      if (column.type().isLabelled()) {
        fields.add(i);
        labels.add(new LinkedHashSet<>(column.type().labels()));
      }
    }
    if (fields.isEmpty()) {
      throw new StatementException(
          "22023", "LABELS ADD: no column that is copied is a CLASS_LABEL or an ARRAY of them");
    }
    try (RowsReader reader = source.open(files, wanted)) {
      for (Optional<RawRows> raw = reader.next(); raw.isPresent(); raw = reader.next()) {
        // Nothing keeps the rows before the rest.
        while (raw.isPresent()) {
          run.check();
          DecodedRows rows = raw.get().decode();
          collect(rows, fields, labels);
          raw = rows.rest();
        }
      }
    }
    for (int i = 0; i < fields.size(); i++) {
      Column column = wanted.fields().get(fields.get(i)).column();
      List<String> all = List.copyOf(labels.get(i));
      if (all.size() > column.type().labels().size()) {
        Column more = Tables.checked(() -> column.withType(column.type().withLabels(all)));
        transaction.alterColumn(schema.id(), more);
      }
    }
  }

  private static void collect(DecodedRows rows, List<Integer> fields, List<Set<String>> labels)
      throws IOException, StoreException {
    while (rows.next()) {
      if (rows.fault().isPresent()) {
        continue; // which is said when rows are copied
      }
      for (int i = 0; i < fields.size(); i++) {
        try {
          collect(rows.value(fields.get(i)), labels.get(i));
        } catch (StoreException e) {
          continue; // likewise
        }
      }
    }
  }

  /** A label, or a list of labels. */
  private static void collect(@Nullable Object value, Set<String> labels) {
    if (value instanceof String label) {
      labels.add(label);
    } else if (value instanceof List<?> list) {
      list.forEach(each -> collect(each, labels));
    }
  }
}
