package io.versor.engine.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.versor.format.type.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real files, where they are at hand. */
class SharedPicturesTest {
  /** The data beside the project, looked for upwards. */
  private static Path data(String name) {
    Path at = Path.of("").toAbsolutePath();
    while (at != null) {
      Path found = at.resolve("shared/data").resolve(name);
      if (Files.isDirectory(found)) {
        return found;
      }
      at = at.getParent();
    }
    assumeTrue(false, "no shared data here");
    throw new IllegalStateException();
  }

  @Test
  void photosAreMeasuredAsTheyAreDecoded() throws Exception {
    List<Path> photos;
    try (Stream<Path> files = Files.walk(data("animals"))) {
      photos = files.filter(file -> file.toString().endsWith(".jpg")).sorted().limit(40).toList();
    }
    assertTrue(photos.size() > 2, "photos");
    for (Path photo : photos) {
      byte[] bytes = Files.readAllBytes(photo);
      MediaInfo info = MediaProbe.check(bytes, MediaFormat.Kind.IMAGE, Optional.of("jpeg"));
      Picture picture = ImageCodec.decode(bytes);
      assertEquals(
          List.of(picture.height(), picture.width(), picture.channels()),
          info.shape(),
          photo.toString());
    }
  }

  @Test
  void whatIsNoJpegIsRefused() throws IOException {
    Path media = data("media");
    try (Stream<Path> files = Files.list(media)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        boolean jpeg = name.endsWith(".jpg") || name.endsWith(".jpeg");
        if (Files.isDirectory(file) || jpeg) {
          continue;
        }
        byte[] bytes = Files.readAllBytes(file);
        assertThrows(
            StoreException.class,
            () -> MediaProbe.check(bytes, MediaFormat.Kind.IMAGE, Optional.of("jpeg")),
            name);
      }
    }
  }

  @Test
  void aJpegWithADamagedMarkerIsRefused() throws IOException {
    Path corrupt = data("media").resolve("corrupt_jpeg.jpeg");
    assumeTrue(Files.exists(corrupt));
    byte[] bytes = Files.readAllBytes(corrupt);
    StoreException refused =
        assertThrows(
            StoreException.class,
            () -> MediaProbe.check(bytes, MediaFormat.Kind.IMAGE, Optional.of("jpeg")));
    assertEquals(StoreException.Code.INVALID_VALUE, refused.code());
  }
}
