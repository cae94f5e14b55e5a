package io.signalbox.console.breakers;

import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Figure;
import io.signalbox.console.widget.LampState;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.console.widget.Tag;
import io.signalbox.console.widget.TimeSeriesChart;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EjectionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/** One circuit looked at closely: a sentence, its errors over time, what the policy says, and what can be done. */
final class CircuitDetail extends VBox {

    private final BreakerRow row;
    private final BreakerWords words;
    private final Workbench bench;
    private final CircuitActions actions;
    private final Label name = new Label();
    private final Tag state = Tag.of(LampState.CLOSED, "");
    private final Label sentence = new Label();
    private final Label ejected = new Label();
    private final TimeSeriesChart chart = new TimeSeriesChart();
    private final Figure calls = new Figure(Figure.Size.LARGE, "–", "");
    private final Figure failed = new Figure(Figure.Size.LARGE, "–", "");
    private final Figure inARow = new Figure(Figure.Size.LARGE, "–", "");
    private final Figure refused = new Figure(Figure.Size.LARGE, "–", "");
    private final Figure probe = new Figure(Figure.Size.LARGE, "–", "");
    private final GridPane policy = new GridPane();
    private final MeshButton closeNow;
    private final MeshButton holdOpen;
    private final MeshButton reset;
    private final AutopsyPane autopsy;
    private final Subscription following;

    CircuitDetail(BreakerRow row, BreakerWords words, Workbench bench, CircuitActions actions, Runnable leave) {
        this.row = row;
        this.words = words;
        this.bench = bench;
        this.actions = actions;
        getStyleClass().add("circuit-detail");
        setId("circuit-detail");
        closeNow = button(MeshButton.Kind.PRIMARY, "breakers.close", "fth-zap", () -> actions.closeNow(row.current()));
        holdOpen =
                button(MeshButton.Kind.DANGER, "breakers.hold", "fth-zap-off", () -> actions.holdOpen(row.current()));
        reset = button(
                MeshButton.Kind.SECONDARY, "breakers.reset", "fth-rotate-ccw", () -> actions.reset(row.current()));
        sentence.getStyleClass().add("circuit-sentence");
        sentence.setWrapText(true);
        ejected.setWrapText(true);
        ejected.getStyleClass().addAll("circuit-sentence", "mesh-warn-text");
        autopsy = new AutopsyPane(bench, row.id());
        getChildren().addAll(head(leave), sentence, ejected, body(), autopsy);
        following = row.status().subscribe(this::show).and(actions.blocked().subscribe(this::block));
    }

    BreakerRow row() {
        return row;
    }

    void close() {
        following.unsubscribe();
        autopsy.close();
    }

    void tick(Instant now) {
        BreakerStatus status = row.current();
        EjectionStatus ejection = status.ejection();
        ejected.setText(ejection == null ? "" : words.sentence(status, ejection, now));
        ejected.setVisible(ejection != null);
        ejected.setManaged(ejection != null);
        boolean waiting = status.state() == BreakerState.OPEN;
        probe.set(waiting ? words.countdown(status, now) : "–", "");
        state.setText(
                waiting
                        ? words.text("breakers.probe.in", words.state(status.state()), words.countdown(status, now))
                        : words.state(status.state()));
    }

