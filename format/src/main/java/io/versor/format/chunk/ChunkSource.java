package io.versor.format.chunk;

/**
 * A stored chunk in memory that stays as it is.
 *
 * @param address of its first byte
 * @param length in bytes
 * @param display names it in errors: {@code pack 01J… object 7}
 * @param keepAlive whatever must stay reachable for the address to stay valid
 * @param check called before bytes are touched
 */
public record ChunkSource(
    long address, int length, String display, Object keepAlive, RangeCheck check) {}
