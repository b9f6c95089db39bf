/**
 * What names mean: a branch, commit or tag is a schema, a table of tensors a table. Start at {@link
 * io.versor.engine.catalog.Versions}, which pins each version once per statement, and {@link
 * io.versor.engine.catalog.RootSchema}, which shows them to the planner. Nothing here plans or
 * writes.
 */
@NullMarked
package io.versor.engine.catalog;

import org.jspecify.annotations.NullMarked;