    private HBox head(Runnable leave) {
        name.getStyleClass().add("mesh-h2");
        HBox head = new HBox(
                name,
                state,
                Page.space(),
                button(MeshButton.Kind.QUIET, "breakers.copy", "fth-copy", () -> actions.copy(row.current())),
                button(
                        MeshButton.Kind.QUIET,
                        "breakers.topology",
                        "fth-share-2",
                        () -> actions.showInTopology(row.current())),
                MeshButton.iconOnly(MeshButton.Kind.QUIET, "fth-x", words.text("breakers.detail.close"))
                        .onPress(leave));
        head.getStyleClass().add("screen-pair");
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private HBox body() {
        Label caption = caption("breakers.chart");
        chart.setScale(0, 100);
        chart.setAxisText(percent -> bench.formats().number(percent, 0));
        chart.setAccessibleText(caption.getText());
        VBox left = new VBox(caption, chart, figures());
        left.getStyleClass().add("circuit-left");
        VBox.setVgrow(chart, Priority.ALWAYS);
        HBox.setHgrow(left, Priority.ALWAYS);
        policy.getStyleClass().add("circuit-policy");
        Label title = new Label(words.text("breakers.policy"));
        title.getStyleClass().add("mesh-h3");
        HBox buttons = new HBox(closeNow, holdOpen, reset);
        buttons.getStyleClass().add("mesh-buttons");
        VBox space = new VBox();
        VBox.setVgrow(space, Priority.ALWAYS);
        VBox right = new VBox(title, policy, space, buttons);
        right.getStyleClass().add("circuit-right");
        HBox body = new HBox(left, right);
        body.getStyleClass().add("circuit-body");
        return body;
    }

    private HBox figures() {
        HBox figures = new HBox(
                pair("breakers.figure.calls", calls),
                pair("breakers.figure.failed", failed),
                pair("breakers.figure.row", inARow),
                pair("breakers.figure.refused", refused),
                pair("breakers.figure.probe", probe));
        figures.getStyleClass().add("circuit-figures");
        return figures;
    }

    private VBox pair(String key, Figure figure) {
        VBox pair = new VBox(caption(key), figure);
        pair.getStyleClass().add("screen-figure");
        return pair;
    }

    private Label caption(String key) {
        Label caption = new Label(words.text(key));
        caption.getStyleClass().add("mesh-caption");
        return caption;
    }

    private MeshButton button(MeshButton.Kind kind, String key, String icon, Runnable press) {
        return new MeshButton(kind, words.text(key), icon).onPress(press);
    }

    private void show(BreakerStatus status) {
        LampState lamp = LampState.of(status.state());
        name.setText(words.name(status));
        state.setState(lamp);
        sentence.setText(words.sentence(status));
        calls.set(words.count(status.calls()), "");
        failed.set(words.failedShare(status), "");
        inARow.set(
                status.state() == BreakerState.CLOSED ? words.count(status.failuresInARow()) : "–",
                status.state() == BreakerState.CLOSED
                        ? words.text(
                                "breakers.figure.of",
                                words.count(status.config().failureThreshold()))
                        : "");
        refused.set(status.state() == BreakerState.CLOSED ? "–" : words.count(status.refused()), "");
        policy(status);
        autopsy.follow(status);
        tick(bench.clock().instant());
        block(actions.blocked().get());
    }

    /** Draws the errors up to the newest second. */
    void draw() {
        BreakerStatus status = row.current();
        LampState lamp = LampState.of(status.state());
        double[] percent = row.errorHistory();
        for (int i = 0; i < percent.length; i++) {
            percent[i] *= 100;
        }
        Instant now = bench.clock().instant();
        chart.setSeries(
                List.of(new TimeSeriesChart.Series("", lamp.fill(), percent)),
                bench.formats().clock(now.minusSeconds(percent.length)),
                bench.formats().clock(now));
        double age = Duration.between(status.since(), now).toSeconds();
        chart.setMarks(
                status.state() != BreakerState.CLOSED && age >= 0 && age < percent.length
                        ? List.of(new TimeSeriesChart.Mark(1 - age / percent.length, lamp.fill()))
                        : List.of());
    }

    private void policy(BreakerStatus status) {
        CircuitBreakerConfig config = status.config();
        policy.getChildren().clear();
        policyRow(0, "failureThreshold", words.count(config.failureThreshold()), "breakers.policy.failures");
        policyRow(1, "openDuration", bench.formats().span(config.openDuration()), "breakers.policy.open");
        policyRow(2, "halfOpenRequests", words.count(config.halfOpenRequests()), "breakers.policy.trials");
        policyRow(3, "successThreshold", words.count(config.successThreshold()), "breakers.policy.successes");
    }

    private void policyRow(int at, String field, String value, String meaning) {
        Label name = new Label(field);
        name.getStyleClass().addAll("mesh-mono", "mesh-small");
        Label figure = new Label(value);
        figure.getStyleClass().addAll("mesh-mono-medium", "mesh-small");
        Label words = new Label(this.words.text(meaning));
        words.getStyleClass().addAll("mesh-small", "mesh-muted");
        GridPane.setHalignment(figure, HPos.RIGHT);
        policy.addRow(at, name, figure, words);
    }

    private void block(String why) {
        BreakerState now = row.current().state();
        String none = now == BreakerState.DISABLED ? words.text("breakers.none") : "";
        closeNow.blockedReasonProperty()
                .set(first(why, none, CircuitActions.canClose(now) ? "" : words.text("breakers.close.not")));
        holdOpen.blockedReasonProperty()
                .set(first(why, none, CircuitActions.canHold(now) ? "" : words.text("breakers.hold.not")));
        reset.blockedReasonProperty().set(first(why, none));
    }

    private static String first(String... reasons) {
        for (String reason : reasons) {
            if (!reason.isEmpty()) {
                return reason;
            }
        }
        return "";
    }
}
