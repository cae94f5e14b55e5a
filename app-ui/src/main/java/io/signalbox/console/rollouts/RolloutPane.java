package io.signalbox.console.rollouts;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.Page;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.widget.Tag;
import io.signalbox.console.widget.VersionBadge;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One rollout looked at closely: what can be done about it, its way, why it stands there, and the evidence. */
final class RolloutPane extends VBox {

    private final Workbench bench;
    private final RolloutWords words;
    private final RolloutButtons buttons;
    private final Label service = new Label();
    private final VersionBadge stable = new VersionBadge("", VersionBadge.Role.STABLE);
    private final VersionBadge candidate = new VersionBadge("", VersionBadge.Role.CANDIDATE);
    private final Tag phase = Tag.plain("");
    private final Label started = wrapped("mesh-small", "mesh-muted");
    private final LeverCard lever;
    private final StepTrack track = new StepTrack();
    private final Label weight = new Label();
    private final Label progress = wrapped("mesh-small", "mesh-muted");
    private final Label why = wrapped();
    private final EvidenceLine evidence = new EvidenceLine();
    private final Label verdict = wrapped("mesh-small", "mesh-muted");
    private final Label gates = wrapped("mesh-small", "mesh-muted");
    private final VBox evidenceCard;
    private final VBox versionsCard;
    private final VBox checksCard;
    private final Figures versions;
    private final Figures checks;
    private final PastList past;

    RolloutPane(RolloutsViewModel model, Workbench bench) {
        this.bench = bench;
        words = new RolloutWords(bench);
        buttons = new RolloutButtons(model, bench);
        lever = new LeverCard(model.lever(), bench);
        versions = new Figures(List.of(
                text("rollouts.version"),
                text("rollouts.weight"),
                text("rollouts.rate"),
                text("rollouts.success"),
                text("rollouts.p99")));
        checks = new Figures(List.of(
                text("rollouts.check"),
                text("rollouts.check.observed"),
                text("rollouts.check.bound"),
                text("rollouts.check.state")));
        past = new PastList(bench);
        getStyleClass().add("rollouts-pane");
        setMinWidth(0);
        service.getStyleClass().add("mesh-h2");
        service.setMinWidth(0);
        weight.getStyleClass().add("mesh-figure-m");
        weight.setMinWidth(USE_PREF_SIZE);
        Label arrow = new Label("→");
        arrow.setMinWidth(USE_PREF_SIZE);
        HBox title = new HBox(service, stable, arrow, candidate, phase);
        title.getStyleClass().add("screen-pair");
        title.setAlignment(Pos.CENTER_LEFT);
        HBox share = new HBox(weight, progress);
        share.getStyleClass().add("screen-pair");
        share.setAlignment(Pos.BASELINE_LEFT);
        gates.setText(text("rollouts.gate"));
        evidenceCard = card(text("rollouts.evidence"), borders(), evidence, verdict);
        versionsCard = card(text("rollouts.versions"), versions);
        checksCard = card(text("rollouts.checks"), checks);
        for (Node sometimes : List.of(gates, evidenceCard, versionsCard, checksCard)) {
            sometimes.managedProperty().bind(sometimes.visibleProperty());
        }
        VBox cards = new VBox(
                card(text("rollouts.plan"), why, track, gates, share),
                lever,
                evidenceCard,
                versionsCard,
                checksCard,
                past);
        cards.getStyleClass().add("rollouts-cards");
        var scroll = Page.scrolling(cards);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(title, started, buttons, scroll);
        model.chosen().subscribe(now -> {
            setVisible(now.isPresent());
            now.ifPresent(rollout -> show(rollout, model.traffic().get()));
        });
        model.traffic().subscribe(now -> model.chosen().get().ifPresent(rollout -> traffic(rollout, now)));
        model.past().subscribe(past::show);
    }

    /** @param reason nothing can be changed now; empty while it can */
    void block(String reason) {
        buttons.block(reason);
        lever.block(reason);
    }

    /** The screen is left: what was asked for and not sent is forgotten. */
    void leave() {
        lever.leave();
    }

    private void show(RolloutStatus rollout, VersionTraffic traffic) {
        buttons.show(rollout);
        service.setText(rollout.service());
        stable.setText(rollout.stable());
        candidate.setText(rollout.candidate());
        phase.setText(words.phase(rollout.phase()));
        phase.setState(RolloutWords.lamp(rollout));
        started.setText(words.started(rollout));
        why.setText(words.why(rollout));
        weight.setText(begun(rollout) ? bench.formats().percent(rollout.weight().percent()) : "");
        progress.setText(
                (begun(rollout) ? text("rollouts.to", rollout.candidate()) + " " : "") + words.progress(rollout));
        track.show(rollout, weight.getText() + " " + progress.getText());
        evidence.show(rollout.verdict().line(), words.line(rollout.verdict().line()));
        verdict.setText(words.verdict(rollout));
        boolean begun = begun(rollout);
        gates.setVisible(rollout.steps().stream().anyMatch(step -> step.gate() == CanaryStep.Gate.MANUAL));
        evidenceCard.setVisible(begun);
        versionsCard.setVisible(begun);
        checksCard.setVisible(begun && !rollout.verdict().checks().isEmpty());
        traffic(rollout, traffic);
        checks.clear();
        rollout.verdict()
                .checks()
                .forEach(check -> checks.add(
                        Figures.name(words.name(check), words.interval(check)),
                        Figures.figure(words.value(check.name(), check.observed())),
                        Figures.figure(words.value(check.name(), check.bound())),
                        Tag.of(RolloutWords.lamp(check.state()), words.state(check.state()))));
    }

    private static boolean begun(RolloutStatus rollout) {
        return rollout.phase() != RolloutPhase.QUEUED;
    }

    private void traffic(RolloutStatus rollout, VersionTraffic traffic) {
        versions.clear();
        int share = rollout.weight().percent();
        version(new VersionBadge(rollout.stable(), VersionBadge.Role.STABLE), 100 - share, traffic.stable());
        version(new VersionBadge(rollout.candidate(), VersionBadge.Role.CANDIDATE), share, traffic.candidate());
    }

    private void version(VersionBadge badge, int share, TrafficStats stats) {
        versions.add(
                badge,
                Figures.figure(bench.formats().percent(share)),
                Figures.figure(bench.formats().requestRate(stats.requestsPerSecond())),
                Figures.figure(bench.formats().share(stats.requests() - stats.failures(), stats.requests())),
                Figures.figure(
                        stats.latency() == null
                                ? Formats.NONE
                                : bench.formats().latency(stats.latency().p99Nanos())));
    }

    private HBox borders() {
        Label left = new Label(text("rollouts.evidence.back"));
        left.getStyleClass().addAll("mesh-small", "mesh-danger-text");
        Label right = new Label(text("rollouts.evidence.advance"));
        right.getStyleClass().addAll("mesh-small", "mesh-ok-text");
        return new HBox(left, Page.space(), right);
    }

    static VBox card(String title, Node... content) {
        Label heading = new Label(title);
        heading.getStyleClass().add("mesh-h3");
        VBox card = new VBox(heading);
        card.getChildren().addAll(content);
        card.getStyleClass().addAll("mesh-card", "rollouts-card");
        return card;
    }

    static Label wrapped(String... styles) {
        Label label = new Label();
        label.getStyleClass().addAll(styles);
        label.setWrapText(true);
        label.setMinWidth(0);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
