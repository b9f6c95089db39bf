/**
 * How a statement can be left at any moment: {@link io.versor.engine.work.Work} is what one
 * statement does, {@link io.versor.engine.work.Workers} the threads for what cannot be asked to
 * stop, {@link io.versor.engine.work.Helpers} those that share work that is cut into parts. Knows
 * nothing of SQL.
 */
@NullMarked
package io.versor.engine.work;

import org.jspecify.annotations.NullMarked;
