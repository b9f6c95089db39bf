package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random changes of lists of labels, with a map as the model. */
class RandomListsTest {
  private static final List<String> LABELS = List.of("cat", "dog", "it's", "鳥");
  private static final int STEPS = 120;

  @TempDir Path directory;

  /** The rows by their ids; a list that is NULL is empty here, one of none has no elements. */
  private final Map<Integer, @Nullable List<@Nullable String>> model = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void listsAreWhatWasWritten(long seed) throws Exception {
    Random random = new Random(seed);
    try (TestStore store = new TestStore(directory.resolve("store"))) {
      store.run(
          "CREATE TABLE t(id INTEGER PRIMARY KEY, l CLASS_LABEL('cat', 'dog', 'it''s', '鳥') ARRAY)");
      for (int step = 0; step < STEPS; step++) {
        change(store, random, step);
        if (step % 20 == 19) {
          check(store, "seed " + seed + ", step " + step);
          store.run("COMMIT VERSION MESSAGE 'more' ALLOW EMPTY");
        }
        if (step == STEPS / 2) {
          store.run("OPTIMIZE TABLE t");
        }
      }
      store.run("CREATE BRANCH side");
      Map<Integer, @Nullable List<@Nullable String>> before = new TreeMap<>(model);
      change(store, random, STEPS);
      String changed =
          String.valueOf(
              model.entrySet().stream()
                  .filter(
                      row ->
                          before.containsKey(row.getKey())
                              && !Objects.equals(row.getValue(), before.get(row.getKey())))
                  .count());
      assertEquals(
          List.of(changed),
          store.run(
              "SELECT count(*) FROM TABLE(versor.diff('t', 'side', 'WORKING'))"
                  + " WHERE diff_type = 'modified'"));
    }
  }

  private void change(TestStore store, Random random, int step) throws Exception {
    int id = random.nextInt(40);
    @Nullable List<@Nullable String> list = list(random);
    Object given = list == null ? null : random.nextBoolean() ? list : list.toArray(new String[0]);
    if (model.containsKey(id) && random.nextInt(4) == 0) {
      store.run("DELETE FROM t WHERE id = ?", id);
      model.remove(id);
    } else if (model.containsKey(id)) {
      store.run("UPDATE t SET l = ? WHERE id = ?", given, id);
      model.put(id, list);
    } else if (random.nextBoolean() && list != null && !list.isEmpty()) {
      store.run("INSERT INTO t VALUES (" + id + ", " + literal(list) + ")");
      model.put(id, list);
    } else {
      store.run("INSERT INTO t VALUES (?, ?)", id, given);
      model.put(id, list);
    }
  }

  private static @Nullable List<@Nullable String> list(Random random) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    @Nullable String[] list = new String[random.nextInt(4)];
    Arrays.setAll(
        list, i -> random.nextInt(5) == 0 ? null : LABELS.get(random.nextInt(LABELS.size())));
    return Arrays.asList(list);
  }

  private static String literal(List<@Nullable String> list) {
    List<String> elements = new ArrayList<>();
    for (String label : list) {
      elements.add(label == null ? "NULL" : "'" + label.replace("'", "''") + "'");
    }
    return "ARRAY[" + String.join(", ", elements) + "]";
  }

  private void check(TestStore store, String when) throws Exception {
    List<String> rows = new ArrayList<>();
    List<String> elements = new ArrayList<>();
    List<String> first = new ArrayList<>();
    for (var row : model.entrySet()) {
      List<@Nullable String> list = row.getValue();
      if (list == null) {
        rows.add(row.getKey() + " | NULL | NULL");
        continue;
      }
      List<String> quoted = new ArrayList<>();
      for (String label : list) {
        quoted.add(label == null ? "null" : '"' + label + '"');
        String shown = label == null ? "NULL" : label;
        elements.add(row.getKey() + " | " + shown + " | " + quoted.size());
      }
      rows.add(row.getKey() + " | [" + String.join(",", quoted) + "] | " + list.size());
      if (!list.isEmpty() && "cat".equals(list.get(0))) {
        first.add(String.valueOf(row.getKey()));
      }
    }
    assertEquals(rows, store.run("SELECT id, l, CARDINALITY(l) FROM t ORDER BY id"), when);
    assertEquals(first, store.run("SELECT id FROM t WHERE l[1] = 'cat' ORDER BY id"), when);
    assertEquals(
        elements,
        store.run("SELECT id, e, o FROM t, UNNEST(t.l) WITH ORDINALITY AS u(e, o) ORDER BY id, o"),
        when);
  }
}
