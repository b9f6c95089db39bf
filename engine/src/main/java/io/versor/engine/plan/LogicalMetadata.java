package io.versor.engine.plan;

import com.google.common.collect.ImmutableList;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * What is known of a plan before an executor is chosen. No operator has an order yet that another
 * one relies on; to ask Calcite for it compiles Java, which most queries need for nothing else.
 */
final class LogicalMetadata extends RelMetadataQuery {
  @Override
  public ImmutableList<RelCollation> collations(RelNode node) {
    return ImmutableList.of();
  }
}
