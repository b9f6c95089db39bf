package io.versor.engine.copy;

import io.versor.format.type.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of a CSV file. */
final class CsvRows extends TextRows {
  private final CsvFields fields;
  private final Wanted wanted;
  private final int[] places;
  private final int least;
  private final int most;

  /**
   * @param places of the wanted fields in a row; -1 for those that are not there
   * @param least fields a row has
   * @param most fields a row has
   */
  CsvRows(
      Records records,
      String file,
      CsvDialect dialect,
      Wanted wanted,
      int[] places,
      int least,
      int most) {
    super(records, file);
    this.fields = new CsvFields(dialect);
    this.wanted = wanted;
    this.places = places;
    this.least = least;
    this.most = most;
  }

  @Override
  Optional<String> parse(int start, int end) {
    Optional<String> fault = fields.parse(records.bytes(), start, end);
    if (fault.isEmpty() && (fields.count() < least || fields.count() > most)) {
      return Optional.of(
          fields.count() + " fields, expected " + (least == most ? "" : "at least ") + least);
    }
    return fault;
  }

  @Override
  public @Nullable Object value(int field) throws StoreException {
    if (places[field] < 0) {
      return ABSENT;
    }
    String text = fields.text(places[field]);
    return text == null ? null : TextValues.of(text, wanted.fields().get(field).column().type());
  }
}
