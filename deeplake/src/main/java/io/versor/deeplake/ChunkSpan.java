package io.versor.deeplake;

/**
 * Consecutive stored samples that lie in one chunk, or one sample in tiles. Two spans with the same
 * path and first row hold the same samples, whichever node they were found from.
 *
 * @param path of the chunk's file in the dataset; of the first tile's
 * @param firstRow where in the chunk the first of them is
 * @param firstSample its position in the tensor
 * @param count how many samples
 * @param tiled whether it is one sample in tiles
 */
public record ChunkSpan(String path, long firstRow, long firstSample, long count, boolean tiled) {}
