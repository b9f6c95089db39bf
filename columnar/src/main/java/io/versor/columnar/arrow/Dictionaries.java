package io.versor.columnar.arrow;

import io.versor.columnar.Cells;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The dictionaries that were met so far, each with the field whose values it has. One thread. */
final class Dictionaries {
  private final Map<Long, ArrowField> fields = new HashMap<>();
  private final Map<Long, Values> values = new HashMap<>();

  /** Values of a dictionary. */
  record Values(Cells cells, int count) {}

  /** Looks for dictionaries that a field needs. */
  void expect(ArrowField field) {
    field.dictionary().ifPresent(coding -> fields.put(coding.id(), field));
    field.children().forEach(this::expect);
  }

  /** What there is now, for batches that are read while others come. */
  Dictionaries copy() {
    Dictionaries copy = new Dictionaries();
    copy.values.putAll(values);
    return copy;
  }

  /** The field whose values a dictionary has. */
  ArrowField field(long id) throws StoreException {
    ArrowField field = fields.get(id);
    if (field == null) {
      throw new StoreException(Code.INVALID_VALUE, "dictionary " + id + " that no field has");
    }
    return field;
  }

  /**
   * @param more whether they come behind those that are there; else in their place
   */
  void put(long id, Values part, boolean more) {
    Values before = more ? values.get(id) : null;
    values.put(id, before == null ? part : joined(before, part));
  }

  private static Values joined(Values before, Values part) {
    List<Values> parts = new ArrayList<>();
    if (before.cells() instanceof Joined joined) {
      parts.addAll(joined.parts);
    } else {
      parts.add(before);
    }
    parts.add(part);
    return new Values(new Joined(parts), Math.addExact(before.count(), part.count()));
  }

  Values values(long id) throws StoreException {
    Values found = values.get(id);
    if (found == null) {
      throw new StoreException(Code.INVALID_VALUE, "dictionary " + id + " is not in the file");
    }
    return found;
  }

  /** Values that came in several parts. */
  private static final class Joined extends Cells {
    private final List<Values> parts;

    Joined(List<Values> parts) {
      super(null);
      this.parts = List.copyOf(parts);
    }

    private @Nullable Object find(int row) throws StoreException {
      int from = 0;
      for (Values part : parts) {
        if (row < from + part.count()) {
          return part.cells().at(row - from);
        }
        from += part.count();
      }
      throw new IndexOutOfBoundsException(row);
    }

    @Override
    public boolean isNull(int row) {
      int from = 0;
      for (Values part : parts) {
        if (row < from + part.count()) {
          return part.cells().isNull(row - from);
        }
        from += part.count();
      }
      return true;
    }

    @Override
    protected Object value(int row) throws StoreException {
      return Objects.requireNonNull(find(row));
    }
  }
}
