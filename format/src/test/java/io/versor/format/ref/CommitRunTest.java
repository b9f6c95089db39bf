package io.versor.format.ref;

import static io.versor.format.ref.RefTestData.assertFails;
import static io.versor.format.ref.RefTestData.location;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.versor.format.log.FrameAddress;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CommitRunTest {
  private static CommitRun run(List<CommitLocation> commits) throws StoreException {
    return CommitRun.open(CommitRun.encode(commits), "run of test");
  }

  @Test
  void bytesAreAsFormatSays() throws StoreException {
    CommitLocation commit =
        new CommitLocation(
            CommitId.parse("000102030405060708090a0b0c0d0e0f10111213"),
            new FrameAddress(2, 0x0304, 0x0201, 0xFFEE_DDCCL));
    assertEquals(
        "56534352" // VSCR
            + "0100" // version
            + "3000" // bytes of an entry
            + "01000000" // entries
            + "00000000"
            + "000102030405060708090a0b0c0d0e0f10111213"
            + "0200000000000000" // branch
            + "0403000000000000" // frame
            + "0102000000000000" // first frame of the segment
            + "ccddeeff", // offset
        HexFormat.of().formatHex(CommitRun.encode(List.of(commit))));
    assertEquals(Optional.of(commit), run(List.of(commit)).find(commit.id()));
  }

  @Property
  void findsWhatAMapFinds(
      @ForAll("commits") List<CommitLocation> commits, @ForAll("ids") CommitId other)
      throws StoreException {
    TreeMap<CommitId, CommitLocation> map = new TreeMap<>();
    commits.forEach(c -> map.merge(c.id(), c, (a, b) -> a.compareTo(b) < 0 ? a : b));
    CommitRun run = run(commits);
    assertEquals(map.size(), run.count());
    for (CommitId id : map.keySet()) {
      assertEquals(Optional.of(map.get(id)), run.find(id));
    }
    assertEquals(Optional.ofNullable(map.get(other)), run.find(other));
  }

  @Property
  void findsThePrefixesThatAMapFinds(
      @ForAll("commits") List<CommitLocation> commits, @ForAll("ids") CommitId other)
      throws StoreException {
    TreeMap<CommitId, CommitLocation> map = new TreeMap<>();
    commits.forEach(c -> map.merge(c.id(), c, (a, b) -> a.compareTo(b) < 0 ? a : b));
    CommitRun run = run(commits);
    List<CommitId> asked = new ArrayList<>(map.keySet());
    asked.add(other);
    for (CommitId id : asked) {
      for (int digits : new int[] {6, 7, 39, 40}) {
        CommitPrefix prefix = new CommitPrefix(id.hex().substring(0, digits));
        List<CommitLocation> all =
            map.values().stream().filter(c -> c.id().hex().startsWith(prefix.hex())).toList();
        assertEquals(all, run.findPrefix(prefix, 1_000));
        assertEquals(all.stream().limit(2).toList(), run.findPrefix(prefix, 2));
      }
    }
  }

  @Property
  void mergedRunIsTheRunOfAllCommits(
      @ForAll("commits") List<CommitLocation> a,
      @ForAll("commits") List<CommitLocation> b,
      @ForAll("commits") List<CommitLocation> c)
      throws StoreException {
    List<CommitLocation> all = new ArrayList<>(a);
    all.addAll(b);
    all.addAll(c);
    byte[] merged = CommitRun.merge(List.of(run(a), run(b), run(c)));
    CommitRun expected = run(all);
    CommitRun found = CommitRun.open(merged, "merged");
    assertEquals(expected.count(), found.count());
    for (CommitLocation commit : all) {
      assertEquals(commit.id(), found.find(commit.id()).orElseThrow().id());
    }
  }

  @Test
  void mergeReadsManyBlocksOfEachRun() throws StoreException {
    List<CommitLocation> all = new ArrayList<>();
    for (long seed = 0; seed < 5_000; seed++) {
      all.add(location(seed));
    }
    byte[] merged =
        CommitRun.merge(List.of(run(all.subList(0, 3_500)), run(all.subList(2_400, 5_000))));
    assertArrayEquals(CommitRun.encode(all), merged);
  }

  @Test
  void ordersAndDuplicatesMakeNoDifference() {
    List<CommitLocation> commits = new ArrayList<>();
    for (long seed = 0; seed < 100; seed++) {
      commits.add(location(seed));
    }
    byte[] bytes = CommitRun.encode(commits);
    commits.addAll(commits.subList(0, 50));
    Collections.reverse(commits);
    assertArrayEquals(bytes, CommitRun.encode(commits));
  }

  @Test
  void everyFlippedBitOfTheHeaderButTheReservedOnesIsAnError() {
    byte[] bytes = CommitRun.encode(List.of(location(1), location(2)));
    for (int bit = 0; bit < 12 * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(StoreException.class, () -> CommitRun.open(flipped, "run of test"));
    }
  }

  @Test
  void bytesOfAnotherLengthAreAnError() {
    byte[] bytes = CommitRun.encode(List.of(location(1), location(2)));
    for (int length = 0; length < bytes.length + 50; length++) {
      byte[] other = Arrays.copyOf(bytes, length);
      if (length != bytes.length) {
        assertFails(Code.CORRUPT, () -> CommitRun.open(other, "run of test"), "run of test");
      }
    }
  }

  @Test
  void newerLayoutIsRefused() {
    byte[] bytes = CommitRun.encode(List.of(location(1)));
    bytes[4] = 3;
    assertFails(
        Code.VERSION_TOO_NEW, () -> CommitRun.open(bytes, "run of test"), "version 3", "up to 1");
  }

  @Test
  void entriesThatCannotBeAreAnErrorWhenTheyAreRead() throws StoreException {
    CommitLocation commit = location(1);
    byte[] negative = CommitRun.encode(List.of(commit));
    negative[CommitRun.HEADER_BYTES + CommitId.BYTES + 7] = (byte) 0x80; // branch id below 0
    CommitRun run = CommitRun.open(negative, "run of test");
    assertFails(Code.CORRUPT, () -> run.find(commit.id()), "run of test", "entry 0");

    byte[] unsorted = CommitRun.encode(List.of(location(1), location(2)));
    byte[] first = Arrays.copyOfRange(unsorted, 16, 64);
    System.arraycopy(unsorted, 64, unsorted, 16, 48);
    System.arraycopy(first, 0, unsorted, 64, 48);
    CommitRun wrong = CommitRun.open(unsorted, "run of test");
    assertFails(Code.CORRUPT, () -> CommitRun.merge(List.of(wrong)), "entry 1 is not above");
  }

  @Test
  void emptyRunIsAWrongCall() {
    assertThrows(IllegalArgumentException.class, () -> CommitRun.encode(List.of()));
  }

  /** Few different first bytes, so that prefixes meet; some ids twice. */
  @Provide
  Arbitrary<CommitId> ids() {
    return Arbitraries.integers()
        .between(0, 3)
        .array(int[].class)
        .ofSize(4)
        .map(
            parts -> {
              byte[] bytes = new byte[CommitId.BYTES];
              bytes[0] = (byte) (parts[0] * 85); // signs included
              bytes[2] = (byte) parts[1];
              bytes[3] = (byte) (parts[2] << 4);
              bytes[19] = (byte) (parts[3] * 64);
              return CommitId.of(bytes);
            });
  }

  @Provide
  Arbitrary<List<CommitLocation>> commits() {
    Arbitrary<Long> offsets = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
    Arbitrary<Long> frames = Arbitraries.longs().greaterOrEqual(5);
    return ids()
        .flatMap(
            id ->
                frames.flatMap(
                    frame ->
                        offsets.map(
                            at -> new CommitLocation(id, new FrameAddress(at, frame, 5, at)))))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }
}
