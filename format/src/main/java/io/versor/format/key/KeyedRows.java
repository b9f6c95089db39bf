package io.versor.format.key;

import io.versor.format.tree.ChunkCache;
import io.versor.format.tree.ChunkTree;
import io.versor.format.tree.RowTree;
import io.versor.format.type.TableSchema;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The table in one version that keys are read from.
 *
 * @param columns samples by column id
 * @param allocator for buffers that samples are put together in
 */
public record KeyedRows(
    TableSchema schema,
    RowTree rows,
    Map<Long, ChunkTree> columns,
    ChunkCache chunks,
    BufferAllocator allocator) {}
