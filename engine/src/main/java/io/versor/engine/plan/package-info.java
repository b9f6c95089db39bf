/**
 * From a parsed query to something that runs. Start at {@link io.versor.engine.plan.QueryPlanner}:
 * versions are resolved to paths ({@link io.versor.engine.plan.VersionPaths}), the tree is
 * validated, converted, rewritten by a few rules, and given to an executor. Nothing here writes.
 */
@NullMarked
package io.versor.engine.plan;

import org.jspecify.annotations.NullMarked;
