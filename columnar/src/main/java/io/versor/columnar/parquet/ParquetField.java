package io.versor.columnar.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * A field of a file: values, or lists of them.
 *
 * @param unsupported the name of the type if no column takes its values
 * @param path of the values' column; empty if it is not supported
 * @param levels definition levels of each list, from the outermost: from this one on it is there
 */
record ParquetField(
    String name, Optional<String> unsupported, Optional<ColumnDescriptor> path, int[] levels) {

  static List<ParquetField> of(MessageType schema) {
    List<ParquetField> fields = new ArrayList<>();
    for (Type type : schema.getFields()) {
      fields.add(of(schema, type));
    }
    return fields;
  }

  private static ParquetField of(MessageType schema, Type field) {
    List<String> path = new ArrayList<>();
    List<Integer> levels = new ArrayList<>();
    Type type = field;
    int level = 0;
    while (true) {
      path.add(type.getName());
      if (type.isRepetition(Type.Repetition.OPTIONAL)) {
        level++;
      } else if (type.isRepetition(Type.Repetition.REPEATED)) {
        levels.add(level++);
      }
      if (type.isPrimitive()) {
        break;
      }
      GroupType group = type.asGroupType();
      Optional<String> refused = refused(group);
      if (refused.isPresent()) {
        return new ParquetField(field.getName(), refused, Optional.empty(), new int[0]);
      }
      type = group.getType(0);
    }
    PrimitiveType values = type.asPrimitiveType();
    return new ParquetField(
        field.getName(),
        Leaf.unsupported(values),
        Optional.of(schema.getColumnDescription(path.toArray(String[]::new))),
        levels.stream().mapToInt(Integer::intValue).toArray());
  }

  /** A group is a list, the repeated part of one, or nothing that a column takes. */
  private static Optional<String> refused(GroupType group) {
    LogicalTypeAnnotation meaning = group.getLogicalTypeAnnotation();
    if (meaning instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
        || meaning instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation) {
      return Optional.of("a MAP");
    }
    if (meaning instanceof LogicalTypeAnnotation.VariantLogicalTypeAnnotation) {
      return Optional.of("a VARIANT");
    }
    boolean list =
        meaning instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
            && group.getFieldCount() == 1
            && group.getType(0).isRepetition(Type.Repetition.REPEATED);
    boolean part =
        group.isRepetition(Type.Repetition.REPEATED)
            && group.getFieldCount() == 1
            && !isStruct(group);
    return list || part ? Optional.empty() : Optional.of("a STRUCT");
  }

  /** By the rules for old files, a repeated group of this name is an element, and no level. */
  private static boolean isStruct(GroupType group) {
    return group.getName().equals("array") || group.getName().endsWith("_tuple");
  }
}
