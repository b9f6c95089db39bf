package io.versor.deeplake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What holds for the arrays of a tensor at all nodes where it has any.
 *
 * @param element what numbers are; empty where no node tells, or where nodes differ
 * @param least the smallest extents, 0 where samples are empty
 * @param most the greatest
 * @param mixed whether arrays have nothing in common but their bytes: other numbers of extents, or
 *     other elements
 */
record Bounds(
    Optional<ElementType> element, List<Integer> least, List<Integer> most, boolean mixed) {

  static Bounds of(List<Tensor> versions) {
    Optional<ElementType> element = Optional.empty();
    List<Integer> least = List.of();
    List<Integer> most = List.of();
    boolean any = false;
    boolean mixed = false;
    for (Tensor version : versions) {
      TensorMeta meta = version.meta();
      mixed |= element.isPresent() && meta.element().isPresent() && !element.equals(meta.element());
      element = element.or(meta::element);
      if (version.items() == 0 || meta.maxShape().isEmpty()) {
        continue;
      }
      mixed |= any && most.size() != meta.maxShape().size();
      mixed |= meta.minShape().size() != meta.maxShape().size();
      if (!mixed) {
        least = any ? each(least, meta.minShape(), false) : meta.minShape();
        most = any ? each(most, meta.maxShape(), true) : meta.maxShape();
      }
      any = true;
    }
    return new Bounds(element, least, most, mixed);
  }

  private static List<Integer> each(List<Integer> a, List<Integer> b, boolean greatest) {
    List<Integer> out = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      out.add(greatest ? Math.max(a.get(i), b.get(i)) : Math.min(a.get(i), b.get(i)));
    }
    return out;
  }

  int rank() {
    return most.size();
  }

  /** Whether no sample has more than one element. */
  boolean isScalar() {
    return rank() == 0 || (rank() == 1 && most.get(0) <= 1);
  }
}
