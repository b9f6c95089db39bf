/**
 * Functions over windows: rows are parted and put in order, each has a frame, and a function gives
 * a value for it. Start at {@link io.versor.engine.window.WindowOperator}. Knows rows of the row
 * executor, in its own representation of values, and nothing of plans.
 */
@NullMarked
package io.versor.engine.window;

import org.jspecify.annotations.NullMarked;
