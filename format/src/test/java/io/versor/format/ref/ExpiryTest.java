package io.versor.format.ref;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.log.FrameAddress;
import io.versor.format.ref.FrameRanges.Range;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commits have expired, as the root has it. */
class ExpiryTest {
  private static Root root(FrameRanges expired) throws StoreException {
    Root empty =
        Refs.createBranch(
            Root.empty(StoreId.parse("01J8938NKRKAY000000000001A"), 1_764_000_000_000_000L),
            new BranchName("main"),
            Optional.empty());
    return empty.withExpiry(
        List.of(empty.branches().get(0).withExpired(expired)),
        Expiry.NONE.with(7, 9, new Expiry.Act(1_764_000_000_000_001L, "ann", "EXPIRE ü", 3)));
  }

  @Test
  void bytesAreAsFormatSays() throws StoreException {
    Root root = root(FrameRanges.of(List.of(new Range(0, 41), new Range(44, 44))));
    String text = new String(RootJson.encode(root), UTF_8);
    assertEquals(root, RootJson.decode(text.getBytes(UTF_8), "root of test"));
    assertTrue(text.startsWith("{\"format\":2,"), text);
    assertTrue(text.contains("\"origin\":1,\"expired\":\"0-41,44\"}"), text);
    assertTrue(
        text.contains(
            ",\"expiry\":{\"depth\":7,\"generation\":9,\"acts\":[{\"at\":1764000000000001,"
                + "\"author\":\"ann\",\"operation\":\"EXPIRE ü\",\"commits\":3}]},\"crc\":"),
        text);
  }

  @Test
  void framesAreInTheirRanges() throws StoreException {
    FrameRanges frames = FrameRanges.parse("3-5,7,9-" + Long.MAX_VALUE);
    List<Long> found = new ArrayList<>();
    for (long frame = 0; frame < 12; frame++) {
      if (frames.contains(frame)) {
        found.add(frame);
      }
    }
    assertEquals(List.of(3L, 4L, 5L, 7L, 9L, 10L, 11L), found);
    assertTrue(frames.contains(Long.MAX_VALUE));
    assertFalse(FrameRanges.none().contains(0));
    assertEquals("3-5,7,9-" + Long.MAX_VALUE, frames.text());
    Root root = root(frames);
    assertTrue(root.isExpired(new FrameAddress(1, 7, 0, 64)));
    assertFalse(root.isExpired(new FrameAddress(1, 8, 0, 64)));
    assertFalse(root.isExpired(new FrameAddress(2, 7, 0, 64)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1,", "a", "-1", "01", "5-4", "1,1", "3-5,4", "2,1", "9223372036854775808"})
  void otherTextsAreDamage(String text) {
    StoreException e = assertThrows(StoreException.class, () -> FrameRanges.parse(text));
    assertEquals(Code.CORRUPT, e.code());
  }

  @Test
  void aTagOnWhatExpiredIsDamage() throws StoreException {
    Root root = root(FrameRanges.of(List.of(new Range(2, 4))));
    TagEntry tag =
        new TagEntry(
            new TagName("v1"),
            CommitId.parse("0bdeebbad8f9b240192635c42f40f2d02ee524c5"),
            new FrameAddress(1, 3, 0, 64),
            Optional.empty(),
            "jo",
            1);
    assertThrows(IllegalArgumentException.class, () -> root.withTags(List.of(tag)));
    StoreException e = assertThrows(StoreException.class, () -> Refs.createTag(root, tag));
    assertEquals(Code.NO_SUCH_REF, e.code());
    assertTrue(e.getMessage().contains("commit 0bdeebbad8f9 has expired"), e.getMessage());
  }

  @Test
  void onlyTheLastActsAreKept() {
    Expiry expiry = Expiry.NONE;
    for (int i = 0; i < Expiry.MAX_ACTS + 20; i++) {
      expiry = expiry.with(1, 1, new Expiry.Act(i, "ann", "EXPIRE", 1));
    }
    assertEquals(Expiry.MAX_ACTS, expiry.acts().size());
    assertEquals(20, expiry.acts().get(0).atMicros());
  }
}
