package io.versor.engine.window;

import io.versor.engine.function.FunctionException;
import org.apache.calcite.rel.type.RelDataType;

/** Functions of where a row is in its part, whatever its frame. */
final class Ranks {
  private Ranks() {}

  static WindowFunction rowNumber(RelDataType type) {
    return (part, arguments) -> (row, frame) -> Values.number(row + 1L, type);
  }

  static WindowFunction rank(RelDataType type) {
    return (part, arguments) -> (row, frame) -> Values.number(part.peersFrom(row) + 1L, type);
  }

  static WindowFunction denseRank(RelDataType type) {
    return (part, arguments) -> (row, frame) -> Values.number(part.group(row) + 1L, type);
  }

  /** (RANK - 1) / (rows of the part - 1), 0 for a single row. */
  static WindowFunction percentRank(RelDataType type) {
    return (part, arguments) ->
        (row, frame) -> {
          double others = part.size() - 1.0;
          return Values.number(others == 0 ? 0.0 : part.peersFrom(row) / others, type);
        };
  }

  /** Rows up to this one and its peers, of those of the part. */
  static WindowFunction cumeDist(RelDataType type) {
    return (part, arguments) ->
        (row, frame) -> Values.number(part.peersTo(row) / (double) part.size(), type);
  }

  /** Groups as long as each other; the first ones have a row more if rows are left. */
  static WindowFunction ntile(RelDataType type) {
    return (part, arguments) ->
        (row, frame) -> {
          Object given = part.value(row, arguments.get(0));
          if (given == null) {
            return null;
          }
          long groups = ((Number) given).longValue();
          if (groups < 1) {
            throw new FunctionException(
                "22014", "NTILE(" + groups + "); expected a number of groups from 1");
          }
          long least = part.size() / groups;
          long more = part.size() % groups;
          long inLonger = more * (least + 1);
          long group = row < inLonger ? row / (least + 1) : more + (row - inLonger) / least;
          return Values.number(group + 1, type);
        };
  }
}
