package io.versor.engine.keep;

import io.versor.engine.work.Poll;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.apache.calcite.linq4j.function.Functions;
import org.jspecify.annotations.Nullable;

/** Rows or keys, compared as SQL does; of equal ones the first is kept, and its memory counted. */
final class CountedSet<T> {
  private final Map<Object, Integer> members = new HashMap<>();
  private final @Nullable EqualityComparer<T> comparer;
  private final KeptRows kept;
  private final int most;

  private record Member<T>(T value, EqualityComparer<T> comparer) {
    @Override
    public int hashCode() {
      return comparer.hashCode(value);
    }

    @Override
    @SuppressWarnings("unchecked") // of the same set
    public boolean equals(@Nullable Object other) {
      return other instanceof Member<?> member && comparer.equal(value, (T) member.value);
    }
  }

  /**
   * @param comparer null where values are equal that Java calls so
   */
  CountedSet(@Nullable EqualityComparer<T> comparer, KeptRows kept) {
    this(comparer, false, kept);
  }

  /**
   * @param all whether it is told how often a member was added
   */
  CountedSet(@Nullable EqualityComparer<T> comparer, boolean all, KeptRows kept) {
    this.comparer = comparer == Functions.identityComparer() ? null : comparer;
    this.most = all ? Integer.MAX_VALUE : 1;
    this.kept = kept;
  }

  private Object member(T value) {
    return comparer == null ? value : new Member<>(value, comparer);
  }

  @SuppressWarnings("unchecked") // put there by the method above
  private T value(Object member) {
    return comparer == null ? (T) member : ((Member<T>) member).value;
  }

  void add(T value) {
    Integer before = members.get(member(value));
    if (before == null) {
      kept.add(KeptRows.rowBytes(value) + CountedOperators.ENTRY_BYTES);
      members.put(member(value), 1);
    } else if (before < most) {
      members.put(member(value), before + 1);
    }
  }

  CountedSet<T> addAll(Enumerable<T> values) {
    try (Enumerator<T> source = values.enumerator()) {
      while (source.moveNext()) {
        Poll.poll();
        add(source.current());
      }
    }
    return this;
  }

  boolean has(T value) {
    return members.containsKey(member(value));
  }

  /** Takes one away; false if there is none. */
  boolean remove(T value) {
    Object member = member(value);
    Integer before = members.get(member);
    if (before == null) {
      return false;
    }
    if (before > 1) {
      members.put(member, before - 1);
    } else {
      members.remove(member);
      kept.add(-KeptRows.rowBytes(value) - CountedOperators.ENTRY_BYTES);
    }
    return true;
  }

  /** Each as often as it is there. */
  Enumerable<T> members() {
    Enumerable<Map.Entry<Object, Integer>> entries = Linq4j.asEnumerable(members.entrySet());
    return most == 1
        ? entries.select(entry -> value(entry.getKey()))
        : entries.selectMany(entry -> times(value(entry.getKey()), entry.getValue()));
  }

  private static <T> Enumerable<T> times(T value, int count) {
    List<T> same = Collections.nCopies(count, value);
    return Linq4j.asEnumerable(same);
  }
}
