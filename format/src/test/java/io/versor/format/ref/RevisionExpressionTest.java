package io.versor.format.ref;

import static io.versor.format.ref.RefTestData.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.ref.RevisionExpression.Abbreviated;
import io.versor.format.ref.RevisionExpression.Ancestor;
import io.versor.format.ref.RevisionExpression.From;
import io.versor.format.ref.RevisionExpression.Head;
import io.versor.format.ref.RevisionExpression.Named;
import io.versor.format.ref.RevisionExpression.OfCommit;
import io.versor.format.ref.RevisionExpression.Parent;
import io.versor.format.ref.RevisionExpression.Step;
import io.versor.format.ref.RevisionExpression.Working;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionExpressionTest {
  private static final String HEX = "00f1e2d3c4b5a697887766554433221100ffeedd";

  private static RevisionExpression parse(String text) throws StoreException {
    return RevisionExpression.parse(text);
  }

  private static OfCommit commit(From from, Step... steps) {
    return new OfCommit(from, List.of(steps));
  }

  @Test
  void namesIdsAndHead() throws StoreException {
    assertEquals(commit(new Named("main")), parse("main"));
    assertEquals(commit(new Named("feature/x")), parse("feature/x"));
    assertEquals(commit(new Named("beef")), parse("beef")); // too short for a commit
    assertEquals(commit(new Abbreviated(new CommitPrefix("abcdef"))), parse("ABCDEF"));
    assertEquals(commit(new Abbreviated(new CommitPrefix(HEX))), parse(HEX));
    assertEquals(commit(new Head()), parse("HEAD"));
    assertEquals(commit(new Head()), parse("head"));
  }

  @Test
  void stepsAreTakenInTheirOrderAndCountOneWhenNothingIsSaid() throws StoreException {
    assertEquals(commit(new Named("main"), new Ancestor(1)), parse("main~"));
    assertEquals(commit(new Named("main"), new Parent(1)), parse("main^"));
    assertEquals(commit(new Named("main"), new Parent(0)), parse("main^0"));
    assertEquals(
        commit(new Head(), new Ancestor(3), new Parent(2), new Ancestor(1), new Parent(1)),
        parse("HEAD~3^2~^"));
    assertEquals(
        commit(new Abbreviated(new CommitPrefix("abcdef")), new Ancestor(5000)),
        parse("abcdef~5000"));
  }

  @Test
  void workingIsTheCurrentBranchsOrAnothers() throws StoreException {
    assertEquals(new Working(Optional.empty()), parse("WORKING"));
    assertEquals(new Working(Optional.empty()), parse("working~0^0"));
    assertEquals(new Working(Optional.of(new BranchName("feature/x"))), parse("feature/x:WORKING"));
  }

  @Test
  void theParentOfTheUncommittedStateIsTheLastCommit() throws StoreException {
    assertEquals(commit(new Head()), parse("WORKING^"));
    assertEquals(commit(new Head(), new Ancestor(0)), parse("WORKING~1"));
    assertEquals(commit(new Named("b"), new Ancestor(2), new Parent(2)), parse("b:WORKING~3^2"));
    assertFails(Code.NO_SUCH_REF, () -> parse("WORKING^2"), "position 8", "one parent");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, 1, expected a branch",
        "~1, 1, expected a branch",
        "main~x, 6, found 'x'",
        "main~1 , 7, found ' '",
        "main^{commit}, 6, found '{commit}'",
        "main~99999999999, 6, larger than 2147483647",
        "main^-1, 6, found '-1'",
        "a b, 1, a space",
        "main:HEAD, 6, only WORKING may follow",
        ":WORKING, 1, at least one character",
        "abcdef:WORKING, 1, reads as a commit id",
        "HEAD:WORKING, 1, reserved",
        "versor, 1, reserved",
        "main..b, 1, two dots",
      },
      ignoreLeadingAndTrailingWhitespace = false)
  void whatIsNoRevisionIsRefusedWithItsPosition(String text, String position, String fault) {
    assertFails(
        Code.NO_SUCH_REF,
        () -> parse(text),
        "revision '" + text + "'",
        "position" + position + ":",
        fault.strip());
  }

  @Test
  void moreDigitsThanAnIdHasAreNamed() {
    assertFails(Code.NO_SUCH_REF, () -> parse(HEX + "00"), "position 41", "42 hex digits", "40");
  }

  @Test
  void lengthIsLimited() {
    assertFails(Code.NO_SUCH_REF, () -> parse("main" + "~".repeat(10_000)), "10004", "1000");
  }

  @Property
  void whatIsDisplayedMeansTheSame(@ForAll("expressions") RevisionExpression expression)
      throws StoreException {
    assertEquals(expression, parse(expression.display()));
  }

  @Property(tries = 5_000)
  void anyTextIsARevisionOrAnErrorThatShowsIt(@ForAll("texts") String text) {
    try {
      RevisionExpression parsed = parse(text);
      assertEquals(parsed, parse(parsed.display()));
    } catch (StoreException e) {
      assertEquals(Code.NO_SUCH_REF, e.code());
      assertTrue(e.getMessage().startsWith("revision '" + Quoted.shortened(text) + "', position "));
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "main", "HEAD", "WORKING", ":", "~", "^", "~2", "^0", "^2", "a", "b/c", "abcdef", "9",
            "{", " ", "", "é", "@", ".", "\n")
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<RevisionExpression> expressions() {
    Arbitrary<From> from =
        Arbitraries.oneOf(
            Arbitraries.just(new Head()),
            Arbitraries.of("main", "v1.0", "feature/x", "beef").map(Named::new),
            Arbitraries.strings()
                .withChars("0123456789abcdef")
                .ofMinLength(6)
                .ofMaxLength(40)
                .map(hex -> new Abbreviated(new CommitPrefix(hex))));
    Arbitrary<Step> step =
        Arbitraries.oneOf(
            Arbitraries.integers().greaterOrEqual(0).map(Ancestor::new),
            Arbitraries.integers().greaterOrEqual(0).map(Parent::new));
    Arbitrary<RevisionExpression> ofCommit =
        from.flatMap(f -> step.list().ofMaxSize(8).map(steps -> new OfCommit(f, steps)));
    Arbitrary<RevisionExpression> working =
        Arbitraries.of("main", "feature/x")
            .map(BranchName::new)
            .optional()
            .map(branch -> new Working(branch));
    return Arbitraries.oneOf(ofCommit, working);
  }
}
