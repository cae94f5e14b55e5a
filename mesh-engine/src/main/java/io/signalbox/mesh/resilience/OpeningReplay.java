package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.resilience.Replayed.Certainty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plays the calls of an opening to a circuit with other settings, by the very code that judged them.
 *
 * <p>Where calls before those are not kept, only as much is called exact as holds whatever they were: a circuit that is
 * nowhere easier to open has not opened before this one did; and of failures in a row the longest run is known.
 */
public final class OpeningReplay {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Opening opening;
    private final CircuitBreakerConfig settings;
    private final OutcomeWindow window;
    private final Certainty certainty;

    private OpeningReplay(Opening opening, CircuitBreakerConfig settings) {
        this.opening = opening;
        this.settings = settings;
        window = new OutcomeWindow(settings);
        window.follow(opening.earlier().failuresInARow());
        certainty = opening.settings() == Opening.Settings.THE_SAME
                        && (isWhole() || countsInARow() || isNowhereEasier(settings, opening.config()))
                ? Certainty.EXACT
                : Certainty.ESTIMATE;
    }

    public static Replayed of(Opening opening, CircuitBreakerConfig settings) {
        return new OpeningReplay(opening, settings).play();
    }

    private Replayed play() {
        if (countsInARow() && settings.failureThreshold() <= opening.earlier().mostInARow()) {
            return new Replayed.OpensBefore(certainty);
        }
        Replayed found = isWhole() || countsInARow() || !isNowhereEasier(settings, opening.config())
                ? amongCalls()
                : atTheLast();
        return found == null ? late() : found;
    }

    private @Nullable Replayed amongCalls() {
        List<CallOutcome> calls = opening.calls();
        for (int i = 0; i < calls.size(); i++) {
            CallOutcome call = calls.get(i);
            boolean crossed =
                    window.enter(opening.atNanos() - call.agoNanos(), call).crossed(settings) != null;
            if (crossed && isKnown(i)) {
                return new Replayed.Opens(i, call.agoNanos(), certainty);
            }
        }
        return calls.isEmpty() || isKnown(calls.size() - 1) ? null : new Replayed.Unknown();
    }

    /** Where it cannot have opened before, what the window held when the circuit opened says all. */
    private @Nullable Replayed atTheLast() {
        for (CallOutcome call : opening.calls()) {
            OutcomeWindow.Standing _ = window.enter(opening.atNanos() - call.agoNanos(), call);
        }
        WindowCounts counts = counts(opening.why());
        return counts != null && new OutcomeWindow.Standing(counts, 0).crossed(settings) != null
                ? new Replayed.Opens(opening.calls().size() - 1, 0, certainty)
                : null;
    }

    private Replayed late() {
        for (CallOutcome call : opening.late()) {
            if (window.enter(opening.atNanos() - call.agoNanos(), call).crossed(settings) != null) {
                return new Replayed.OpensLater(-call.agoNanos());
            }
        }
        return new Replayed.StaysClosed(certainty);
    }

    private boolean isWhole() {
        return opening.earlier().calls() == 0;
    }

    private boolean countsInARow() {
        return settings.window().isEmpty();
    }

    /** Whether all that the window holds after that call is among the calls. */
    private boolean isKnown(int call) {
        if (isWhole()) {
            return true;
        }
        return switch (settings.window().map(BreakerWindow::extent).orElse(null)) {
            case Extent.Calls(int size) -> call + 1 >= size;
            case Extent.Time(Duration size) -> second(call) - second(0) >= size.toSeconds();
            case null -> true;
        };
    }

    private long second(int call) {
        return Math.floorDiv(opening.atNanos() - opening.calls().get(call).agoNanos(), NANOS_PER_SECOND);
    }

    private static @Nullable WindowCounts counts(CircuitReason why) {
        return switch (why) {
            case CircuitReason.FailureRate(WindowCounts counts, double _) -> counts;
            case CircuitReason.SlowCallRate(WindowCounts counts, double _) -> counts;
            case CircuitReason.FailuresInARow _,
                    CircuitReason.OpenTimeOver _,
                    CircuitReason.TrialsSucceeded _,
                    CircuitReason.TrialFailed _,
                    CircuitReason.TrialSlow _,
                    CircuitReason.ByHand _ -> null;
        };
    }

    /** Whether whatever opens the one opens the other, too, of two that look at the same window. */
    private static boolean isNowhereEasier(CircuitBreakerConfig one, CircuitBreakerConfig other) {
        BreakerWindow mine = one.window().orElse(null);
        BreakerWindow theirs = other.window().orElse(null);
        if (mine == null || theirs == null) {
            return mine == null && theirs == null && one.failureThreshold() >= other.failureThreshold();
        }
        return mine.extent().equals(theirs.extent())
                && mine.minimumCalls() >= theirs.minimumCalls()
                && mine.failureRate() >= theirs.failureRate()
                && (mine.slow().isEmpty() || isNowhereEasier(mine.slow().get(), theirs));
    }

    private static boolean isNowhereEasier(BreakerWindow.SlowCalls mine, BreakerWindow theirs) {
        return theirs.slow()
                .filter(slow -> slow.duration().equals(mine.duration()) && slow.rate() <= mine.rate())
                .isPresent();
    }
}
