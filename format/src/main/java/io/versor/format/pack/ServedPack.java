package io.versor.format.pack;

/**
 * Where the objects of a pack are since they were moved.
 *
 * @param by the pack that has them now
 * @param first ordinal there of the object that was the first one
 * @param count number of objects, at most
 */
public record ServedPack(PackId by, int first, int count) {}
