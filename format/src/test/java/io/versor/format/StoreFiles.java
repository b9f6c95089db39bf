package io.versor.format;

import io.versor.format.io.ObjectStore;
import io.versor.format.io.ObjectWriter;
import io.versor.format.io.OpenMode;
import io.versor.format.io.Segment;
import io.versor.format.type.StoreException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Stores as the files they are made of. */
final class StoreFiles {
  private StoreFiles() {}

  /** Every file by its name. */
  static Map<String, byte[]> of(ObjectStore objects) throws StoreException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : objects.list("")) {
      files.put(name, objects.load(name, Integer.MAX_VALUE).orElseThrow());
    }
    return files;
  }

  /** Puts files into an empty place, durably. */
  static <T extends ObjectStore> T plant(Map<String, byte[]> files, T objects)
      throws StoreException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] bytes = file.getValue();
      if (file.getKey().startsWith("log/")) {
        try (Segment segment = objects.openSegment(file.getKey(), OpenMode.CREATE)) {
          segment.write(0, bytes, 0, bytes.length);
          segment.sync();
        }
      } else if (file.getKey().equals("root")) {
        objects.swap("root", Optional.empty(), bytes);
      } else {
        try (ObjectWriter writer = objects.create(file.getKey())) {
          writer.write(bytes, 0, bytes.length);
          writer.finish();
        }
      }
    }
    return objects;
  }

  /** Length up to the zeros that a segment ends with. */
  static int used(byte[] bytes) {
    int used = bytes.length;
    while (used > 1 && bytes[used - 1] == 0) {
      used--;
    }
    return used;
  }
}
