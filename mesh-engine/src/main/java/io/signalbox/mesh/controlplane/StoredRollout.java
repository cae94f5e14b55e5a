package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.Evidence;
import io.signalbox.mesh.canary.rollout.Phase;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.client.RolloutRequest;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.AbOutcome;
import io.signalbox.mesh.model.status.RolloutPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rollout as the store keeps it.
 *
 * @param plan a policy that holds its canary and nothing else, as YAML
 * @param before what a pause goes back to
 * @param gate where it waits, or waited when it was paused
 * @param at since when it is paused, or when it ended
 * @param by who paused or ended it
 * @param why in the words of whoever did
 * @param stage {@code null} for none
 * @param asking which webhooks are asked, or were when it was paused; the phase is then told as running
 * @param experiment what makes an A/B experiment of it; {@code null} for one that moves requests
 * @param evidence as the verdict's own JSON; what cannot be read any more begins anew
 * @param lastShare {@code null} where an older release did not keep it
 */
record StoredRollout(
        long number,
        RolloutRequest request,
        String plan,
        String askedBy,
        String reason,
        Instant askedAt,
        RolloutPhase phase,
        @Nullable RolloutPhase before,
        Phase.@Nullable Gate gate,
        @Nullable Instant at,
        @Nullable String by,
        @Nullable String why,
        Weight weight,
        @Nullable Integer stage,
        long revision,
        Duration watched,
        String evidence,
        @Nullable StoredAsking asking,
        @Nullable StoredExperiment experiment,
        @Nullable Weight lastShare) {

    static StoredRollout of(String service, RolloutBook.Entry entry) {
        Rollout rollout = entry.rollout();
        Phase phase = rollout.phase();
        ChangeNote note = RolloutPicture.note(phase).orElse(null);
        return new StoredRollout(
                rollout.number(),
                entry.request(),
                PolicyFormat.yaml(TrafficPolicy.defaults(service).withSplitting(rollout.plan())),
                rollout.asked().by(),
                rollout.asked().reason(),
                rollout.askedAt(),
                RolloutPicture.phase(phase),
                phase instanceof Phase.Paused paused ? RolloutPicture.phase(paused.before()) : null,
                gate(phase),
                RolloutPicture.at(phase).orElse(null),
                note == null ? null : note.by(),
                note == null ? null : note.reason(),
                rollout.weight(),
                rollout.stage() == Rollout.NO_STAGE ? null : rollout.stage(),
                rollout.revision(),
                rollout.watched(),
                Json.text(rollout.evidence()),
                StoredAsking.of(phase).orElse(null),
                StoredExperiment.of(rollout).orElse(null),
                rollout.lastShare().orElse(null));
    }

    RolloutBook.Entry entry() {
        if (!(PolicyFormat.readStored(plan).splitting() instanceof Splitting.Canary canary)) {
            throw new IllegalArgumentException("plan: no canary (expected: a policy that has one)");
        }
        Rollout rollout = new Rollout(
                        number,
                        canary,
                        new ChangeNote(askedBy, reason),
                        askedAt,
                        standing(),
                        weight,
                        stage == null ? Rollout.NO_STAGE : stage,
                        revision,
                        watched,
                        evidence(evidence))
                .withLastShare(keptShare());
        return new RolloutBook.Entry(
                request, experiment == null ? rollout : rollout.comparing(experiment.experiment()));
    }

    private Optional<Weight> keptShare() {
        return lastShare == null && !weight.equals(Weight.NONE) ? Optional.of(weight) : Optional.ofNullable(lastShare);
    }

    private Phase standing() {
        return switch (phase) {
            case QUEUED -> new Phase.Queued();
            case RUNNING, BAKING, AT_GATE -> asking == null ? underway(phase) : asking.phase();
            case PAUSED ->
                new Phase.Paused(
                        note(),
                        instant(),
                        asking == null ? underway(before == null ? RolloutPhase.RUNNING : before) : asking.phase());
            case PROMOTED -> new Phase.Promoted(instant(), note());
            case ROLLED_BACK -> new Phase.RolledBack(instant(), note());
            case DECIDED ->
                new Phase.Decided(instant(), note(), experiment == null ? AbOutcome.NONE : experiment.end());
            case WITHDRAWN -> new Phase.Withdrawn(instant(), note());
            case FAILED -> new Phase.Failed(instant(), note());
        };
    }

    private Phase.Underway underway(RolloutPhase word) {
        return switch (word) {
            case BAKING -> new Phase.Baking();
            case AT_GATE -> new Phase.AtGate(gate == null ? Phase.Gate.STEP : gate);
            case QUEUED, RUNNING, PAUSED, PROMOTED, ROLLED_BACK, DECIDED, WITHDRAWN, FAILED -> new Phase.Running();
        };
    }

    private ChangeNote note() {
        return new ChangeNote(by == null ? ChangeNote.ANONYMOUS : by, why == null ? "" : why);
    }

    private Instant instant() {
        return at == null ? askedAt : at;
    }

    private static Phase.@Nullable Gate gate(Phase phase) {
        return switch (phase) {
            case Phase.AtGate(Phase.Gate gate) -> gate;
            case Phase.Paused paused -> gate(paused.before());
            case Phase.Queued _, Phase.Running _, Phase.Baking _, Phase.Asking _, Phase.Ended _ -> null;
        };
    }

    static Evidence evidence(String json) {
        try {
            return Json.read(json, Evidence.class);
        } catch (MalformedJsonException e) {
            return Evidence.none();
        }
    }
}
