package io.signalbox.mesh.model.status;

import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One rollout of a service as it is told.
 *
 * @param number counted from 1 for each service
 * @param weight what the candidate gets
 * @param steps in growing order of weight
 * @param step which of them it stands at, counted from 1; 0 before the first
 * @param watched how long the candidate was watched at this share
 * @param delay how long it has to be, before something follows
 * @param why in one sentence, why it stands where it stands
 * @param cause the same as one of a closed list; {@code null} where only the sentence was told
 * @param movedBy who paused or ended it; {@code null} while nobody did
 * @param startedBy who started it
 * @param reason why it was started; may be empty
 * @param endedAt {@code null} while it goes on
 * @param revision of the policy that it put in force; 0 before its turn
 * @param stages what comes before the first of the steps
 * @param stage which of them it stands at, or ended in, counted from 1; {@code null} for none
 * @param kind how requests move; {@code null} where an older control plane does not say
 * @param webhooks those that are being asked, in the order in which they are; empty while none is
 * @param lastStep at which of the steps it stood when the candidate last had a share, counted from 1; 0 when it never had one
 *     or one below the first; {@code null} where that was not kept
 */
public record RolloutStatus(
        String service,
        long number,
        String stable,
        String candidate,
        RolloutPhase phase,
        Weight weight,
        List<CanaryStep> steps,
        int step,
        Duration watched,
        Duration delay,
        Duration bakeTime,
        String why,
        @Nullable RolloutCause cause,
        @Nullable String movedBy,
        String startedBy,
        String reason,
        Instant startedAt,
        @Nullable Instant endedAt,
        long revision,
        VerdictStatus verdict,
        List<RolloutStage> stages,
        @Nullable Integer stage,
        @Nullable Kind kind,
        List<WebhookStatus> webhooks,
        @Nullable Integer lastStep) {

    /** How requests move to the candidate. */
    public enum Kind {
        /** Step by step. */
        CANARY,
        /** All at once; the bake time is how long the old version is kept. */
        BLUE_GREEN,
        /** Not at all: versions A (stable) and B (candidate) are compared at a fixed split. */
        AB_TEST
    }

    public RolloutStatus {
        steps = List.copyOf(steps);
        // a control plane of before there were stages and webhooks tells none
        stages = stages == null ? List.of() : List.copyOf(stages);
        webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
    }

    /** The step at which it stopped short of the end; 0 before the first, empty where it did not or that was not kept. */
    public OptionalInt stoppedAt() {
        return phase == RolloutPhase.ROLLED_BACK && lastStep != null
                ? OptionalInt.of(Math.clamp(lastStep, 0, steps.size()))
                : OptionalInt.empty();
    }

    /** The stage that it stands at, or ended in. */
    public Optional<RolloutStage> stageNow() {
        return Optional.ofNullable(stage)
                .filter(number -> number >= 1 && number <= stages.size())
                .map(number -> stages.get(number - 1));
    }
}
