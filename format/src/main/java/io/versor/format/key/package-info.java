/**
 * Where rows are by their keys: sorted runs of hashes, in memory and in packs.
 *
 * <p>Start at {@link io.versor.format.key.KeyIndexes}. What is found is a hint that has to be
 * compared with the row; what is not found is not there. Bytes are laid out as in FORMAT.md, "Key
 * runs". Nothing here knows branches, commits or what a key is for.
 */
@NullMarked
package io.versor.format.key;

import org.jspecify.annotations.NullMarked;
