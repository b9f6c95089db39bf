package io.versor.engine.keep;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.LazyAggregateLambdaFactory.LazySource;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.function.Function2;
import org.jspecify.annotations.Nullable;

/**
 * Counts by how much a row makes larger what aggregates have of its group: a class of generated
 * code with a field or two for each aggregate. Lists, maps and texts grow, numbers do not.
 */
final class Growth {
  private final KeptRows kept;
  private @Nullable Class<?> known;
  private Field[] growing = {};
  private long[] before = {};
  private int fields;

  Growth(KeptRows kept) {
    this.kept = kept;
  }

  /** About what a new group takes. */
  long bytes(Object group) {
    learn(group);
    return 16L + 24L * fields;
  }

  /** Adds a row to a group. */
  <A, T> A add(Function2<A, T, A> next, A group, T row) {
    if (group instanceof LazySource) { // aggregates with an order see the rows when all are there
      kept.add(KeptRows.rowBytes(row) + Long.BYTES);
      return next.apply(group, row);
    }
    for (int i = 0; i < growing.length; i++) {
      before[i] = size(value(growing[i], group));
    }
    A changed = next.apply(group, row);
    for (int i = 0; i < growing.length; i++) {
      Object value = value(growing[i], changed);
      long more = size(value) - before[i];
      if (more != 0) {
        kept.add(bytes(value, more, row));
      }
    }
    return changed;
  }

  private static long bytes(@Nullable Object value, long more, @Nullable Object row) {
    if (value instanceof Map) {
      return more * CountedOperators.ENTRY_BYTES + KeptRows.rowBytes(row);
    }
    if (value instanceof List<?> list && more > 0) {
      long bytes = 0;
      for (Object added : list.subList(list.size() - (int) more, list.size())) {
        bytes += KeptRows.valueBytes(added);
      }
      return bytes;
    }
    return value instanceof Collection ? more * KeptRows.rowBytes(row) : more;
  }

  /** In members, or in bytes. */
  private static long size(@Nullable Object value) {
    if (value instanceof Collection<?> values) {
      return values.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof ByteString bytes) {
      return bytes.length();
    }
    return value instanceof Gathering gathering ? gathering.keptBytes() : 0;
  }

  private void learn(Object group) {
    if (group.getClass() == known) {
      return;
    }
    known = group.getClass();
    List<Field> found = new ArrayList<>();
    fields = 0;
    for (Field field : group.getClass().getFields()) {
      Class<?> type = field.getType();
      if (Modifier.isStatic(field.getModifiers())) {
        continue;
      }
      fields++;
      if (!type.isPrimitive() && !Number.class.isAssignableFrom(type) && type != Boolean.class) {
        found.add(field);
      }
    }
    growing = found.toArray(Field[]::new);
    before = new long[growing.length];
  }

  private static @Nullable Object value(Field field, Object group) {
    try {
      return field.get(group);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("generated classes are public: " + field, e);
    }
  }
}
