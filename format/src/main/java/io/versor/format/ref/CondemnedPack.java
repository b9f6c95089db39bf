package io.versor.format.ref;

import io.versor.format.pack.PackId;
import java.util.Optional;

/**
 * A pack, or some of its objects, that nothing referred to when garbage was last looked for. No new
 * frame may name them, and they are deleted once the grace period is over and still nothing does.
 *
 * @param atMicros when they were condemned, in microseconds since 1970 UTC
 * @param objects which objects; without, it is the pack as a whole
 */
public record CondemnedPack(
    PackId pack, long atMicros, Optional<Ordinals> objects, UnknownKeys unknown) {
  /** A whole pack. */
  public CondemnedPack(PackId pack, long atMicros) {
    this(pack, atMicros, Optional.empty(), UnknownKeys.none());
  }

  /** Some objects of a pack. */
  public CondemnedPack(PackId pack, long atMicros, Ordinals objects) {
    this(pack, atMicros, Optional.of(objects), UnknownKeys.none());
  }

  public boolean isWhole() {
    return objects.isEmpty();
  }
}
