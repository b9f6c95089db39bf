package io.versor.format.check;

import io.versor.format.check.Damage.Severity;
import io.versor.format.io.ObjectStore;
import io.versor.format.log.FrameAddress;
import io.versor.format.pack.Address;
import io.versor.format.pack.PackId;
import io.versor.format.pack.PackObject;
import io.versor.format.pack.Packs;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** All that a check has found so far, each place once. Used by one thread. */
final class Findings {
  /** Places that are told one by one; of more it is told how many. */
  static final int MOST = 1_000;

  private static final String RESTORE =
      "restore the file from a copy; or CHECK STORE REPAIR, which keeps what is not hit";
  private static final String REBUILD =
      "CHECK STORE REPAIR makes it again; nothing is lost, for the logs have what it is made of";

  private record Place(String file, OptionalLong offset) {}

  private final ObjectStore objects;
  private final Packs packs;
  private final Map<Place, Finding> byPlace = new LinkedHashMap<>();

  /** Takes what is beyond {@link #MOST}, one for all. */
  private final Finding surplus =
      new Finding(Severity.LOST, "", OptionalLong.empty(), tooMany(), RESTORE, Optional.empty());

  private long more;

  Findings(ObjectStore objects, Packs packs) {
    this.objects = objects;
    this.packs = packs;
  }

  private static StoreException tooMany() {
    return new StoreException(
        StoreException.Code.CORRUPT, "more than " + MOST + " places are damaged");
  }

  /** An object of a pack. */
  Finding object(Severity severity, Address address, StoreException problem) {
    OptionalLong offset = OptionalLong.empty();
    try {
      PackObject object = packs.object(address);
      offset = OptionalLong.of(object.offset());
    } catch (StoreException unreadable) {
      offset = OptionalLong.empty(); // of the file as a whole
    }
    return place(severity, file(address), offset, problem, Optional.of(address.pack()));
  }

  private String file(Address address) {
    try {
      return packs.display(packs.file(address.pack()));
    } catch (StoreException unreadable) {
      return packs.display(address.pack());
    }
  }

  /** A frame that another place refers to. */
  Finding frame(FrameAddress address, StoreException problem) {
    return place(
        Severity.LOST,
        objects.display() + "/" + address.file(),
        OptionalLong.of(address.offset()),
        problem);
  }

  /** The root, or what it says. */
  Finding root(Severity severity, StoreException problem) {
    return place(severity, objects.display() + "/root", OptionalLong.empty(), problem);
  }

  Finding place(Severity severity, String file, OptionalLong offset, StoreException problem) {
    return place(severity, file, offset, problem, Optional.empty());
  }

  private Finding place(
      Severity severity,
      String file,
      OptionalLong offset,
      StoreException problem,
      Optional<PackId> pack) {
    Place place = new Place(file, offset);
    Finding known = byPlace.get(place);
    if (known != null) {
      known.atLeast(severity);
      return known;
    }
    if (byPlace.size() == MOST) {
      more++;
      return surplus;
    }
    String action = severity == Severity.LOST ? RESTORE : REBUILD;
    Finding finding = new Finding(severity, file, offset, problem, action, pack);
    byPlace.put(place, finding);
    return finding;
  }

  /** Whether something was found in a range of a file. */
  boolean has(String file, long from, long to) {
    return byPlace.keySet().stream()
        .anyMatch(
            place ->
                place.file().equals(file)
                    && (place.offset().isEmpty()
                        || (place.offset().getAsLong() >= from
                            && place.offset().getAsLong() < to)));
  }

  List<Damage> damages() {
    List<Damage> all = new ArrayList<>();
    byPlace.values().forEach(finding -> all.add(finding.damage()));
    if (more > 0) {
      all.add(surplus.damage());
    }
    return all;
  }
}
