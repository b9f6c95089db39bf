/**
 * Batch operators and their kernels: scan, filter, project, aggregate, sort, limit, values.
 *
 * <p>Start at {@link io.versor.engine.exec.BatchOperator} for how batches are pulled, at {@link
 * io.versor.engine.exec.OperatorTree} for how a plan becomes operators, and at {@link
 * io.versor.engine.exec.RexCompiler} for how an expression becomes kernels.
 *
 * <p>A batch is columns in Arrow layout and the rows of it that count. Expressions work on lanes:
 * values of just those rows, side by side in Java arrays, loaded from the columns by one loop.
 * Three kinds of lanes (whole numbers, floats, bytes) keep the kernels few and their loops simple
 * enough for the JIT to vectorise. Whole numbers are exact: a result that its type cannot hold is
 * an error (22003), never another number.
 *
 * <p>Nothing here parses, validates or chooses between plans. What cannot be compiled is said to be
 * so ({@code Optional.empty()}), and runs elsewhere.
 */
@NullMarked
package io.versor.engine.exec;

import org.jspecify.annotations.NullMarked;
