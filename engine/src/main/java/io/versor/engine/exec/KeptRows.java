package io.versor.engine.exec;

/**
 * Where rows of a batch come from in what a join keeps: what depends on a column of it alone is
 * found out once for each kept row, not once for each row of the batch.
 *
 * @param rows of the table, for each row of the batch that counts; negative for NULLs
 */
record KeptRows(JoinTable table, int[] rows) {}
