package io.signalbox.console.traffic;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.TimeSeriesChart;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The versions of a service side by side over the last minutes: success, and the 99th percentile of latency. */
final class VersionCharts extends HBox {

    private static final double LEAST_SPAN = 1;

    private final VersionHistory history;
    private final Workbench bench;
    private final TimeSeriesChart success = new TimeSeriesChart();
    private final TimeSeriesChart p99 = new TimeSeriesChart();

    VersionCharts(VersionHistory history, Workbench bench) {
        this.history = history;
        this.bench = bench;
        getStyleClass().add("traffic-charts");
        success.setAxisText(percent -> bench.formats().number(percent, 1));
        p99.setAxisText(millis -> bench.formats().number(millis, 0));
        getChildren()
                .addAll(
                        panel("traffic.success", "traffic.success.unit", success),
                        panel("traffic.p99", "traffic.p99.unit", p99));
    }

    void update(SplitStatus status) {
        String from = bench.formats().clock(history.from());
        String to = bench.formats().clock(history.to());
        List<TimeSeriesChart.Series> shares = lines(status, history::success);
        success.setScale(lowest(shares), 100);
        success.setSeries(shares, from, to);
        p99.setSeries(lines(status, history::p99), from, to);
    }

    private static List<TimeSeriesChart.Series> lines(SplitStatus status, Function<String, double[]> values) {
        List<TimeSeriesChart.Series> lines = new ArrayList<>();
        for (VersionShare version : status.versions()) {
            lines.add(new TimeSeriesChart.Series(
                    version.version(), Badges.line(version, lines.size()), values.apply(version.version())));
        }
        return lines;
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

    private VBox panel(String title, String unit, TimeSeriesChart chart) {
        Label heading = new Label(bench.texts().get(title));
        heading.getStyleClass().add("mesh-h3");
        Label measure = new Label(bench.texts().get(unit));
        measure.getStyleClass().add("mesh-caption");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        chart.setAccessibleText(heading.getText());
        VBox panel = new VBox(new HBox(heading, space, measure), chart);
        panel.getStyleClass().add("traffic-chart");
        HBox.setHgrow(panel, Priority.ALWAYS);
        VBox.setVgrow(chart, Priority.ALWAYS);
        return panel;
    }
}
