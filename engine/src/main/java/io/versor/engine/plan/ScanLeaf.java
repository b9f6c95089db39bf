package io.versor.engine.plan;

import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.TensorScan;
import io.versor.engine.exec.PlanLeaf;
import io.versor.engine.exec.RowSource;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the batch executor reads a table in one execution. */
record ScanLeaf(TensorScan node, Run run) implements PlanLeaf {
  @Override
  public List<TensorType> types() {
    return node.fields().stream().map(field -> node.source().fields().get(field).type()).toList();
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
