package io.versor.format.ref;

import io.versor.format.pack.PackId;
import io.versor.format.pack.PackWriter;

/**
 * An entry of the pack map: what was addressed in one pack is served by another since repacking,
 * which may serve several.
 *
 * @param first ordinal of the object that was the first one
 * @param count number of objects; {@link PackWriter#MAX_OBJECTS} less {@code first} for all behind
 *     that one
 */
public record PackRedirect(PackId from, PackId to, int first, int count, UnknownKeys unknown) {
  public PackRedirect {
    Checks.within("first ordinal", first, 0, PackWriter.MAX_OBJECTS);
    Checks.within("count", count, 0, PackWriter.MAX_OBJECTS - first);
    Checks.that(!from.equals(to), "pack " + from + ": is to be served by itself");
  }

  /** A pack that serves one other. */
  public PackRedirect(PackId from, PackId to) {
    this(from, to, 0, PackWriter.MAX_OBJECTS, UnknownKeys.none());
  }

  public PackRedirect(PackId from, PackId to, int first, int count) {
    this(from, to, first, count, UnknownKeys.none());
  }
}
