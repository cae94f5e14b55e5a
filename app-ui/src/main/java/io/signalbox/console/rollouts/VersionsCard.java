package io.signalbox.console.rollouts;

import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.VersionCharts;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.theme.Token;
import io.signalbox.console.widget.VersionBadge;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStage;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Both versions of a rollout side by side, as their callers' sidecars saw them: now, and over the last minutes. */
final class VersionsCard extends VBox {

    private final Workbench bench;
    private final RolloutWords words;
    private final VersionBadge stable = new VersionBadge("", VersionBadge.Role.STABLE);
    private final VersionBadge candidate = new VersionBadge("", VersionBadge.Role.CANDIDATE);
    private final List<Label> ofStable = figures();
    private final List<Label> ofCandidate = figures();
    private final Label silent = RolloutPane.wrapped("mesh-small", "mesh-muted");
    private final VersionCharts charts;

    VersionsCard(Workbench bench) {
        this.bench = bench;
        words = new RolloutWords(bench);
        charts = new VersionCharts(bench);
        Label title = new Label(text("rollouts.versions"));
        title.getStyleClass().add("mesh-h3");
        Figures table = new Figures(List.of(
                text("rollouts.version"),
                text("rollouts.weight"),
                text("rollouts.rate"),
                text("rollouts.success"),
                text("rollouts.p99")));
        table.setId("rollouts-versions");
        table.clear();
        table.add(stable, ofStable.get(0), ofStable.get(1), ofStable.get(2), ofStable.get(3));
        table.add(candidate, ofCandidate.get(0), ofCandidate.get(1), ofCandidate.get(2), ofCandidate.get(3));
        silent.managedProperty().bind(silent.visibleProperty());
        managedProperty().bind(visibleProperty());
        getStyleClass().addAll("mesh-card", "rollouts-card");
        getChildren().addAll(title, table, silent, charts);
    }

    void show(RolloutStatus rollout, VersionTraffic traffic) {
        setVisible(rollout.phase() != RolloutPhase.QUEUED && !rollout.phase().ended());
        if (!isVisible()) {
            return;
        }
        stable.setText(rollout.stable());
        candidate.setText(rollout.candidate());
        int share = rollout.weight().percent();
        fill(ofStable, 100 - share, traffic.stable());
        fill(ofCandidate, share, traffic.candidate());
        silent.setText(silence(rollout, traffic));
        silent.setVisible(!silent.getText().isEmpty());
        charts.update(
                bench.feed().versions().of(rollout.service()),
                List.of(
                        new VersionCharts.Line(rollout.stable(), Token.V1),
                        new VersionCharts.Line(rollout.candidate(), Token.V2)));
    }

    /** Why a version has no figures; empty where both have. */
    private String silence(RolloutStatus rollout, VersionTraffic traffic) {
        if (!traffic.seen()) {
            return text("rollouts.silent.unseen", rollout.service());
        }
        boolean noStable = traffic.stable().requests() == 0;
        boolean noCandidate = traffic.candidate().requests() == 0;
        if (noStable && noCandidate) {
            return text("rollouts.silent.both", rollout.service());
        }
        if (!noStable && !noCandidate) {
            return "";
        }
        int share = noCandidate
                ? rollout.weight().percent()
                : 100 - rollout.weight().percent();
        String version = noCandidate ? rollout.candidate() : rollout.stable();
        if (noCandidate && rollout.stageNow().isPresent()) {
            RolloutStage stage = rollout.stageNow().get();
            return text("rollouts.silent.stage." + stage.kind().words(), version, words.of(stage));
        }
        return share == 0
                ? text("rollouts.silent.share", version)
                : text("rollouts.silent.one", version, bench.formats().percent(share));
    }

    private void fill(List<Label> figures, int share, TrafficStats stats) {
        figures.get(0).setText(bench.formats().percent(share));
        figures.get(1).setText(bench.formats().requestRate(stats.requestsPerSecond()));
        figures.get(2).setText(bench.formats().share(stats.requests() - stats.failures(), stats.requests()));
        figures.get(3)
                .setText(
                        stats.latency() == null
                                ? Formats.NONE
                                : bench.formats().latency(stats.latency().p99Nanos()));
    }

    private static List<Label> figures() {
        return List.of(Figures.figure(""), Figures.figure(""), Figures.figure(""), Figures.figure(""));
    }

    private String text(String key, Object... values) {
        return bench.texts().get(key, values);
    }
}
