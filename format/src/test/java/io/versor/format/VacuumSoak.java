package io.versor.format;

import io.versor.format.io.ObjectStore;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.Packs;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.Root;
import io.versor.format.tree.ObjectVisitor;
import io.versor.format.type.StoreException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Small commits on branches that come, are merged or thrown away, and go, with VACUUM now and then.
 * After each, what is on the disk is compared with what the versions hold that are kept.
 */
final class VacuumSoak {
  private static final double MOST = 1.5;

  /** Room that a log takes before it is needed, for each of two branches. */
  private static final long SLACK = 2 << 16;

  /**
   * Whatever the number of commits and branches: root, lock, segments of main's log, small logs and
   * packs that are not worth merging yet, and packs that are large.
   */
  private static final int FILES = 32;

  private final TestStore opened;
  private final int commits;
  private final int every;
  private final Random random = new Random(11);
  private final ObjectStore objects;
  private long nextKey;
  private int merged;

  VacuumSoak(TestStore opened, int commits, int every) {
    this.opened = opened;
    this.commits = commits;
    this.every = every;
    this.objects = opened.store().core().objects;
  }

  void run(Consumer<String> figures) throws StoreException {
    opened.createTable();
    StoreScript.insert(opened, "main", nextKey++, 1, "first");
    StoreScript.commit(opened, "main", "first");
    String side = "main";
    for (int i = 1; i <= commits; i++) {
      int step = i % 100;
      if (step == 50) {
        side = "side" + i;
        Store store = opened.store();
        store.createBranch(side, BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
      }
      commit(step >= 50 && step % 2 == 0 ? side : "main");
      if (step == 99) {
        leave(side, i / 100);
      }
      if (i % every == 0) {
        opened.store().vacuum(Duration.ZERO, false);
        measure(i, figures);
      }
    }
  }

  private void commit(String branch) throws StoreException {
    if (random.nextInt(3) > 0) {
      StoreScript.insert(opened, branch, nextKey++, 1, "text " + random.nextInt());
    } else {
      TableSnapshot table = TestStore.table(opened.store().head(branch));
      long row = table.rowIdAt(random.nextLong(table.rowCount())).orElseThrow();
      opened.update(branch, 1, new long[] {row}, List.of("updated " + random.nextInt()));
    }
    StoreScript.commit(opened, branch, "commit on " + branch);
  }

  /** Every other branch is thrown away; of the rest some are squashed. */
  private void leave(String side, int number) throws StoreException {
    if (number % 2 == 0) {
      boolean squash = number % 8 != 0;
      merged += squash ? 0 : 1;
      opened
          .store()
          .merge(
              new MergeRequest(
                  side, "main", MergeRequest.Strategy.THEIRS, Optional.empty(), "ann", squash));
    }
    opened.store().dropBranch(side, DropMode.FORCE);
  }

  private void measure(int done, Consumer<String> figures) throws StoreException {
    long disk = 0;
    int files = 0;
    for (String name : objects.list("")) {
      disk += objects.findLength(name).orElse(0);
      files++;
    }
    long kept = kept();
    String line =
        String.format(
            "%,d commits: %,d bytes of %,d that versions hold, %.2f times; %d files, %d merged logs",
            done, disk, kept, disk / (double) kept, files, merged);
    figures.accept(line);
    if (disk > MOST * kept + SLACK) {
      throw new AssertionError(line);
    }
    if (files > FILES) {
      throw new AssertionError(line);
    }
  }

  /** Objects in packs that something refers to, and logs up to their last frames. */
  private long kept() throws StoreException {
    Core core = opened.store().core();
    Root root = core.roots.current();
    Held held = new Held(core.packs);
    References references = new References(core, root);
    for (BranchEntry branch : root.branches()) {
      references.visit(branch, held);
    }
    references.visitIndex(root, held);
    long bytes = held.bytes + objects.findLength("root").orElseThrow();
    for (String name : objects.list("log/")) {
      bytes += used(name);
    }
    return bytes;
  }

  /** Without the zeros at the end. */
  private long used(String name) throws StoreException {
    try (var segment = objects.openSegment(name, io.versor.format.io.OpenMode.READ)) {
      byte[] all = new byte[(int) segment.length()];
      segment.read(0, all, 0, all.length);
      int end = all.length;
      while (end > 0 && all[end - 1] == 0) {
        end--;
      }
      return end;
    }
  }

  private static final class Held implements ObjectVisitor {
    private final Packs packs;
    private final Set<Address> seen = new HashSet<>();
    private long bytes;

    Held(Packs packs) {
      this.packs = packs;
    }

    @Override
    public boolean visit(Address address, ObjectKind kind) throws StoreException {
      if (!seen.add(address)) {
        return false;
      }
      bytes += packs.object(address).length();
      return true;
    }

    @Override
    public void named(PackId pack) throws StoreException {
      int count = packs.count(pack);
      for (int i = 0; i < count; i++) {
        visit(new Address(pack, i), ObjectKind.CHUNK);
      }
    }
  }
}
