package io.signalbox.console.topology.panel;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.topology.graph.Course;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.TrafficStats;
import java.util.OptionalInt;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/** The four signals of an edge or a service: requests, success, p99, in flight. */
final class Signals extends GridPane {

    private final Formats formats;
    private final Texts texts;
    private final Signal requests;
    private final Signal success;
    private final Signal p99;
    private final Signal inFlight;

    Signals(Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
        requests = new Signal(texts.get("topology.panel.requests"));
        success = new Signal(texts.get("topology.panel.success"));
        p99 = new Signal(texts.get("topology.panel.p99"));
        inFlight = new Signal(texts.get("topology.panel.in-flight"));
        getStyleClass().add("mesh-signals");
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        half.setHgrow(Priority.ALWAYS);
        getColumnConstraints().addAll(half, half);
        addRow(0, requests, success);
        addRow(1, p99, inFlight);
    }

    /** @param event marks the second of the course at which something happened */
    void show(TrafficStats stats, int flying, Course course, OptionalInt event) {
        requests.show(
                formats.rateFigure(stats.requestsPerSecond()), texts.get("topology.unit.requests"), Signal.Tone.USUAL);
        requests.course(course.rates(), event);
        success.show(
                formats.shareFigure(stats.requests() - stats.failures(), stats.requests()),
                stats.requests() == 0 ? "" : "%",
                Signal.Tone.ofSuccess(stats.successShare().orElse(1)));
        success.course(course.successes(), event);
        showLatency(stats.latency());
        p99.course(course.p99s(), event);
        inFlight.show(formats.count(flying), "", Signal.Tone.USUAL);
        inFlight.course(course.inFlights(), event);
    }

    private void showLatency(@Nullable Latency latency) {
        if (latency == null) {
            p99.show(Formats.NONE, "", Signal.Tone.USUAL);
            return;
        }
        String text = formats.latencyDetail(latency.p99Nanos());
        int split = text.indexOf('\u00a0');
        boolean oneUnit = split >= 0 && split == text.lastIndexOf('\u00a0');
        p99.show(
                oneUnit ? text.substring(0, split) : text, oneUnit ? text.substring(split + 1) : "", Signal.Tone.USUAL);
    }
}
