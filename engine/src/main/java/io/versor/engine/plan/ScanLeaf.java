package io.versor.engine.plan;

import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.TensorScan;
import io.versor.engine.catalog.TensorTable;
import io.versor.engine.exec.PlanLeaf;
import io.versor.engine.exec.RowSource;
import io.versor.format.chunk.ChunkStats;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** How the batch executor reads a table in one execution. */
record ScanLeaf(TensorScan node, Run run) implements PlanLeaf {
  /** Fewer are read sooner than other threads have woken up and shared them. */
  private static final long PARALLEL_ROWS = 1L << 18;

  @Override
  public List<TensorType> types() {
    return node.fields().stream().map(field -> node.source().fields().get(field).type()).toList();
  }

  @Override
  public double estimatedRows() {
    return node.key().isEmpty() ? node.source().estimatedRows() : 1;
  }

  @Override
  public RowSource open() throws StoreException {
    FieldScan scan =
        node.source()
            .openScan(
                ScanBounds.request(node.source(), node.fields(), node.conditions(), run),
                run.versions(),
                run.allocator());
    return new Source(scan);
  }

  @Override
  public List<PlanLeaf> parts(long slots, int most) throws StoreException {
    if (!(node.source() instanceof TensorTable table)) {
      return List.of();
    }
    FieldRequest request = ScanBounds.request(table, node.fields(), node.conditions(), run);
    List<TensorTable.Piece> pieces = table.pieces(request, run.versions(), slots, most);
    long rows = pieces.stream().mapToLong(TensorTable.Piece::slots).sum();
    return rows < PARALLEL_ROWS
        ? List.of()
        : pieces.stream()
            .<PlanLeaf>map(piece -> new Part(types(), piece, run.allocator()))
            .toList();
  }

  /** A piece of the table. */
  private record Part(List<TensorType> types, TensorTable.Piece piece, BufferAllocator allocator)
      implements PlanLeaf {
    @Override
    public double estimatedRows() {
      return piece.slots();
    }

    @Override
    public RowSource open() throws StoreException {
      return new Source(piece.openScan(allocator));
    }

    @Override
    public Optional<ChunkStats> stats(int column) throws StoreException {
      return piece.stats(column);
    }
  }

  private record Source(FieldScan scan) implements RowSource {
    @Override
    public boolean next() throws StoreException {
      return scan.next();
    }

    @Override
    public int length() {
      return scan.length();
    }

    @Override
    public int selected() {
      return scan.selected();
    }

    @Override
    public int @Nullable [] selection() {
      return scan.selection();
    }

    @Override
    public Vector column(int i) throws StoreException {
      return scan.field(i);
    }

    @Override
    public Vector column(int i, int[] rows, int count) throws StoreException {
      return scan.field(i, rows, count);
    }

    @Override
    public void close() {
      scan.close();
    }
  }
}
