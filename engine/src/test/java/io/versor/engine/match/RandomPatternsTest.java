package io.versor.engine.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.engine.keep.KeptRows;
import io.versor.engine.match.MatchSpec.Shown;
import io.versor.engine.match.MatchSpec.Skip;
import io.versor.engine.window.RunningAggregate;
import io.versor.engine.work.StatementMemory;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.MemoryStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random patterns over short runs of rows, with all their words, in order, as the model. */
class RandomPatternsTest {
  private static final int CASES = 1_000;
  private static final int VARIABLES = 3;
  private static final List<String> NAMES = List.of("A", "B", "C");

  /** The sets: all, each variable, and one of two. */
  private static final List<List<Integer>> SETS =
      List.of(List.of(), List.of(0), List.of(1), List.of(2), List.of(0, 2));

  private static final RelDataType BIGINT =
      new SqlTypeFactoryImpl(RelDataTypeSystem.DEFAULT).createSqlType(SqlTypeName.BIGINT);
  private static final RunningAggregate COUNT =
      RunningAggregate.of(SqlStdOperatorTable.COUNT, List.of(), BIGINT, false).orElseThrow();
  private static final RunningAggregate SUM =
      RunningAggregate.of(SqlStdOperatorTable.SUM, List.of(BIGINT), BIGINT, false).orElseThrow();

  /** A condition as the operator has it, and as what the rows and letters say. */
  private record Condition(List<Value> values, Function<@Nullable Object[], Boolean> holds) {}

  private final Map<Integer, Computed> expressions = new HashMap<>();

  private Formula formula(List<Value> values, Function<@Nullable Object[], Object> function) {
    int number = expressions.size();
    GivenRow given = new GivenRow();
    expressions.put(number, new Computed(given, Linq4j.transform(given.again(), function::apply)));
    return new Formula(number, values);
  }

  private static Value last(int set, int shift) {
    return new Value.InRow(set, true, 0, shift, false, Argument.column(1));
  }

  private static Condition condition(Random random, int variable) {
    long bound = random.nextInt(4);
    int set = random.nextInt(SETS.size());
    return switch (random.nextInt(6)) {
      case 0 -> new Condition(List.of(last(0, 0)), row -> (Long) row[0] >= bound);
      case 1 ->
          new Condition(
              List.of(last(variable + 1, 0), last(0, -1)),
              row -> row[1] != null && (Long) row[0] > (Long) row[1]);
      case 2 ->
          new Condition(
              List.of(last(variable + 1, 0), last(0, 1)),
              row -> row[1] == null || (Long) row[0] <= (Long) row[1]);
      case 3 ->
          new Condition(
              List.of(new Value.OfRows(set, false, COUNT, List.of())),
              row -> (Long) row[0] <= bound);
      case 4 ->
          new Condition(
              List.of(new Value.OfRows(set, false, SUM, List.of(Argument.column(1))), last(0, 0)),
              row -> row[0] == null || (Long) row[0] + (Long) row[1] < 2 * bound + 2);
      default ->
          new Condition(
              List.of(new Value.InRow(set, false, 1, 0, false, Argument.column(1)), last(0, 0)),
              row -> row[0] == null || (Long) row[0] <= (Long) row[1]);
    };
  }

  private static Pattern pattern(Random random, int depth) {
    if (depth == 0) {
      int choice = random.nextInt(12);
      return choice == 0
          ? Pattern.NOTHING
          : choice == 1
              ? Pattern.Anchor.FIRST_ROW
              : choice == 2
                  ? Pattern.Anchor.LAST_ROW
                  : new Pattern.Variable(random.nextInt(VARIABLES));
    }
    return switch (random.nextInt(8)) {
      case 0, 1 -> new Pattern.Sequence(parts(random, depth));
      case 2 -> new Pattern.Choice(parts(random, depth));
      case 3 -> new Pattern.Permuted(parts(random, depth - 1));
      case 4 -> new Pattern.Excluded(pattern(random, depth - 1));
      case 5 -> pattern(random, 0);
      default -> {
        int least = random.nextInt(3);
        int most = random.nextBoolean() ? Pattern.Repeated.NO_BOUND : least + random.nextInt(3);
        yield new Pattern.Repeated(pattern(random, depth - 1), least, most, random.nextBoolean());
      }
    };
  }

