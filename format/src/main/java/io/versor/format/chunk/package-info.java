/**
 * Chunks: immutable, encoded runs of samples of one tensor, and samples in memory.
 *
 * <p>In memory, samples lie as in Arrow, little-endian: an optional validity bitmap, fixed-width
 * data or offsets and data, and for ragged tensors and media the extents of each sample. {@link
 * io.versor.format.chunk.ColumnBuilder} grows such a column on the heap and hands out {@link
 * io.versor.format.chunk.HeapColumn}s; {@link io.versor.format.chunk.VectorBuffer} grows one
 * outside of it; a {@link io.versor.format.chunk.Vector} is what operators see.
 *
 * <p>On disk, start at {@link io.versor.format.chunk.ChunkWriter} and {@link
 * io.versor.format.chunk.ChunkReader}; the bytes are laid out as in FORMAT.md, "Chunk". {@link
 * io.versor.format.chunk.ChunkStats} lets readers skip chunks. Nothing here knows which table,
 * branch or commit a chunk belongs to; that is {@code tree}'s business.
 */
@NullMarked
package io.versor.format.chunk;

import org.jspecify.annotations.NullMarked;
