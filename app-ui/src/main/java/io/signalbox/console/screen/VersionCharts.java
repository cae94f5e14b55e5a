package io.signalbox.console.screen;

import io.signalbox.console.feed.VersionHistory;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.TimeSeriesChart;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The versions of a service side by side over the last minutes: success, and the 99th percentile of latency. */
public final class VersionCharts extends HBox {

    private static final double LEAST_SPAN = 1;

    private final Workbench bench;
    private final TimeSeriesChart success = new TimeSeriesChart();
    private final TimeSeriesChart p99 = new TimeSeriesChart();
    private final Label noSuccess;
    private final Label noLatency;

    public VersionCharts(Workbench bench) {
        this.bench = bench;
        noSuccess = empty();
        noLatency = empty();
        getStyleClass().add("screen-charts");
        success.setAxisText(percent -> bench.formats().number(percent, 1));
        p99.setAxisText(millis -> bench.formats().number(millis, 0));
        getChildren()
                .addAll(
                        panel("charts.success", "charts.success.unit", success, noSuccess),
                        panel("charts.p99", "charts.p99.unit", p99, noLatency));
    }

    public void update(VersionHistory history, List<Line> lines) {
        String from = bench.formats().clock(history.from());
        String to = bench.formats().clock(history.to());
        List<TimeSeriesChart.Series> shares = series(lines, history, VersionHistory::success);
        List<TimeSeriesChart.Series> latencies = series(lines, history, VersionHistory::p99);
        success.setScale(lowest(shares), 100);
        success.setSeries(shares, from, to);
        p99.setSeries(latencies, from, to);
        noSuccess.setVisible(isEmpty(shares));
        noLatency.setVisible(isEmpty(latencies));
    }

    private static List<TimeSeriesChart.Series> series(
            List<Line> lines, VersionHistory history, BiFunction<VersionHistory, String, double[]> values) {
        return lines.stream()
                .map(line ->
                        new TimeSeriesChart.Series(line.version(), line.color(), values.apply(history, line.version())))
                .toList();
    }

    private static boolean isEmpty(List<TimeSeriesChart.Series> lines) {
        return lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.values()))
                .noneMatch(Double::isFinite);
    }

    /** A round percentage below everything that is shown, so that a few failures in a hundred can be seen. */
    private static double lowest(List<TimeSeriesChart.Series> lines) {
        double least = lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.values()))
                .filter(Double::isFinite)
                .min()
                .orElse(100);
        return Math.max(0, Math.floor(Math.min(least, 100 - LEAST_SPAN)));
    }

    private Label empty() {
        Label label = new Label(bench.texts().get("charts.empty"));
        label.getStyleClass().addAll("mesh-small", "mesh-muted");
        label.setWrapText(true);
        return label;
    }

    private VBox panel(String title, String unit, TimeSeriesChart chart, Label none) {
        Label heading = new Label(bench.texts().get(title));
        heading.getStyleClass().add("mesh-h3");
        Label measure = new Label(bench.texts().get(unit));
        measure.getStyleClass().add("mesh-caption");
        chart.setAccessibleText(heading.getText());
        StackPane plot = new StackPane(chart, none);
        VBox panel = new VBox(new HBox(heading, Page.space(), measure), plot);
        panel.getStyleClass().add("screen-chart");
        HBox.setHgrow(panel, Priority.ALWAYS);
        VBox.setVgrow(plot, Priority.ALWAYS);
        return panel;
    }

    /** One version. */
    public record Line(String version, Token color) {}
}
