package io.versor.deeplake;

/**
 * Samples behind one another that have the same shape and the same number of bytes.
 *
 * @param content what the bytes are
 * @param bytes hold the samples, and more around them; not to be changed
 * @param offset of the first sample
 * @param sampleBytes bytes of each
 * @param count how many samples
 * @param shape of each
 * @param tiled whether it is one sample that was put together from tiles
 */
public record SampleRun(
    Content content,
    byte[] bytes,
    int offset,
    int sampleBytes,
    int count,
    int[] shape,
    boolean tiled) {}
