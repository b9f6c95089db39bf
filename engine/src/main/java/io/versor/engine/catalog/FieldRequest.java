package io.versor.engine.catalog;

import io.versor.format.ScanRequest.IndexRange;
import io.versor.format.chunk.Bound;
import java.util.List;
import java.util.Optional;

/**
 * What a scan shall give.
 *
 * @param fields positions in {@link VersorTable#fields()}
 * @param bounds for skipping chunks only
 * @param indexes only rows in this range
 * @param rowIds only these rows
 */
public record FieldRequest(
    List<Integer> fields,
    List<Bound> bounds,
    Optional<IndexRange> indexes,
    Optional<long[]> rowIds) {
  public static FieldRequest of(List<Integer> fields) {
    return new FieldRequest(fields, List.of(), Optional.empty(), Optional.empty());
  }
}
