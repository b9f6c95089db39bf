package io.versor.format.ref;

import static io.versor.format.ref.RefTestData.assertFails;
import static io.versor.format.ref.RefTestData.commit;
import static io.versor.format.ref.RefTestData.location;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.log.FrameAddress;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CommitIdTest {
  private static final String HEX = "00f1e2d3c4b5a697887766554433221100ffeedd";

  @Test
  void textAndBytesComeBackUnchanged() throws StoreException {
    CommitId id = CommitId.parse(HEX);
    assertEquals(HEX, id.hex());
    assertEquals(HEX, id.toString());
    assertEquals(id, CommitId.of(id.bytes()));
    assertEquals(id.hashCode(), CommitId.of(id.bytes()).hashCode());
  }

  @Test
  void orderIsThatOfTheTextAndOfUnsignedBytes() {
    List<CommitId> ids = new ArrayList<>();
    for (int seed = 0; seed < 200; seed++) {
      ids.add(commit(seed));
    }
    byte[] same = commit(3).bytes();
    same[19] ^= (byte) 0x80; // differs from commit(3) in the last byte's sign only
    ids.add(CommitId.of(same));
    List<String> byText = ids.stream().map(CommitId::hex).sorted().toList();
    assertEquals(byText, new TreeSet<>(ids).stream().map(CommitId::hex).toList());
    List<CommitId> byBytes = new ArrayList<>(ids);
    byBytes.sort((a, b) -> Arrays.compareUnsigned(a.bytes(), b.bytes()));
    assertEquals(byText, byBytes.stream().map(CommitId::hex).toList());
  }

  @Test
  void onlyFortyLowerCaseHexDigitsAreAnId() {
    for (String wrong :
        List.of("", HEX.substring(1), HEX + "0", HEX.toUpperCase(), HEX.replace('f', 'g'))) {
      assertFails(Code.INVALID_VALUE, () -> CommitId.parse(wrong), "40 lower-case hex digits");
    }
    assertThrows(IllegalArgumentException.class, () -> CommitId.of(new byte[19]));
  }

  @Test
  void prefixIsSixToFortyHexDigitsInEitherCase() {
    assertEquals("00f1e2", CommitPrefix.find("00F1E2").orElseThrow().hex());
    assertTrue(CommitPrefix.find(HEX).orElseThrow().isComplete());
    for (String wrong : List.of("", "00f1e", "00f1eg", HEX + "0", "v1.0", "-00f1e2")) {
      assertEquals(Optional.empty(), CommitPrefix.find(wrong), wrong);
    }
  }

  @Test
  void prefixMatchesTheIdsThatBeginWithIt() throws StoreException {
    CommitPrefix prefix = new CommitPrefix("00f1e2d");
    assertTrue(prefix.matches(CommitId.parse(HEX)));
    assertFalse(prefix.matches(CommitId.parse("1" + HEX.substring(1))));
    assertEquals("00f1e2d" + "0".repeat(33), prefix.smallest().hex());
  }

  @Test
  void prefixNamesTheOnlyCandidateThatBeginsWithIt() throws StoreException {
    CommitLocation one = location(1);
    CommitPrefix prefix = new CommitPrefix(one.id().hex().substring(0, 8));
    // The same commit may be found in the index and at the end of a log.
    assertEquals(one, prefix.only(List.of(location(2), one, one)));
    assertFails(
        Code.NO_SUCH_REF,
        () -> prefix.only(List.of(location(2))),
        "no commit whose id begins with " + prefix.hex());
    assertFails(Code.NO_SUCH_REF, () -> new CommitPrefix(HEX).only(List.of()), "no commit " + HEX);
  }

  @Test
  void ambiguousPrefixIsAnErrorThatListsCommits() throws StoreException {
    List<CommitLocation> found = new ArrayList<>();
    for (char digit : "0123456".toCharArray()) {
      found.add(
          new CommitLocation(
              CommitId.parse("abcdef" + digit + "0".repeat(33)), new FrameAddress(1, 2, 0, 64)));
    }
    CommitPrefix prefix = new CommitPrefix("abcdef");
    assertFails(
        Code.AMBIGUOUS_REF,
        () -> prefix.only(found.subList(0, 2)),
        "abcdef is ambiguous: abcdef0",
        "abcdef1",
        "more digits");
    assertFails(Code.AMBIGUOUS_REF, () -> prefix.only(found), "among others abcdef0");
  }
}