  private static List<Pattern> parts(Random random, int depth) {
    List<Pattern> parts = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      parts.add(pattern(random, Math.max(0, depth - 1)));
    }
    return parts;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theFirstWordThatFitsIsTheMatch(long seed) {
    Random random = new Random(seed);
    int compared = 0;
    for (int i = 0; i < CASES; i++) {
      long own = random.nextLong();
      compared += compare(own) ? 1 : 0;
    }
    assertTrue(compared > CASES / 2, "only " + compared + " cases were small enough");
  }

  private boolean compare(long seed) {
    Random random = new Random(seed);
    expressions.clear();
    Pattern pattern = pattern(random, 3);
    List<Condition> conditions = new ArrayList<>();
    for (int variable = 0; variable < VARIABLES; variable++) {
      conditions.add(
          random.nextInt(4) == 0
              ? new Condition(List.of(), row -> true)
              : condition(random, variable));
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    int count = random.nextInt(7);
    for (int i = 0; i < count; i++) {
      rows.add(new @Nullable Object[] {(long) i, (long) random.nextInt(4)});
    }
    Shown shown = Shown.values()[random.nextInt(Shown.values().length)];
    Skip skip =
        new Skip(Skip.To.values()[random.nextInt(Skip.To.values().length)], random.nextInt(5));
    String what = "seed " + seed + ": " + pattern + " " + shown + " " + skip + " of " + count;
    List<String> expected;
    try {
      expected = new Model(rows, conditions, new Words(count).of(pattern)).shown(shown, skip);
    } catch (Words.TooMany e) {
      return false;
    }
    assertEquals(expected, found(pattern, conditions, rows, shown, skip), what);
    return true;
  }

  // --- what the operator gives

  private List<String> found(
      Pattern pattern,
      List<Condition> conditions,
      List<@Nullable Object[]> rows,
      Shown shown,
      Skip skip) {
    List<Optional<Formula>> formulas = new ArrayList<>();
    for (Condition condition : conditions) {
      formulas.add(
          condition.values().isEmpty()
              ? Optional.empty()
              : Optional.of(formula(condition.values(), condition.holds()::apply)));
    }
    List<Value> told =
        List.of(
            new Value.MatchNumber(),
            new Value.InRow(0, true, 0, 0, false, Argument.column(Argument.CLASSIFIER)),
            new Value.OfRows(4, false, COUNT, List.of()),
            new Value.OfRows(0, true, SUM, List.of(Argument.column(1))),
            new Value.InRow(1, false, 0, 0, true, Argument.column(0)));
    MatchSpec spec =
        new MatchSpec(
            2,
            List.of(),
            List.of(),
            Program.of(pattern),
            new Variables(NAMES, SETS),
            formulas,
            List.of(0),
            formula(told, row -> Arrays.asList(row).subList(0, 5).toString()),
            1,
            List.of(),
            shown,
            skip);
    List<String> found = new ArrayList<>();
    StatementMemory before =
        new StatementMemory(MemoryBudget.of(1 << 20), new MemoryStore()::openScratch).enter();
    try (Matches matches =
        new Matches(spec, new ArrayList<>(rows), expressions, new KeptRows("rows"))) {
      while (matches.moveNext()) {
        found.add(Arrays.toString(matches.current()));
      }
    } catch (io.versor.engine.type.Carried e) {
      found.add("refused");
    } finally {
      StatementMemory.leave(before);
    }
    return found;
  }

  // --- what the words say

  private record Model(
      List<@Nullable Object[]> rows, List<Condition> conditions, List<List<Integer>> words) {
    List<String> shown(Shown shown, Skip skip) {
      List<String> expected = new ArrayList<>();
      int next = 0;
      int seen = 0;
      int number = 0;
      while (next < rows.size()) {
        int start = next;
        Optional<List<Integer>> word =
            words.stream().filter(candidate -> fits(start, candidate)).findFirst();
        if (word.isEmpty()) {
          if (shown == Shown.ALL_ROWS && start >= seen) {
            expected.add(Arrays.toString(new @Nullable Object[] {(long) start, null}));
          }
          next++;
          continue;
        }
        number++;
        List<Integer> letters = word.get().stream().filter(letter -> letter >= 0).toList();
        next = next(start, letters, skip);
        if (next < 0) {
          expected.add("refused");
          return expected;
        }
        seen = Math.max(seen, start + Math.max(1, letters.size()));
        boolean empty = letters.isEmpty();
        if (shown == Shown.MATCHES || empty && shown != Shown.ROWS) {
          expected.add(told(start, start, letters, letters.size(), number));
        } else if (!empty) {
          for (int i = 0; i < letters.size(); i++) {
            if (letters.get(i) < Words.HIDDEN) {
              expected.add(told(start + i, start, letters, i + 1, number));
            }
          }
        }
      }
      return expected;
    }

    private static int next(int start, List<Integer> letters, Skip skip) {
      if (letters.isEmpty() || skip.to() == Skip.To.NEXT_ROW) {
        return start + 1;
      }
      if (skip.to() == Skip.To.PAST_LAST_ROW) {
        return start + letters.size();
      }
      List<Integer> places = places(letters, letters.size(), skip.set());
      int row =
          places.isEmpty() ? -1 : places.get(skip.to() == Skip.To.FIRST ? 0 : places.size() - 1);
      return row <= 0 ? -1 : start + row;
    }

    private boolean fits(int start, List<Integer> word) {
      if (start + Words.rows(word) > rows.size()) {
        return false;
      }
      List<Integer> letters = new ArrayList<>();
      for (int letter : word) {
        int place = start + letters.size();
        if (letter < 0) {
          if (place != (letter == Words.FIRST_ROW ? 0 : rows.size())) {
            return false;
          }
          continue;
        }
        letters.add(letter);
        Condition condition = conditions.get(letter % Words.HIDDEN);
        @Nullable Object[] values =
            condition.values().stream()
                .map(value -> value(value, start, letters, letters.size(), 0))
                .toArray();
        if (!condition.holds().apply(values)) {
          return false;
        }
      }
      return true;
    }

    private static List<Integer> places(List<Integer> letters, int upTo, int set) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < upTo; i++) {
        if (set == 0 || SETS.get(set).contains(letters.get(i) % Words.HIDDEN)) {
          places.add(i);
        }
      }
      return places;
    }

