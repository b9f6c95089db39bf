package io.versor.format.ref;

import io.versor.format.pack.PackId;

/**
 * A pack that nothing referred to when garbage was last looked for. No new frame may name it, and
 * it is deleted once the grace period is over and still nothing does.
 *
 * @param atMicros when it was condemned, in microseconds since 1970 UTC
 */
public record CondemnedPack(PackId pack, long atMicros, UnknownKeys unknown) {
  public CondemnedPack(PackId pack, long atMicros) {
    this(pack, atMicros, UnknownKeys.none());
  }
}
