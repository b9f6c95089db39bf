/**
 * Packs: immutable files of chunks, tree nodes and checkpoints behind one footer.
 *
 * <p>Start at {@link io.versor.format.pack.Packs}, which opens them, and {@link
 * io.versor.format.pack.PackWriter}. Bytes are laid out as in FORMAT.md, "Pack". An object is found
 * by its {@link io.versor.format.pack.Address}; what is in it is not known here.
 */
@NullMarked
package io.versor.format.pack;

import org.jspecify.annotations.NullMarked;
