/**
 * Datasets of Deep Lake version 3, read where they lie: every tensor at every commit and branch.
 *
 * <p>Start at {@link io.versor.deeplake.DeepLakeDataset}: its {@link
 * io.versor.deeplake.VersionTree} has the nodes, a {@link io.versor.deeplake.DatasetVersion} the
 * tensors of one node, and a {@link io.versor.deeplake.TensorReader} their samples. Nothing is ever
 * written. Every byte is bounded and checked before it is believed; what is wrong is a {@code
 * StoreException} that names file and offset. Nothing here knows SQL.
 */
@NullMarked
package io.versor.deeplake;

import org.jspecify.annotations.NullMarked;