    private @Nullable Object value(
        Value value, int start, List<Integer> letters, int running, int number) {
      if (value instanceof Value.MatchNumber) {
        return (long) number;
      }
      int upTo = value.isFinal() ? letters.size() : running;
      if (value instanceof Value.OfRows of) {
        List<Integer> places = places(letters, upTo, of.set());
        if (of.aggregate() == COUNT) {
          return (long) places.size();
        }
        return places.isEmpty()
            ? null
            : (Object) places.stream().mapToLong(p -> (Long) rows.get(start + p)[1]).sum();
      }
      Value.InRow in = (Value.InRow) value;
      List<Integer> places = places(letters, upTo, in.set());
      int at = in.last() ? places.size() - 1 - in.skip() : in.skip();
      if (at < 0 || at >= places.size()) {
        return null;
      }
      int row = start + places.get(at) + in.shift();
      if (row < 0 || row >= rows.size()) {
        return null;
      }
      int column = in.argument().columns().get(0);
      return column == Argument.CLASSIFIER
          ? NAMES.get(letters.get(row - start) % Words.HIDDEN)
          : rows.get(row)[column];
    }

    private String told(int row, int start, List<Integer> letters, int running, int number) {
      List<Value> told =
          List.of(
              new Value.MatchNumber(),
              new Value.InRow(0, true, 0, 0, false, Argument.column(Argument.CLASSIFIER)),
              new Value.OfRows(4, false, COUNT, List.of()),
              new Value.OfRows(0, true, SUM, List.of(Argument.column(1))),
              new Value.InRow(1, false, 0, 0, true, Argument.column(0)));
      List<@Nullable Object> values = new ArrayList<>();
      told.forEach(value -> values.add(value(value, start, letters, running, number)));
      return Arrays.toString(new @Nullable Object[] {(long) row, values.toString()});
    }
  }
}
