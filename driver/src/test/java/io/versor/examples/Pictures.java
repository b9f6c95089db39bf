package io.versor.examples;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Draws the pictures of {@code sql-examples/pictures}: a cat and two dogs. Run {@link #main} with
 * the folder to draw them anew; the files in the project are what it wrote once, and stay as they
 * are, since encoders differ between Java versions.
 */
final class Pictures {
  static final Color BROWN = new Color(0x9c6b3f);
  static final Color GREY = new Color(0x4a4a52);

  private static final float QUALITY = 0.85f;

  private Pictures() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.createDirectories(folder);
    Files.write(folder.resolve("cat_1.jpg"), jpeg(cat(240, 180)));
    Files.write(folder.resolve("dog_1.jpg"), jpeg(dog(187, 199, BROWN)));
    Files.write(folder.resolve("dog_2.jpg"), jpeg(dog(220, 165, GREY)));
  }

  static BufferedImage cat(int width, int height) {
    BufferedImage image = canvas(width, height, new Color(0xcfe3d4));
    Graphics2D g = pen(image);
    Color fur = new Color(0xe09a3e);
    int x = width / 2;
    int y = height / 2 + height / 12;
    int r = Math.min(width, height) / 3;
    g.setColor(fur);
    g.fillPolygon(triangle(x - r, y - r / 3, x - r + r / 6, y - r - r / 3, x - r / 5, y - r));
    g.fillPolygon(triangle(x + r, y - r / 3, x + r - r / 6, y - r - r / 3, x + r / 5, y - r));
    g.fillOval(x - r, y - r, 2 * r, 2 * r);
    g.setColor(new Color(0x3c7a3a));
    g.fillOval(x - r / 2 - r / 6, y - r / 3, r / 3, r / 4);
    g.fillOval(x + r / 2 - r / 6, y - r / 3, r / 3, r / 4);
    g.setColor(Color.BLACK);
    g.fillOval(x - r / 2 - r / 24, y - r / 3, r / 12, r / 4);
    g.fillOval(x + r / 2 - r / 24, y - r / 3, r / 12, r / 4);
    g.setColor(new Color(0xd46a7a));
    g.fillPolygon(triangle(x - r / 9, y + r / 9, x + r / 9, y + r / 9, x, y + r / 4));
    g.setColor(new Color(0x5a3a18));
    for (int i = -1; i <= 1; i++) {
      g.drawLine(x - r / 4, y + r / 4, x - r - r / 4, y + r / 4 + i * r / 6);
      g.drawLine(x + r / 4, y + r / 4, x + r + r / 4, y + r / 4 + i * r / 6);
    }
    g.dispose();
    return image;
  }

  /** Its one black ear makes it easy to see which way round the picture is. */
  static BufferedImage dog(int width, int height, Color fur) {
    BufferedImage image = canvas(width, height, new Color(0xd8dcef));
    Graphics2D g = pen(image);
    int x = width / 2;
    int y = height / 2;
    int r = Math.min(width, height) / 3;
    g.setColor(fur);
    g.fillOval(x - r, y - r, 2 * r, 2 * r);
    g.setColor(Color.BLACK);
    g.fillOval(x - r - r / 4, y - r, r / 2, r + r / 3);
    g.setColor(fur.darker());
    g.fillOval(x + r - r / 4, y - r, r / 2, r + r / 3);
    g.setColor(Color.WHITE);
    g.fillOval(x - r / 2, y, r, r * 4 / 5);
    g.setColor(Color.BLACK);
    g.fillOval(x - r / 6, y + r / 16, r / 3, r / 4);
    g.fillOval(x - r / 2, y - r / 3, r / 5, r / 5);
    g.fillOval(x + r / 2 - r / 5, y - r / 3, r / 5, r / 5);
    g.drawArc(x - r / 4, y + r / 4, r / 2, r / 3, 200, 140);
    g.setColor(new Color(0xe0607a));
    g.fillOval(x - r / 10, y + r / 2, r / 5, r / 3);
    g.dispose();
    return image;
  }

  private static BufferedImage canvas(int width, int height, Color background) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(background);
    g.fillRect(0, 0, width, height);
    g.dispose();
    return image;
  }

  private static Graphics2D pen(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setStroke(new BasicStroke(2));
    return g;
  }

  private static Polygon triangle(int x1, int y1, int x2, int y2, int x3, int y3) {
    return new Polygon(new int[] {x1, x2, x3}, new int[] {y1, y2, y3}, 3);
  }

  static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionQuality(QUALITY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
