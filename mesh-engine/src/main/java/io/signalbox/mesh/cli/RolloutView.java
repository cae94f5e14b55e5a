package io.signalbox.mesh.cli;

import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.status.CheckStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStage;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.WebhookStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A rollout as lines: its track, both versions, the evidence between its borders, and why it stands where it stands. */
final class RolloutView {

    private static final int HALF_LINE = 12;
    private static final int BAR = 25;
    private static final int PERCENT = 100;

    private RolloutView() {}

    /** Such as {@code catalog v1 -> v2: running at 20 %, step 2 of 10}. */
    static String line(RolloutStatus rollout) {
        String step = rollout.phase() == RolloutPhase.QUEUED
                ? ""
                : rollout.phase().ended() ? stopped(rollout) : " at " + rollout.weight() + ", " + place(rollout);
        return rollout.service() + " " + rollout.stable() + " -> " + rollout.candidate() + " (rollout "
                + rollout.number() + "): " + rollout.phase().words() + step + ": " + rollout.why()
                + by(rollout);
    }

    /** Such as {@code step 2 of 10}, or {@code stage 1 of 2 (headers)}. */
    private static String place(RolloutStatus rollout) {
        return rollout.stageNow()
                .map(stage -> "stage " + rollout.stage() + " of "
                        + rollout.stages().size() + " (" + stage.kind().words() + ")")
                .orElseGet(() -> "step " + rollout.stoppedAt().orElse(rollout.step()) + " of "
                        + rollout.steps().size());
    }

    /** Where it was rolled back, such as {@code  at step 2 of 10}; empty where it was not, or that was not kept. */
    private static String stopped(RolloutStatus rollout) {
        return rollout.stoppedAt().isPresent() ? " at " + place(rollout) : "";
    }

    /** All that is known of it. */
    static List<String> picture(RolloutStatus rollout, MeshSnapshot mesh) {
        List<String> lines = new ArrayList<>();
        lines.add(rollout.service() + " " + rollout.stable() + " -> " + rollout.candidate() + "   rollout "
                + rollout.number() + kind(rollout)
                + ", started by " + rollout.startedBy()
                + (rollout.reason().isEmpty() ? "" : ": " + rollout.reason()));
        lines.add("");
        lines.add("steps     " + track(rollout));
        lines.add(
                "weight    " + bar(rollout.weight().percent()) + " " + rollout.weight() + " to " + rollout.candidate());
        rollout.stageNow()
                .filter(_ -> !rollout.phase().ended())
                .ifPresent(stage -> lines.add("stage     " + stage.kind().words() + ": " + stage.of()));
        lines.add("phase     " + rollout.phase().words() + time(rollout));
        lines.add("");
        versions(rollout, mesh).lines().forEach(lines::add);
        lines.add("");
        boolean compares = rollout.kind() == RolloutStatus.Kind.AB_TEST;
        lines.add("evidence  " + (compares ? "A wins" : "roll back") + " |"
                + evidence(rollout.verdict().line()) + "| " + (compares ? "B wins" : "advance"));
        lines.add("why       " + rollout.why() + by(rollout));
        return lines;
    }

    private static String kind(RolloutStatus rollout) {
        return switch (rollout.kind()) {
            case BLUE_GREEN -> ", blue/green";
            case AB_TEST -> ", A/B test of A = " + rollout.stable() + " and B = " + rollout.candidate();
            case CANARY -> "";
            case null -> "";
        };
    }

    /** Everything that the verdict looked at. */
    static Table checks(RolloutStatus rollout) {
        Table table = new Table("CHECK", "STATE", ">OBSERVED", ">BOUND", ">LOW", ">HIGH");
        for (CheckStatus check : rollout.verdict().checks()) {
            table.row(
                    check.name().words(),
                    check.state().words(),
                    number(check.observed()),
                    number(check.bound()),
                    number(check.low()),
                    number(check.high()));
        }
        return table;
    }

    /** What the webhooks that are being asked have said. */
    static Table webhooks(RolloutStatus rollout) {
        Table table = new Table("WEBHOOK", "STATE", ">FAILED", "SAID", "NEXT");
        for (WebhookStatus webhook : rollout.webhooks()) {
            table.row(
                    webhook.name(),
                    webhook.state().name().toLowerCase(Locale.ROOT),
                    Integer.toString(webhook.asked()),
                    webhook.said(),
                    webhook.next() == null ? "" : Words.clock(webhook.next()));
        }
        return table;
    }

