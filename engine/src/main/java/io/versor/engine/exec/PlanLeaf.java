package io.versor.engine.exec;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;
import java.util.Optional;

/** A node of a plan that reads a table. */
public interface PlanLeaf {
  /** Types of its columns. */
  List<TensorType> types();

  /** About how many rows it gives. */
  double estimatedRows();

  /** Starts to read; called once at most. Caller closes. */
  RowSource open() throws StoreException;

  /**
   * The same rows as leaves that follow each other, which are read on threads of their own; empty
   * if that is not worth it, or cannot be. Reads no rows, and leaves this one as it is.
   *
   * @param rows of a part, at most; more where there would be too many parts
   * @param most parts, about
   */
  default List<PlanLeaf> parts(long rows, int most) throws StoreException {
    return List.of();
  }

  /** Statistics that hold for a column, and maybe for other rows too; empty if nothing is known. */
  default Optional<ChunkStats> stats(int column) throws StoreException {
    return Optional.empty();
  }
}
