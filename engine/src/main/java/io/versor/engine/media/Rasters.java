package io.versor.engine.media;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Wraps samples as the JDK's images without copying them. */
final class Rasters {
  private Rasters() {}

  static BufferedImage imageOf(Picture picture) {
    int channels = picture.channels();
    boolean alpha = channels == 2 || channels == 4;
    int[] order = new int[channels];
    for (int i = 0; i < channels; i++) {
      order[i] = i;
    }
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(picture.samples(), picture.samples().length),
            picture.width(),
            picture.height(),
            picture.width() * channels,
            channels,
            order,
            null);
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(channels <= 2 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
            alpha,
            false,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, raster, false, null);
  }
}
