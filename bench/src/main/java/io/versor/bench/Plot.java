package io.versor.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.ChartColor;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Lines over two logarithmic axes, as SVG. */
final class Plot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;
  private static final double NANOS_OF_MILLI = 1e6;

  /** Told apart on white, also where red and green are not. */
  private static final int[] COLOURS = {
    0x1F77B4, 0xFF7F0E, 0x2CA02C, 0xD62728, 0x9467BD, 0x8C564B, 0xE377C2, 0x7F7F7F, 0xA8A20A,
    0x17BECF, 0x000000, 0x1B4F72
  };

  static {
    // The workaround draws outlines of letters.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private final String title;
  private final String across;
  private final XYSeriesCollection lines = new XYSeriesCollection();

  /**
   * @param across what the sizes are of
   */
  Plot(String title, String across) {
    this.title = title;
    this.across = across;
  }

  /** One line: nanoseconds by size. */
  void line(String name, Map<Long, Long> nanos) {
    XYSeries line = new XYSeries(name);
    nanos.forEach((size, time) -> line.add((double) size, time / NANOS_OF_MILLI));
    lines.addSeries(line);
  }

  void save(Path file) throws IOException {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
    renderer.setDefaultStroke(new BasicStroke(2));
    renderer.setAutoPopulateSeriesStroke(false);
    for (int i = 0; i < lines.getSeriesCount(); i++) {
      renderer.setSeriesPaint(i, new Color(COLOURS[i % COLOURS.length]));
    }
    XYPlot plot = new XYPlot(lines, axis(across), axis("milliseconds"), renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(ChartColor.LIGHT_GRAY);
    plot.setRangeGridlinePaint(ChartColor.LIGHT_GRAY);
    JFreeChart chart = new JFreeChart(title, new Font(Font.SANS_SERIF, Font.PLAIN, 18), plot, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.getLegend().setPosition(RectangleEdge.RIGHT);
    chart.getLegend().setFrame(BlockBorder.NONE);
    SVGGraphics2D page = page();
    chart.draw(page, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (var writer = Files.newBufferedWriter(file)) {
      page.stream(writer);
    }
  }

  private static LogAxis axis(String label) {
    LogAxis axis = new LogAxis(label);
    axis.setTickUnit(new NumberTickUnit(1)); // a power of ten
    axis.setSmallestValue(1e-3);
    return axis;
  }

  private static SVGGraphics2D page() {
    try {
      SVGGraphics2D page =
          new SVGGraphics2D(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .getDOMImplementation()
                  .createDocument("http://www.w3.org/2000/svg", "svg", null));
      page.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
      return page;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK has no XML documents", e);
    }
  }
}
