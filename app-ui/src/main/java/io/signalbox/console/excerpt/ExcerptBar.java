package io.signalbox.console.excerpt;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.FilterField;
import io.signalbox.console.widget.Lamp;
import io.signalbox.console.widget.LampState;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The bar that says how much of a large mesh is shown, which, and lets another part be chosen. Takes no room otherwise. */
public final class ExcerptBar extends HBox {

    /** Somebody who types has come to rest. */
    private static final Duration REST = Duration.ofMillis(250);

    private final Texts texts;
    private final Formats formats;
    private final Label title = new Label();
    private final Label detail = new Label();
    private final FilterField filter;
    private Extent shown = Extent.NOTHING;
    private Scheduler.Cancellable rest = () -> {};

    /** @param background chooses what is shown */
    public ExcerptBar(Excerpts excerpts, Executor background, Scheduler scheduler, Texts texts, Formats formats) {
        this.texts = texts;
        this.formats = formats;
        getStyleClass().add("mesh-confirm");
        setId("excerpt-bar");
        setAlignment(Pos.CENTER_LEFT);
        title.getStyleClass().add("mesh-medium");
        detail.getStyleClass().addAll("mesh-small", "mesh-muted");
        filter = new FilterField(texts.get("excerpt.filter"), FilterField.Reach.CLICK);
        filter.textProperty().subscribe((before, typed) -> {
            rest.cancel();
            rest = scheduler.schedule(REST, () -> excerpts.narrow(typed, background));
        });
        VBox words = new VBox(title, detail);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(new Lamp(LampState.HALF_OPEN), words, filter);
        show(Extent.NOTHING);
    }

    /** Shows how much of the mesh is shown now. */
    public void show(Extent extent) {
        boolean needed = extent.isPart() || !extent.filter().isEmpty();
        setVisible(needed);
        setManaged(needed);
        if (!needed || extent.equals(shown)) {
            return;
        }
        shown = extent;
        title.setText(title(extent));
        detail.setText(detail(extent));
        setAccessibleText(title.getText() + ". " + detail.getText());
    }

    private String title(Extent extent) {
        String services = formats.count(extent.services());
        String all = formats.count(extent.ofServices());
        return extent.filter().isEmpty()
                ? texts.get("excerpt.title", services, all)
                : texts.get("excerpt.title.filtered", formats.count(extent.matching()), all, services);
    }

    private String detail(Extent extent) {
        List<String> sentences = new ArrayList<>();
        sentences.add(texts.get(extent.filter().isEmpty() ? "excerpt.which" : "excerpt.which.filtered"));
        if (extent.instances() < extent.ofInstances()) {
            sentences.add(texts.get(
                    "excerpt.instances", formats.count(extent.instances()), formats.count(extent.ofInstances())));
        }
        if (extent.circuits() < extent.ofCircuits()) {
            sentences.add(texts.get(
                    "excerpt.circuits", formats.count(extent.circuits()), formats.count(extent.ofCircuits())));
        }
        if (extent.edges() < extent.ofEdges()) {
            sentences.add(texts.get("excerpt.edges", formats.count(extent.edges()), formats.count(extent.ofEdges())));
        }
        if (extent.splits() < extent.ofSplits()) {
            sentences.add(
                    texts.get("excerpt.splits", formats.count(extent.splits()), formats.count(extent.ofSplits())));
        }
        return String.join(" ", sentences);
    }

    /** Stops waiting for somebody to come to rest. */
    public void close() {
        rest.cancel();
    }
}
