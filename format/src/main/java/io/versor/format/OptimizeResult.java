package io.versor.format;

/**
 * What laying a table out anew came to.
 *
 * @param chunksBefore runs of samples of all tensors, each read on its own
 */
public record OptimizeResult(long chunksBefore, long chunksAfter) {}
