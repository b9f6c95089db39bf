package io.versor.format;

/**
 * A file that no version needs.
 *
 * @param name its path in the store
 * @param bytes its length
 * @param why why it is not needed
 * @param deleted whether it is gone, or would be if this were not a dry run; else it is condemned
 *     and goes later
 */
public record VacuumedObject(String name, long bytes, String why, boolean deleted) {}
