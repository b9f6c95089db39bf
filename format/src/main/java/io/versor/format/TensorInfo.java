package io.versor.format;

import io.versor.format.type.Shape;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a tensor is stored in one version.
 *
 * @param bytes stored bytes of its chunks
 * @param minShape smallest extents, where statistics know them; likewise the others
 */
public record TensorInfo(
    long chunks,
    long bytes,
    Optional<Shape> minShape,
    Optional<Shape> maxShape,
    OptionalLong nulls) {}
