package io.versor.parser.ast;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * A type that Calcite does not have: {@code IMAGE('jpeg')}, {@code EMBEDDING(128)}, {@code
 * TENSOR(UINT8, *, *, 3)}, {@code CLASS_LABEL('cat', 'dog')}, {@code TEXT}.
 */
public final class SqlTensorTypeSpec extends SqlTypeNameSpec {
  /** An extent that differs from sample to sample, written {@code *}. */
  public static final int RAGGED = -1;

  private final String name;
  private final @Nullable String dtype;
  private final List<Integer> extents;
  private final List<String> texts;

  /**
   * @param name in upper case
   * @param dtype of a TENSOR, in upper case
   * @param extents {@link #RAGGED} for {@code *}
   * @param texts media type or labels
   */
  public SqlTensorTypeSpec(
      SqlParserPos pos,
      String name,
      @Nullable String dtype,
      List<Integer> extents,
      List<String> texts) {
    super(new SqlIdentifier(name, pos), pos);
    this.name = name;
    this.dtype = dtype;
    this.extents = List.copyOf(extents);
    this.texts = List.copyOf(texts);
  }

  public String name() {
    return name;
  }

  public Optional<String> dtype() {
    return Optional.ofNullable(dtype);
  }

  public List<Integer> extents() {
    return extents;
  }

  public List<String> texts() {
    return texts;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator) {
    if (validator.getTypeFactory() instanceof TensorTypeDeriver deriver) {
      return deriver.deriveTensorType(this);
    }
    throw new IllegalStateException("no type of this kind is known here: " + name);
  }

  /** Implemented by a type factory that knows tensor types. */
  public interface TensorTypeDeriver {
    RelDataType deriveTensorType(SqlTensorTypeSpec spec);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword(name);
    if (dtype == null && extents.isEmpty() && texts.isEmpty()) {
      return;
    }
    SqlWriter.Frame frame = writer.startList("(", ")");
    if (dtype != null) {
      writer.sep(",");
      writer.keyword(dtype);
    }
    for (int extent : extents) {
      writer.sep(",");
      writer.print(extent == RAGGED ? "*" : Integer.toString(extent));
    }
    for (String text : texts) {
      writer.sep(",");
      SqlLiteral.createCharString(text, SqlParserPos.ZERO).unparse(writer, 0, 0);
    }
    writer.endList(frame);
  }

  @Override
  public boolean equalsDeep(SqlTypeNameSpec other, Litmus litmus) {
    boolean same =
        other instanceof SqlTensorTypeSpec spec
            && name.equals(spec.name)
            && Objects.equals(dtype, spec.dtype)
            && extents.equals(spec.extents)
            && texts.equals(spec.texts);
    return same ? litmus.succeed() : litmus.fail("{} != {}", this, other);
  }
}
