package io.versor.deeplake;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;

/**
 * What a chunk says of its samples before their bytes: shapes, and where each one lies. Immutable.
 *
 * @param shapes columns are extents; no rows in chunks of nothing
 * @param places columns are bytes of a sample, and where the first of the row's samples begins; no
 *     rows where an encoded picture holds all samples, the chunk is a tile, or samples are nothing
 * @param rank extents of a sample
 * @param dataStart where in the file the bytes of samples begin
 */
record ChunkTable(RunIndex shapes, RunIndex places, int rank, int dataStart) {
  /** Read at first: more than the tables of most chunks take. */
  private static final int USUAL_BYTES = 1 << 14;

  static ChunkTable read(DatasetFiles files, String path, long fileBytes) throws StoreException {
    long take = Math.min(USUAL_BYTES, fileBytes);
    while (true) {
      byte[] head = files.read(path, 0, (int) take);
      FileBytes in = new FileBytes(head, files.display(path));
      long needed = neededBytes(in, fileBytes);
      if (needed <= take) {
        return parse(new FileBytes(head, files.display(path)));
      }
      take = needed;
    }
  }

  /** How many bytes must be read for both tables, as far as that can be told from these. */
  private static long neededBytes(FileBytes in, long fileBytes) throws StoreException {
    in.skipVersion();
    long rows = in.u32("the rows of the shape table");
    long columns = in.u32("the columns of the shape table");
    if (rows > 0 && (columns < 1 || columns > TensorMeta.MAX_RANK + 1)) {
      throw in.corrupt(in.position() - 4, "a table of shapes with " + columns + " columns");
    }
    long shapes = in.position() + rows * columns * 4;
    if (shapes + 4 > fileBytes) {
      throw in.corrupt(
          in.position() - 8, "a table of " + rows + " shapes in a file of " + fileBytes + " bytes");
    }
    if (shapes + 4 > in.array().length) {
      return shapes + 4;
    }
    long places = new FileBytesAt(in, (int) shapes).u32();
    long end = shapes + 4 + places * 12;
    if (end > fileBytes || end > DatasetFiles.MAX_INDEX_BYTES) {
      throw in.corrupt(shapes, "a table of " + places + " places in a file of " + fileBytes);
    }
    return end;
  }

  /** A look at one number further on. */
  private record FileBytesAt(FileBytes in, int position) {
    long u32() {
      byte[] bytes = in.array();
      return bytes[position] & 0xFFL
          | (bytes[position + 1] & 0xFFL) << 8
          | (bytes[position + 2] & 0xFFL) << 16
          | (bytes[position + 3] & 0xFFL) << 24;
    }
  }

  private static ChunkTable parse(FileBytes in) throws StoreException {
    in.skipVersion();
    long rows = in.u32("rows");
    int columns = (int) in.u32("columns");
    int rank = rows == 0 ? 0 : columns - 1;
    RunIndex shapes = rows == 0 ? RunIndex.empty(0) : RunIndex.read(in, rows, rank, "shape");
    RunIndex places = RunIndex.read(in, in.u32("rows"), 2, "place");
    ChunkTable table = new ChunkTable(shapes, places, rank, in.position());
    if (places.rows() > 0 && rows > 0 && places.samples() != shapes.samples()) {
      throw in.corrupt(
          in.position(),
          "shapes of " + shapes.samples() + " samples and places of " + places.samples());
    }
    return table;
  }

  long samples() {
    return Math.max(shapes.samples(), places.samples());
  }

  /** The shape of a sample. */
  int[] shape(long sample, String display) throws StoreException {
    int[] shape = new int[rank];
    if (shapes.rows() == 0) {
      return shape;
    }
    int row = shapes.row(sample);
    for (int i = 0; i < rank; i++) {
      long extent = shapes.value(row, i);
      if (extent > Integer.MAX_VALUE) {
        throw new StoreException(
            Code.CORRUPT, display + ": sample " + sample + " of the chunk has extent " + extent);
      }
      shape[i] = (int) extent;
    }
    return shape;
  }
}
