/**
 * Refs: the root of a store, its branches and tags, commit ids, and what a user may write to name a
 * version.
 *
 * <p>Start at {@link io.versor.format.ref.RootStore}, which reads {@link io.versor.format.ref.Root}
 * and moves it by compare-and-swap; {@link io.versor.format.ref.Refs} holds the changes of names,
 * {@link io.versor.format.ref.RevisionExpression} what {@code main~2} means, {@link
 * io.versor.format.ref.CommitIndex} where a commit lies. Bytes are laid out as in FORMAT.md, "Root"
 * and "Commit runs".
 *
 * <p>Nothing here reads a log or a tree: walking from a commit to its parents is the business of
 * the packages above.
 */
@NullMarked
package io.versor.format.ref;

import org.jspecify.annotations.NullMarked;
