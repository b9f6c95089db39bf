/**
 * Persistent counted trees: the rows of a table, the chunks of a tensor, and row id to slot.
 *
 * <p>Start at {@link io.versor.format.tree.CountedTree}. A tree never changes; an edit copies the
 * path to the root and shares the rest, in memory and on disk, so versions cost what differs
 * between them. Bytes are laid out as in FORMAT.md, "Tree nodes". Nothing here knows branches,
 * commits or logs.
 */
@NullMarked
package io.versor.format.tree;

import org.jspecify.annotations.NullMarked;
