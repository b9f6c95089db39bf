package io.versor.deeplake;

import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.InvalidTypeException;
import io.versor.format.type.Shape;
import io.versor.format.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which columns the tensors of Deep Lake become. A tensor has one type for all its versions, so
 * that its samples are the same bytes in each; only labels are each version's own. Stateless.
 *
 * <ul>
 *   <li>Numbers of shape {@code [1]}, or empty, are scalars. Else extents are fixed where all
 *       samples agree, and open where not.
 *   <li>Class labels are labels, and numbers where no version has names for them; several of a
 *       sample are a sequence of them.
 *   <li>Encoded pictures, sounds and films are media; other files are bytes.
 *   <li>Sequences are sequences; those of plain numbers are tensors {@code [*]}.
 *   <li>Polygons are sequences of {@code [*, coordinates]}.
 *   <li>Links are their addresses, json is JSON, lists and tags are lists.
 *   <li>Complex numbers are pairs: one extent of 2 more.
 *   <li>What agrees in nothing is bytes.
 * </ul>
 */
final class ColumnTypes {
  private ColumnTypes() {}

  /**
   * What a column does not have of a tensor.
   *
   * @param kind in a word or two
   * @param samples how many are concerned, at the last of the versions; 0 if none is
   * @param detail in a sentence
   */
  record Loss(String kind, long samples, String detail) {}

  /**
   * The column for a tensor; its labels are those of the last version.
   *
   * @param versions what it is at the nodes where it is, the oldest first; at least one
   */
  static Column column(String name, List<Tensor> versions) {
    return Column.of(name, type(versions));
  }

  /** The same type with the labels that a tensor has at one node. */
  static TensorType typeAt(TensorType union, Tensor tensor) {
    // Before names were given numbers mean what they were called later.
    return union.isLabelled() && !tensor.classNames().isEmpty()
        ? union.withLabels(labels(tensor))
        : union;
  }

