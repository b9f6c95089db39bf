package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.ChunkFuzz;
import io.versor.format.log.LogFuzz;
import io.versor.format.pack.PackFuzz;
import io.versor.format.record.RecordFuzz;
import io.versor.format.ref.RootFuzz;
import io.versor.format.table.CheckpointFuzz;
import io.versor.format.tree.NodeFuzz;
import io.versor.format.type.SchemaFuzz;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a fuzzer has found of each decoder, one input for each way through it, is refused or read.
 * The corpus of a target is one file, as {@link FuzzCorpus} writes it.
 */
class FuzzCorpusTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        ChunkFuzz.class,
        CheckpointFuzz.class,
        LogFuzz.class,
        NodeFuzz.class,
        PackFuzz.class,
        RecordFuzz.class,
        RootFuzz.class,
        RootFuzz.Run.class,
        SchemaFuzz.class
      })
  void inputsThatWereFoundAreRefusedOrRead(Class<?> target) throws Exception {
    List<byte[]> inputs = FuzzCorpus.read(target);
    assertTrue(inputs.size() > 10, inputs.size() + " inputs");
    for (int i = 0; i < inputs.size(); i++) {
      try {
        target.getMethod("fuzzerTestOneInput", byte[].class).invoke(null, inputs.get(i));
      } catch (java.lang.reflect.InvocationTargetException e) {
        throw new AssertionError("input " + i + " of " + target.getSimpleName(), e.getCause());
      }
    }
  }
}
