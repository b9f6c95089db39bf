/**
 * Rows that operators of the row executor keep, counted. Calcite's own sorts, joins, sets and
 * aggregates collect rows without asking anybody: generated code calls those of {@link
 * io.versor.engine.keep.CountedOperators} instead, which take what they keep from the memory limit
 * and end the statement with an error that has a name when there is no more.
 */
@NullMarked
package io.versor.engine.keep;

import org.jspecify.annotations.NullMarked;
