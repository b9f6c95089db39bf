package io.versor.format;

import io.versor.format.check.Damage;
import java.util.List;

/**
 * What a backup or clone has made.
 *
 * @param place where it is
 * @param objects files it has
 * @param copiedObjects those that were copied; the others are an earlier backup's, too
 * @param copiedBytes what was written
 * @param damages what a check of it has found: what the store has itself
 */
public record CopyResult(
    String place, long objects, long copiedObjects, long copiedBytes, List<Damage> damages) {}
