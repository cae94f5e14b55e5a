package io.signalbox.console.traffic;

import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Tag;
import io.signalbox.mesh.mirror.FieldDifference;
import io.signalbox.mesh.mirror.MirrorStatus;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RouteMatch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * One service's faults and limits that are in force, and its mirror: what was compared, how fast it is, and what differs. It is
 * updated in place, so that focus stays on its button.
 */
final class ExperimentCard extends VBox {

    /** So many fields are shown until somebody wants them all: those that tell most come first. */
    private static final int FEW = 8;

    /** The head has room for all of its tags in a line, or makes some. */
    private static final double ONE_LINE = 2_000;

    private final Workbench bench;
    private final FlowPane tags = new FlowPane();
    private final Label says = sentence();
    private final FieldTable fields;
    private final Label more = sentence();
    private final MeshButton all;
    private boolean showingAll;
    private Optional<ServiceExperiments> shown = Optional.empty();

    ExperimentCard(ServiceExperiments service, Workbench bench, Runnable openPolicy) {
        this.bench = bench;
        fields = new FieldTable(bench);
        getStyleClass().addAll("mesh-card", "traffic-card", "traffic-experiment");
        setId("experiments-" + service.service());
        Label name = new Label(service.service());
        name.getStyleClass().add("mesh-h2");
        name.setMinWidth(USE_PREF_SIZE);
        tags.getStyleClass().add("traffic-tags");
        tags.setAlignment(Pos.CENTER_LEFT);
        tags.setPrefWrapLength(ONE_LINE);
        HBox.setHgrow(tags, Priority.ALWAYS);
        MeshButton policy =
                new MeshButton(MeshButton.Kind.QUIET, text("traffic.policy"), "fth-file-text").onPress(openPolicy);
        policy.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(name, tags, policy);
        head.getStyleClass().add("traffic-head");
        head.setAlignment(Pos.CENTER_LEFT);
        all = new MeshButton(MeshButton.Kind.QUIET, "").small().onPress(this::showAllOrFew);
        getChildren().addAll(head, says, fields, all, more);
        getChildren().forEach(child -> child.managedProperty().bind(child.visibleProperty()));
        update(service);
    }

    /** Shows what is newest of the same service. */
    void update(ServiceExperiments now) {
        Optional<ServiceExperiments> before = shown;
        if (before.filter(now::equals).isPresent()) {
            return;
        }
        shown = Optional.of(now);
        if (before.filter(now::asksTheSame).isEmpty()) {
            tags.getChildren()
                    .setAll(now.experiments().faults().stream().map(this::fault).toList());
            now.experiments().mirror().map(this::mirror).ifPresent(tags.getChildren()::add);
            tags.getChildren().addAll(new LimitTags(bench).of(now.protection()));
        }
        Optional<MirrorStatus> report = now.report().filter(one -> one.compared() > 0);
        says.setVisible(now.compares());
        says.setText(report.map(this::said).orElseGet(() -> text("traffic.mirror.none")));
        showFields(report.map(MirrorStatus::fields).orElse(List.of()));
        long beyond = report.map(MirrorStatus::more).orElse(0L);
        more.setVisible(beyond > 0);
        more.setText(text("traffic.mirror.more", count(beyond)));
    }

    private void showFields(List<FieldDifference> differences) {
        boolean many = differences.size() > FEW;
        fields.show(many && !showingAll ? differences.subList(0, FEW) : differences);
        fields.setVisible(!differences.isEmpty());
        all.setVisible(many);
        all.setText(
                showingAll
                        ? text("traffic.mirror.few", count(FEW))
                        : text("traffic.mirror.all", count(differences.size())));
    }

    private void showAllOrFew() {
        showingAll = !showingAll;
        shown.flatMap(ServiceExperiments::report).map(MirrorStatus::fields).ifPresent(this::showFields);
    }

    private Tag fault(Fault fault) {
        Tag tag = Tag.of(
                LampState.HALF_OPEN,
                text(
                        "traffic.fault",
                        fault.name(),
                        percent(fault.share()),
                        text("traffic.fault." + fault.side().name().toLowerCase(Locale.ROOT))));
        Tooltip.install(tag, new Tooltip(text("traffic.fault.why")));
        return tag;
    }

    private Tag mirror(Mirror mirror) {
        String key = mirror.match().equals(RouteMatch.ANY) ? "traffic.mirror" : "traffic.mirror.matching";
        return Tag.plain(text(key, mirror.to(), percent(mirror.share())));
    }

    /** A share of a policy: whole as it was written, and a fraction never as none. */
    private String percent(double share) {
        return share == Math.rint(share)
                ? bench.formats().percent((int) share)
                : bench.formats().share(share / Fault.ALL);
    }

    private String said(MirrorStatus report) {
        return text(
                "traffic.mirror.says",
                count(report.compared()),
                count(report.alike()),
                count(report.compared() - report.alike()),
                bench.formats().latency(report.primaryNanos()),
                report.to(),
                bench.formats().latency(report.mirrorNanos()),
                count(report.noiseCompared()));
    }

    private static Label sentence() {
        Label label = new Label();
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
