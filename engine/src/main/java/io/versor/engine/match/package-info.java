/**
 * Row pattern recognition, MATCH_RECOGNIZE: rows are parted and put in order, and runs of them that
 * a pattern of variables describes are found. Start at {@link
 * io.versor.engine.match.MatchOperator}. Knows rows of the row executor, in its own representation
 * of values, and nothing of plans: expressions are plans of their own, and are given one row after
 * the other ({@link io.versor.engine.match.GivenRow}).
 */
@NullMarked
package io.versor.engine.match;

import org.jspecify.annotations.NullMarked;
