package io.versor.engine.catalog;

import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.ScanEstimate;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table of the planner: columns, and how to read them at run time. */
public abstract class VersorTable extends AbstractTable implements TranslatableTable {
  private final String schemaName;
  private final TableSchema schema;
  private final List<Field> fields;
  private final List<List<Integer>> keys;

  /**
   * @param rowIds whether rows have {@code _index} and {@code _rowid}
   */
  protected VersorTable(String schemaName, TableSchema schema, boolean rowIds) {
    this.schemaName = schemaName;
    this.schema = schema;
    this.fields = List.copyOf(fields(schema, rowIds));
    this.keys = List.copyOf(TableKeys.of(schema).values());
  }

  private static List<Field> fields(TableSchema schema, boolean rowIds) {
    List<Field> fields = new ArrayList<>(schema.columns().size() + 2);
    for (int i = 0; i < schema.columns().size(); i++) {
      Column column = schema.columns().get(i);
      fields.add(new Field(column.name(), Field.Kind.COLUMN, i, column.type(), column.nullable()));
    }
    if (rowIds) {
      TensorType position = TensorType.scalar(Dtype.INT64);
      fields.add(new Field(Field.INDEX, Field.Kind.INDEX, -1, position, false));
      fields.add(new Field(Field.ROW_ID, Field.Kind.ROW_ID, -1, position, false));
      for (int i = 0; i < schema.columns().size(); i++) {
        Column column = schema.columns().get(i);
        if (column.type().isLabelled()) {
          String name = column.name() + Field.LABEL_ID_SUFFIX;
          TensorType number = TensorType.scalar(Dtype.INT32);
          TensorType code =
              column.type().element().isPresent() ? TensorType.sequence(number) : number;
          fields.add(new Field(name, Field.Kind.LABEL_ID, i, code, column.nullable()));
        }
      }
    }
    return fields;
  }

  /** Name of its schema: a branch, a commit id, or {@code versor}. */
  public final String schemaName() {
    return schemaName;
  }

  public final TableSchema schema() {
    return schema;
  }

  /** Positions of the columns of each key. */
  final List<List<Integer>> keys() {
    return keys;
  }

  /** Columns, then the hidden ones; the fields of {@link #getRowType}. */
  public final List<Field> fields() {
    return fields;
  }

  /**
   * What conditions on a field can be used for: tables that are made when they are read may show
   * row ids and positions as columns.
   */
  public Field.Kind meaning(Field field) {
    boolean shown = field.kind() == Field.Kind.COLUMN && schema.id() == 0;
    if (shown && field.name().equals(Field.ROW_ID)) {
      return Field.Kind.ROW_ID;
    }
    return shown && field.name().equals(Field.INDEX) ? Field.Kind.INDEX : field.kind();
  }

  /** Whether a plan made for this table may run on the other, a later state of it. */
  public boolean sameShape(VersorTable other) {
    return schema.equals(other.schema);
  }

  /**
   * Whether a plan with this table, which is not of the store, may run in the versions of a later
   * statement: not if it was made of those that there were when it was planned.
   */
  public boolean fits(Versions versions) throws StoreException {
    return schema.name().indexOf('(') < 0 && schemaName.equals(Versions.SYSTEM);
  }

  /** Rows for the planner's estimates. */
  public abstract double estimatedRows();

  /**
   * Reads the table as it is in {@code versions}.
   *
   * @param request fields by their position in {@link #fields()}
   */
  public abstract FieldScan openScan(
      FieldRequest request, Versions versions, BufferAllocator allocator) throws StoreException;

  /** What a scan will read; empty where that is not known before. */
  public Optional<ScanEstimate> estimate(FieldRequest request, Versions versions)
      throws StoreException {
    return Optional.empty();
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    VersorTypeFactory types = (VersorTypeFactory) factory;
    RelDataTypeFactory.Builder row = types.builder();
    for (Field field : fields) {
      row.add(field.name(), SqlTypes.toSql(field.type(), field.nullable(), types));
    }
    return row.build();
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return TensorScan.of(context.getCluster(), table, this);
  }
}
