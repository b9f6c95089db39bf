package io.versor.format.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KeySetTest {
  @Property(tries = 200)
  void addsWhatASetAdds(@ForAll @Size(max = 300) List<@Size(max = 3) byte[]> keys) {
    KeySet set = new KeySet();
    Set<ByteBuffer> expected = new HashSet<>();
    for (byte[] key : keys) {
      assertEquals(expected.add(ByteBuffer.wrap(key)), set.add(key));
    }
  }

  @Test
  void keysMayBeLongerThanASlab() {
    KeySet set = new KeySet();
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      byte[] key = new byte[random.nextInt(3) == 0 ? 150_000 : 40_000];
      random.nextBytes(key);
      assertTrue(set.add(key));
      assertFalse(set.add(key.clone()));
      key[key.length - 1]++;
      assertTrue(set.add(key));
    }
  }
}
