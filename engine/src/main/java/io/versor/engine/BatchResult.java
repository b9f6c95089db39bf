package io.versor.engine;

/**
 * What a batch did.
 *
 * @param counts rows changed by each execution
 * @param returned of all executions, as far as it was asked for
 */
public record BatchResult(long[] counts, ReturnedRows returned) {}
