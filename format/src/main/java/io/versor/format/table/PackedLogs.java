package io.versor.format.table;

import io.versor.format.io.Segment;
import io.versor.format.log.LogArchive;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackedSegment;
import io.versor.format.pack.Packs;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.RootSource;
import io.versor.format.type.StoreException;
import java.util.Optional;

/** Logs that lie in packs. Thread-safe if its places are. */
public final class PackedLogs implements LogArchive {
  private final Packs packs;
  private final Places places;

  /** Where logs lie. */
  @FunctionalInterface
  public interface Places {
    /** The object that is the log of a branch; empty if it has files. */
    Optional<Address> find(long branchId) throws StoreException;
  }

  public PackedLogs(Packs packs, Places places) {
    this.packs = packs;
    this.places = places;
  }

  /** Those that the root of the moment names. */
  public static PackedLogs of(RootSource roots, Packs packs) {
    return new PackedLogs(
        packs, branch -> roots.current().findBranch(branch).flatMap(BranchEntry::packed));
  }

  @Override
  public boolean has(long branchId) throws StoreException {
    return places.find(branchId).isPresent();
  }

  @Override
  public Optional<Segment> open(long branchId) throws StoreException {
    Optional<Address> place = places.find(branchId);
    return place.isEmpty()
        ? Optional.empty()
        : Optional.of(new PackedSegment(packs.object(place.get(), ObjectKind.LOG)));
  }
}
