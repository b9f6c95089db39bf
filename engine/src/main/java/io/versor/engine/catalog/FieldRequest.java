package io.versor.engine.catalog;

import io.versor.format.ScanRequest.IndexRange;
import io.versor.format.chunk.Bound;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a scan shall give.
 *
 * @param fields positions in {@link VersorTable#fields()}
 * @param bounds for skipping chunks only
 * @param indexes only rows in this range
 * @param rowIds only these rows
 * @param texts only rows in which a field, by its position in {@link VersorTable#fields()}, is one
 *     of these texts; for skipping only
 * @param numbers the same of numbers, each without zeros at its end
 * @param samples the same of dates and times (Long), floats (Double) and bytes (ByteBuffer), as the
 *     column has them
 */
public record FieldRequest(
    List<Integer> fields,
    List<Bound> bounds,
    Optional<IndexRange> indexes,
    Optional<long[]> rowIds,
    Map<Integer, Set<String>> texts,
    Map<Integer, Set<BigDecimal>> numbers,
    Map<Integer, Set<Object>> samples) {
  /** The same rows, other fields of them. */
  public FieldRequest withFields(List<Integer> others) {
    return new FieldRequest(others, bounds, indexes, rowIds, texts, numbers, samples);
  }

  public static FieldRequest of(List<Integer> fields) {
    return new FieldRequest(
        fields, List.of(), Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of());
  }
}
