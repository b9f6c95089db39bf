/**
 * SQL functions of tensors, pictures and files: what they compute, and how the planner sees them.
 */
@NullMarked
package io.versor.engine.function;

import org.jspecify.annotations.NullMarked;
