package io.versor.engine.catalog;

import io.versor.format.type.ViewSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/** A view in one version: its query is looked up and planned there whenever it is read. */
public final class StoredView extends AbstractTable implements TranslatableTable {
  /** Plans what views stand for. */
  public interface Expansion {
    /** Columns of the view, under the names it gives them. */
    RelDataType rowType(StoredView view);

    RelNode plan(StoredView view, RelOptCluster cluster);

    /** Whether a column of it, counted from 0, is JSON. */
    boolean isJson(StoredView view, int column);
  }

  private final Version version;
  private final ViewSchema schema;
  private final Expansion expansion;
  private @Nullable RelDataType rowType;

  public StoredView(Version version, ViewSchema schema, Expansion expansion) {
    this.version = version;
    this.schema = schema;
    this.expansion = expansion;
  }

  /** Where the names in its query are looked up. */
  public Version version() {
    return version;
  }

  public ViewSchema schema() {
    return schema;
  }

  /** Whether a column, counted from 0, is JSON and no text. */
  public boolean isJson(int column) {
    return expansion.isJson(this, column);
  }

  @Override
  public Schema.TableType getJdbcTableType() {
    return Schema.TableType.VIEW;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    if (rowType == null) {
      rowType = expansion.rowType(this);
    }
    return rowType;
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return expansion.plan(this, context.getCluster());
  }
}
