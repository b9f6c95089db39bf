package io.versor.format.ref;

import static io.versor.format.ref.RefTestData.assertFails;
import static io.versor.format.ref.RefTestData.empty;
import static io.versor.format.ref.RefTestData.full;
import static io.versor.format.ref.RefTestData.tag;
import static io.versor.format.ref.RefTestData.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.pack.Address;
import io.versor.format.pack.PackId;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootJsonTest {

  private static Root decode(byte[] bytes) throws StoreException {
    return RootJson.decode(bytes, "root of test");
  }

  /** The bytes with other content and a checksum that is right for it. */
  private static byte[] edited(Root root, String from, String to) throws StoreException {
    String text = new String(RootJson.encode(root), UTF_8);
    assertTrue(text.contains(from), () -> text + " does not contain " + from);
    String content = text.replace(from, to);
    return sealed(content.substring(0, content.lastIndexOf(",\"crc\"")));
  }

  private static byte[] sealed(String content) {
    CRC32C crc = new CRC32C();
    crc.update(content.getBytes(UTF_8));
    String digits = HexFormat.of().toHexDigits((int) crc.getValue());
    return (content + ",\"crc\":\"" + digits + "\"}\n").getBytes(UTF_8);
  }

  @Test
  void everythingARootHoldsComesBack() throws StoreException {
    for (Root root : new Root[] {empty(), with("main"), full()}) {
      byte[] bytes = RootJson.encode(root);
      assertEquals(root, decode(bytes));
      assertEquals(new String(bytes, UTF_8), new String(RootJson.encode(decode(bytes)), UTF_8));
    }
  }

  @Test
  void whatVacuumLeavesComesBack() throws StoreException {
    BitSet some = new BitSet();
    some.set(0);
    some.set(2, 5);
    some.set(9, 11);
    Root root =
        full()
            .withPacks(
                List.of(
                    new PackRedirect(new PackId(1, 2), new PackId(1, 9), 0, 4),
                    new PackRedirect(new PackId(1, 3), new PackId(1, 9), 4, 7)),
                List.of(
                    new CondemnedPack(new PackId(1, 3), 5),
                    new CondemnedPack(new PackId(1, 4), 6, Ordinals.firstOf(some))))
            .withCollection();
    String text = new String(RootJson.encode(root), UTF_8);
    assertEquals(root, decode(RootJson.encode(root)));
    assertTrue(text.contains("\"objects\":\"0,2-4,9-10\""), text);
    assertTrue(text.contains("\"first\":4,\"count\":7"), text);
    assertTrue(text.contains("\"collected\":1"), text);
    for (String bad : List.of("", "1,0", "3-2", "0,0", "-1", "01", "1-", "0-3,3")) {
      assertThrows(StoreException.class, () -> Ordinals.parse(bad), bad);
    }
  }

  @Test
  void logInAPackComesBackUnderAFormatOfItsOwn() throws StoreException {
    Root full = full();
    BranchEntry dropped = full.branches().get(2).withLog();
    Root root = full.withBranch(dropped.withPacked(new Address(new PackId(1, 9), 4)));
    String text = new String(RootJson.encode(root), UTF_8);
    assertEquals(root, decode(RootJson.encode(root)));
    assertTrue(text.startsWith("{\"format\":3,"), text);
    assertTrue(text.contains("\"log\":1,\"packed\":\"" + new PackId(1, 9).text() + "/4\""), text);
    byte[] named = edited(root, "\"origin\":3", "\"name\":\"n\",\"origin\":3");
    assertFails(Code.CORRUPT, () -> decode(named), "root of test", "though it has a name");
  }

  /** The layout is a promise to readers in other languages; this text must never change. */
  @Test
  void bytesAreAsFormatSays() throws StoreException {
    assertEquals(
        """
        {"format":1,"store":"01J8938NKRKAY000000000001A","number":1,"created":1764000000000000,
        "nextBranchId":4,"nextOrigin":4,"branches":[
        {"id":1,"name":"main","origin":1,"checkpoint":
        {"address":"01JBZZY000248G000000000007/3","branch":1,"frame":11},"indexedFrame":13},
        {"id":2,"name":"feature/ünicode","origin":2,"start":
        {"position":[1,12,0,4096],"head":"0bdeebbad8f9b240192635c42f40f2d02ee524c5"}},
        {"id":3,"origin":3}],"tags":[
        {"name":"v1.0","commit":"0bdeebbad8f9b240192635c42f40f2d02ee524c5","seal":[1,12,0,4096],
        "message":"first release, \\"quoted\\" and übersetzt","tagger":"jo",
        "at":1764000000000001}],"commitRuns":[
        {"address":"01JBZZY000248G000000000007/4","count":900},
        {"address":"01JBZZY000248G000000000007/5","count":4}],
        "packMap":[{"from":"0000000000000G000000000002","to":"01JBZZY000248G000000000007"}],
        "condemned":[{"pack":"0000000000000G000000000003","at":1764000000000002}],
        "crc":"f961f002"}\
        """
                .replace("\n", "")
            + "\n",
        new String(RootJson.encode(full()), UTF_8));
  }

  @Test
  void everyFlippedBitIsAnError() throws StoreException {
    byte[] bytes = RootJson.encode(full());
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << bit);
        assertFails(Code.CORRUPT, () -> decode(flipped), "root of test");
      }
    }
  }

  @Test
  void everyCutIsAnError() throws StoreException {
    byte[] bytes = RootJson.encode(full());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertFails(Code.CORRUPT, () -> decode(cut), "root of test");
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = '\n';
    assertFails(Code.CORRUPT, () -> decode(longer), "root of test");
  }

  @Test
  void unknownKeysAreKeptAtEveryLevelAndWrittenBack() throws StoreException {
    String text = new String(RootJson.encode(full()), UTF_8);
    String content = text.substring(0, text.lastIndexOf(",\"crc\""));
    // One new key at the end of every object, nested ones first of all.
    String grown = content.replace("}", ",\"later\":{\"a\":[1,null,\"x\"]}}") + ",\"later\":7";
    byte[] bytes = sealed(grown);
    Root root = decode(bytes);
    assertEquals(new String(bytes, UTF_8), new String(RootJson.encode(root), UTF_8));
    // A change of one branch does not lose what stood in it.
    Root renamed = Refs.renameBranch(root, "main", BranchName.parse("trunk"));
    assertEquals(
        new String(sealed(grown.replace("\"main\"", "\"trunk\"")), UTF_8),
        new String(RootJson.encode(renamed), UTF_8));
  }

  @Test
  void newerFormatIsRefusedAndBothVersionsAreNamed() throws StoreException {
    byte[] newer = edited(full(), "\"format\":1,", "\"format\":12,\"somethingElse\":{},");
    assertFails(Code.VERSION_TOO_NEW, () -> decode(newer), "root of test", "12", "up to 3");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"format\":1 | \"f\":1 | no key \"format\"",
        "\"format\":1 | \"format\":-1 | format is -1",
        "\"format\":1 | \"format\":0 | format version 0, expected 1",
        "\"number\":1 | \"n\":1 | no key \"number\"",
        "\"number\":1 | \"number\":0 | number 0",
        "\"number\":1 | \"number\":\"1\" | number is \"1\", expected an integer",
        "\"number\":1 | \"number\":1.5 | number is 1.5",
        "\"number\":1 | \"number\":99999999999999999999 | expected an integer",
        "\"number\":1 | \"number\":1,\"number\":1 | Duplicate",
        "\"store\":\"0 | \"store\":\"8 | store: store id '8",
        "\"tags\":[ | \"tags\":7,\"x\":[ | tags is 7, expected an array",
        "\"tags\":[ | \"tags\":[7, | tags[0] is 7, expected an object",
        "\"id\":3 | \"id\":2 | branch id 2: twice",
        "\"id\":1 | \"id\":4 | not below the next",
        "\"id\":1 | \"id\":0 | branches[0]: branch id 0",
        "\"id\":1 | \"i\":1 | branches[0] has no key \"id\"",
        "\"name\":\"main\" | \"name\":\"ma in\" | branches[0]: branch name 'ma in'",
        "\"name\":\"main\" | \"name\":\"feature/ÜNICODE\" | twice",
        "\"origin\":1 | \"origin\":9 | origin 9: not below the next",
        "[1,12,0,4096] | [1,12,0] | 4 integers",
        "[1,12,0,4096] | [1,12,0,-1] | position[3] is -1",
        "[1,12,0,4096] | [1,12,13,4096] | segment 13",
        "[1,12,0,4096] | [7,12,0,4096] | parent is not among",
        "/3\" | /x\" | checkpoint.address: expected a pack id",
        "/3\" | /03\" | checkpoint.address: expected a pack id",
        "/3\" | \" | checkpoint.address: expected a pack id",
        "\"count\":900 | \"count\":0 | commitRuns[0]: commits in a run 0",
      },
      delimiter = '|')
  void whatIsMissingOrWrongIsNamedByItsPath(String from, String to, String fault)
      throws StoreException {
    byte[] bytes = edited(full(), from, to);
    assertFails(Code.CORRUPT, () -> decode(bytes), "root of test: ", fault);
  }

  @Test
  void rootLargerThanTheLimitIsRefusedWithAdvice() throws StoreException {
    int tagBytes = RootJson.encode(tagged(1_001)).length - RootJson.encode(tagged(1_000)).length;
    int fitting = RootJson.MAX_BYTES / tagBytes - 10;
    Root large = tagged(fitting);
    assertEquals(large, decode(RootJson.encode(large)));
    Root tooLarge = tagged(fitting + 20);
    assertFails(
        Code.LIMIT,
        () -> RootJson.encode(tooLarge),
        String.valueOf(RootJson.MAX_BYTES),
        "1 branches",
        fitting + 20 + " tags",
        "drop tags");
  }

  private static Root tagged(int count) throws StoreException {
    List<TagEntry> tags = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tags.add(tag(String.format("release-%06d", i)));
    }
    return with("main").withTags(tags);
  }

  @Test
  void deepNestingOfUnknownKeysIsRefused() throws StoreException {
    byte[] deep =
        edited(empty(), "\"tags\"", "\"x\":" + "[".repeat(100) + "]".repeat(100) + ",\"tags\"");
    assertFails(Code.CORRUPT, () -> decode(deep), "root of test: not JSON");
  }
}
