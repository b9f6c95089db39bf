package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IN and NOT IN with long lists: literals and parameters, in both executors. */
class ValueListsTest {
  private static final int ROWS = 2_000;

  /** Makes the row executor run a query: the batch executor has no joins. */
  private static final String JOINED = " JOIN (VALUES (1)) AS one(v) ON id <> -one.v";

  @TempDir Path directory;

  private static TestStore store(Path directory) throws Exception {
    TestStore store = new TestStore(directory);
    store.run("CREATE TABLE t(id INTEGER, name TEXT, price DECIMAL(9, 2), d DOUBLE)");
    store.run(
        "INSERT INTO t SELECT v, 'n' || CAST(v AS VARCHAR), v / 4.0, v / 2.0e0"
            + " FROM GENERATE_SERIES(0, "
            + (ROWS - 1)
            + ") AS s(v)");
    store.run("INSERT INTO t(id) VALUES (NULL), (NULL)");
    return store;
  }

  /** What a value of each column looks like in SQL, and as a parameter. */
  private enum Column {
    ID("id") {
      @Override
      Object value(int number) {
        return number;
      }
    },
    NAME("name") {
      @Override
      Object value(int number) {
        return "n" + number;
      }
    },
    PRICE("price") {
      @Override
      Object value(int number) {
        return BigDecimal.valueOf(number * 25L, 2);
      }
    },
    D("d") {
      @Override
      Object value(int number) {
        return number / 2.0;
      }
    };

    private final String sql;

    Column(String sql) {
      this.sql = sql;
    }

    abstract Object value(int number);

    String literal(int number) {
      Object value = value(number);
      return value instanceof String text ? "'" + text + "'" : value.toString();
    }
  }

  @Test
  void listsAreWhatTheirMembersAre() throws Exception {
    Random random = new Random(7);
    try (TestStore store = store(directory)) {
      for (Column column : Column.values()) {
        for (int size : new int[] {19, 60}) {
          List<Integer> members = new ArrayList<>();
          for (int i = 0; i < size; i++) {
            members.add(random.nextInt(ROWS + ROWS / 2)); // some are not there, some twice
          }
          check(store, column, members);
        }
      }
    }
  }

  private static void check(TestStore store, Column column, List<Integer> members)
      throws Exception {
    TreeSet<Integer> in = new TreeSet<>(members);
    in.tailSet(ROWS).clear();
    List<String> listed = in.stream().map(String::valueOf).toList();
    String rest = "= " + (ROWS - listed.size());
    String literals = members.stream().map(column::literal).collect(Collectors.joining(", "));
    String marks = members.stream().map(member -> "?").collect(Collectors.joining(", "));
    @Nullable Object[] parameters = members.stream().map(column::value).toArray();
    for (String from : List.of("t", "t" + JOINED)) {
      String head = "SELECT id FROM " + from + " WHERE " + column.sql;
      String tail = " ORDER BY id";
      String count = "SELECT COUNT(*) FROM " + from + " WHERE " + column.sql + " NOT IN (";
      String what = from + ", " + column + ", " + members.size();
      assertEquals(listed, store.run(head + " IN (" + literals + ")" + tail), what);
      assertEquals(listed, store.run(head + " IN (" + marks + ")" + tail, parameters), what);
      assertEquals(rest, "= " + store.run(count + literals + ")").get(0), what);
      assertEquals(rest, "= " + store.run(count + marks + ")", parameters).get(0), what);
    }
  }

  @Test
  void nullInAListIsUnknown() throws Exception {
    try (TestStore store = store(directory)) {
      String many =
          IntStream.range(0, 50).mapToObj(String::valueOf).collect(Collectors.joining(", "));
      String marks = "?, ".repeat(50) + "?";
      @Nullable Object[] parameters = IntStream.range(-1, 50).boxed().toArray();
      parameters[0] = null;
      for (String from : List.of("t", "t" + JOINED)) {
        String count = "SELECT COUNT(*) FROM " + from + " WHERE id ";
        assertEquals(List.of("50"), store.run(count + "IN (" + many + ", NULL)"));
        assertEquals(List.of("0"), store.run(count + "NOT IN (" + many + ", NULL)"));
        assertEquals(List.of("50"), store.run(count + "IN (" + marks + ")", parameters));
        assertEquals(List.of("0"), store.run(count + "NOT IN (" + marks + ")", parameters));
        assertEquals(
            List.of(String.valueOf(50 + (from.equals("t") ? 2 : 0))),
            store.run(count + "IN (" + many + ") OR id IS NULL"));
        assertEquals(
            List.of("60"), store.run(count + "IN (" + many + ") OR id BETWEEN 100 AND 109"));
      }
    }
  }

  @Test
  @Tag("long")
  void longestListsAreAnswered() throws Exception {
    try (TestStore store = store(directory)) {
      String numbers =
          IntStream.range(0, 100_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
      String texts =
          IntStream.range(0, 100_000)
              .mapToObj(i -> "'n" + i + "'")
              .collect(Collectors.joining(","));
      String marks = "?,".repeat(9_999) + "?";
      @Nullable Object[] parameters = IntStream.range(0, 10_000).boxed().toArray();
      String pairs =
          IntStream.range(0, 2_000)
              .mapToObj(i -> "(" + i + ",'n" + i % 1_000 + "')")
              .collect(Collectors.joining(","));
      for (String from : List.of("t", "t" + JOINED)) {
        String count = "SELECT COUNT(*) FROM " + from + " WHERE ";
        assertEquals(List.of("2000"), store.run(count + "id IN (" + numbers + ")"));
        assertEquals(List.of("0"), store.run(count + "id NOT IN (" + numbers + ")"));
        assertEquals(List.of("2000"), store.run(count + "name IN (" + texts + ")"));
        assertEquals(List.of("2000"), store.run(count + "id IN (" + marks + ")", parameters));
        assertEquals(List.of("1000"), store.run(count + "(id, name) IN (" + pairs + ")"));
      }
      String chain =
          IntStream.range(0, 900).mapToObj(i -> "id <> " + i).collect(Collectors.joining(" AND "));
      assertEquals(List.of("1100"), store.run("SELECT COUNT(*) FROM t WHERE " + chain));
    }
  }
}
