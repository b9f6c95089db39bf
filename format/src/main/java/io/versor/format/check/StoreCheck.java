package io.versor.format.check;

import io.versor.format.check.Damage.Severity;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.StopSignal;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.PackReader;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.RootJson;
import io.versor.format.ref.RootStore;
import io.versor.format.ref.TagEntry;
import io.versor.format.tree.ForeignChunks;
import io.versor.format.tree.TreeCheck;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Reads everything there is in a store, without anything that was read before, and tells what is
 * damaged and which versions and rows that hits. Takes no lock, and a bounded amount of memory but
 * for a bit for each object. What others write meanwhile is not looked at, or is right.
 */
public final class StoreCheck {
  /** So often a damage is looked at while the root changes, before it is believed. */
  private static final int LOOKS = 4;

  private StoreCheck() {}

  /** All damage there is; none for a store that is whole. */
  public static List<Damage> run(
      ObjectStore objects, ForeignChunks foreign, BufferAllocator allocator) throws StoreException {
    try (Reading reading = new Reading(objects, new RootStore(objects), foreign, allocator)) {
      check(reading);
      return reading.findings().damages();
    } catch (StoreException e) {
      if (e.code() != StoreException.Code.CORRUPT || !e.getMessage().startsWith("root of ")) {
        throw e;
      }
      return List.of(rootDamage(objects, e));
    }
  }

  /**
   * The same for who cannot lock: what seems to be damaged is looked at again while others change
   * the root, for they may have collected as garbage what it has named.
   */
  public static List<Damage> runBeside(
      ObjectStore objects, ForeignChunks foreign, BufferAllocator allocator) throws StoreException {
    List<Damage> found = List.of();
    for (int look = 0; look < LOOKS; look++) {
      byte[] before = content(objects);
      found = run(objects, foreign, allocator);
      if (found.isEmpty() || Arrays.equals(before, content(objects))) {
        return found;
      }
    }
    return found;
  }

  private static byte[] content(ObjectStore objects) throws StoreException {
    try {
      return objects.load(RootStore.NAME, RootJson.MAX_BYTES).orElse(new byte[0]);
    } catch (StoreException e) {
      TreeCheck.damage(e); // the check itself will say so
      return new byte[0];
    }
  }

  private static Damage rootDamage(ObjectStore objects, StoreException e) {
    return new Damage(
        Severity.LOST,
        objects.display() + "/root",
        OptionalLong.empty(),
        e.getMessage(),
        List.of("all"),
        List.of(),
        "restore the file from a copy");
  }

  private static void check(Reading reading) throws StoreException {
    reading.openIndex();
    List<BranchEntry> branches = new ArrayList<>(reading.root().branches());
    branches.sort(Comparator.comparingLong(BranchEntry::id)); // a parent is older
    for (BranchEntry branch : branches) {
      new BranchCheck(reading, branch).run();
    }
    for (TagEntry tag : reading.root().tags()) {
      reading.checkSeal(tag.seal(), tag.commit());
    }
    checkPages(reading);
  }

  /** What no version refers to is looked at, too: it says something of the disk. */
  private static void checkPages(Reading reading) throws StoreException {
    for (PackId id : reading.packs().list()) {
      StopSignal.check();
      String file = reading.packs().display(id);
      try {
        PackReader pack = reading.packs().borrow(id);
        pack.checkAll((from, to, problem) -> tellPage(reading, pack, from, to, problem));
      } catch (StoreException e) {
        StoreException damage = TreeCheck.damage(e);
        if (reading.packs().exists(id)) { // else somebody collected garbage
          reading.findings().place(Severity.UNUSED, file, OptionalLong.empty(), damage);
        }
      }
    }
  }

  private static void tellPage(
      Reading reading, PackReader pack, long from, long to, StoreException problem)
      throws StoreException {
    for (int i = 0; i < pack.objects(); i++) {
      var object = pack.object(i);
      boolean inPage = object.offset() < to && object.offset() + object.length() > from;
      boolean told =
          object.kind() == ObjectKind.LOG // its frames are told of by their places in it
              ? reading.findings().has(object.display(), 0, object.length())
              : reading.findings().has(pack.display(), object.offset(), object.offset() + 1);
      if (inPage && told) {
        return;
      }
    }
    reading.findings().place(Severity.UNUSED, pack.display(), OptionalLong.of(from), problem);
  }
}
