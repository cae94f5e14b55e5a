package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.client.Rollouts;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.CheckStatus;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.VerdictStatus;
import io.signalbox.mesh.model.status.WebhookStatus;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Rollouts that keep what was asked, and stand where a test says. */
final class FakeRollouts implements Rollouts {

    private final List<String> asked;
    volatile List<RolloutStatus> now = List.of(status(RolloutPhase.RUNNING, 20));
    volatile List<RolloutStatus> ended = List.of();

    FakeRollouts(List<String> asked) {
        this.asked = asked;
    }

    /** Rollout 3 of catalog. */
    static RolloutStatus status(RolloutPhase phase, int weight) {
        CheckStatus check =
                new CheckStatus(CheckStatus.Name.SUCCESS, CheckStatus.State.OPEN, 0.0012, 0.005, -0.002, 0.0061, 0.4);
        return new RolloutStatus(
                "catalog",
                3,
                "v1",
                "v2",
                phase,
                new Weight(weight),
                Stream.of(10, 20, 30, 100)
                        .map(percent -> new CanaryStep(
                                new Weight(percent),
                                Duration.ofMinutes(5),
                                percent == 30 ? CanaryStep.Gate.MANUAL : CanaryStep.Gate.NONE))
                        .toList(),
                2,
                Duration.ofMillis(72_400),
                Duration.ofMinutes(5),
                Duration.ZERO,
                "40 requests more are needed.",
                null,
                phase.ended() ? "signalbox" : null,
                "mira",
                "new prices",
                Fixtures.NOON,
                phase.ended() ? Fixtures.NOON : null,
                7,
                new VerdictStatus(
                        VerdictStatus.Kind.NOT_ENOUGH,
                        "40 requests more are needed.",
                        null,
                        0.5,
                        List.of(check),
                        40,
                        Duration.ofSeconds(12)),
                List.of(),
                null,
                null,
                List.of(),
                null);
    }

    /** The same, which asks webhooks. */
    static RolloutStatus asking(WebhookStatus... webhooks) {
        RolloutStatus now = status(RolloutPhase.RUNNING, 20);
        return new RolloutStatus(
                now.service(),
                now.number(),
                now.stable(),
                now.candidate(),
                now.phase(),
                now.weight(),
                now.steps(),
                now.step(),
                now.watched(),
                now.delay(),
                now.bakeTime(),
                now.why(),
                RolloutCause.WEBHOOK,
                now.movedBy(),
                now.startedBy(),
                now.reason(),
                now.startedAt(),
                now.endedAt(),
                now.revision(),
                now.verdict(),
                now.stages(),
                now.stage(),
                now.kind(),
                List.of(webhooks),
                now.lastStep());
    }

    /** The same as an A/B experiment. */
    static RolloutStatus comparing(RolloutPhase phase, VerdictStatus.Kind kind, double line) {
        RolloutStatus now = status(phase, 40);
        return new RolloutStatus(
                now.service(),
                now.number(),
                now.stable(),
                now.candidate(),
                now.phase(),
                now.weight(),
                List.of(new CanaryStep(new Weight(40), Duration.ofMinutes(5), CanaryStep.Gate.NONE)),
                1,
                now.watched(),
                now.delay(),
                now.bakeTime(),
                now.why(),
                RolloutCause.VERDICT,
                now.movedBy(),
                now.startedBy(),
                now.reason(),
                now.startedAt(),
                now.endedAt(),
                now.revision(),
                new VerdictStatus(kind, now.why(), null, line, List.of(), 0, null),
                List.of(),
                null,
                RolloutStatus.Kind.AB_TEST,
                List.of(),
                null);
    }

    @Override
    public List<RolloutStatus> list() {
        return now;
    }

    @Override
    public List<RolloutStatus> history(String service) {
        return ended;
    }

    @Override
    public RolloutStatus start(String service, RolloutRequest request, ChangeNote note) {
        return keep("start " + service + " " + request, note);
    }

    @Override
    public RolloutStatus pause(String service, OptionalLong number, ChangeNote note) {
        return keep("pause " + service + of(number), note);
    }

    @Override
    public RolloutStatus resume(String service, OptionalLong number, ChangeNote note) {
        return keep("resume " + service + of(number), note);
    }

    @Override
    public RolloutStatus promote(String service, OptionalLong number, ChangeNote note) {
        return keep("promote " + service + of(number), note);
    }

    @Override
    public RolloutStatus rollBack(String service, OptionalLong number, ChangeNote note) {
        return keep("rollback " + service + of(number), note);
    }

    @Override
    public RolloutStatus withdraw(String service, long number, ChangeNote note) {
        return keep("withdraw " + service + " " + number, note);
    }

    private static String of(OptionalLong number) {
        return number.isPresent() ? " " + number.getAsLong() : "";
    }

    private RolloutStatus keep(String what, ChangeNote note) {
        asked.add(what + " by " + note.by() + (note.reason().isEmpty() ? "" : " because " + note.reason()));
        return now.getFirst();
    }
}
