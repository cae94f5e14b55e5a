package io.signalbox.console.traffic;

import io.signalbox.console.screen.VersionCharts;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Question;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** One service's split: who it is divided among, a lever for each version that has one, and how the versions do. */
final class SplitCard extends VBox {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

    private final SplitRow row;
    private final Workbench bench;
    private final ObservableValue<String> blocked;
    private final Label service = new Label();
    private final HBox badges = new HBox();
    private final Label traffic = new Label();
    private final VBox levers = new VBox();
    private final VersionCharts charts;
    private final Label refusal = new Label();
    private final List<VersionLever> shown = new ArrayList<>();
    private List<String> versions = List.of();
    private final Subscription following;

    SplitCard(SplitRow row, Workbench bench, ObservableValue<String> blocked) {
        this.row = row;
        this.bench = bench;
        this.blocked = blocked;
        charts = new VersionCharts(bench);
        getStyleClass().addAll("mesh-card", "traffic-card");
        service.getStyleClass().add("mesh-h2");
        service.setText(row.service());
        badges.getStyleClass().add("traffic-badges");
        badges.setAlignment(Pos.CENTER_LEFT);
        traffic.getStyleClass().addAll("mesh-small", "mesh-muted");
        levers.getStyleClass().add("traffic-levers");
        refusal.getStyleClass().addAll("mesh-small", "mesh-danger-text");
        refusal.setWrapText(true);
        refusal.managedProperty().bind(refusal.visibleProperty());
        getChildren().addAll(head(), levers, refusal, charts);
        following = row.status()
                .subscribe(this::update)
                .and(row.refusal().subscribe(message -> refuse(Optional.ofNullable(message))));
    }

    void select(boolean chosen) {
        pseudoClassStateChanged(SELECTED, chosen);
    }

    /** Draws up to the newest second, which may have come without any change of the split. */
    void refresh() {
        List<VersionCharts.Line> lines = new ArrayList<>();
        for (VersionShare version : row.status().get().versions()) {
            lines.add(new VersionCharts.Line(version.version(), Badges.line(version, lines.size())));
        }
        charts.update(bench.feed().versions().of(row.service()), lines);
    }

    /** Lets go of the row. */
    void close() {
        following.unsubscribe();
        shown.forEach(VersionLever::close);
    }

    private HBox head() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(service, badges, space, traffic);
        head.getStyleClass().add("traffic-head");
        head.setAlignment(Pos.CENTER_LEFT);
        if (row.status().get().kind() == SplitStatus.Kind.CANARY) {
            head.getChildren().addAll(buttons());
        }
        return head;
    }

    private List<MeshButton> buttons() {
        MeshButton rollBack = new MeshButton(MeshButton.Kind.DANGER, text("traffic.rollback"), "fth-rotate-ccw");
        rollBack.onPress(
                () -> confirmThen("traffic.rollback", Weight.NONE, Question.Weight.DANGEROUS, "fth-rotate-ccw"));
        MeshButton promote = new MeshButton(MeshButton.Kind.SECONDARY, text("traffic.promote"), "fth-check");
        promote.onPress(() -> confirmThen("traffic.promote", Weight.ALL, Question.Weight.USUAL, "fth-check"));
        rollBack.blockedReasonProperty().bind(blocked);
        promote.blockedReasonProperty().bind(blocked);
        return List.of(rollBack, promote);
    }

    /** Asks with the figures of this moment, then sets the candidate's share. */
    private void confirmThen(String key, Weight to, Question.Weight gravity, String icon) {
        candidate().ifPresent(candidate -> {
            String target = to.equals(Weight.ALL) ? candidate.version() : others(candidate);
            String moved = bench.formats().requestRate(row.movedPerSecond(candidate.version(), to));
            Question question = new Question(
                    text(key + ".title", row.service(), target),
                    text(
                            "traffic.moves",
                            moved,
                            target,
                            bench.formats().percent(candidate.asked().percent()),
                            bench.formats().percent(to.percent()),
                            candidate.version()),
                    text(key + ".confirm"),
                    icon,
                    gravity,
                    Question.Reason.NOT_ASKED);
            bench.shell().overlays().ask(question, reason -> row.ask(candidate.version(), to));
        });
    }

    private void update(SplitStatus status) {
        List<String> now = status.versions().stream().map(VersionShare::version).toList();
        if (!now.equals(versions)) {
            versions = now;
            rebuild(status);
        }
        traffic.setText(text(
                "traffic.rate",
                bench.formats().requestRate(row.traffic().get().requestsPerSecond()),
                bench.formats().count(status.revision())));
        shown.forEach(VersionLever::update);
    }

    private void rebuild(SplitStatus status) {
        badges.getChildren().setAll(status.versions().stream().map(Badges::of).toList());
        shown.forEach(VersionLever::close);
        shown.clear();
        Optional<VersionShare> candidate = candidate();
        VersionLever.Look look = candidate.isPresent() ? VersionLever.Look.WIDE : VersionLever.Look.LINE;
        candidate
                .map(List::of)
                .orElse(status.versions())
                .forEach(version -> shown.add(new VersionLever(row, version, look, bench, blocked)));
        levers.getChildren().setAll(shown);
    }

    private void refuse(Optional<String> message) {
        refusal.setVisible(message.isPresent());
        refusal.setText(message.map(why -> text("traffic.refused", why)).orElse(""));
        if (message.isPresent()) {
            shown.forEach(VersionLever::refused);
        }
    }

    private Optional<VersionShare> candidate() {
        return row.status().get().versions().stream()
                .filter(version -> version.role() == VersionShare.Role.CANDIDATE)
                .findFirst();
    }

    private String others(VersionShare candidate) {
        return String.join(
                ", ",
                versions.stream()
                        .filter(version -> !version.equals(candidate.version()))
                        .toList());
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