  /** The last version that has names of labels; the last one if none has. */
  private static Tensor lastNamed(List<Tensor> versions) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (!versions.get(i).classNames().isEmpty()) {
        return versions.get(i);
      }
    }
    return versions.get(versions.size() - 1);
  }

  static TensorType type(List<Tensor> versions) {
    Tensor last = lastNamed(versions);
    Bounds bounds = Bounds.of(versions);
    if (!last.meta().isSequence()) {
      return sample(last, bounds, false);
    }
    TensorType item = sample(last, bounds, true);
    boolean plain =
        item.htype() == Htype.GENERIC && item.shape().rank() == 0 && item.dtype().isNumber();
    boolean whole = bounds.rank() == 1 && bounds.least().get(0) == 1; // no item is empty
    return plain && whole
        ? TensorType.tensor(item.dtype(), Shape.of(Shape.RAGGED))
        : TensorType.sequence(item);
  }

  private static TensorType sample(Tensor tensor, Bounds bounds, boolean nested) {
    TensorMeta meta = tensor.meta();
    return switch (meta.content()) {
      case LINK, TEXT -> TensorType.text();
      case JSON -> meta.htype().equals("json") ? TensorType.json() : TensorType.list();
      case ENCODED -> encoded(meta.htype());
      case POLYGON -> polygons(bounds, nested);
      case ARRAY ->
          meta.htype().equals("class_label")
              ? labelled(tensor, bounds, nested)
              : array(meta.htype(), bounds);
    };
  }

  private static TensorType encoded(String htype) {
    return switch (htype) {
      case "image", "image.rgb", "image.gray" -> TensorType.media(Htype.IMAGE, Optional.empty());
      case "audio" -> TensorType.media(Htype.AUDIO, Optional.empty());
      case "video" -> TensorType.media(Htype.VIDEO, Optional.empty());
      default -> bytes();
    };
  }

  private static TensorType bytes() {
    return TensorType.scalar(Dtype.BYTES);
  }

  private static TensorType polygons(Bounds bounds, boolean nested) {
    Optional<Dtype> dtype = bounds.element().map(ColumnTypes::dtype);
    if (nested || bounds.mixed() || dtype.isEmpty() || isComplex(bounds)) {
      return bytes();
    }
    int coordinates = bounds.rank() == 3 ? bounds.most().get(2) : 0;
    boolean known = coordinates > 0 && coordinates == bounds.least().get(2);
    Shape points = Shape.of(Shape.RAGGED, known ? coordinates : Shape.RAGGED);
    return TensorType.sequence(TensorType.tensor(dtype.get(), points));
  }

  private static TensorType labelled(Tensor tensor, Bounds bounds, boolean nested) {
    if (bounds.mixed()
        || isComplex(bounds)
        || labels(tensor).isEmpty() // numbers that have no names are numbers
        || bounds.element().filter(e -> dtype(e).isFloat()).isPresent()) {
      return array("generic", bounds);
    }
    TensorType label = TensorType.classLabel(labels(tensor));
    if (bounds.isScalar()) {
      return label;
    }
    return nested || bounds.rank() != 1 ? array("generic", bounds) : TensorType.sequence(label);
  }

  private static TensorType array(String htype, Bounds bounds) {
    if (bounds.mixed()) {
      return bytes();
    }
    // Without any sample nobody told the dtype; there is nothing that it could not hold.
    Dtype dtype = bounds.element().map(ColumnTypes::dtype).orElse(Dtype.FLOAT64);
    boolean complex = isComplex(bounds);
    if (bounds.isScalar() && !htype.equals("embedding")) {
      return complex ? TensorType.tensor(dtype, Shape.of(2)) : TensorType.scalar(dtype);
    }
    List<Integer> extents = new ArrayList<>();
    for (int i = 0; i < bounds.rank(); i++) {
      int most = bounds.most().get(i);
      extents.add(most > 0 && most == bounds.least().get(i) ? most : Shape.RAGGED);
    }
    if (complex) {
      extents.add(2);
    }
    if (extents.isEmpty()) {
      return TensorType.scalar(dtype);
    }
    return named(htype, dtype, extents, bounds)
        .orElseGet(() -> TensorType.tensor(dtype, shape(dtype, extents)));
  }

  /** Types with a name of their own, where the arrays are what the name says. */
  private static Optional<TensorType> named(
      String htype, Dtype dtype, List<Integer> extents, Bounds bounds) {
    int rank = extents.size();
    switch (htype) {
      case "embedding":
        return rank == 1 && extents.get(0) != Shape.RAGGED
            ? Optional.of(vector(dtype, extents.get(0)))
            : Optional.empty();
      case "bbox":
        boolean boxes = rank == 2 && bounds.most().get(1) == 4 && dtype == Dtype.FLOAT32;
        boolean narrower = boxes && bounds.least().get(1) != 4 && bounds.least().get(1) != 0;
        return boxes && !narrower ? Optional.of(TensorType.bbox()) : Optional.empty();
      case "keypoints_coco":
        return rank == 2 && dtype == Dtype.INT32
            ? Optional.of(TensorType.keypoints())
            : Optional.empty();
      case "segment_mask":
        return rank == 2 && dtype == Dtype.UINT32
            ? Optional.of(TensorType.segmentMask())
            : Optional.empty();
      case "binary_mask":
        return rank == 3 && dtype == Dtype.BOOL
            ? Optional.of(TensorType.binaryMask())
            : Optional.empty();
      case "point_cloud":
        return rank == 2 && dtype == Dtype.FLOAT32
            ? Optional.of(TensorType.pointCloud())
            : Optional.empty();
      default:
        return Optional.empty();
    }
  }

  private static TensorType vector(Dtype dtype, int length) {
    return new TensorType(
        Htype.EMBEDDING,
        dtype,
        Shape.of(length),
        0,
        0,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** As far as a type may say; extents that are too many elements are left open. */
  private static Shape shape(Dtype dtype, List<Integer> extents) {
    long elements = 1;
    for (int extent : extents) {
      elements *= Math.max(1, extent);
      if (elements * dtype.width() > TensorType.MAX_SAMPLE_BYTES
          || extents.size() > Shape.MAX_RANK) {
        return new Shape(extents.stream().limit(Shape.MAX_RANK).map(e -> Shape.RAGGED).toList());
      }
    }
    return new Shape(extents);
  }

  private static boolean isComplex(Bounds bounds) {
    return isComplex(bounds.element());
  }

  static boolean isComplex(Optional<ElementType> element) {
    return element
        .filter(type -> type == ElementType.COMPLEX64 || type == ElementType.COMPLEX128)
        .isPresent();
  }

  private static Dtype dtype(ElementType type) {
    return switch (type) {
      case COMPLEX64 -> Dtype.FLOAT32;
      case COMPLEX128 -> Dtype.FLOAT64;
      default -> Dtype.valueOf(type.name());
    };
  }

  /** The names of labels as far as a type may have them: each once, none too long. */
  static List<String> labels(Tensor tensor) {
    List<String> labels = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String name : tensor.classNames()) {
      boolean fits =
          name.getBytes(StandardCharsets.UTF_8).length <= TensorType.MAX_LABEL_BYTES
              && taken.add(name);
      labels.add(fits ? name : "#" + labels.size());
      if (labels.size() > TensorType.MAX_LABELS) {
        return List.of();
      }
    }
    try {
      return TensorType.classLabel(labels).labels();
    } catch (InvalidTypeException e) { // names that no store takes
      return List.of();
    }
  }

  /** What columns do not have of a tensor, as far as descriptions tell. */
  static List<Loss> losses(List<Tensor> versions) {
    Tensor last = versions.get(versions.size() - 1);
    Bounds bounds = Bounds.of(versions);
    List<Loss> losses = new ArrayList<>();
    long items = last.items();
    if (last.meta().isLink()) {
      losses.add(new Loss("links", items, "the column holds addresses, not what is there"));
      long asking = last.itemsWithCredentials();
      if (asking > 0) {
        losses.add(new Loss("credentials", asking, "names of credentials of links are left out"));
      }
    }
    boolean array = last.meta().content() == Content.ARRAY;
    if (array && isComplex(bounds)) {
      losses.add(new Loss("complex numbers", items, "pairs of real and imaginary part"));
    }
    if (bounds.mixed() && array) {
      losses.add(
          new Loss("no common type", items, "ranks or dtypes differ; the column holds bytes"));
    }
    if (!last.classNames().isEmpty() && type(versions).isLabelled()) {
      List<String> labels = labels(last);
      long changed = 0;
      for (int i = 0; i < last.classNames().size(); i++) {
        boolean kept = i < labels.size() && labels.get(i).equals(last.classNames().get(i));
        changed += kept ? 0 : 1;
      }
      if (changed > 0) {
        losses.add(new Loss("class names", 0, changed + " names appear twice or are no labels"));
      }
    }
    addInfo(last, type(versions).isLabelled(), losses);
    return losses;
  }

  private static void addInfo(Tensor tensor, boolean labelled, List<Loss> losses) {
    Set<String> keys = new TreeSet<>();
    tensor
        .info()
        .properties()
        .forEach(
            each -> {
              boolean kept = labelled && each.getKey().equals("class_names");
              boolean none =
                  each.getValue().isNull()
                      || (each.getValue().isContainerNode() && each.getValue().isEmpty());
              if (!kept && !none) {
                keys.add(each.getKey());
              }
            });
    if (!keys.isEmpty()) {
      losses.add(new Loss("info", 0, "entries of the tensor's info: " + String.join(", ", keys)));
    }
  }
}
