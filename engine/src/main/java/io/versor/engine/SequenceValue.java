package io.versor.engine;

import io.versor.engine.copy.JsonCells;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of samples as a Java object: an ARRAY whose elements are no plain numbers, or of which
 * some are NULL.
 *
 * @param element what the elements are, as far as it is known
 * @param elements objects of {@link Result}, null for NULL
 */
public record SequenceValue(TensorType element, List<@Nullable Object> elements)
    implements ArrayValue {
  public SequenceValue {
    elements = Collections.unmodifiableList(new ArrayList<>(elements));
  }

  /** JSON; bytes are in Base64. */
  @Override
  public String toString() {
    return JsonCells.text(this);
  }
}
