/**
 * Tensors as types of the planner. Start at {@link io.versor.engine.type.SqlTypes}: what a tensor
 * is in SQL, and what a SQL type is as a tensor. {@link io.versor.engine.type.VersorTypeSystem}
 * holds the rules of arithmetic. Nothing here reads data.
 */
@NullMarked
package io.versor.engine.type;

import org.jspecify.annotations.NullMarked;
