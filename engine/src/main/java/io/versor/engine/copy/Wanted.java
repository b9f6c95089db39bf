package io.versor.engine.copy;

import io.versor.engine.StatementException;
import io.versor.format.ref.NearNames;
import io.versor.format.type.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What COPY takes of each row.
 *
 * @param table its name, for messages
 * @param listed whether the statement names the columns; else they are all that the table has, and
 *     every field must have one
 */
public record Wanted(String table, List<Field> fields, boolean listed) {
  /**
   * One column.
   *
   * @param source what the file calls it, where the statement says so
   * @param position of it in the file from 1, where the statement says so; 0 where not
   */
  public record Field(Column column, Optional<String> source, int position) {
    /** What the file has to call it. */
    public String name() {
      return source.orElse(column.name());
    }
  }

  public Wanted {
    fields = List.copyOf(fields);
  }

  /** Whether the statement says what a field is called. */
  public boolean hasNames() {
    return fields.stream().anyMatch(field -> field.source().isPresent());
  }

  /** Whether the statement gives a position. */
  public boolean hasPositions() {
    return fields.stream().anyMatch(field -> field.position() > 0);
  }

  /** The field of a name: exactly, or else in any case; ambiguous names are nobody's. */
  public OptionalInt find(String name) {
    OptionalInt similar = OptionalInt.empty();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return OptionalInt.of(i);
      }
      if (fields.get(i).name().equalsIgnoreCase(name)) {
        similar = OptionalInt.of(i);
      }
    }
    return similar;
  }

  /** The end of a message about a field that no column takes. */
  public String nearColumns(String name) {
    return NearNames.question(name, fields.stream().map(Field::name).toList());
  }

  /**
   * Where each field is among the names of a file; -1 for a column that gets its default.
   *
   * @throws StatementException 42703 for a field that is not there, or one that no column takes
   *     although the statement names none; 42701 for a name that the file has twice
   */
  public int[] places(List<String> names, String file) throws StatementException {
    int[] places = new int[fields.size()];
    Arrays.fill(places, -1);
    for (int i = 0; i < places.length; i++) {
      Field field = fields.get(i);
      if (field.position() > 0) {
        places[i] = position(field, names.size(), file);
        continue;
      }
      List<Integer> found = found(field.name(), names);
      if (found.size() > 1) {
        throw new StatementException(
            "42701", file + ": the field " + field.name() + " is there twice; name it by position");
      }
      if (found.isEmpty() && listed) {
        throw new StatementException(
            "42703",
            file
                + ": no field "
                + field.name()
                + " for column "
                + field.column().name()
                + NearNames.question(field.name(), names)
                + " It has "
                + shown(names));
      }
      places[i] = found.isEmpty() ? -1 : found.get(0);
    }
    if (!listed) {
      refuseOthers(names, places, file);
    }
    return places;
  }

  private static List<Integer> found(String name, List<String> names) {
    List<Integer> exact = new ArrayList<>();
    List<Integer> similar = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        exact.add(i);
      } else if (names.get(i).equalsIgnoreCase(name)) {
        similar.add(i);
      }
    }
    return exact.isEmpty() ? similar : exact;
  }

  private void refuseOthers(List<String> names, int[] places, String file)
      throws StatementException {
    for (int i = 0; i < names.size(); i++) {
      int place = i;
      if (Arrays.stream(places).noneMatch(each -> each == place)) {
        throw new StatementException(
            "42703",
            file
                + ": the field "
                + names.get(i)
                + " has no column in "
                + table
                + nearColumns(names.get(i))
                + " COPY "
                + table
                + " (column, ...) takes only what it names");
      }
    }
  }

  private static int position(Field field, int fields, String file) throws StatementException {
    if (field.position() > fields) {
      throw new StatementException(
          "42703",
          file
              + ": no field "
              + field.position()
              + " for column "
              + field.column().name()
              + "; it has "
              + fields);
    }
    return field.position() - 1;
  }

  private static String shown(List<String> names) {
    int most = 20;
    return names.stream().limit(most).collect(Collectors.joining(", "))
        + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
  }
}
