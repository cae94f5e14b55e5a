package io.signalbox.console.traffic;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.mirror.FieldDifference;
import io.signalbox.mesh.mirror.MirrorStatus;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.Mirror;
import java.util.List;
import java.util.Locale;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One service's faults that are in force, and its mirror: what was compared, how fast it is, and what differs. */
final class ExperimentCard extends VBox {

    private final Workbench bench;

    ExperimentCard(ServiceExperiments service, Workbench bench, Runnable openPolicy) {
        this.bench = bench;
        getStyleClass().addAll("mesh-card", "traffic-card", "traffic-experiment");
        setId("experiments-" + service.service());
        Label name = new Label(service.service());
        name.getStyleClass().add("mesh-h2");
        name.setMinWidth(USE_PREF_SIZE);
        FlowPane tags = new FlowPane();
        tags.getStyleClass().add("traffic-tags");
        HBox.setHgrow(tags, Priority.ALWAYS);
        service.experiments().faults().forEach(fault -> tags.getChildren().add(fault(fault)));
        service.experiments().mirror().ifPresent(mirror -> tags.getChildren().add(mirror(mirror)));
        MeshButton policy =
                new MeshButton(MeshButton.Kind.QUIET, text("traffic.policy"), "fth-file-text").onPress(openPolicy);
        policy.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(name, tags, policy);
        head.getStyleClass().add("traffic-head");
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().add(head);
        if (service.compares()) {
            service.report()
                    .filter(report -> report.compared() > 0)
                    .ifPresentOrElse(this::report, () -> getChildren().add(sentence(text("traffic.mirror.none"))));
        }
    }

    private Tag fault(Fault fault) {
        Tag tag = Tag.of(
                LampState.HALF_OPEN,
                text(
                        "traffic.fault",
                        fault.name(),
                        bench.formats().number(fault.share(), 0),
                        text("traffic.fault." + fault.side().name().toLowerCase(Locale.ROOT))));
        Tooltip.install(tag, new Tooltip(text("traffic.fault.why")));
        return tag;
    }

    private Tag mirror(Mirror mirror) {
        return Tag.plain(text("traffic.mirror", mirror.to(), bench.formats().number(mirror.share(), 0)));
    }

    private void report(MirrorStatus report) {
        long different = report.compared() - report.alike();
        getChildren()
                .add(sentence(text(
                        "traffic.mirror.says",
                        count(report.compared()),
                        count(report.alike()),
                        count(different),
                        bench.formats().latency(report.primaryNanos()),
                        report.to(),
                        bench.formats().latency(report.mirrorNanos()),
                        count(report.noiseCompared()))));
        if (!report.fields().isEmpty()) {
            getChildren().add(table(report.fields()));
        }
        if (report.more() > 0) {
            getChildren().add(sentence(text("traffic.mirror.more", count(report.more()))));
        }
    }

    private GridPane table(List<FieldDifference> fields) {
        GridPane table = new GridPane();
        table.getStyleClass().add("traffic-fields");
        table.addRow(
                0,
                caption("traffic.mirror.field"),
                caption("traffic.mirror.is"),
                caption("traffic.mirror.differing"),
                caption("traffic.mirror.noisy"),
                caption("traffic.mirror.primary"),
                caption("traffic.mirror.mirror"));
        for (FieldDifference field : fields) {
            Tag is = field.noise()
                    ? Tag.plain(text("traffic.mirror.noise"))
                    : Tag.of(LampState.HALF_OPEN, text("traffic.mirror.different"));
            is.setMinWidth(USE_PREF_SIZE);
            table.addRow(
                    table.getRowCount(),
                    mono(field.field(), field),
                    is,
                    figure(field.differing()),
                    figure(field.noisy()),
                    mono(field.primary(), field),
                    mono(field.mirror(), field));
        }
        return table;
    }

    private static Label mono(String text, FieldDifference field) {
        Label label = new Label(text.replaceAll("[\\s\\p{Cc}\\p{Cf}]+", " "));
        label.getStyleClass().addAll("mesh-mono", "mesh-small");
        if (field.noise()) {
            label.getStyleClass().add("mesh-muted");
        }
        label.setMinWidth(0);
        label.setTooltip(new Tooltip(label.getText()));
        GridPane.setHgrow(label, Priority.ALWAYS);
        return label;
    }

    private Label figure(long value) {
        Label label = new Label(count(value));
        label.getStyleClass().addAll("mesh-mono", "mesh-small");
        label.setMinWidth(USE_PREF_SIZE);
        GridPane.setHalignment(label, HPos.RIGHT);
        return label;
    }

    private Label caption(String key) {
        Label label = new Label(text(key));
        label.getStyleClass().add("mesh-caption");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private static Label sentence(String words) {
        Label label = new Label(words);
        label.setWrapText(true);
        return label;
    }

    private String count(long value) {
        return bench.formats().count(value);
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
