package io.signalbox.console.screen;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EjectionEnd;
import io.signalbox.mesh.model.WindowCounts;

/** Says why a circuit moved or an endpoint serves again; in the mesh's own English where only that was told. */
public final class MoveReasons {

    private MoveReasons() {}

    public static String of(MeshEvent.BreakerMoved moved, Texts texts, Formats formats) {
        return switch (moved.reason()) {
            case CircuitReason.FailuresInARow(int failures) ->
                texts.counted("breakers.reason.row", failures, formats.count(failures));
            case CircuitReason.FailureRate(WindowCounts counts, double threshold) ->
                texts.get(
                        "breakers.reason.failed",
                        formats.count(counts.failures()),
                        formats.count(counts.calls()),
                        formats.shortestPercent(threshold, 2));
            case CircuitReason.SlowCallRate(WindowCounts counts, double threshold) ->
                texts.get(
                        "breakers.reason.slow",
                        formats.count(counts.slow()),
                        formats.count(counts.calls()),
                        formats.shortestPercent(threshold, 2));
            case CircuitReason.OpenTimeOver() -> texts.get("breakers.reason.open-time-over");
            case CircuitReason.TrialsSucceeded(int trials) ->
                texts.counted("breakers.reason.trials", trials, formats.count(trials));
            case CircuitReason.TrialFailed() -> texts.get("breakers.reason.trial-failed");
            case CircuitReason.TrialSlow(long nanos) ->
                texts.get("breakers.reason.trial-slow", formats.latencyDetail(nanos));
            case CircuitReason.ByHand(String by, String reason) ->
                reason.isBlank() ? texts.get("events.by", by) : texts.get("events.by.because", by, reason);
            case null -> moved.why();
        };
    }

    public static String of(MeshEvent.EndpointReturned returned, Texts texts) {
        EjectionEnd end = returned.end();
        return end == null ? returned.why() : texts.get("breakers.ejected.end." + end.wireName());
    }
}