    static Table table(List<RolloutStatus> rollouts) {
        Table table = new Table("ROLLOUT", "SERVICE", "STABLE", "CANDIDATE", "PHASE", ">WEIGHT", "STEP", "WHY");
        for (RolloutStatus rollout : rollouts) {
            table.row(
                    Long.toString(rollout.number()),
                    rollout.service(),
                    rollout.stable(),
                    rollout.candidate(),
                    rollout.phase().words(),
                    rollout.weight().toString(),
                    place(rollout),
                    rollout.why());
        }
        return table;
    }

    private static String track(RolloutStatus rollout) {
        List<Stop> stops = stops(rollout);
        StringBuilder track = new StringBuilder();
        for (int i = 0; i < stops.size(); i++) {
            Stop stop = stops.get(i);
            track.append(i == 0 ? "" : stop.reached() ? "==" : "--")
                    .append(stop.at().around(stop.word()))
                    .append(stop.gate() == CanaryStep.Gate.MANUAL ? "|" : "");
        }
        return track.toString();
    }

    /** A stage or a step on the track. */
    private record Stop(String word, CanaryStep.Gate gate, boolean reached, At at) {}

    /** How a rollout stands to a stop. */
    private enum At {
        ELSEWHERE("", ""),
        HERE("[", "]"),
        STOPPED("(", ")");

        private final String before;
        private final String after;

        At(String before, String after) {
            this.before = before;
            this.after = after;
        }

        String around(String word) {
            return before + word + after;
        }
    }

    private static List<Stop> stops(RolloutStatus rollout) {
        List<Stop> stops = new ArrayList<>();
        At its = !rollout.phase().ended() ? At.HERE : rollout.stoppedAt().isPresent() ? At.STOPPED : At.ELSEWHERE;
        int stage = rollout.stageNow().map(_ -> rollout.stage()).orElse(0);
        int step = rollout.stoppedAt().orElse(rollout.step());
        boolean past = step > 0;
        for (int i = 1; i <= rollout.stages().size(); i++) {
            RolloutStage of = rollout.stages().get(i - 1);
            At at = i == stage ? its : At.ELSEWHERE;
            stops.add(new Stop(of.kind().words(), of.gate(), past || i <= stage, at));
        }
        for (int i = 1; i <= rollout.steps().size(); i++) {
            CanaryStep of = rollout.steps().get(i - 1);
            String word = Integer.toString(of.weight().percent());
            stops.add(new Stop(word, of.gate(), i <= step, i == step ? its : At.ELSEWHERE));
        }
        return stops;
    }

    private static String bar(int percent) {
        int filled = percent * BAR / PERCENT;
        return "#".repeat(filled) + ".".repeat(BAR - filled);
    }

    private static String time(RolloutStatus rollout) {
        return switch (rollout.phase()) {
            case RUNNING, BAKING, AT_GATE, PAUSED ->
                ", watched " + seconds(rollout.watched()) + " of " + DurationText.format(rollout.delay());
            case ROLLED_BACK -> stopped(rollout);
            case QUEUED, PROMOTED, DECIDED, WITHDRAWN, FAILED -> "";
        };
    }

    private static String seconds(Duration time) {
        return DurationText.format(time.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Table versions(RolloutStatus rollout, MeshSnapshot mesh) {
        Table table = new Table("VERSION", ">REQ/S", ">SUCCESS", ">P99");
        for (String version : List.of(rollout.stable(), rollout.candidate())) {
            TrafficStats stats = stats(mesh, rollout.service(), version);
            table.row(version, Words.rate(stats.requestsPerSecond()), Words.success(stats), Words.p99(stats));
        }
        return table;
    }

    private static TrafficStats stats(MeshSnapshot mesh, String service, String version) {
        return mesh.services().stream()
                .filter(status -> status.name().equals(service))
                .flatMap(status -> status.versions().stream())
                .filter(status -> status.version().equals(version))
                .map(status -> status.stats())
                .findFirst()
                .orElse(TrafficStats.NONE);
    }

    /** A mark between the borders, and one for the middle. */
    private static String evidence(double line) {
        StringBuilder drawn = new StringBuilder("-".repeat(HALF_LINE) + "+" + "-".repeat(HALF_LINE));
        int at = HALF_LINE + (int) Math.round(Math.clamp(line, -1, 1) * HALF_LINE);
        drawn.setCharAt(at, 'o');
        return drawn.toString();
    }

    private static String by(RolloutStatus rollout) {
        return rollout.movedBy() == null ? "" : " (by " + rollout.movedBy() + ")";
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
