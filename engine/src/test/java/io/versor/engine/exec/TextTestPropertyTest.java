package io.versor.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.versor.engine.work.Helpers;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.arrow.memory.RootAllocator;

/** LIKE, IN and the order of texts, in UTF-8 in place, against the same on strings. */
class TextTestPropertyTest {
  /** Characters of one to four bytes; those of patterns among them, so that they get escaped. */
  private static final String[] CHARACTERS = {
    "a", "b", "%", "_", "!", "\u00e9", "\uffff", "\ud83d\ude00"
  };

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(most + 1);
    for (int i = 0; i < length; i++) {
      text.append(CHARACTERS[random.nextInt(random.nextBoolean() ? 3 : CHARACTERS.length)]);
    }
    return text.toString();
  }

  /** What LIKE means, by trying everything. */
  private static boolean like(int[] text, int at, int[] pattern, int part, int escape) {
    if (part == pattern.length) {
      return at == text.length;
    }
    int point = pattern[part];
    if (point == escape) {
      return at < text.length
          && text[at] == pattern[part + 1]
          && like(text, at + 1, pattern, part + 2, escape);
    }
    if (point == '%') {
      return like(text, at, pattern, part + 1, escape)
          || (at < text.length && like(text, at + 1, pattern, part, escape));
    }
    return at < text.length
        && (point == '_' || text[at] == point)
        && like(text, at + 1, pattern, part + 1, escape);
  }

  private static boolean validEscapes(int[] pattern, int escape) {
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i] == escape) {
        i++;
        boolean known =
            i < pattern.length && (pattern[i] == escape || pattern[i] == '%' || pattern[i] == '_');
        if (!known) {
          return false;
        }
      }
    }
    return true;
  }

  @Property(tries = 3_000)
  void likeIsWhatTryingEverythingFinds(@ForAll long seed) {
    Random random = new Random(seed);
    String pattern = text(random, 6);
    int escape = random.nextBoolean() ? '!' : -1;
    int[] points = pattern.codePoints().toArray();
    if (!validEscapes(points, escape)) {
      assertThrows(IllegalArgumentException.class, () -> LikePattern.of(pattern, escape));
      return;
    }
    TextTest compiled = LikePattern.of(pattern, escape);
    try (RootAllocator root = new RootAllocator();
        ExecContext context = context(root)) {
      for (int i = 0; i < 10; i++) {
        String text = text(random, 8);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(
            like(text.codePoints().toArray(), 0, points, 0, escape),
            compiled.test(context.constant(utf8), utf8.length),
            () -> "'" + text + "' LIKE '" + pattern + "' ESCAPE " + escape);
      }
    }
  }

  /** Long enough for places to be looked at eight at a time, and to end within such eight. */
  @Property(tries = 2_000)
  void longTextsAreFoundWhereverTheyBegin(@ForAll long seed) {
    Random random = new Random(seed);
    String pattern = text(random, 4).replace('_', 'é');
    for (int i = random.nextInt(3); i >= 0; i--) {
      pattern += "%" + text(random, 5).replace('_', 'é');
    }
    int[] points = pattern.codePoints().toArray();
    TextTest compiled = LikePattern.of(pattern, -1);
    try (RootAllocator root = new RootAllocator();
        ExecContext context = context(root)) {
      for (int i = 0; i < 20; i++) {
        String text = text(random, 2) + text(random, 40) + pattern.replace("%", text(random, 12));
        byte[] utf8 = text.substring(text.length() % 3).getBytes(StandardCharsets.UTF_8);
        int[] shown = new String(utf8, StandardCharsets.UTF_8).codePoints().toArray();
        assertEquals(
            like(shown, 0, points, 0, -1),
            compiled.test(context.constant(utf8), utf8.length),
            () -> "'" + text + "' LIKE '" + Arrays.toString(points) + "'");
      }
    }
  }

  @Property(tries = 500)
  void membersOfASetAreFoundAndNothingElse(@ForAll long seed) throws StoreException {
    Random random = new Random(seed);
    try (RootAllocator root = new RootAllocator();
        ExecContext context = context(root)) {
      List<String> members = new ArrayList<>();
      List<TextConstant> constants = new ArrayList<>();
      int count = 1 + random.nextInt(40);
      for (int i = 0; i < count; i++) {
        String member = text(random, 12);
        members.add(member);
        constants.add(
            new TextConstant(member.getBytes(StandardCharsets.UTF_8), TensorType.text(), context));
      }
      TextSet set = new TextSet(constants);
      for (int i = 0; i < 60; i++) {
        String text = random.nextBoolean() ? members.get(random.nextInt(count)) : text(random, 12);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(
            members.contains(text), set.test(context.constant(utf8), utf8.length), () -> text);
      }
    }
  }

  @Property(tries = 2_000)
  void orderIsThatOfCodePoints(@ForAll long seed) {
    Random random = new Random(seed);
    // A long common beginning, since eight bytes are compared at a time.
    String common = "x".repeat(random.nextInt(20));
    int[] a = (common + text(random, 10)).codePoints().toArray();
    int[] b = (common + text(random, 10)).codePoints().toArray();
    byte[] left = new String(a, 0, a.length).getBytes(StandardCharsets.UTF_8);
    byte[] right = new String(b, 0, b.length).getBytes(StandardCharsets.UTF_8);
    try (RootAllocator root = new RootAllocator();
        ExecContext context = context(root)) {
      int order =
          TextOrder.compare(
              context.constant(left), left.length, context.constant(right), right.length);
      assertEquals(Integer.signum(Arrays.compare(a, b)), Integer.signum(order));
    }
  }

  @Example
  void manyAnyTextsTakeNoTimeOfTheirOwn() {
    byte[] utf8 = "a".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    TextTest pattern = LikePattern.of("%a".repeat(200) + "%b", -1);
    try (RootAllocator root = new RootAllocator();
        ExecContext context = context(root)) {
      assertEquals(false, pattern.test(context.constant(utf8), utf8.length));
    }
  }

  private static ExecContext context(RootAllocator root) {
    return new ExecContext(
        root, List.of(), Instant.EPOCH, ExecStore.memory(1 << 24), () -> {}, Helpers.NONE);
  }
}
