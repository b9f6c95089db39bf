/**
 * Storage: named bytes that are put once, swapped, appended to, listed and deleted, and the locks
 * around them.
 *
 * <p>Start at {@link io.versor.format.io.ObjectStore}. {@link io.versor.format.io.DirectoryStore}
 * keeps a store in a directory, {@link io.versor.format.io.MemoryStore} in the heap, and {@link
 * io.versor.format.io.FaultStore} loses power on demand. What is required of any storage is written
 * in FORMAT.md, "What storage must promise". Nothing here knows what the bytes mean.
 */
@NullMarked
package io.versor.format.io;

import org.jspecify.annotations.NullMarked;
