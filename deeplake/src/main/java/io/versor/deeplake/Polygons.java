package io.versor.deeplake;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The polygons of a sample, taken apart.
 *
 * @param points of each polygon
 * @param coordinates of each point
 * @param bytes numbers of each polygon, {@code [points, coordinates]}
 */
public record Polygons(List<Integer> points, int coordinates, List<byte[]> bytes) {
  public Polygons {
    points = List.copyOf(points);
    bytes = List.copyOf(bytes);
  }

  /**
   * @param tensor whose sample it is
   * @throws StoreException {@code CORRUPT}
   */
  public static Polygons of(Sample sample, Tensor tensor) throws StoreException {
    int width = tensor.elementWidth();
    FileBytes in = new FileBytes(sample.bytes(), tensor.display() + ": a polygon sample");
    if (sample.bytes().length == 0) {
      return new Polygons(List.of(), 0, List.of());
    }
    int[] shape = sample.shape();
    if (shape.length != 3) {
      throw new StoreException(
          Code.CORRUPT, tensor.display() + ": a polygon of shape " + Arrays.toString(shape));
    }
    int count = u16(in);
    List<Integer> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(u16(in));
    }
    List<byte[]> bytes = new ArrayList<>();
    for (int length : points) {
      long size = (long) length * shape[2] * width;
      in.need(size, "a polygon of " + length + " points");
      byte[] polygon = new byte[(int) size];
      for (int i = 0; i < polygon.length; i++) {
        polygon[i] = (byte) in.u8("a point");
      }
      bytes.add(polygon);
    }
    in.expectEnd();
    return new Polygons(points, shape[2], bytes);
  }

  private static int u16(FileBytes in) throws StoreException {
    return in.u8("a count") | in.u8("a count") << 8;
  }
}
