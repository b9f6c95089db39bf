package io.versor.format;

import io.versor.format.type.Shape;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a tensor is stored in one version.
 *
 * @param bytes stored bytes of its chunks
 * @param minShape extents that no sample falls below, where statistics know them: deleted ones and
 *     those of a chunk that is used in part are among theirs
 * @param maxShape likewise, extents that none exceeds
 * @param nulls rows without a value, where statistics tell exactly
 */
public record TensorInfo(
    long chunks,
    long bytes,
    Optional<Shape> minShape,
    Optional<Shape> maxShape,
    OptionalLong nulls) {}
