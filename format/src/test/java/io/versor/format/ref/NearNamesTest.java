package io.versor.format.ref;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearNamesTest {
  private static final List<String> KNOWN = List.of("main", "dog_flipped", "v1.0", "v1.1", "maine");

  @Test
  void oneSlipOfTheFingersIsFound() {
    assertEquals(List.of("main"), NearNames.of("mian", List.of("main", "other")));
    assertEquals(List.of("main", "maine"), NearNames.of("mainn", KNOWN));
    assertEquals(List.of("dog_flipped"), NearNames.of("dogflipped", KNOWN));
    assertEquals(List.of("dog_flipped"), NearNames.of("DOG_FLIPED", KNOWN));
  }

  @Test
  void whatOnlyDiffersInCaseIsNearest() {
    assertEquals("main", NearNames.of("MAIN", KNOWN).get(0));
  }

  @Test
  void whatIsFarIsNotOffered() {
    assertEquals(List.of(), NearNames.of("production", KNOWN));
    assertEquals(List.of(), NearNames.of("", KNOWN));
    assertEquals(List.of(), NearNames.of("x".repeat(100_000), KNOWN));
  }

  @Test
  void atMostThreeAreOffered() {
    assertEquals(
        List.of("v1.0", "v1.1", "v1.2"),
        NearNames.of("v1.9", List.of("v1.4", "v1.3", "v1.2", "v1.1", "v1.0")));
  }

  @Test
  void questionEndsTheMessage() {
    assertEquals("; did you mean main?", NearNames.question("mian", List.of("main")));
    assertEquals("; did you mean v1.0 or v1.1?", NearNames.question("v1.2", KNOWN));
    assertEquals(
        "; did you mean a1, a2 or a3?", NearNames.question("a0", List.of("a1", "a2", "a3")));
    assertEquals("", NearNames.question("production", KNOWN));
  }

  @Property
  void distanceIsAMeasure(
      @ForAll @StringLength(max = 7) @CharRange(from = 'a', to = 'c') String a,
      @ForAll @StringLength(max = 7) @CharRange(from = 'a', to = 'c') String b) {
    int distance = NearNames.distance(a, b);
    assertEquals(distance, NearNames.distance(b, a));
    assertEquals(a.equals(b), distance == 0);
    assertEquals(slow(a, b), distance);
  }

  /** The definition, without a table. */
  private static int slow(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.length() + b.length();
    }
    String shortA = a.substring(1);
    String shortB = b.substring(1);
    int cost = Math.min(slow(shortA, b), slow(a, shortB)) + 1;
    cost = Math.min(cost, slow(shortA, shortB) + (a.charAt(0) == b.charAt(0) ? 0 : 1));
    if (a.length() > 1 && b.length() > 1) {
      if (a.charAt(0) == b.charAt(1) && a.charAt(1) == b.charAt(0)) {
        cost = Math.min(cost, slow(a.substring(2), b.substring(2)) + 1);
      }
    }
    return cost;
  }
}
