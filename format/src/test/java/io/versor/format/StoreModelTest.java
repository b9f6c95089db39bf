package io.versor.format;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Random programs on a store and on {@link Model}: after every step both hold the same. jqwik
 * prints the seed of a failure and shrinks the program. The programs are the same in each run, but
 * for those of fresh seeds.
 */
class StoreModelTest {
  /** What one step does; the numbers choose rows, branches and values among those there are. */
  record Step(Kind kind, int a, int b, int c) {}

  enum Kind {
    INSERT(12),
    INSERT_MANY(4),
    UPDATE(10),
    UPDATE_MANY(4),
    DELETE(6),
    ADD_COLUMN(1),
    DROP_COLUMN(1),
    RENAME_COLUMN(1),
    SET_PROPERTY(1),
    RENAME_TABLE(1),
    VIEW(4),
    SIDE(5),
    COMMIT(14),
    BRANCH(4),
    BRANCH_WITH_CHANGES(2),
    RENAME_BRANCH(1),
    DROP_BRANCH(1),
    TAG(1),
    SWITCH(8),
    RESET(2),
    RESET_HARD(1),
    RESET_SOFT(3),
    RESTORE(1),
    MERGE(10),
    CROSS(3),
    SQUASH(1),
    REVERT(2),
    CHERRY_PICK(2),
    RESOLVE(3),
    CHECKPOINT(4),
    OPTIMIZE(2),
    VACUUM(4),
    EXPIRE(2),
    REOPEN(2),
    ROLLBACK(2);

    private final int frequency;

    Kind(int frequency) {
      this.frequency = frequency;
    }
  }

  private static Arbitrary<List<Step>> programs(int steps) {
    Tuple.Tuple2<Integer, Kind>[] kinds = weighted();
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 9_999);
    return Combinators.combine(Arbitraries.frequency(kinds), number, number, number)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(steps)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private static Tuple.Tuple2<Integer, Kind>[] weighted() {
    Tuple.Tuple2[] all = new Tuple.Tuple2[Kind.values().length];
    for (Kind kind : Kind.values()) {
      all[kind.ordinal()] = Tuple.of(kind.frequency, kind);
    }
    return all;
  }

  @Provide
  Arbitrary<List<Step>> shortPrograms() {
    return programs(120);
  }

  @Provide
  Arbitrary<List<Step>> longPrograms() {
    return programs(200);
  }

  @Property(
      tries = 100,
      seed = "1",
      shrinking = ShrinkingMode.BOUNDED,
      edgeCases = EdgeCasesMode.NONE)
  void storeIsTheModel(@ForAll("shortPrograms") List<Step> program) throws Exception {
    ModelProgram.run(program);
  }

  @Tag("long")
  @Property(
      tries = 400,
      seed = "2",
      shrinking = ShrinkingMode.BOUNDED,
      edgeCases = EdgeCasesMode.NONE)
  void storeIsTheModelAtLength(@ForAll("longPrograms") List<Step> program) throws Exception {
    ModelProgram.run(program);
  }

  @Tag("fresh")
  @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
  void storeIsTheModelInNewPrograms(@ForAll("longPrograms") List<Step> program) throws Exception {
    ModelProgram.run(program);
  }
}
